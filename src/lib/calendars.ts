import { parseEdtf } from './edtf.js';

/** Years that people copy from documents dated in another calendar than the Gregorian one, which EDTF is in. */

/** The day, counted from 1970-01-01, before the first of a year of the Solar Hijri calendar (33-year cycle). */
const beforeSolarYear = (year: number): number =>
  365 * (year - 1) + Math.floor((8 * year + 21) / 33) - 492_269;

const monthStart = (month: number): number => (month <= 7 ? 31 * (month - 1) : 30 * (month - 1) + 6);

const PLAIN = /^(\d{4})(?:-(\d\d)(?:-(\d\d))?)?$/;

/** First and last day of a plain date of the Solar Hijri calendar; null for any other form. */
function solarDays(text: string): [first: number, last: number] | null {
  const [, y, m, d] = PLAIN.exec(text) ?? [];
  if (y === undefined) return null;
  const year = Number(y);
  const start = beforeSolarYear(year);
  if (m === undefined) return [start + 1, beforeSolarYear(year + 1)];
  const month = Number(m);
  const before = start + monthStart(month);
  if (d !== undefined) return [before + Number(d), before + Number(d)];
  return [before + 1, month === 12 ? beforeSolarYear(year + 1) : start + monthStart(month + 1)];
}

const isoDay = (day: number): string => new Date(day * 86_400_000).toISOString().slice(0, 10);

/** A plain date or interval of the Solar Hijri calendar in EDTF; null for any other form. */
export function fromSolarHijri(text: string): string | null {
  const ends = text.split('/').map(solarDays);
  const [start, end = start] = ends;
  if (!start || !end || ends.length > 2) return null;
  const [first, last] = [isoDay(start[0]), isoDay(end[1])];
  return first === last ? first : `${first}/${last}`;
}

/** First year in which the register expects dates of these calendars: about 1921, and what lies before is history. */
const EARLIEST = 1_300;

/** Years that dates of one life may lie apart; what takes longer, such as a century, is history. */
const AGE = 90;

/**
 * Says of a date that its year is probably one of the Solar Hijri calendar, as in Afghanistan and Iran, or of the
 * lunar one, and what it then stands for; null for all other dates. `now` is in milliseconds since 1970.
 */
export function otherCalendar(text: string, now: number): string | null {
  const present = new Date(now).getUTCFullYear();
  const { from, to } = parseEdtf(text);
  const years = [from, to].flatMap((day) => (day === null ? [] : Number(day.slice(0, 4))));
  const solar = present - 620;
  const lunar = Math.ceil(((present - 621.57) * 33) / 32);
  if (years.length === 0 || !years.every((year) => year >= EARLIEST && year <= lunar)) return null;
  const year = Math.max(...years);
  if (year - Math.min(...years) > AGE) return null;
  if (year > solar) {
    const about = Math.round(year * 0.970_224 + 621.577);
    return `${year} is probably a year of the Islamic calendar; if so, write it in the Gregorian one, about ${about}`;
  }
  const meant = fromSolarHijri(text) ?? `${year + 621} or ${year + 622} for ${year}`;
  return `${year} is probably a year of the Solar Hijri calendar; if so, write ${meant}`;
}

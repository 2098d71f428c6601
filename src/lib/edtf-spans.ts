import { OPEN_END, OPEN_START, parseEdtf } from './edtf.js';

/** The days from `first` to `last`, counted from 1970-01-01, both included. */
export interface DaySpan {
  first: number;
  last: number;
}

const span = ({ first, last }: DaySpan): DaySpan => ({ first, last });
const isOpen = (part: string) => part === '' || part === '..';

/** The days between two plain dates, either of which may be open. */
const spanBetween = (start: string, end: string): DaySpan => ({
  first: isOpen(start) ? OPEN_START : parseEdtf(start).first,
  last: isOpen(end) ? OPEN_END : parseEdtf(end).last,
});

/**
 * The days that a date allows, one span for each member of a set: `[1963,1965]` leaves out 1964, where the
 * bounds of `parseEdtf` take it in.
 *
 * @throws {EdtfError} for a text that is no date.
 */
export function edtfSpans(text: string): DaySpan[] {
  if (!/^[[{]/.test(text)) return [span(parseEdtf(text))];
  parseEdtf(text);
  return text
    .slice(1, -1)
    .split(',')
    .map((member) => {
      const [start = '', end] = member.split('..');
      return end === undefined ? span(parseEdtf(start)) : spanBetween(start, end);
    });
}

/** Whether a date or an end of an interval is marked as uncertain (`?`), approximate (`~`) or both (`%`). */
export const isQualified = (text: string): boolean => /[?~%](\/|$)/.test(text);

/**
 * The days that a date may stand for when its qualifiers are taken as room: a qualified year, month or day
 * reaches one year, month or day further on either side, a qualified end of an interval outwards. How far
 * is a convention of this register, since the format does not say.
 */
export function widenedSpans(text: string): DaySpan[] {
  if (!isQualified(text)) return edtfSpans(text);
  const [start = '', end = start] = text.split('/');
  return [
    {
      first: isOpen(start) ? OPEN_START : widened(start).first,
      last: isOpen(end) ? OPEN_END : widened(end).last,
    },
  ];
}

function widened(part: string): DaySpan {
  const { first, last } = parseEdtf(part);
  if (!isQualified(part)) return { first, last };
  const unit = part.replace(/[?~%]$/, '').split('-').length;
  if (unit === 3) return { first: first - 1, last: last + 1 };
  // The day after the last one begins a month or year, so that both moves keep to whole units.
  return { first: moved(first, unit, -1), last: moved(last + 1, unit, 1) - 1 };
}

/** The day a year (unit 1) or a month (unit 2) later or earlier than a first day of such a unit. */
function moved(day: number, unit: number, by: number): number {
  const date = new Date(day * 86_400_000);
  if (unit === 1) date.setUTCFullYear(date.getUTCFullYear() + by);
  else date.setUTCMonth(date.getUTCMonth() + by);
  return date.getTime() / 86_400_000;
}

/** Whether some day lies in both. */
export const spansMeet = (a: readonly DaySpan[], b: readonly DaySpan[]): boolean =>
  a.some((x) => b.some((y) => x.first <= y.last && y.first <= x.last));

/** The plain dates at which an interval begins and ends, null where open; null for a date of another form. */
export function intervalEnds(text: string): { start: DaySpan | null; end: DaySpan | null } | null {
  const [start = '', end] = text.split('/');
  if (end === undefined) return null;
  const read = (part: string) => (isOpen(part) ? null : span(parseEdtf(part)));
  return { start: read(start), end: read(end) };
}

/** The date at one end of a date, with the days that it covers. */
export interface DateEnd extends DaySpan {
  text: string;
}

/**
 * The dates at which a date begins and ends, as exact as they are: those of an interval, the first and the last
 * member of a set, else the date itself. For an end that is open it is the whole date, with the days of its other end.
 */
export function edtfEnds(text: string): [start: DateEnd, end: DateEnd] {
  const isSet = /^[[{]/.test(text);
  if (!isSet && !text.includes('/')) {
    const whole = { text, ...span(parseEdtf(text)) };
    return [whole, whole];
  }
  parseEdtf(text);
  const members = isSet ? text.slice(1, -1).split(/,|(?<=[^.])\.\.(?=[^.])/) : text.split('/');
  const plain = members
    .map((member) => member.replace(/^\.\.|\.\.$/, ''))
    .filter((member) => member !== '')
    .map((member) => ({ text: member, ...span(parseEdtf(member)) }));
  const first = plain.reduce((best, next) => (next.first < best.first ? next : best));
  const last = plain.reduce((best, next) => (next.last > best.last ? next : best));
  const { first: start, last: end } = parseEdtf(text);
  return [start === OPEN_START ? { ...first, text } : first, end === OPEN_END ? { ...last, text } : last];
}

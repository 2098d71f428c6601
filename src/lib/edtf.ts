import { parse } from 'edtf';
import { LRUCache } from 'lru-cache';
import { suggestEdtf } from './edtf-hints.js';
import { MONTHS } from './months.js';

/** `first` of a date whose start is open or unknown: earlier than any real day. */
export const OPEN_START = -9_999_999;
/** `last` of a date whose end is open or unknown: later than any real day. */
export const OPEN_END = 9_999_999;
/** Longest accepted text in characters; the time a parse takes grows with the length. */
const MAX_LENGTH = 200;

/** A date as written, with the calendar days it covers. */
export interface EdtfDate {
  /** The text as it was given. */
  text: string;
  /** First day covered, YYYY-MM-DD; null when the start is open or unknown. */
  from: string | null;
  /** Last day covered, YYYY-MM-DD; null when the end is open or unknown. */
  to: string | null;
  /** `from` in days since 1970-01-01, or OPEN_START. */
  first: number;
  /** `to` in days since 1970-01-01, or OPEN_END. */
  last: number;
}

/** The text is no date this project takes; the message says why and shows a right form. */
export class EdtfError extends Error {
  override name = 'EdtfError';
}

type Span = Omit<EdtfDate, 'text'>;

const EXAMPLES = '2024, 2024-02, 2024-02-06 or 2024-02-06/2024-03-31';
const DATE = /^(\d{4}|\d{3}X|\d{2}XX)(?:-(\d\d|XX)(?:-(\d\d|XX))?)?$/;
const TIME = /^(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{1,3})?(?:Z|([+-])(\d\d)(?::([0-5]\d))?)?$/;

/** What people write instead of EDTF, each with the way to mend it; the first that fits is told. */
const habits: [RegExp, string][] = [
  [/^\s*$/, `is empty; write ${EXAMPLES}, or leave the date out`],
  [
    /infinity|present|today|now\b|\b(open|unknown)\b/i,
    'is a word; leave an end open with two dots, as in 2024-02/..',
  ],
  [
    /\b(Q[1-4]|FY|W\d\d)/i,
    'is a quarter, a week or a financial year; write it as an interval, such as 2024-01/2024-03',
  ],
  [/[A-WZ]{3,}/i, 'is not a date in figures; write it as year-month-day, such as 2025-02-06'],
  [/\s/, `holds a space; write it without, such as ${EXAMPLES}`],
  [
    /^\d{1,4}([/.])\d{1,2}\1\d{1,4}$/,
    'is not in the order year-month-day with hyphens; write it such as 2024-12-13',
  ],
  [/^[Yy]/, 'is a year beyond four digits; years run from 0001 to 9999, such as 2024'],
  [/^[-+]/, 'starts with a sign; years run from 0001 to 9999, such as 2024'],
  [/^\d{8}$/, 'lacks its hyphens; write the day as year-month-day, such as 2024-02-06'],
  [/^\d{1,3}[?~%]?$|^\d{5,}/, 'is not a year: a year has four digits, such as 2024, or 202X for a decade'],
  [/^\d{4}-\d(-|$)|^\d{4}-\d\d-\d$/, 'lacks a zero: month and day have two digits, such as 2024-06-01'],
  [/^\d+S\d/, 'gives significant digits, which are not taken; write 202X or 20XX'],
  [/[?~%].*[?~%]|[?~%]./, 'has ?, ~ or % inside; put one of them at the very end, such as 2024-02~'],
  [/X/i, 'has X in a place where it is not taken; write 202X, 20XX, 2022-XX, 2022-10-XX or 2022-XX-XX'],
];

function fail(text: string, why: string): never {
  // Invisible and control characters would let a message show something else than was sent.
  const shown = [...text.slice(0, 80)].slice(0, 40).join('').replace(/\p{C}/gu, '\uFFFD');
  const quoted = `"${shown}${shown.length < text.length ? '…' : ''}"`;
  throw new EdtfError(`${text.trim() === '' ? 'The text' : quoted} ${why}`);
}

/** Built on a leap year and then moved, because Date.UTC reads the years 0 to 99 as 1900 to 1999. */
const dayNumber = (year: number, month: number, day: number): number =>
  new Date(Date.UTC(2000, 0, 1)).setUTCFullYear(year, month - 1, day) / 86_400_000;

const monthLength = (year: number, month: number): number =>
  new Date(dayNumber(year, month + 1, 0) * 86_400_000).getUTCDate();

const iso = (year: number, month: number, day: number): string =>
  `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;

function span(start: [number, number, number], end: [number, number, number]): Span {
  return { from: iso(...start), to: iso(...end), first: dayNumber(...start), last: dayNumber(...end) };
}

/** A year, month or day, with X for digits that are not known: the widest span they allow. */
function readDay(text: string): Span {
  const [, y, m, d] = DATE.exec(text) ?? [];
  if (y === undefined || (/X/.test(y) && m) || (m === 'XX' && d && d !== 'XX')) {
    const habit = habits.find(([pattern]) => pattern.test(text));
    return fail(text, habit?.[1] ?? `is not a date in EDTF; write it such as ${EXAMPLES}`);
  }
  const [low, high] = [Math.max(1, Number(y.replace(/X/g, '0'))), Number(y.replace(/X/g, '9'))];
  if (high === 0) fail(text, 'names the year 0000; years run from 0001 to 9999, such as 2024');
  // Which months a season holds depends on the hemisphere, so it is only known to lie in its year.
  const season = !d && /^2[1-4]$/.test(m ?? '');
  if (m === undefined || m === 'XX' || season) return span([low, 1, 1], [high, 12, 31]);
  const month = Number(m);
  const name = MONTHS[month - 1];
  if (!name) fail(text, `has no month ${m}: months run from 01 to 12, such as ${y}-12`);
  const length = monthLength(low, month);
  if (d === undefined || d === 'XX') return span([low, month, 1], [low, month, length]);
  const day = Number(d);
  if (day < 1 || day > length) {
    const right = iso(low, month, Math.min(Math.max(day, 1), length));
    fail(text, `is not a calendar day: ${name} ${y} has ${length} days; write ${right} or ${y}-${m}`);
  }
  return span([low, month, day], [low, month, day]);
}

function readDateTime(text: string): Span {
  const at = text.indexOf('T');
  const zone = TIME.exec(text.slice(at + 1));
  const hint = 'write it such as 2024-02-06T13:45:00Z, or the day alone';
  if (!zone) {
    fail(text, `has no right time: hours 00-23, minutes and seconds 00-59, at most 3 decimals; ${hint}`);
  }
  const [, sign = '', hours = '0', minutes = '0'] = zone;
  const minutesAway = Number(hours) * 60 + Number(minutes);
  if (minutesAway > (sign === '-' ? 12 : 14) * 60 || (sign === '-' && minutesAway === 0)) {
    fail(text, `has an offset from UTC that is not in use: offsets run from -12:00 to +14:00; ${hint}`);
  }
  return readDay(text.slice(0, at));
}

function readDate(text: string): Span {
  if (/^[\dX-]{4,}T/.test(text)) return readDateTime(text);
  const bare = text.replace(/[?~%]$/, '');
  if (bare !== text && /X|^\d{4}-2[1-4]$/.test(bare)) {
    fail(text, `has a qualifier on a season or on X digits, which EDTF does not take; write ${bare}`);
  }
  return readDay(/^\d{4}(-|$)/.test(bare) ? bare : text);
}

/** An end of an interval or a member of a set: a plain date, without time of day or season. */
function readMember(text: string, barred: RegExp, where: string): Span {
  if (barred.test(text)) fail(text, `cannot stand in ${where}; write a plain date there, such as 2024-02-06`);
  return readDate(text);
}

function between(text: string, start: Span | null, end: Span | null): Span {
  if (start && end && end.last < start.first) {
    fail(text, `starts after it ends: ${start.from} is later than ${end.to}; write the earlier date first`);
  }
  return {
    from: start?.from ?? null,
    to: end?.to ?? null,
    first: start?.first ?? OPEN_START,
    last: end?.last ?? OPEN_END,
  };
}

function readInterval(text: string): Span {
  const parts = text.split('/');
  if (parts.length !== 2) return readDay(text);
  const [start, end] = parts.map((part) =>
    part === '' || part === '..'
      ? null
      : readMember(part, /^\d{4}-\d\d-\d\dT|X|^\d{4}-2[1-4]$/, 'an interval'),
  );
  if (!start && !end) fail(text, 'has neither start nor end; give at least one, such as 2024-02/..');
  return between(text, start ?? null, end ?? null);
}

/** The hull is found here since the package ends a set of ranges with its first member. */
function readSet(text: string): Span {
  const members = text.slice(1, -1).split(',');
  const spans = members.map((member, at) => {
    const [a = '', b, more] = member.split('..');
    const read = (part: string) => readMember(part, /T|[?~%]|^\d{4}-2[1-4]$/, 'a set');
    if (b === undefined && a !== '') return read(a);
    const lone = (a === '' && (at > 0 || !b)) || (b === '' && at < members.length - 1);
    if (lone || more !== undefined) {
      fail(text, 'is not a set in EDTF; write it such as {2020,2022}, [2021..2023], [..2023] or [2021..]');
    }
    return between(member, a === '' ? null : read(a), b === '' || b === undefined ? null : read(b));
  });
  const earliest = spans.reduce((best, next) => (next.first < best.first ? next : best));
  const latest = spans.reduce((best, next) => (next.last > best.last ? next : best));
  return { from: earliest.from, to: latest.to, first: earliest.first, last: latest.last };
}

function read(text: string): EdtfDate {
  if (text.length > MAX_LENGTH) {
    fail(text, `is longer than the ${MAX_LENGTH} characters a date may have; write it such as ${EXAMPLES}`);
  }
  const set = /^\[.*\]$|^\{.*\}$/.test(text);
  const bounds = set ? readSet(text) : text.includes('/') ? readInterval(text) : readDate(text);
  try {
    parse(text);
  } catch {
    fail(text, `is not valid EDTF; write it such as ${EXAMPLES}, or [2021..2023] with like precision`);
  }
  // Frozen because every caller with the same text shares the one result.
  return Object.freeze({ text, ...bounds });
}

/** Reads a text, or refuses it with the form it probably stands for, if there is one. */
function readOrSuggest(text: string): EdtfDate {
  try {
    return read(text);
  } catch (error) {
    const suggestion = text.length > MAX_LENGTH ? null : suggestEdtf(text);
    if (!(error instanceof EdtfError) || suggestion === null || !isDate(suggestion)) throw error;
    const [fault] = error.message.split(';');
    throw new EdtfError(`${fault}; write ${suggestion}`);
  }
}

function isDate(text: string): boolean {
  try {
    read(text);
    return true;
  } catch {
    return false;
  }
}

const seen = new LRUCache<string, EdtfDate>({ max: 5000 });

/**
 * Reads an Extended Date/Time Format text (ISO 8601-2, https://www.loc.gov/standards/datetime/):
 * levels 0 and 1, and the sets and lists of level 2, for the years 0001 to 9999.
 *
 * The bounds are calendar days and the widest that the text allows. A qualifier (`?`, `~`, `%`) does not
 * widen them. A time of day counts for the day as written, whatever its offset. A season covers its
 * whole year, since the text does not tell the hemisphere.
 *
 * @throws {EdtfError} with the fault and a right form.
 */
export function parseEdtf(text: string): EdtfDate {
  const known = seen.get(text);
  if (known) return known;
  const date = readOrSuggest(text);
  seen.set(text, date);
  return date;
}

/**
 * Reads a period of {@link parseEdtf}: an interval, either end of which may be open (`..`) or unknown (empty),
 * or a plain date, since a year or a month is a period too.
 *
 * @throws {EdtfError} for anything else.
 */
export function parseEdtfInterval(text: string): EdtfDate {
  const date = parseEdtf(text);
  if (/^[[{]/.test(text)) {
    fail(
      text,
      'is a set of dates, not one period; write start and end with a slash, such as 2024-01/2024-12',
    );
  }
  return date;
}

/** The computed members that stand beside a date in output: `<name>_from` and `<name>_to`. */
export function edtfBounds(name: string, text: string | null): Record<string, string | null> {
  const { from, to } = text === null ? { from: null, to: null } : parseEdtf(text);
  return { [`${name}_from`]: from, [`${name}_to`]: to };
}

/** A day as YYYY-MM-DD; null for none, or an open end. */
export const dayText = (day: number | null): string | null =>
  day === null || day === OPEN_START || day === OPEN_END
    ? null
    : new Date(day * 86_400_000).toISOString().slice(0, 10);

/** First and last day of a date for the columns that filters compare; nulls when there is no date. */
export function edtfDays(text: string | null): [first: number | null, last: number | null] {
  if (text === null) return [null, null];
  const { first, last } = parseEdtf(text);
  return [first, last];
}

/** Whether two dates have a day in common, taken from their first day to their last. */
export function haveDayInCommon(a: string, b: string): boolean {
  const [one, other] = [parseEdtf(a), parseEdtf(b)];
  return one.first <= other.last && other.first <= one.last;
}

import { parseEdtf } from './edtf.js';
import { MONTHS } from './months.js';
import { joined } from './text.js';

const SEASONS = ['spring', 'summer', 'autumn', 'winter'];

/** A plain date taken apart: unknown parts are left out; `circa` for `~` and `%`, `uncertain` for `?` and `%`. */
export interface DateParts {
  year: string;
  month: number | null;
  day: number | null;
  /** 0 for spring to 3 for winter. */
  season: number | null;
  circa: boolean;
  uncertain: boolean;
}

const PLAIN = /^(\d{4}|\d{3}X|\d{2}XX)(?:-(\d\d|XX)(?:-(\d\d|XX))?)?(?:T[^/]*?)?([?~%]?)$/;

/** The parts of a plain EDTF date; null for intervals, sets and ends left open. */
export function dateParts(text: string): DateParts | null {
  const [, year, month = 'XX', day = 'XX', mark = ''] = PLAIN.exec(text) ?? [];
  if (year === undefined) return null;
  const number = (part: string) => (part === 'XX' ? null : Number(part));
  const season = /^2[1-4]$/.test(month) ? Number(month) - 21 : null;
  return {
    year,
    month: season === null ? number(month) : null,
    day: number(day),
    season,
    circa: mark === '~' || mark === '%',
    uncertain: mark === '?' || mark === '%',
  };
}

/** For a text that can be nothing but a plain date. */
function plainDate(text: string): DateParts {
  const parts = dateParts(text);
  if (!parts) throw new TypeError(`"${text}" is not a plain date`);
  return parts;
}

/** An interval has a start or an end; the other one is null where it is open or unknown. */
type IntervalParts =
  | [start: DateParts, end: DateParts]
  | [start: DateParts, end: null]
  | [start: null, end: DateParts];

/** The two ends of an EDTF interval as plain dates; null for other forms. */
export function intervalParts(text: string): IntervalParts | null {
  const [before = '', after] = text.split('/');
  if (after === undefined) return null;
  const [start, end] = [dateParts(before), dateParts(after)];
  return start ? [start, end] : [null, plainDate(after)];
}

/**
 * An EDTF date as one would write it in English, as exact as it is: "6 February 2025", "May 2025", "the 2020s",
 * "c. 2024", "2023 (uncertain)", "1 July–13 December 2024", "until 2023", "2024 or 2025".
 *
 * @throws {EdtfError} for a text that is no date.
 */
export function edtfWords(text: string): string {
  parseEdtf(text);
  if (/^[[{]/.test(text)) return setWords(text);
  const ends = intervalParts(text);
  return ends ? intervalWords(...ends) : dateWords(plainDate(text));
}

function dateWords(parts: DateParts): string {
  const words = bareWords(parts);
  return `${parts.circa ? 'c. ' : ''}${words}${parts.uncertain ? ' (uncertain)' : ''}`;
}

function bareWords({ year, month, day, season }: DateParts): string {
  if (year.endsWith('XX')) return `${year.slice(0, 2)}00–${year.slice(0, 2)}99`;
  if (year.endsWith('X')) return `the ${Number(year.slice(0, 3))}0s`;
  const number = String(Number(year));
  if (season !== null) return `${SEASONS[season]} ${number}`;
  if (month === null) return number;
  return `${day === null ? '' : `${day} `}${MONTHS[month - 1]} ${number}`;
}

function intervalWords(...[start, end]: IntervalParts): string {
  if (start === null) return `until ${dateWords(end)}`;
  if (end === null) return `since ${dateWords(start)}`;
  const [first, last] = [dateWords(start), dateWords(end)];
  if (first === last) return first;
  const marked = [start, end].some(({ circa, uncertain }) => circa || uncertain);
  if (marked || start.year !== end.year || start.month === null) return `${first}–${last}`;
  const sameMonth = start.month === end.month && start.day !== null && end.day !== null;
  return `${sameMonth ? start.day : first.slice(0, -` ${Number(start.year)}`.length)}–${last}`;
}

function setWords(text: string): string {
  const members = text
    .slice(1, -1)
    .split(',')
    .map((member) => {
      const [start = '', end] = member.split('..');
      if (end === undefined) return dateWords(plainDate(start));
      if (start === '') return `${dateWords(plainDate(end))} or earlier`;
      if (end === '') return `${dateWords(plainDate(start))} or later`;
      return intervalWords(plainDate(start), plainDate(end));
    });
  return joined(members, ', ', text.startsWith('[') ? ' or ' : ' and ');
}

/**
 * The same as an adverb: "on 6 February 2025", "in May 2025", "in the 2020s", "around 2024", "perhaps in 2023",
 * "from 1 to 13 May 2024", "no later than 2023", "in 2024 or 2025".
 *
 * @throws {EdtfError} for a text that is no date.
 */
export function edtfAdverb(text: string): string {
  const words = edtfWords(text);
  if (/^[[{]/.test(text)) return `${/-\d\d-\d\d/.test(text) ? 'on' : 'in'} ${words}`;
  const ends = intervalParts(text);
  if (!ends) return plainAdverb(plainDate(text));
  const [start, end] = ends;
  if (start === null) return `no later than ${markedWords(end)}`;
  if (end === null) return `no earlier than ${markedWords(start)}`;
  const [first, last] = [markedWords(start), markedWords(end)];
  if (first === last) return plainAdverb(start);
  const between = words.split('–');
  const shortened = first === bareWords(start) && last === bareWords(end) && between.length === 2;
  return `from ${shortened ? between.join(' to ') : `${first} to ${last}`}`;
}

function plainAdverb(parts: DateParts): string {
  const perhaps = parts.uncertain ? 'perhaps ' : '';
  if (parts.circa) return `${perhaps}around ${bareWords(parts)}`;
  return `${perhaps}${parts.day === null ? 'in' : 'on'} ${bareWords(parts)}`;
}

const markedWords = (parts: DateParts): string =>
  `${parts.uncertain ? 'perhaps ' : ''}${parts.circa ? 'around ' : ''}${bareWords(parts)}`;

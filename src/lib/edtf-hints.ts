import { withEnglishMonths } from './month-names.js';
import { MONTHS } from './months.js';
import { asciiDigits } from './text.js';

/**
 * What people write instead of EDTF, turned into the EDTF they most likely mean: "14 Nov 2024", "c. 1950",
 * "the 1990s", "before 2024", "2024 or 2025". A suggestion to show, never a value to store; the caller checks
 * that it is a date.
 */
export function suggestEdtf(text: string): string | null {
  const words = withEnglishMonths(asciiDigits(text).toLowerCase())
    .replace(/[\u2010-\u2015\u2212]/g, '-')
    .replace(/[ ,]+\d{1,2}:\d\d(:\d\d)?( ?[ap]m)?( ?(z|utc|gmt))?$/, '')
    .replace(/^(\d{4})年(?:(\d{1,2})月(?:(\d{1,2})日)?)?$/, (_, ...parts) =>
      parts.slice(0, 3).filter(Boolean).join('-'),
    )
    .replace(WEEKDAY, ' ')
    .replace(FILLERS, ' ')
    .replace(/(?<=\d)(st|nd|rd|th)\b(?! c)/g, '')
    .replace(/\s+/g, ' ')
    .trim();
  return relation(words) ?? qualified(words) ?? plain(words) ?? pair(words);
}

/** Days of the week tell nothing beside a date. */
const WEEKDAY = /(?<!\p{L})(mon|tue|tues|wednes|wed|thu|thur|thurs|fri|satur|sat|sun)(day)?\b\.?/gu;
/** Words and signs between the parts of a date, in the languages of which the months are known. */
const FILLERS =
  /(?<!\p{L})(the|of|on|during|year|in|de|del|do|di|du|le|el|den|der|am|em|yil|года?|г\.?|року?|р\.|سال|عام|سنة)(?!\p{L})|[,،]/gu;

const two = (part: string | number) => String(part).padStart(2, '0');

const MONTH = new RegExp(
  `^(${MONTHS.map((name) => `${name.slice(0, 3)}(?:${name.slice(3)})?`).join('|')}|sept)\\.?$`,
  'i',
);
/** 1 to 12 for the name of a month, whole or cut to three letters. */
function monthOf(word: string): number | null {
  if (!MONTH.test(word)) return null;
  return MONTHS.findIndex((name) => name.slice(0, 3).toLowerCase() === word.slice(0, 3)) + 1;
}

const SEASONS: Record<string, number> = { spring: 21, summer: 22, autumn: 23, fall: 23, winter: 24 };

/** One date of any form, or a period that has a name. */
function plain(words: string): string | null {
  return numeric(words) ?? inWords(words) ?? period(words);
}

function numeric(words: string): string | null {
  const [, y, m, d] = /^(\d{4})(?:[-./ ](\d{1,2})(?:[-./ ](\d{1,2}))?)?$/.exec(words) ?? [];
  if (y !== undefined) return [y, m && two(m), d && two(d)].filter(Boolean).join('-');
  const compact = /^(\d{4})(\d\d)(\d\d)$/.exec(words);
  if (compact) return compact.slice(1).join('-');
  const [, a, mark, b, year] = /^(\d{1,2})([./-])(\d{1,2})\2(\d{4})$/.exec(words) ?? [];
  if (a === undefined || b === undefined) return null;
  // 14/11 and 11/14 tell which is the day; 05/06 does not, except with points, which stand after the day.
  if (mark === '.' || Number(a) > 12 || a === b) return `${year}-${two(b)}-${two(a)}`;
  return Number(b) > 12 ? `${year}-${two(a)}-${two(b)}` : null;
}

function inWords(words: string): string | null {
  const parts = words.split(/[ -]/);
  const month = parts.map(monthOf).find((found) => found !== null);
  const year = parts.find((part) => /^\d{4}$/.test(part));
  const day = parts.find((part) => /^\d{1,2}\.?$/.test(part));
  if (month === undefined || year === undefined || parts.length !== (day === undefined ? 2 : 3)) return null;
  return `${year}-${two(month)}${day === undefined ? '' : `-${two(day.replace('.', ''))}`}`;
}

function period(words: string): string | null {
  const [, decade] = /^(\d{3})0'?s$/.exec(words) ?? [];
  if (decade !== undefined) return decade.endsWith('0') ? `${decade.slice(0, 2)}XX` : `${decade}X`;
  const century = /^(\d{1,2})(?:st|nd|rd|th)? c(?:ent(?:ury)?)?\.?$/.exec(words);
  if (century && Number(century[1]) > 0) return `${two(Number(century[1]) - 1)}XX`;
  const [, word, year] =
    /^([a-z]+\d?)[ -]?(\d{4})$/.exec(numbered(words).replace(/^(\d{4})[ -]?([a-z]+\d?)$/, '$2 $1')) ?? [];
  if (word === undefined) return null;
  if (word in SEASONS) return `${year}-${SEASONS[word]}`;
  const [, unit, at] = /^([qh])([1-4])$/.exec(word) ?? [];
  if (unit === undefined || (unit === 'h' && Number(at) > 2)) return null;
  const length = unit === 'q' ? 3 : 6;
  return `${year}-${two((Number(at) - 1) * length + 1)}/${year}-${two(Number(at) * length)}`;
}

const ORDINALS = ['first', 'second', 'third', 'fourth'];

/** "first half 2024" as "h1 2024", "3rd quarter 2024" as "q3 2024". */
const numbered = (words: string): string =>
  words.replace(/^(first|second|third|fourth|[1-4](?:st|nd|rd|th)?) (half|quarter) /, (_, at, unit) => {
    const number = ORDINALS.indexOf(at) + 1 || Number.parseInt(at, 10);
    return `${unit[0]}${number} `;
  });

/** "c. 2024", "about 1950", "2024 (probably)", and qualifiers in an order or a place that EDTF does not take. */
function qualified(words: string): string | null {
  const circa =
    /^(circa|ca\.?|c\.?|about|around|approx(?:imately|\.)?|early|mid|late|end|beginning|~)[ -]*(?=\w)/;
  const doubt = / ?\(?(probably|perhaps|possibly|maybe|uncertain|\?)\)?$|^(probably|perhaps|possibly|maybe) /;
  const [about, unsure] = [
    circa.test(words.replace(doubt, '')) || /[~%]$|~\?$/.test(words),
    doubt.test(words) || /[?%]~?$/.test(words),
  ];
  if (!about && !unsure) return null;
  const bare = words
    .replace(/[?~%]+$/, '')
    .replace(doubt, '')
    .replace(circa, '')
    .trim();
  const date = bare === words ? null : plain(bare);
  // A qualifier stands on neither X digits, nor a season, nor a whole interval.
  if (date === null || /[X/]|^\d{4}-2\d$/.test(date)) return date;
  return date + (about && unsure ? '%' : about ? '~' : '?');
}

/** "before 2024", "until May 2023", "since 2020", "2020 to present"; "as of 2020" has lost its "of" by now. */
function relation(words: string): string | null {
  const [, word, of] = /^(before|until|till|up to|by|after|since|from|as) (.+)$/.exec(words) ?? [];
  const [, open] =
    /^(.+?)(?: ?(?:-|to|until) ?(?:present|now|today|date)| (?:onwards?|or later))$/.exec(words) ?? [];
  if (open !== undefined) return ended(plain(open.replace(/^(from|since) /, '')), (date) => `${date}/..`);
  if (word === undefined || of === undefined || / (to|until) /.test(of)) return null;
  const date = plain(of);
  if (word === 'before') return ended(date, (at) => `../${neighbour(at, -1)}`);
  if (word === 'after') return ended(date, (at) => `${neighbour(at, 1)}/..`);
  return ended(date, (at) => (/^(since|from|as)$/.test(word) ? `${at}/..` : `../${at}`));
}

const ended = (date: string | null, make: (date: string) => string): string | null =>
  date === null || /[X/]|^\d{4}-2\d$/.test(date) ? null : make(date);

/** The year, month or day before or after a date. */
function neighbour(date: string, by: 1 | -1): string {
  const [year = '', month, day] = date.split('-');
  if (month === undefined) return String(Number(year) + by).padStart(4, '0');
  const moved = new Date(0);
  if (day === undefined) moved.setUTCFullYear(Number(year), Number(month) - 1 + by, 1);
  else moved.setUTCFullYear(Number(year), Number(month) - 1, Number(day) + by);
  return moved.toISOString().slice(0, date.length);
}

/** "2024 or 2025", "between 2013 and 2018", "14-15 Nov 2024", "May/June 2024", "14 Nov - 2 Dec 2024". */
function pair(words: string): string | null {
  const between = /^between (.+) and (.+)$/.exec(words);
  const or = /^(.+) or (.+)$/.exec(words);
  const span = /^(?:from )?(.+?) (?:to|until|through|-) (.+)$/.exec(words) ?? /^(.+?)[-/](.+)$/.exec(words);
  const and = /^(.+) and (.+)$/.exec(words);
  const [found, form] = between
    ? [between, (a: string, b: string) => `[${a}..${b}]`]
    : or
      ? [or, (a: string, b: string) => `[${a},${b}]`]
      : and
        ? [and, (a: string, b: string) => `{${a},${b}}`]
        : [span, (a: string, b: string) => `${a}/${b}`];
  if (!found) return null;
  const [, left = '', right = ''] = found;
  // "Nov 14-15, 2024": the month stands before both days, the year after them.
  const shared = /^([a-z.]+) (\d{1,2})$/.exec(left);
  const later = plain(right) ?? (shared && plain(`${shared[1]} ${right}`));
  if (later === null) return null;
  const [year, month] = later.split('-');
  const earlier = [
    left,
    `${left} ${year}`,
    month && `${left} ${MONTHS[Number(month) - 1]?.toLowerCase()} ${year}`,
  ]
    .map((words) => words && plain(words))
    .find((date) => date);
  return earlier ? form(earlier, later) : null;
}

import { edtfBounds } from '../../../src/lib/edtf.js';
import type { ComparableClaim, ConflictKind } from '../../../src/provenance/conflicts/conflicts.js';
import type { Interval } from '../../../src/provenance/values/intervals.js';
import type { ComparableValue } from '../../../src/provenance/values/value.js';

type Short = Partial<Omit<ComparableClaim, 'predicate' | 'value' | 'places'>> & {
  value: ComparableValue;
  predicate?: Partial<NonNullable<ComparableClaim['predicate']>> | null;
  /** Codes, or names where there is none. */
  places?: string[];
};

/** Two claims, and how they conflict by the rules; `null` for not at all. */
export interface Pair {
  name: string;
  a: Short;
  b: Short;
  kind: ConflictKind | null;
  /** A sentence that tells why. */
  says?: string;
}

export function claim({ predicate, places = [], occurred = null, ...rest }: Short): ComparableClaim {
  const { occurred_from = null, occurred_to = null } = edtfBounds('occurred', occurred);
  return {
    kind: 'fact',
    subject: 'ttp',
    predicate:
      predicate === null
        ? null
        : { key: 'fighter-strength', functional: true, measure: 'level', unit: 'fighters', ...predicate },
    scope: null,
    occurred,
    occurred_from,
    occurred_to,
    occurred_inherited: false,
    places: places.map((place) =>
      /^[A-Z]{2}(-|$)/.test(place) ? { name: null, iso_3166: place } : { name: place, iso_3166: null },
    ),
    ...rest,
  };
}

/**
 * `10000`, `~10000` (about), `4000..6000`, `600..` (at least), `..6500` (at most), `600<..` (more than), `..<6500` (less
 * than), each with a unit.
 */
function amount(text: string) {
  const [lower, upper] = text.replace(/[~<]/g, '').split('..');
  return {
    lower_exclusive: text.includes('<..'),
    upper_exclusive: text.includes('..<'),
    value: upper === undefined ? lower! : null,
    lower: upper === undefined ? null : lower || null,
    upper: upper || null,
    approximate: text.startsWith('~'),
  };
}

/** All numbers between two bounds, which belong to it. */
export const range = (lower: string | null, upper: string | null): Interval => ({
  lower,
  upper,
  lower_exclusive: false,
  upper_exclusive: false,
});

export function quantity(text: string, out_of: string | null = null): ComparableValue {
  const [number = '', ...unit] = text.split(' ');
  return { type: 'quantity', ...amount(number), unit: unit.join(' ') || null, out_of };
}

/** `3000000 AFN month`, `3000000 ? month` without a currency; more amounts are equivalents. */
export function money(text: string, ...equivalents: string[]): ComparableValue {
  const read = (part: string) => {
    const [number = '', currency = '', per = null] = part.split(' ');
    return { ...amount(number), currency: currency === '?' ? null : currency, per };
  };
  return {
    type: 'money',
    ...read(text),
    equivalents: equivalents
      .map(read)
      .map(({ per: _, currency, ...rest }) => ({ ...rest, currency: currency! })),
  };
}

const change = (
  direction: 'up' | 'down' | 'none',
  size: string | null = null,
  baseline: string | null = null,
): ComparableValue => {
  const [number = null, unit = null] = size?.split(' ') ?? [];
  return { type: 'change', direction, amount: number, unit, baseline };
};
export const party = (id: string, unnamed = false): ComparableValue => ({
  type: 'party',
  party: { id, name: id },
  unnamed,
});
const place = (name: string, iso_3166: string | null = null): ComparableValue => ({
  type: 'place',
  name,
  iso_3166,
});
export const date = (text: string): ComparableValue => ({ type: 'date', date: text });

export const total = { key: 'attacks', measure: 'period_total', unit: 'attacks' };
export const plain = { key: 'led-by', measure: null, unit: null };

const strengths: Pair[] = [
  {
    name: 'that there is none contradicts any number',
    a: { value: { type: 'no_value' }, occurred: '2024-11' },
    b: { value: quantity('10000'), occurred: '2024-11' },
    kind: 'contradiction',
    says: 'None and 10,000 fighters cannot both be right.',
  },
  {
    name: 'two figures of one month exclude each other',
    a: { value: quantity('10000'), occurred: '2024-11' },
    b: { value: quantity('4000..6000'), occurred: '2024-11' },
    kind: 'contradiction',
    says: '10,000 fighters and 4,000–6,000 fighters cannot both be right.',
  },
  {
    name: 'more than a number excludes at most that number',
    a: { value: quantity('25<.. percent'), predicate: { key: 'share', unit: null }, occurred: '2024' },
    b: { value: quantity('..25 percent'), predicate: { key: 'share', unit: null }, occurred: '2024' },
    kind: 'contradiction',
    says: 'More than 25 percent and at most 25 percent cannot both be right.',
  },
  {
    name: 'over 600 excludes 600',
    a: { value: quantity('600<..'), occurred: '2024' },
    b: { value: quantity('600'), occurred: '2024' },
    kind: 'contradiction',
    says: 'More than 600 fighters and 600 fighters cannot both be right.',
  },
  {
    name: 'less than a number excludes it',
    a: { value: quantity('..<600'), occurred: '2024' },
    b: { value: quantity('600..'), occurred: '2024' },
    kind: 'contradiction',
    says: 'Less than 600 fighters and at least 600 fighters cannot both be right.',
  },
  {
    name: 'at least 600 and 600 can both be right',
    a: { value: quantity('600..'), occurred: '2024' },
    b: { value: quantity('600'), occurred: '2024' },
    kind: 'overlapping',
  },
  {
    name: 'so can more than and at least the same number',
    a: { value: quantity('600<..'), occurred: '2024' },
    b: { value: quantity('600..'), occurred: '2024' },
    kind: 'overlapping',
    says: 'More than 600 fighters and at least 600 fighters can both be right.',
  },
  {
    name: 'more than 600 twice is no conflict',
    a: { value: quantity('600<..'), occurred: '2024' },
    b: { value: quantity('600.0<..'), occurred: '2024' },
    kind: null,
  },
  {
    name: 'more than about 600 leaves room for 600',
    a: { value: quantity('~600<..'), occurred: '2024' },
    b: { value: quantity('600'), occurred: '2024' },
    kind: 'overlapping',
  },
  {
    name: 'amounts of money exclude bounds, too',
    a: { value: money('600<.. USD'), occurred: '2024' },
    b: { value: money('600 USD'), occurred: '2024' },
    kind: 'contradiction',
    says: 'More than 600 USD and 600 USD cannot both be right.',
  },
  {
    name: 'a part that is more than the whole contradicts it',
    a: { value: quantity('600<.. attacks'), predicate: total, occurred: '2024-05' },
    b: { value: quantity('..600 attacks'), predicate: total, occurred: '2024' },
    kind: 'contradiction',
    says: 'The total of a part cannot exceed that of the whole.',
  },
  {
    name: 'the same figure twice is no conflict',
    a: { value: quantity('10000'), occurred: '2024-11' },
    b: { value: quantity('10000.0 fighters'), occurred: '2024-11' },
    kind: null,
  },
  {
    name: 'nor are a number and about that number',
    a: { value: quantity('10000'), occurred: '2024-11' },
    b: { value: quantity('~10000'), occurred: '2024-11' },
    kind: null,
  },
  {
    name: 'ranges that overlap are no contradiction',
    a: { value: quantity('4000..6000'), occurred: '2024' },
    b: { value: quantity('5500..8000'), occurred: '2024' },
    kind: 'overlapping',
    says: '4,000–6,000 fighters and 5,500–8,000 fighters can both be right.',
  },
  {
    name: 'nor are ranges that touch',
    a: { value: quantity('4000..6000'), occurred: '2024' },
    b: { value: quantity('6000..8000'), occurred: '2024' },
    kind: 'overlapping',
  },
  {
    name: 'a bound on one side leaves the other open',
    a: { value: quantity('..6500'), occurred: '2024-11' },
    b: { value: quantity('4000..6000'), occurred: '2024-11' },
    kind: 'overlapping',
    says: 'At most 6,500 fighters and 4,000–6,000 fighters can both be right.',
  },
  {
    name: 'at most 6,500 and at least 6,501 do not meet',
    a: { value: quantity('..6500'), occurred: '2024' },
    b: { value: quantity('6501..'), occurred: '2024' },
    kind: 'contradiction',
    says: 'At most 6,500 fighters and at least 6,501 fighters cannot both be right.',
  },
  {
    name: 'values that overlap are so at different times too',
    a: { value: quantity('4000..6000'), occurred: '2023' },
    b: { value: quantity('..6500'), occurred: '2024-11' },
    kind: 'overlapping',
    says: 'Different times (2023 and November 2024).',
  },
  {
    name: 'about 10,000 is not exactly 10,000',
    a: { value: quantity('~10000'), occurred: '2024' },
    b: { value: quantity('10900'), occurred: '2024' },
    kind: 'overlapping',
    says: '“About” is taken as ten percent either way.',
  },
  {
    name: 'but no more than a tenth away from it',
    a: { value: quantity('~10000'), occurred: '2024' },
    b: { value: quantity('11001'), occurred: '2024' },
    kind: 'contradiction',
    says: 'About 10,000 fighters and 11,001 fighters cannot both be right.',
  },
  {
    name: 'numbers too large for floating point are told apart',
    a: { value: quantity('9007199254740993'), occurred: '2024' },
    b: { value: quantity('9007199254740992'), occurred: '2024' },
    kind: 'contradiction',
  },
  {
    name: 'figures of different years do not conflict',
    a: { value: quantity('10000'), occurred: '2022' },
    b: { value: quantity('5000'), occurred: '2024-11' },
    kind: 'different_time',
    says: 'Not comparable: different times (2022 and November 2024).\nOne gives 10,000 fighters, the other 5,000 fighters.',
  },
  {
    name: 'figures of times that meet do',
    a: { value: quantity('10000'), occurred: '2024' },
    b: { value: quantity('5000'), occurred: '2024-11' },
    kind: 'contradiction',
    says: 'Their times meet (2024 and November 2024).',
  },
  {
    name: 'an open time meets all that follows',
    a: { value: quantity('10000'), occurred: '2022/..' },
    b: { value: quantity('5000'), occurred: '2024-11' },
    kind: 'contradiction',
  },
  {
    name: 'and nothing before',
    a: { value: quantity('10000'), occurred: '2022/..' },
    b: { value: quantity('5000'), occurred: '2021' },
    kind: 'different_time',
  },
  {
    name: 'one figure has no date',
    a: { value: quantity('10000') },
    b: { value: quantity('5000'), occurred: '2024-11' },
    kind: 'unknown_time',
    says: 'Perhaps not comparable: one does not say of which time it speaks.',
  },
  {
    name: 'neither figure has a date',
    a: { value: quantity('10000') },
    b: { value: quantity('5000') },
    kind: 'unknown_time',
    says: 'Perhaps not comparable: neither says of which time it speaks.',
  },
  {
    name: 'the whole and the part in one country, undated: the scope is known to differ',
    a: { value: quantity('~10000') },
    b: { value: quantity('4000..6000'), scope: 'in Afghanistan', places: ['AF'], occurred: '2023?' },
    kind: 'different_scope',
    says: 'Not comparable: only one is narrowed (“in Afghanistan”).',
  },
  {
    name: 'different things are counted',
    a: { value: quantity('5000'), scope: 'including family members', occurred: '2023' },
    b: { value: quantity('3000'), scope: 'fighters only', occurred: '2023' },
    kind: 'different_scope',
    says: 'different things are counted (“including family members” and “fighters only”).',
  },
  {
    name: 'a scope in other letters is the same scope',
    a: { value: quantity('5000'), scope: 'Including family-members', occurred: '2023' },
    b: { value: quantity('3000'), scope: 'including family members', occurred: '2023' },
    kind: 'contradiction',
  },
  {
    name: 'different places are different scopes',
    a: { value: quantity('5000'), places: ['AF'], occurred: '2023' },
    b: { value: quantity('3000'), places: ['AF-KNR'], occurred: '2023' },
    kind: 'different_scope',
    says: 'Not comparable: different places (AF and AF-KNR).',
  },
  {
    name: 'the same places in another order are not',
    a: { value: quantity('5000'), places: ['AF-KNR', 'the border'], occurred: '2023' },
    b: { value: quantity('3000'), places: ['The border', 'AF-KNR'], occurred: '2023' },
    kind: 'contradiction',
  },
  {
    name: 'a claim without places leaves open where',
    a: { value: quantity('5000'), places: ['AF'], occurred: '2023' },
    b: { value: quantity('3000'), occurred: '2023' },
    kind: 'contradiction',
  },
  {
    name: 'time goes before scope, and both are told',
    a: { value: quantity('5000'), scope: 'in Afghanistan', occurred: '2022' },
    b: { value: quantity('3000'), occurred: '2023' },
    kind: 'different_time',
    says: 'Only one is narrowed (“in Afghanistan”).',
  },
  {
    name: 'other units count other things',
    a: { value: quantity('383 soldiers'), occurred: '2024' },
    b: { value: quantity('383 people'), occurred: '2024' },
    kind: 'different_scope',
    says: 'Not comparable: different units (soldiers and people).',
  },
  {
    name: 'singular and plural are one unit',
    a: { value: quantity('1 Fighter'), occurred: '2024' },
    b: { value: quantity('2 fighters'), occurred: '2024' },
    kind: 'contradiction',
  },
  {
    name: 'twenty years and 240 months are the same',
    a: { value: quantity('20 years') },
    b: { value: quantity('240 months') },
    kind: null,
  },
  {
    name: 'twenty years and 200 months are not',
    a: { value: quantity('20 years'), occurred: '2021' },
    b: { value: quantity('200 months'), occurred: '2021' },
    kind: 'contradiction',
    says: '20 years and 200 months cannot both be right.',
  },
  {
    name: 'parts of different wholes',
    a: { value: quantity('14 bombings', '24'), occurred: '2023' },
    b: { value: quantity('15 bombings', '30'), occurred: '2023' },
    kind: 'different_scope',
    says: 'Not comparable: parts of different wholes (out of 24 and out of 30).',
  },
];

const totals: Pair[] = [
  {
    name: 'a half-year and a year do not conflict',
    a: { predicate: total, value: quantity('300'), occurred: '2024-01-01/2024-06-30' },
    b: { predicate: total, value: quantity('600'), occurred: '2024' },
    kind: 'different_time',
    says: 'Not comparable: totals of different periods (1 January–30 June 2024 and 2024).',
  },
  {
    name: 'two totals of one year do',
    a: { predicate: total, value: quantity('300'), occurred: '2024' },
    b: { predicate: total, value: quantity('600..'), occurred: '2024-01-01/2024-12-31' },
    kind: 'contradiction',
    says: 'Both are totals of 2024.',
  },
  {
    name: 'a total since 2022 may or may not be of the same period',
    a: { predicate: total, value: quantity('190'), occurred: '2022/..' },
    b: { predicate: total, value: quantity('120'), occurred: '2022/..' },
    kind: 'unknown_time',
    says: 'Perhaps not comparable: they may be totals of different periods (both since 2022).',
  },
  {
    name: 'nor does a period taken over from the source tell',
    a: { predicate: total, value: quantity('190'), occurred: '2024-07/2024-12', occurred_inherited: true },
    b: { predicate: total, value: quantity('120'), occurred: '2024' },
    kind: 'unknown_time',
  },
  {
    name: 'one of several days',
    a: { predicate: total, value: quantity('23'), occurred: '[2023-12-10..2023-12-17]' },
    b: { predicate: total, value: quantity('25'), occurred: '2023-12-12' },
    kind: 'unknown_time',
  },
  {
    name: 'an uncertain year of the same days is the same period',
    a: { predicate: total, value: quantity('383'), occurred: '2024?' },
    b: { predicate: total, value: quantity('925'), occurred: '2024' },
    kind: 'contradiction',
  },
];

const sums: Pair[] = [
  {
    name: 'of a sum whose currency is not said nothing can be told',
    a: { value: money('3000000 ? month'), occurred: '2024' },
    b: { value: money('43000 USD month'), occurred: '2024' },
    kind: null,
  },
  {
    name: 'nor of two such sums',
    a: { value: money('3000000 ?'), occurred: '2024' },
    b: { value: money('5000000 ?'), occurred: '2024' },
    kind: null,
  },
  {
    name: 'unless both are converted to one currency',
    a: { value: money('3000000 ? month', '43000 USD month'), occurred: '2024' },
    b: { value: money('90000 USD month'), occurred: '2024' },
    kind: 'contradiction',
    says: '43,000 USD per month and 90,000 USD per month cannot both be right.',
  },
  {
    name: 'that there is no stipend contradicts a sum in any currency',
    a: { value: { type: 'no_value' }, occurred: '2024' },
    b: { value: money('3000000 ? month'), occurred: '2024' },
    kind: 'contradiction',
    says: 'None and 3,000,000 of an unknown currency per month cannot both be right.',
  },
  {
    name: 'two sums in one currency',
    a: { value: money('3000000 AFN month'), occurred: '2024' },
    b: { value: money('2000000 AFN month'), occurred: '2024' },
    kind: 'contradiction',
    says: '3,000,000 AFN per month and 2,000,000 AFN per month cannot both be right.',
  },
  {
    name: 'by the month and by the year',
    a: { value: money('3000000 AFN month'), occurred: '2024' },
    b: { value: money('36000000 AFN year'), occurred: '2024' },
    kind: null,
  },
  {
    name: 'by the day and by the week',
    a: { value: money('10 USD day'), occurred: '2024' },
    b: { value: money('60 USD week'), occurred: '2024' },
    kind: 'contradiction',
  },
  {
    name: 'by the week and by the month cannot be converted exactly',
    a: { value: money('10 USD week'), occurred: '2024' },
    b: { value: money('60 USD month'), occurred: '2024' },
    kind: 'different_scope',
    says: 'Not comparable: one is an amount per week, the other per month.',
  },
  {
    name: 'a payment and a stipend',
    a: { value: money('10 USD'), occurred: '2024' },
    b: { value: money('10 USD month'), occurred: '2024' },
    kind: 'different_scope',
    says: 'Not comparable: one is an amount for no period, the other per month.',
  },
  {
    name: 'two currencies with an equivalent',
    a: { value: money('3000000 AFN month', '~43000 USD'), occurred: '2024' },
    b: { value: money('60000 USD month'), occurred: '2024' },
    kind: 'contradiction',
    says: 'They are compared as the sources convert them.',
  },
  {
    name: 'the equivalent is only about',
    a: { value: money('3000000 AFN month', '~43000 USD'), occurred: '2024' },
    b: { value: money('45000 USD month'), occurred: '2024' },
    kind: 'overlapping',
  },
  {
    name: 'two equivalents in a third currency',
    a: { value: money('3000000 AFN', '40000 EUR'), occurred: '2024' },
    b: { value: money('12000000 PKR', '41000 EUR'), occurred: '2024' },
    kind: 'contradiction',
  },
  {
    name: 'two currencies and nothing in common cannot be compared',
    a: { value: money('3000000 AFN'), occurred: '2024' },
    b: { value: money('50000 USD'), occurred: '2024' },
    kind: null,
  },
  {
    name: 'sums in one currency are not compared through another',
    a: { value: money('3000000 AFN', '43000 USD'), occurred: '2024' },
    b: { value: money('3100000 AFN', '43000 USD'), occurred: '2024' },
    kind: 'contradiction',
  },
];

const others: Pair[] = [
  {
    name: 'two leaders at one time',
    a: { predicate: plain, value: party('noor-wali'), occurred: '2024' },
    b: { predicate: plain, value: party('fazlullah'), occurred: '2024' },
    kind: 'contradiction',
    says: 'noor-wali and fazlullah cannot both be right.',
  },
  {
    name: 'two leaders, one after the other',
    a: { predicate: plain, value: party('noor-wali'), occurred: '2018-06/..' },
    b: { predicate: plain, value: party('fazlullah'), occurred: '2013/2018-05' },
    kind: 'different_time',
  },
  {
    name: 'an unnamed leader may be the named one',
    a: { predicate: plain, value: party('noor-wali'), occurred: '2024' },
    b: { predicate: plain, value: party('a-commander', true), occurred: '2024' },
    kind: null,
  },
  {
    name: 'links to two parties are both possible where a predicate allows it',
    a: { predicate: { key: 'linked-to', functional: false }, value: party('a'), occurred: '2024' },
    b: { predicate: { key: 'linked-to', functional: false }, value: party('b'), occurred: '2024' },
    kind: null,
  },
  {
    name: 'a briefing was on one day or on the other, whatever day it is filed under',
    a: { predicate: plain, value: date('2023-12-20'), occurred: '2023-12-20' },
    b: { predicate: plain, value: date('2023-12-21'), occurred: '2023-12-21', places: ['US-NY'] },
    kind: 'contradiction',
    says: '20 December 2023 and 21 December 2023 cannot both be right.',
  },
  {
    name: 'a month and a day in it',
    a: { predicate: plain, value: date('2023-12') },
    b: { predicate: plain, value: date('2023-12-21') },
    kind: 'overlapping',
  },
  {
    name: 'one day in two spellings',
    a: { predicate: plain, value: date('2023-12-21?') },
    b: { predicate: plain, value: date('2023-12-21') },
    kind: null,
  },
  {
    name: 'two countries as the cause, undated',
    a: { predicate: plain, value: place('Afghanistan', 'AF') },
    b: { predicate: plain, value: place('Pakistan', 'PK') },
    kind: 'unknown_time',
  },
  {
    name: 'a seat in two provinces is no difference of scope',
    a: { predicate: plain, value: place('Paktika', 'AF-PKA'), places: ['AF-PKA'], occurred: '2024' },
    b: { predicate: plain, value: place('Kunar', 'AF-KNR'), places: ['AF-KNR'], occurred: '2024' },
    kind: 'contradiction',
    says: 'Paktika and Kunar cannot both be right.',
  },
  {
    name: 'a province and its country',
    a: { predicate: plain, value: place('Paktika', 'AF-PKA'), occurred: '2024' },
    b: { predicate: plain, value: place('Afghanistan', 'AF'), occurred: '2024' },
    kind: 'overlapping',
  },
  {
    name: 'a place without a code may lie in the other',
    a: { predicate: plain, value: place('Quetta'), occurred: '2024' },
    b: { predicate: plain, value: place('Pakistan', 'PK'), occurred: '2024' },
    kind: null,
  },
  {
    name: 'up and unchanged',
    a: { predicate: plain, value: change('up'), occurred: '2024' },
    b: { predicate: plain, value: change('none'), occurred: '2024' },
    kind: 'contradiction',
    says: 'Up and no change cannot both be right.',
  },
  {
    name: 'up, and up by 65 percent',
    a: { predicate: plain, value: change('up'), occurred: '2024' },
    b: { predicate: plain, value: change('up', '65 percent'), occurred: '2024' },
    kind: 'overlapping',
    says: 'Up and up 65 percent can both be right.',
  },
  {
    name: 'up by 65 and by 70 percent',
    a: { predicate: plain, value: change('up', '70 percent'), occurred: '2024' },
    b: { predicate: plain, value: change('up', '65 percent'), occurred: '2024' },
    kind: 'contradiction',
    says: 'Up 70 percent and up 65 percent cannot both be right.',
  },
  {
    name: 'changes against different baselines',
    a: { predicate: plain, value: change('up', null, '2021'), occurred: '2024' },
    b: { predicate: plain, value: change('down', null, '2023'), occurred: '2024' },
    kind: 'different_scope',
    says: 'Not comparable: measured against different baselines (“2021” and “2023”).',
  },
  {
    name: 'texts are not compared: other words may say the same',
    a: { predicate: plain, value: { type: 'text', text: 'billions' }, occurred: '2024' },
    b: { predicate: plain, value: { type: 'text', text: 'a fortune' }, occurred: '2024' },
    kind: null,
  },
  {
    name: 'what is not known contradicts nothing',
    a: { value: { type: 'unknown' }, occurred: '2024' },
    b: { value: quantity('5000'), occurred: '2024' },
    kind: null,
  },
  {
    name: 'values of different types',
    a: { value: money('5000 USD'), occurred: '2024' },
    b: { value: quantity('5000'), occurred: '2024' },
    kind: null,
  },
];

const strangers: Pair[] = [
  {
    name: 'only facts conflict',
    a: { kind: 'forecast', value: quantity('10000'), occurred: '2024' },
    b: { value: quantity('5000'), occurred: '2024' },
    kind: null,
  },
  {
    name: 'another subject',
    a: { subject: 'isil-k', value: quantity('10000'), occurred: '2024' },
    b: { value: quantity('5000'), occurred: '2024' },
    kind: null,
  },
  {
    name: 'no subject',
    a: { subject: null, value: quantity('10000'), occurred: '2024' },
    b: { subject: null, value: quantity('5000'), occurred: '2024' },
    kind: null,
  },
  {
    name: 'another predicate',
    a: { predicate: total, value: quantity('10000'), occurred: '2024' },
    b: { value: quantity('5000'), occurred: '2024' },
    kind: null,
  },
  {
    name: 'no predicate',
    a: { predicate: null, value: quantity('10000'), occurred: '2024' },
    b: { predicate: null, value: quantity('5000'), occurred: '2024' },
    kind: null,
  },
];

export const pairs: Pair[] = [...strengths, ...totals, ...sums, ...others, ...strangers];

import { compareDecimals } from '../lib/decimal.js';
import { parseEdtf } from '../lib/edtf.js';
import { fold } from '../lib/text.js';
import {
  type Amount,
  type Interval,
  intervalOf,
  loosened,
  overlap,
  sameInterval,
  scaled,
} from './intervals.js';
import { factors, rateFactors } from './units.js';
import { amountWords, changeWords } from './value-words.js';

/** The value of a claim, as far as it can be compared; the output form of a value fits. */
export type ComparableValue =
  | (Amount & { type: 'quantity'; unit: string | null; out_of: string | null })
  | (Amount & {
      type: 'money';
      currency: string;
      per: string | null;
      equivalents: readonly (Amount & { currency: string })[];
    })
  | {
      type: 'change';
      direction: 'up' | 'down' | 'none';
      amount: string | null;
      unit: string | null;
      baseline: string | null;
    }
  | { type: 'party'; party: { id: string; name: string | null }; unnamed?: boolean }
  | { type: 'place'; name: string; iso_3166: string | null }
  | { type: 'date'; date: string }
  | { type: 'text'; text: string }
  | { type: 'unknown' }
  | { type: 'none' };

type Of<Type extends ComparableValue['type']> = Extract<ComparableValue, { type: Type }>;

/**
 * How two values stand to each other: they say the same, can both be right, exclude each other, or speak
 * of different things. Null where nothing can be told.
 */
export interface ValueComparison {
  relation: 'same' | 'overlapping' | 'apart' | 'other_scope';
  why: string[];
}

/**
 * Compares two values of one predicate.
 *
 * Nothing can be told of values of different types, of texts (other words may say the same), of unknown
 * values, of currencies without a common equivalent, of a place without a code under another name (one may
 * lie in the other), and of an unnamed party, which may be the one that the other claim names.
 */
export function compareValues(
  a: ComparableValue,
  b: ComparableValue,
  defaultUnit: string | null,
): ValueComparison | null {
  if (a.type === 'quantity' && b.type === 'quantity') return compareQuantities(a, b, defaultUnit);
  if (a.type === 'money' && b.type === 'money') return compareMoney(a, b);
  if (a.type === 'change' && b.type === 'change') return compareChanges(a, b);
  if (a.type === 'party' && b.type === 'party') return compareParties(a, b);
  if (a.type === 'place' && b.type === 'place') return comparePlaces(a, b);
  if (a.type === 'date' && b.type === 'date') return compareDates(a, b);
  return null;
}

const SAME: ValueComparison = { relation: 'same', why: [] };
const both = (a: string, b: string) => [`${a} and ${b} can both be right.`];
const neither = (a: string, b: string) => [`${a} and ${b} cannot both be right.`];

/** Two figures, already in words, with what they leave open in one unit. */
function compareFigures(
  [a, openA, wordsA]: [Amount, Interval, string],
  [b, openB, wordsB]: [Amount, Interval, string],
): ValueComparison {
  if (sameInterval(openA, openB)) return SAME;
  const wide = (amount: Amount, open: Interval) => (amount.approximate ? loosened(open) : open);
  const meet = overlap(wide(a, openA), wide(b, openB));
  const about = a.approximate || b.approximate ? ['“About” is taken as ten percent either way.'] : [];
  return meet
    ? { relation: 'overlapping', why: [...both(wordsA, wordsB), ...about] }
    : { relation: 'apart', why: [...neither(wordsA, wordsB), ...about] };
}

function compareQuantities(
  a: Of<'quantity'>,
  b: Of<'quantity'>,
  unit: string | null,
): ValueComparison | null {
  const [unitA, unitB] = [a.unit ?? unit, b.unit ?? unit];
  if (a.out_of !== null && b.out_of !== null && compareDecimals(a.out_of, b.out_of) !== 0) {
    const why = `They are parts of different wholes: out of ${a.out_of} and out of ${b.out_of}.`;
    return { relation: 'other_scope', why: [why] };
  }
  const by =
    unitA === unitB ? ([1n, 1n] as const) : unitA !== null && unitB !== null && factors(unitA, unitB);
  if (!by) {
    const why = `They count different things: ${unitA ?? 'no unit is given'} and ${unitB ?? 'no unit is given'}.`;
    return { relation: 'other_scope', why: [why] };
  }
  const [openA, openB] = [scaled(intervalOf(a), by[0]), scaled(intervalOf(b), by[1])];
  return openA && openB
    ? compareFigures([a, openA, amountWords(a, unitA)], [b, openB, amountWords(b, unitB)])
    : null;
}

function compareMoney(a: Of<'money'>, b: Of<'money'>): ValueComparison | null {
  const by =
    a.per === b.per ? ([1n, 1n] as const) : a.per !== null && b.per !== null && rateFactors(a.per, b.per);
  const figures = ({ equivalents, ...main }: Of<'money'>) => [main, ...equivalents];
  const all = figures(a).flatMap((x) => figures(b).map((y) => [x, y] as const));
  const common = all.filter(([x, y]) => x.currency === y.currency);
  if (common.length === 0) return null;
  if (!by) {
    const per = (period: string | null) => (period === null ? 'for no period' : `per ${period}`);
    return { relation: 'other_scope', why: [`One is an amount ${per(a.per)}, the other ${per(b.per)}.`] };
  }
  const words = (x: Amount & { currency: string }, per: string | null) =>
    amountWords(x, per === null ? x.currency : `${x.currency} per ${per}`);
  const found = (a.currency === b.currency ? common.slice(0, 1) : common).flatMap(([x, y]) => {
    const [openX, openY] = [scaled(intervalOf(x), by[0]), scaled(intervalOf(y), by[1])];
    return openX && openY ? [compareFigures([x, openX, words(x, a.per)], [y, openY, words(y, b.per)])] : [];
  });
  // Rates of exchange differ, so one currency in which both can be right is enough.
  const kindest = (['same', 'overlapping', 'apart'] as const)
    .map((relation) => found.find((comparison) => comparison.relation === relation))
    .find((comparison) => comparison !== undefined);
  if (!kindest || a.currency === b.currency || kindest.relation === 'same') return kindest ?? null;
  return { ...kindest, why: [...kindest.why, 'They are compared as the sources convert them.'] };
}

function compareChanges(a: Of<'change'>, b: Of<'change'>): ValueComparison | null {
  const [wordsA, wordsB] = [changeWords(a), changeWords(b)];
  if (a.baseline !== null && b.baseline !== null && fold(a.baseline) !== fold(b.baseline)) {
    const why = `They are measured against different baselines: “${a.baseline}” and “${b.baseline}”.`;
    return { relation: 'other_scope', why: [why] };
  }
  if (a.direction !== b.direction) return { relation: 'apart', why: neither(wordsA, wordsB) };
  if (a.amount === null && b.amount === null) return SAME;
  if (a.amount === null || b.amount === null) return { relation: 'overlapping', why: both(wordsA, wordsB) };
  const point = ({ amount, unit }: Of<'change'>): Of<'quantity'> => ({
    type: 'quantity',
    value: amount,
    lower: null,
    upper: null,
    approximate: false,
    unit,
    out_of: null,
  });
  const sizes = compareQuantities(point(a), point(b), null);
  return sizes?.relation === 'apart' ? { relation: 'apart', why: neither(wordsA, wordsB) } : sizes;
}

function compareParties(a: Of<'party'>, b: Of<'party'>): ValueComparison | null {
  if (a.party.id === b.party.id) return SAME;
  if (a.unnamed || b.unnamed) return null;
  return { relation: 'apart', why: neither(a.party.name ?? a.party.id, b.party.name ?? b.party.id) };
}

function comparePlaces(a: Of<'place'>, b: Of<'place'>): ValueComparison | null {
  if (a.iso_3166 === null || b.iso_3166 === null) return fold(a.name) === fold(b.name) ? SAME : null;
  if (a.iso_3166 === b.iso_3166) return SAME;
  const lies = (inner: string, outer: string) => inner.startsWith(`${outer}-`);
  const within = lies(a.iso_3166, b.iso_3166) || lies(b.iso_3166, a.iso_3166);
  return within
    ? { relation: 'overlapping', why: both(a.name, b.name) }
    : { relation: 'apart', why: neither(a.name, b.name) };
}

function compareDates(a: Of<'date'>, b: Of<'date'>): ValueComparison {
  const [first, second] = [parseEdtf(a.date), parseEdtf(b.date)];
  if (first.first === second.first && first.last === second.last) return SAME;
  const meet = first.first <= second.last && second.first <= first.last;
  return meet
    ? { relation: 'overlapping', why: both(a.date, b.date) }
    : { relation: 'apart', why: neither(a.date, b.date) };
}

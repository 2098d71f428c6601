import { compareDecimals } from '../lib/decimal.js';
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
import { both, neither, type Of, SAME, type ValueComparison } from './value.js';
import { amountWords, changeWords } from './value-words.js';

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

export function compareQuantities(
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

export function compareMoney(a: Of<'money'>, b: Of<'money'>): ValueComparison | null {
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

export function compareChanges(a: Of<'change'>, b: Of<'change'>): ValueComparison | null {
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

import { compareDecimals } from '../../lib/decimal.js';
import { fold } from '../../lib/text.js';
import { factors, rateFactors } from '../../lib/units.js';
import {
  type Amount,
  exactly,
  type Interval,
  intervalOf,
  isAbove,
  isNegative,
  overlap,
  sameInterval,
  scaled,
  widened,
} from './intervals.js';
import { type Compared, type Of, same, type ValueComparison } from './value.js';
import { amountWords, changeWords, moneyWords } from './value-text.js';

/** Two figures, already in words, with what they leave open in one unit. */
function compareFigures(
  [a, openA, wordsA]: [Amount, Interval, string],
  [b, openB, wordsB]: [Amount, Interval, string],
): ValueComparison {
  const values: [string, string] = [wordsA, wordsB];
  if (sameInterval(openA, openB)) return same(...values);
  const [wideA, wideB] = [a.approximate ? widened(openA) : openA, b.approximate ? widened(openB) : openB];
  const notes = a.approximate || b.approximate ? ['“About” is taken as ten percent either way.'] : [];
  if (overlap(wideA, wideB)) return { relation: 'overlapping', values, notes };
  if ([openA, openB].some(isNegative)) return { relation: 'apart', values, notes };
  return { relation: 'apart', values, notes, larger: isAbove(wideA, wideB) ? 'first' : 'second' };
}

export function compareQuantities(a: Of<'quantity'>, b: Of<'quantity'>, unit: string | null): Compared {
  const [unitA, unitB] = [a.unit ?? unit, b.unit ?? unit];
  const values: [string, string] = [amountWords(a, unitA), amountWords(b, unitB)];
  const otherScope = (scope: string): Compared => ({ relation: 'other_scope', values, notes: [], scope });
  if (a.out_of !== null && b.out_of !== null && compareDecimals(a.out_of, b.out_of) !== 0) {
    return otherScope(`parts of different wholes (out of ${a.out_of} and out of ${b.out_of})`);
  }
  const by =
    unitA === unitB ? ([1n, 1n] as const) : unitA !== null && unitB !== null && factors(unitA, unitB);
  if (!by) return otherScope(`different units (${unitA ?? 'none is given'} and ${unitB ?? 'none is given'})`);
  const [openA, openB] = [scaled(intervalOf(a), by[0]), scaled(intervalOf(b), by[1])];
  return openA && openB ? compareFigures([a, openA, values[0]], [b, openB, values[1]]) : null;
}

export function compareMoney(a: Of<'money'>, b: Of<'money'>): Compared {
  const by =
    a.per === b.per ? ([1n, 1n] as const) : a.per !== null && b.per !== null && rateFactors(a.per, b.per);
  const figures = ({ equivalents, ...main }: Of<'money'>) => [main, ...equivalents];
  const all = figures(a).flatMap((x) => figures(b).map((y) => [x, y] as const));
  // Two amounts whose currency nobody says may well be in two currencies.
  const common = all.filter(([x, y]) => x.currency !== null && x.currency === y.currency);
  if (common.length === 0) return null;
  if (!by) {
    const per = (period: string | null) => (period === null ? 'for no period' : `per ${period}`);
    const scope = `one is an amount ${per(a.per)}, the other ${per(b.per)}`;
    return {
      relation: 'other_scope',
      values: [moneyWords(a, a.per), moneyWords(b, b.per)],
      notes: [],
      scope,
    };
  }
  const isDirect = a.currency !== null && a.currency === b.currency;
  const found = (isDirect ? common.slice(0, 1) : common).flatMap(([x, y]) => {
    const [openX, openY] = [scaled(intervalOf(x), by[0]), scaled(intervalOf(y), by[1])];
    return openX && openY
      ? [compareFigures([x, openX, moneyWords(x, a.per)], [y, openY, moneyWords(y, b.per)])]
      : [];
  });
  // Rates of exchange differ, so one currency in which both can be right is enough.
  const kindest = (['same', 'overlapping', 'apart'] as const)
    .map((relation) => found.find((comparison) => comparison.relation === relation))
    .find((comparison) => comparison !== undefined);
  if (!kindest || isDirect || kindest.relation === 'same') return kindest ?? null;
  return { ...kindest, notes: [...kindest.notes, 'They are compared as the sources convert them.'] };
}

export function compareChanges(a: Of<'change'>, b: Of<'change'>): Compared {
  const values: [string, string] = [changeWords(a), changeWords(b)];
  if (a.baseline !== null && b.baseline !== null && fold(a.baseline) !== fold(b.baseline)) {
    const scope = `measured against different baselines (“${a.baseline}” and “${b.baseline}”)`;
    return { relation: 'other_scope', values, notes: [], scope };
  }
  if (a.direction !== b.direction) return { relation: 'apart', values, notes: [] };
  if (a.amount === null && b.amount === null) return same(...values);
  if (a.amount === null || b.amount === null) return { relation: 'overlapping', values, notes: [] };
  const size = (amount: string, unit: string | null): Of<'quantity'> => ({
    type: 'quantity',
    ...exactly(amount),
    unit,
    out_of: null,
  });
  const sizes = compareQuantities(size(a.amount, a.unit), size(b.amount, b.unit), null);
  if (!sizes) return null;
  // A change over a part of the time may be larger than that over the whole.
  const { larger: _, ...compared } = sizes;
  return { ...compared, values };
}

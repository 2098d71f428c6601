import { compareDecimals, isDecimal } from '../../lib/decimal.js';

/** All numbers from `lower` to `upper`; null is open. Numbers are decimal strings. */
export interface Interval {
  lower: string | null;
  upper: string | null;
  /** Only numbers above `lower`, or below `upper`. */
  lower_exclusive: boolean;
  upper_exclusive: boolean;
}

/** A figure as claims give it; at least one of the three numbers is there. */
export interface Amount extends Interval {
  value: string | null;
  approximate: boolean;
}

/** A number that leaves nothing open. */
export const exactly = (value: string): Amount => ({
  value,
  lower: null,
  upper: null,
  lower_exclusive: false,
  upper_exclusive: false,
  approximate: false,
});

/** What a figure leaves open: its bounds, the value where a bound is missing. "Up to 6,500" has no lower bound. */
export const intervalOf = ({ value, lower, upper, lower_exclusive, upper_exclusive }: Amount): Interval => ({
  lower: lower ?? value,
  upper: upper ?? value,
  lower_exclusive,
  upper_exclusive,
});

/**
 * What an approximate figure leaves open: a tenth of each bound to either side. The tenth is a convention
 * of this register, since no source tells how much its "about" allows.
 */
export function widened(interval: Interval): Interval {
  const by = (bound: string | null, outward: (negative: boolean) => bigint) =>
    bound === null ? null : (times(bound, outward(bound.startsWith('-')), 1) ?? bound);
  return {
    ...interval,
    lower: by(interval.lower, (negative) => (negative ? 11n : 9n)),
    upper: by(interval.upper, (negative) => (negative ? 9n : 11n)),
  };
}

/** Whether some number lies in both; touching bounds do, unless one is excluded. */
export const overlap = (a: Interval, b: Interval): boolean => !isAbove(a, b) && !isAbove(b, a);

/** Whether every number in the first is larger than every number in the second. */
export function isAbove(a: Interval, b: Interval): boolean {
  if (a.lower === null || b.upper === null) return false;
  return compareDecimals(a.lower, b.upper) >= (a.lower_exclusive || b.upper_exclusive ? 0 : 1);
}

/** Whether a bound is below zero; what counts or sums up things has none. */
export const isNegative = ({ lower, upper }: Interval): boolean =>
  [lower, upper].some((bound) => bound?.startsWith('-'));

export function sameInterval(a: Interval, b: Interval): boolean {
  const same = (x: string | null, y: string | null) =>
    x === null || y === null ? x === y : compareDecimals(x, y) === 0;
  return (
    same(a.lower, b.lower) &&
    same(a.upper, b.upper) &&
    a.lower_exclusive === b.lower_exclusive &&
    a.upper_exclusive === b.upper_exclusive
  );
}

/** Every bound times a whole number; null where a result has more digits than a decimal may have. */
export function scaled(interval: Interval, factor: bigint): Interval | null {
  const { lower, upper } = interval;
  const result = {
    ...interval,
    lower: lower === null ? null : times(lower, factor),
    upper: upper === null ? null : times(upper, factor),
  };
  const failed = (lower !== null && result.lower === null) || (upper !== null && result.upper === null);
  return failed ? null : result;
}

/** The exact product of a decimal and `factor / 10^places`; null where it has too many digits. */
export function times(decimal: string, factor: bigint, places = 0): string | null {
  const [whole = '', fraction = ''] = decimal.replace('-', '').split('.');
  const scale = fraction.length + places;
  const digits = (BigInt(whole + fraction) * factor).toString().padStart(scale + 1, '0');
  const point = digits.length - scale;
  const tail = digits.slice(point).replace(/0+$/, '');
  const product = `${decimal.startsWith('-') ? '-' : ''}${digits.slice(0, point)}${tail && `.${tail}`}`;
  return isDecimal(product) ? product : null;
}

import type { Amount } from './intervals.js';

/** "1234567.5" as "1,234,567.5". */
const grouped = (decimal: string): string =>
  decimal.replace(
    /^(-?)(\d+)/,
    (_, sign: string, whole: string) => `${sign}${whole.replace(/\B(?=(\d{3})+$)/g, ',')}`,
  );

/** A figure as one would write it: "about 10,000 fighters", "4,000–6,000 fighters", "at most 8 camps". */
export function amountWords({ value, lower, upper, approximate }: Amount, unit: string | null): string {
  const number =
    value !== null
      ? grouped(value)
      : lower === null
        ? `at most ${grouped(upper!)}`
        : upper === null
          ? `at least ${grouped(lower)}`
          : `${grouped(lower)}–${grouped(upper)}`;
  const range =
    value !== null && (lower !== null || upper !== null)
      ? ` (${amountWords({ value: null, lower, upper, approximate: false }, null)})`
      : '';
  return `${approximate ? 'about ' : ''}${number}${range}${unit === null ? '' : ` ${unit}`}`;
}

export function changeWords({
  direction,
  amount,
  unit,
}: {
  direction: 'up' | 'down' | 'none';
  amount: string | null;
  unit: string | null;
}): string {
  if (direction === 'none') return 'no change';
  return [
    direction,
    amount === null
      ? null
      : amountWords({ value: amount, lower: null, upper: null, approximate: false }, unit),
  ]
    .filter((part) => part !== null)
    .join(' ');
}

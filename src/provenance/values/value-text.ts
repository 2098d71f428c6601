import { groupedDigits } from '../../lib/decimal.js';
import { edtfWords } from '../../lib/edtf-text.js';
import { type Amount, exactly, type Interval } from './intervals.js';
import type { ComparableValue, Of } from './value.js';

/** A figure as one would write it: "about 10,000 fighters", "4,000–6,000 fighters", "more than 25 percent". */
export function amountWords(amount: Amount, unit: string | null): string {
  const { value, approximate } = amount;
  const about = approximate ? 'about ' : '';
  const bounds = boundsWords(amount, value === null ? about : '');
  const number = value === null ? bounds : `${about}${groupedDigits(value)}${bounds && ` (${bounds})`}`;
  return unit === null ? number : `${number} ${unit}`;
}

function boundsWords({ lower, upper, lower_exclusive, upper_exclusive }: Interval, about: string): string {
  if (lower !== null && upper !== null && !lower_exclusive && !upper_exclusive) {
    return `${about}${groupedDigits(lower)}–${groupedDigits(upper)}`;
  }
  const bounds = [
    lower === null ? [] : `${lower_exclusive ? 'more than' : 'at least'} ${about}${groupedDigits(lower)}`,
    upper === null ? [] : `${upper_exclusive ? 'less than' : 'at most'} ${about}${groupedDigits(upper)}`,
  ];
  return bounds.flat().join(' and ');
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
  return [direction, amount === null ? null : amountWords(exactly(amount), unit)]
    .filter((part) => part !== null)
    .join(' ');
}

export function moneyWords(amount: Amount & { currency: string | null }, per: string | null): string {
  const currency = amount.currency ?? 'of an unknown currency';
  return amountWords(amount, per === null ? currency : `${currency} per ${per}`);
}

/** A date in words; alternatives stand in quotation marks, to be told from what follows. */
export const dateValueWords = (date: string): string =>
  /^[[{]/.test(date) ? `“${edtfWords(date)}”` : edtfWords(date);

/** Any value that is given; a quantity without a unit has that of its predicate. */
export function valueWords(value: Exclude<ComparableValue, Of<'none'>>, unit: string | null): string {
  switch (value.type) {
    case 'quantity':
      return amountWords(value, value.unit ?? unit);
    case 'money':
      return moneyWords(value, value.per);
    case 'change':
      return changeWords(value);
    case 'party':
      return value.party.name ?? value.party.id;
    case 'place':
      return value.name;
    case 'date':
      return dateValueWords(value.date);
    case 'text':
      return `“${value.text}”`;
    case 'unknown':
      return 'some unknown value';
    case 'no_value':
      return 'none';
  }
}

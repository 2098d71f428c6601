import { MONTHS } from '../lib/months.js';

/** "A", "A and B", "A, B and C", and with more than `shown`: "A, B and 4 others". */
export function listed(items: readonly string[], shown = 5): string {
  const more = items.length - shown;
  const parts = more > 0 ? [...items.slice(0, shown), more === 1 ? '1 other' : `${more} others`] : [...items];
  const last = parts.pop() ?? '';
  return parts.length > 0 ? `${parts.join(', ')} and ${last}` : last;
}

/** "1 party", "3 parties". */
export const counted = (n: number, one: string, many = `${one}s`): string => `${n} ${n === 1 ? one : many}`;

/** A span of days (YYYY-MM-DD; null is open) as one would write it: "1 July–13 December 2024". */
export function spanWords(from: string | null, to: string | null): string | null {
  if (from === null) return to === null ? null : `until ${dayWords(to)}`;
  if (to === null) return `since ${dayWords(from)}`;
  if (from === to) return dayWords(from);
  const [fromYear, fromMonth] = from.split('-');
  const [toYear, toMonth] = to.split('-');
  const wholeMonths = from.endsWith('-01') && endsMonth(to);
  const [first, last] = wholeMonths ? [monthWords(from), monthWords(to)] : [dayWords(from), dayWords(to)];
  if (fromYear !== toYear) {
    const wholeYears = from.endsWith('-01-01') && to.endsWith('-12-31');
    return wholeYears ? `${Number(fromYear)}–${Number(toYear)}` : `${first}–${last}`;
  }
  if (from.endsWith('-01-01') && to.endsWith('-12-31')) return `${Number(fromYear)}`;
  if (fromMonth !== toMonth) return `${first.replace(/ \d+$/, '')}–${last}`;
  return wholeMonths ? last : `${Number(from.slice(8))}–${last}`;
}

const monthWords = (day: string): string =>
  `${MONTHS[Number(day.slice(5, 7)) - 1]} ${Number(day.slice(0, 4))}`;
const dayWords = (day: string): string => `${Number(day.slice(8))} ${monthWords(day)}`;

/** Years below 100 are not met here: `Date` would take them for 19xx, and only the month's length is asked. */
const endsMonth = (day: string): boolean => {
  const [year, month, date] = day.split('-').map(Number) as [number, number, number];
  return date === new Date(Date.UTC(2000 + (year % 400), month, 0)).getUTCDate();
};

import { joined } from '../../lib/text.js';

/** "A", "A and B", "A, B and C", and with more than `shown`: "A, B and 4 others". */
export function listed(items: readonly string[], shown = 5): string {
  const more = items.length - shown;
  const parts = more > 0 ? [...items.slice(0, shown), more === 1 ? '1 other' : `${more} others`] : items;
  return joined(parts, ', ', ' and ');
}

/** "1 party", "3 parties". */
export const counted = (n: number, one: string, many = `${one}s`): string => `${n} ${n === 1 ? one : many}`;

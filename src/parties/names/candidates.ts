import { lookUp } from '../../lib/collections.js';
import { keyWeights } from './keys.js';

/** Parties that have a key in common with a name, by key; of a frequent key only the first ones by id. */
export type Postings = ReadonlyMap<string, readonly string[]>;

/** Parties that are read of one key, and that are compared in full. */
export const POSTINGS = 200;
const CANDIDATES = 75;

/** The ids of the parties worth comparing, the best first: those that share many keys, and rare ones. */
export function candidatesOf(postings: Postings): string[] {
  const scores = new Map<string, number>();
  for (const [key, ids] of postings) {
    const weight = lookUp(keyWeights, key.charAt(0)) / Math.log2(2 + ids.length);
    for (const id of ids) scores.set(id, (scores.get(id) ?? 0) + weight);
  }
  return [...scores]
    .sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))
    .slice(0, CANDIDATES)
    .map(([id]) => id);
}

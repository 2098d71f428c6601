import type { Tx } from '../db/store/store.js';
import type { NounName } from '../lib/ids.js';
import { newestFound, wordQuery } from '../search/words/matching.store.js';
import { wordsOf } from '../search/words/split.js';

/** Objects whose texts are nearly the same, found by the index of words. */

/** Words that are looked for: the longest, since these are rare. */
const LOOKED_FOR = 8;
/** Objects that are compared. */
const COMPARED = 20;
/** Of all words of two texts, the part that they have in common. */
const SHARED = 0.85;

/** Words that turn a text into another one. */
const NEGATIONS = new Set(['no', 'not', 'never', 'without', 'none', 'neither', 'nor']);
const isTelling = (word: string): boolean => /\d/.test(word) || NEGATIONS.has(word);

/** Whether two texts have nearly the same words, and just the same numbers and negations. */
export function nearlySame(a: string, b: string): boolean {
  const [one, other] = [new Set(wordsOf(a)), new Set(wordsOf(b))];
  if (one.size === 0 || other.size === 0) return false;
  const shared = [...one].filter((word) => other.has(word)).length;
  if (shared / (one.size + other.size - shared) < SHARED) return false;
  return [...one, ...other].every((word) => !isTelling(word) || (one.has(word) && other.has(word)));
}

/**
 * The ids of others of the noun that may have nearly this text. Half of the words is looked for, then the other half: where
 * one word differs, one half is still found.
 */
export async function candidatesAlike(tx: Tx, noun: NounName, id: string, text: string): Promise<string[]> {
  const words = [...new Set(wordsOf(text))].sort((a, b) => b.length - a.length).slice(0, LOOKED_FOR);
  if (words.length === 0) return [];
  const halves = words.length < 4 ? [words] : [0, 1].map((half) => words.filter((_, i) => i % 2 === half));
  const found = new Set<string>();
  for (const half of halves) {
    const all = half.map((word) => [{ words: [word], prefix: false }]);
    const query = await wordQuery(tx, noun, { all, none: [] });
    const ids = query && (await newestFound(tx, noun, query, COMPARED));
    for (const other of ids ?? []) found.add(other);
  }
  found.delete(id);
  return [...found];
}

/** The texts that a write has recorded so far, since their words are indexed at its end. */
const recorded = new WeakMap<object, Map<string, string[]>>();

/** The ids of objects that this write recorded before with the same words in the same order; records this one. */
export function recordedAlike(tx: Tx, noun: NounName, id: string, text: string): string[] {
  const { entries } = tx.unindexed!;
  const known = recorded.get(entries) ?? new Map<string, string[]>();
  recorded.set(entries, known);
  const form = `${noun} ${wordsOf(text).join(' ')}`;
  const before = known.get(form) ?? [];
  known.set(form, [...before.filter((other) => other !== id), id].slice(-COMPARED));
  return before.filter((other) => other !== id);
}

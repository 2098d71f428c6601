import type { Turns } from '../../lib/event-loop.js';
import type { ResourceName } from '../../lib/ids.js';
import { wordsInTurns } from './split.js';

/**
 * The words of an object in the order in which they stand in its texts; null where a phrase cannot continue: between two
 * texts, and where a place is not kept.
 */
export type Entry = (string | null)[];

/** The letter of a noun: words of all nouns stand in one index, each behind the letter of its noun. */
export const letterOf: Record<ResourceName, string> = {
  claim: 'c',
  attribution: 'a',
  source: 's',
  party: 'p',
  predicate: 'v',
  relation: 'r',
  assessment: 'j',
  judgement: 'u',
};

/** Places that PostgreSQL keeps of an entry, and of one word in it; all further words are kept once, outside of phrases. */
const PLACES = 16_000;
const PLACES_OF_WORD = 255;
/** Bytes of words and places that PostgreSQL takes into an entry; what comes behind them is not found. */
const BYTES = 900_000;

/** Words that are put into an entry before others get their turn. */
const AT_ONCE = 1_000;

/** The entry of an object of a noun with these texts. */
export async function entryOf(
  turns: Turns,
  noun: ResourceName,
  texts: readonly string[],
  split = (text: string) => wordsInTurns(turns, text),
): Promise<Entry> {
  const letter = letterOf[noun];
  const entry: Entry = [];
  const counts = new Map<string, number>();
  let bytes = 0;
  for (const text of texts) {
    const words = await split(text);
    if (words.length === 0) continue;
    if (entry.length > 0) entry.push(null);
    for (const [i, plain] of words.entries()) {
      if (i % AT_ONCE === 0) await turns.yield();
      const word = letter + plain;
      const count = counts.get(word) ?? 0;
      counts.set(word, count + 1);
      bytes += count === 0 ? Buffer.byteLength(word) + 8 : 2;
      if (bytes > BYTES) return entry;
      if (entry.length < PLACES) entry.push(count < PLACES_OF_WORD ? word : null);
      else if (count === 0) entry.push(null, word);
    }
  }
  return entry;
}

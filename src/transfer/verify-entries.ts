import { indexContents } from '../db/query/index-contents.js';
import { newestEntry } from '../db/query/snapshot.js';
import type { Tx } from '../db/store/store.js';
import { resourceNames } from '../lib/ids.js';
import { entriesOf } from './entries.service.js';
import { type OwnEntry, ownerOf, unknownWords } from './entries.store.js';
import type { Report } from './rebuild.js';
import { rowCount } from './verify.store.js';

/** A version of an attribution makes one for itself and for its claim, or for two where it moves. */
const ENTRIES_OF_VERSION = 3;
/** Entries that are named where many differ. */
const NAMED = 20;
/** The last place that PostgreSQL knows. */
const LAST_PLACE = 16_383;

/** FNV-1a of a word, and where it stands. */
function instanceHash(word: string, place: number): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < word.length; i++) hash = Math.imul(hash ^ word.charCodeAt(i), 0x01000193);
  return Math.imul(hash ^ place, 0x01000193) >>> 0;
}

/**
 * Compares the index of words with the words of all objects, those of the past included: of each entry the sum over its
 * words and their places. Entries that no row has any more, since the object changed again at the same instant, are left out.
 */
export async function verifyEntries(kept: Tx, tell: Report): Promise<void> {
  const last = await newestEntry(kept);
  const versions = await rowCount(kept, 'history');
  if (last > ENTRIES_OF_VERSION * versions) {
    tell(`commit_clock: ${last} entries of the index of words cannot come from ${versions} versions`);
    return;
  }
  const sums = new Float64Array(last + 1);
  const add = (number: number, hash: number) => {
    sums[number] = (sums[number] ?? 0) + hash;
  };
  const used = new Uint8Array(last + 1);
  const expect = async (entries: readonly OwnEntry[]) => {
    for (const { noun, id, number, words } of entries) {
      if (number > last)
        tell(`${noun} ${id}: has entry ${number} in the index of words, the newest is ${last}`);
      else if (used[number]) tell(`${noun} ${id}: shares entry ${number} of the index of words`);
      else used[number] = 1;
      for (const [i, word] of words.entries()) {
        if (word !== null) add(number, instanceHash(word, Math.min(i + 1, LAST_PLACE)));
      }
    }
    const words = new Set(entries.flatMap((entry) => entry.words));
    words.delete(null);
    for (const word of await unknownWords(kept, [...words] as string[])) {
      tell(`search_words: lacks "${word}"`);
    }
  };
  for (const noun of resourceNames) {
    for await (const entries of entriesOf({ read: (fn) => fn(kept) }, noun)) await expect(entries);
  }
  for await (const instances of indexContents(kept)) {
    for (const { number, word, place } of instances) {
      if (used[number]) add(number, -instanceHash(word, place));
    }
  }
  const wrong = [...used.keys()].filter((number) => sums[number] !== 0);
  for (const number of wrong.slice(0, NAMED)) {
    tell(`search: entry ${number}, of ${await ownerOf(kept, number)}, has other words than that`);
  }
  if (wrong.length > NAMED) tell(`search: ${wrong.length - NAMED} other entries differ`);
}

import type { Tx } from '../../db/store/store.js';
import type { ResourceName } from '../../lib/ids.js';
import { nearest } from '../../lib/nearest.js';
import { letterOf } from './entry.js';
import { newestFound, wordQuery, wordsBeginning } from './matching.store.js';
import type { SearchQuery } from './query.js';
import { placedWords } from './split.js';

/** Most words of the index that are compared with one that it lacks. */
const MOST_COMPARED = 1_000;
/** Longest word that is corrected: a longer one is no slip of the pen. */
const MAX_LETTERS = 30;
/** Most words of a search that are corrected. */
const MOST_CORRECTED = 8;

/**
 * The search that was likely meant: each word that no object of the nouns ever had becomes the nearest one that begins
 * with the same two letters, or else with the same one. Null where no word has a near one.
 */
export async function correctedText(
  tx: Tx,
  nouns: readonly ResourceName[],
  text: string,
): Promise<string | null> {
  const letters = nouns.map((noun) => letterOf[noun]);
  let corrected = '';
  let at = 0;
  let count = 0;
  for (const { word, start, end } of placedWords(text)) {
    if (word.length > MAX_LETTERS) continue;
    if (count === MOST_CORRECTED) break;
    await tx.yield();
    const near = await nearWord(tx, letters, word, text[end] === '*');
    if (near === null || !(await isFound(tx, nouns, near))) continue;
    corrected += text.slice(at, start) + near;
    at = end;
    count++;
  }
  return count === 0 ? null : corrected + text.slice(at);
}

/** Words of the index may be those of objects that were removed since. */
async function isFound(tx: Tx, nouns: readonly ResourceName[], word: string): Promise<boolean> {
  const query: SearchQuery = { all: [[{ words: [word], prefix: false }]], none: [] };
  for (const noun of nouns) {
    const words = await wordQuery(tx, noun, query);
    if (words && (await newestFound(tx, noun, words, 1)).length > 0) return true;
  }
  return false;
}

/** Null also where the index has the word itself or, for a prefix, a word that begins with it. */
async function nearWord(
  tx: Tx,
  letters: readonly string[],
  word: string,
  isPrefix: boolean,
): Promise<string | null> {
  const [first = '', second = ''] = word;
  for (const start of [word, first + second, first]) {
    const words: string[] = [];
    for (const letter of letters) {
      for (const known of await wordsBeginning(tx, letter + start, MOST_COMPARED)) words.push(known.slice(1));
    }
    if (words.includes(word) || (isPrefix && start === word && words.length > 0)) return null;
    const near = nearest(word, words);
    if (near !== null) return near;
  }
  return null;
}

import type { Tx } from '../db/store/store.js';
import type { NonEmpty } from '../lib/collections.js';
import { findRows } from '../resources/resources.store.js';
import { scoreOf } from './rank.js';
import { type Hit, nounOf, ranked, type SearchType } from './search.js';
import { letterOf } from './words/entry.js';
import { fieldsOf } from './words/fields.js';
import { newestFound, shortestWords } from './words/matching.store.js';
import type { Phrase, SearchQuery } from './words/query.js';
import { wordsOf } from './words/split.js';

/** Most words that the word being typed may become. */
const MOST_ENDINGS = 20;
/** Most objects of a type that are compared. */
const MOST_COMPARED = 30;
/** Most words that count: the last ones, since these are being typed. */
const MOST_WORDS = 6;

const one = (word: string, prefix = false): NonEmpty<Phrase> => [{ words: [word], prefix }];

/** Suggestions while a user types: objects with all words, the last of which may be incomplete. */
export async function suggest(tx: Tx, types: readonly SearchType[], text: string): Promise<Hit[]> {
  const words = wordsOf(text).slice(-MOST_WORDS);
  const last = words.pop();
  if (last === undefined) return [];
  const isTyped = /[\p{L}\p{N}\p{M}]$/u.test(text);
  const query: SearchQuery = { all: [...words.map((word) => one(word)), one(last, isTyped)], none: [] };
  const hits: Hit[] = [];
  for (const type of types) {
    const letter = letterOf[type];
    const endings = isTyped ? await shortestWords(tx, letter + last, MOST_ENDINGS) : [letter + last];
    if (endings.length === 0) continue;
    const all = [...words.map((word) => [[letter + word]]), endings.map((word) => [word])];
    const ids = await newestFound(tx, type, { all, none: [] }, MOST_COMPARED);
    for (const { id, doc } of await findRows(tx, nounOf[type], ids)) {
      hits.push({ type, id, doc, score: await scoreOf(tx, query, fieldsOf(type, doc)) });
    }
  }
  return ranked(hits);
}

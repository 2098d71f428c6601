import type { NonEmpty } from '../../lib/collections.js';
import { wordsOf } from './split.js';

/**
 * The language of searches: words side by side must all be found; `OR` between two gives a choice; `"…"` is a phrase;
 * `-` before a word or phrase excludes it; `*` behind a word stands for any ending. Everything else separates words.
 */

/** Words that follow each other. A `prefix` has one word, which may go on. */
export interface Phrase {
  words: string[];
  prefix: boolean;
}

export interface SearchQuery {
  /** One phrase of each group must be found. */
  all: NonEmpty<Phrase>[];
  none: Phrase[];
}

export interface QueryFault {
  /** Place in the text, in code units. */
  at: number;
  detail: string;
}

const MAX_WORDS = 32;
/** Fewest letters before a star; after fewer the star is ignored. */
const LEAST_PREFIX = 2;

/** Quotation marks of other scripts and languages. */
const QUOTES = /[\u201C-\u201E\u00AB\u00BB]/g;
const ITEM = /(-|NOT\s+)?(?:"([^"]*)(?:"|$)|([^\s"]+))/gu;

/** Parses what a person typed. A fault is returned only where there is nothing to search for, or too much. */
export function parseQuery(text: string): SearchQuery | QueryFault {
  const query: SearchQuery = { all: [], none: [] };
  let count = 0;
  let either = false;
  let excluded: number | null = null;
  for (const { 0: item, 1: minus, 2: quoted, 3: bare = '', index } of text
    .replace(QUOTES, '"')
    .matchAll(ITEM)) {
    if (item === 'OR') {
      either = query.all.length > 0;
      continue;
    }
    if (item === 'AND') continue;
    const words = wordsOf(quoted ?? bare);
    const [first] = words;
    if (first === undefined) continue;
    count += words.length;
    if (count > MAX_WORDS) return { at: index, detail: `a search takes at most ${MAX_WORDS} words` };
    const prefix = /\*$/.test(bare) && words.length === 1 && [...first].length >= LEAST_PREFIX;
    const phrase = { words, prefix };
    const group = either ? query.all.at(-1) : undefined;
    if (minus) {
      excluded ??= index;
      query.none.push(phrase);
    } else if (group) group.push(phrase);
    else query.all.push([phrase]);
    either = false;
  }
  if (query.all.length > 0 || excluded === null) return query;
  return { at: excluded, detail: 'this search only excludes words; add a word to find' };
}

export const isFault = (parsed: SearchQuery | QueryFault): parsed is QueryFault => 'detail' in parsed;

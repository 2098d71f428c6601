import { claimListConditions } from '../claims/claim-list.service.js';
import type { Filters as ClaimFilters } from '../claims/claims.store.js';
import { mark } from '../db/references.js';
import type { Tx } from '../db/store.js';
import type { Conditions } from '../register/register.store.js';
import { scoreOf } from './rank.js';
import { type Hit, MOST_RANKED, nounOf, ranked, type SearchType } from './search.js';
import { attributionsAfter, newestObjects } from './search.store.js';
import { type Excerpt, excerptOf } from './snippets.js';
import { correctedText } from './words/correction.store.js';
import { fieldsOf } from './words/fields.js';
import { hasWords } from './words/matching.store.js';
import type { SearchQuery } from './words/query.js';

/** Beyond so many of a type it is only said that there are at least as many. */
export const MOST_COUNTED = 10_000;

/** The conditions of a search among one type; filters are those of claims. */
export const searchConditions = async (
  tx: Tx,
  type: SearchType,
  query: SearchQuery,
  filters: ClaimFilters,
): Promise<Conditions> => [
  await hasWords(tx, type, query),
  ...(type === 'claim' ? await claimListConditions(tx, filters, 'id') : []),
];

interface Found {
  hits: Hit[];
  /** Number of objects that were found, of each type no more than one beyond {@link MOST_COUNTED}. */
  total: number;
}

/** All that is ranked, the best first. */
export async function search(
  tx: Tx,
  types: readonly SearchType[],
  query: SearchQuery,
  filters: ClaimFilters,
): Promise<Found> {
  const hits: Hit[] = [];
  let total = 0;
  for (const type of types) {
    const conditions = await searchConditions(tx, type, query, filters);
    const limits = { limit: MOST_RANKED, most: MOST_COUNTED + 1 };
    const found = await newestObjects(tx, nounOf[type], conditions, limits);
    total += found.total;
    for (const { id, doc } of found.rows) {
      await tx.yield();
      hits.push({ type, id, doc, score: scoreOf(query, fieldsOf(type, doc)) });
    }
  }
  return { hits: ranked(hits), total };
}

interface Snippet extends Excerpt {
  member: string;
  /** A marker. */
  attribution: string | null;
}

/** Excerpts that one object shows. */
const MOST_SNIPPETS = 3;
/** Attributions of a claim that are read at once, and in all, to find one that has the words. */
const PAGE = 50;
const MOST_READ = 1_000;

/** Where the words of a search stand in an object; of a claim also in its attributions. */
export async function snippetsOf(tx: Tx, { type, id, doc }: Hit, query: SearchQuery): Promise<Snippet[]> {
  const snippets: Snippet[] = [];
  const look = (of: SearchType | 'attribution', text: string, attribution: string | null) => {
    for (const { member, text: field } of fieldsOf(of, text)) {
      // A key says again what the text says.
      if (snippets.length === MOST_SNIPPETS || (member === 'key' && snippets.length > 0)) return;
      const excerpt = excerptOf(field, query);
      if (excerpt) snippets.push({ member, attribution, ...excerpt });
    }
  };
  look(type, doc, null);
  if (type !== 'claim') return snippets;
  for (let after = '', read = 0; snippets.length < MOST_SNIPPETS && read < MOST_READ; read += PAGE) {
    const page = await attributionsAfter(tx, id, after, PAGE);
    for (const { id: attribution, doc: text } of page) {
      await tx.yield();
      look('attribution', text, mark('attribution', attribution));
    }
    if (page.length < PAGE) break;
    after = page.at(-1)!.id;
  }
  return snippets;
}

/** What was likely meant by a search that finds nothing, as a member of its answer. */
export async function nearMiss(tx: Tx, types: readonly SearchType[], text: string) {
  const value = await correctedText(tx, types, text);
  return value === null ? {} : { did_you_mean: [{ parameter: 'q', value }] };
}

import { claimListConditions } from '../claims/claim-list.service.js';
import type { Filters as ClaimFilters } from '../claims/claims.store.js';
import { type Facet, MOST_COUNTED as MOST_FACETED } from '../claims/facets.js';
import { type Facets, facetsOf } from '../claims/facets.service.js';
import { isOneOf } from '../db/query/closures.js';
import { encodeReference } from '../db/query/references.js';
import type { Tx } from '../db/store/store.js';
import type { NonEmpty } from '../lib/collections.js';
import { findRows } from '../resources/resources.store.js';
import { scoreOf } from './rank.js';
import { type Hit, MOST_RANKED, nounOf, ranked, type SearchType } from './search.js';
import { attributionsAfter, matchesOf, newestOf, numberOf } from './search.store.js';
import { type Excerpt, excerptOf, hasAny } from './snippets.js';
import { correctedText } from './words/correction.store.js';
import { type Field, fieldsOf } from './words/fields.js';
import type { Phrase, SearchQuery } from './words/query.js';
import { placedWords } from './words/split.js';

/** Most hits of a type that are counted; beyond that, the answer gives only a lower bound. */
export const MOST_COUNTED = 10_000;

const matches = async (tx: Tx, type: SearchType, query: SearchQuery, filters: ClaimFilters) =>
  matchesOf(tx, nounOf[type], query, type === 'claim' ? await claimListConditions(tx, filters, 'entry') : []);

interface Found {
  hits: Hit[];
  /** The number of objects found; of each type at most {@link MOST_COUNTED} and one are counted. */
  total: number;
}

/** The hits of a search, best first; filters are those of claims. */
export async function search(
  tx: Tx,
  types: readonly SearchType[],
  query: SearchQuery,
  filters: ClaimFilters,
): Promise<Found> {
  const hits: Hit[] = [];
  let total = 0;
  for (const type of types) {
    const found = await matches(tx, type, query, filters);
    if (found === null) continue;
    const ids = await newestOf(tx, found, MOST_RANKED);
    total += ids.length < MOST_RANKED ? ids.length : await numberOf(tx, found, MOST_COUNTED + 1);
    for (const { id, doc } of await findRows(tx, nounOf[type], ids)) {
      hits.push({ type, id, doc, score: await scoreOf(tx, query, fieldsOf(type, doc)) });
    }
  }
  return { hits: ranked(hits), total };
}

/** Facets of the claims that a search finds. */
export async function facetsOfSearch(
  tx: Tx,
  query: SearchQuery,
  filters: ClaimFilters,
  facets: readonly Facet[],
): Promise<Facets> {
  const found = await matches(tx, 'claim', query, filters);
  const ids = found === null ? [] : await newestOf(tx, found, MOST_FACETED + 1);
  return facetsOf(tx, [isOneOf(tx, tx.tables.claims.id, ids)], facets);
}

interface Snippet extends Excerpt {
  member: string;
  /** A reference token. */
  attribution: string | null;
}

/** Most excerpts that one object shows. */
const MOST_SNIPPETS = 3;
/** Attributions of a claim that are read at once. */
const PAGE = 50;
/** Most characters of attributions that are read for the excerpts of one answer. */
const MOST_READ = 1_000_000;

/** Excerpts of each object in which the words of a search stand. */
export async function snippetsOf(tx: Tx, hits: readonly Hit[], query: SearchQuery): Promise<Snippet[][]> {
  const budget = { left: MOST_READ };
  const all: Snippet[][] = [];
  for (const { type, id, doc } of hits) {
    const fields = fieldsOf(type, doc);
    const snippets = await excerptsOf(tx, fields, query, null);
    const missing = await missingIn(tx, fields, query.all);
    if (type === 'claim' && missing.length > 0) {
      snippets.push(...(await saidWithWords(tx, id, query, missing, budget)));
    }
    all.push(snippets.slice(0, MOST_SNIPPETS));
  }
  return all;
}

async function excerptsOf(
  tx: Tx,
  fields: Field[],
  query: SearchQuery,
  attribution: string | null,
): Promise<Snippet[]> {
  const snippets: Snippet[] = [];
  for (const { member, text } of fields) {
    await tx.yield();
    // A key repeats what the text says.
    if (member === 'key' && snippets.length > 0) break;
    const excerpt = excerptOf(text, query);
    if (excerpt) snippets.push({ member, attribution, ...excerpt });
  }
  return snippets;
}

/** The groups that no field has. */
async function missingIn(
  tx: Tx,
  fields: Field[],
  groups: readonly NonEmpty<Phrase>[],
): Promise<NonEmpty<Phrase>[]> {
  let missing = [...groups];
  for (const { text } of fields) {
    if (missing.length === 0) break;
    await tx.yield();
    const words = placedWords(text);
    missing = missing.filter((group) => !hasAny(words, group));
  }
  return missing;
}

/** Excerpts of attributions of a claim that have the words that it lacks itself. */
async function saidWithWords(
  tx: Tx,
  claim: string,
  query: SearchQuery,
  missing: NonEmpty<Phrase>[],
  budget: { left: number },
): Promise<Snippet[]> {
  const snippets: Snippet[] = [];
  let groups = missing;
  for (let after = ''; budget.left > 0; ) {
    const page = await attributionsAfter(tx, claim, after, PAGE);
    for (const { id, doc } of page) {
      budget.left -= doc.length;
      const fields = fieldsOf('attribution', doc);
      const still = await missingIn(tx, fields, groups);
      if (still.length === groups.length) continue;
      snippets.push(...(await excerptsOf(tx, fields, query, encodeReference('attribution', id))));
      groups = still;
      if (groups.length === 0) return snippets;
    }
    const last = page.at(-1);
    if (!last || page.length < PAGE) break;
    after = last.id;
  }
  return snippets;
}

/** What was likely meant by a search that finds nothing, as a member of its answer. */
export async function nearMiss(tx: Tx, types: readonly SearchType[], text: string) {
  const value = await correctedText(tx, types, text);
  return value === null ? {} : { did_you_mean: [{ parameter: 'q', value }] };
}

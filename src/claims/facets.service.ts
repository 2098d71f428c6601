import { referencesTo } from '../db/query/references.js';
import type { Tx } from '../db/store/store.js';
import { dayText, OPEN_START } from '../lib/edtf.js';
import type { Conditions } from '../resources/resources.store.js';
import { type Facet, facets, MOST_COUNTED, MOST_VALUES } from './facets.js';
import {
  type CountedClaim,
  type CountedWords,
  newestClaims,
  placesOf,
  publishersOf,
  topicsOf,
  wordsAbout,
} from './facets.store.js';

interface FacetCounts {
  values: { value: string; name: string | null; count: number }[];
  has_more: boolean;
}

export interface Facets {
  claims: number;
  complete: boolean;
  counts: Partial<Record<Facet, FacetCounts>>;
}

/** Facets that are counted from attributions. */
const said: readonly Facet[] = ['party', 'source', 'publisher', 'stance'];

/** What the claims that meet the conditions have in common, counted over the newest of them. */
export async function facetsOf(tx: Tx, conditions: Conditions, wanted: readonly Facet[]): Promise<Facets> {
  const found = await newestClaims(tx, conditions, MOST_COUNTED + 1);
  const claims = found.slice(0, MOST_COUNTED);
  const ids = claims.map(({ id }) => id);
  const words = wanted.some((facet) => said.includes(facet)) ? await wordsAbout(tx, ids) : [];
  const counts: Facets['counts'] = {};
  for (const facet of wanted) {
    const all = await countsOf(tx, facet, claims, words);
    counts[facet] = {
      values: await shown(tx, facet, all.slice(0, MOST_VALUES)),
      has_more: all.length > MOST_VALUES,
    };
  }
  return { claims: claims.length, complete: found.length === claims.length, counts };
}

/** How many claims have each value of a facet. */
async function countsOf(
  tx: Tx,
  facet: Facet,
  claims: readonly CountedClaim[],
  words: readonly CountedWords[],
): Promise<Count[]> {
  const ids = () => claims.map(({ id }) => id);
  switch (facet) {
    case 'predicate':
      return counted(claims, idOf, ({ predicate }) => predicate);
    case 'support':
      return counted(claims, idOf, ({ support }) => support);
    case 'year':
      return counted(claims, idOf, ({ day }) => yearOf(day));
    case 'place':
      return counted(await placesOf(tx, ids()), claimOf, ({ value }) => value);
    case 'topic':
      return counted(await topicsOf(tx, ids()), claimOf, ({ value }) => value);
    case 'party':
      return counted(words, claimOf, ({ party }) => party);
    case 'source':
      return counted(words, claimOf, ({ source }) => source);
    case 'stance':
      return counted(words, claimOf, ({ stance }) => stance);
    case 'publisher': {
      const sources = new Set(words.flatMap(({ source }) => source ?? []));
      const publishers = await publishersOf(tx, [...sources]);
      return counted(words, claimOf, ({ source }) => (source && publishers.get(source)) ?? null);
    }
  }
}

const idOf = ({ id }: CountedClaim): string => id;
const claimOf = ({ claim }: { claim: string }): string => claim;

/** The year in which what is claimed began. */
const yearOf = (day: number | null): string | null =>
  day === null || day <= OPEN_START ? null : (dayText(day)?.match(/^-?\d+/)?.[0] ?? null);

interface Count {
  value: string;
  count: number;
}

/** The values of most claims first, those of as many by their text. The rows of one claim follow each other. */
function counted<Row>(
  rows: readonly Row[],
  claimOf: (row: Row) => string,
  of: (row: Row) => string | null,
): Count[] {
  const seen = new Map<string, { count: number; last: string }>();
  for (const row of rows) {
    const value = of(row);
    if (value === null) continue;
    const claim = claimOf(row);
    const known = seen.get(value);
    if (!known) seen.set(value, { count: 1, last: claim });
    else if (known.last !== claim) {
      known.count += 1;
      known.last = claim;
    }
  }
  return [...seen]
    .map(([value, { count }]) => ({ value, count }))
    .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1));
}

/** Values as the filter of their name takes them. */
async function shown(tx: Tx, facet: Facet, values: readonly Count[]): Promise<FacetCounts['values']> {
  const noun = facets[facet];
  if (noun === null) return values.map(({ value, count }) => ({ value, name: null, count }));
  const reference = await referencesTo(
    tx,
    values.map(({ value }) => `${noun}:${value}`),
  );
  return values.map(({ value, count }) => {
    const { id, key, name } = reference(`${noun}:${value}`);
    return { value: key ?? id, name, count };
  });
}

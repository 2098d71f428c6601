import { referencesTo } from '../db/query/references.js';
import type { Tx } from '../db/store/store.js';
import { dayText, OPEN_START } from '../lib/edtf.js';
import type { Conditions } from '../resources/resources.store.js';
import { type Facet, facets, MOST_COUNTED, MOST_VALUES } from './facets.js';
import {
  type ClaimValue,
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

interface Facets {
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
    const all = counted(await valuesOf(tx, facet, claims, words));
    counts[facet] = {
      values: await shown(tx, facet, all.slice(0, MOST_VALUES)),
      has_more: all.length > MOST_VALUES,
    };
  }
  return { claims: claims.length, complete: found.length === claims.length, counts };
}

/** Which claims have which values of a facet. */
async function valuesOf(
  tx: Tx,
  facet: Facet,
  claims: readonly CountedClaim[],
  words: readonly CountedWords[],
): Promise<ClaimValue[]> {
  const of = <Row>(rows: readonly Row[], claim: (row: Row) => string, value: (row: Row) => string | null) =>
    rows.flatMap((row) => {
      const known = value(row);
      return known === null ? [] : [{ claim: claim(row), value: known }];
    });
  const ofClaims = (value: (claim: CountedClaim) => string | null) => of(claims, ({ id }) => id, value);
  const ofWords = (value: (words: CountedWords) => string | null) => of(words, ({ claim }) => claim, value);
  const ids = () => claims.map(({ id }) => id);
  switch (facet) {
    case 'predicate':
      return ofClaims(({ predicate }) => predicate);
    case 'support':
      return ofClaims(({ support }) => support);
    case 'year':
      return ofClaims(({ day }) => yearOf(day));
    case 'place':
      return placesOf(tx, ids());
    case 'topic':
      return topicsOf(tx, ids());
    case 'party':
      return ofWords(({ party }) => party);
    case 'source':
      return ofWords(({ source }) => source);
    case 'stance':
      return ofWords(({ stance }) => stance);
    case 'publisher': {
      const sources = new Set(words.flatMap(({ source }) => source ?? []));
      const publishers = await publishersOf(tx, [...sources]);
      return ofWords(({ source }) => (source === null ? null : (publishers.get(source) ?? null)));
    }
  }
}

/** The year in which what is claimed began. */
const yearOf = (day: number | null): string | null =>
  day === null || day <= OPEN_START ? null : (dayText(day)?.match(/^-?\d+/)?.[0] ?? null);

/** The values of most claims first, those of as many by their text. */
function counted(values: readonly ClaimValue[]): { value: string; count: number }[] {
  const seen = new Map<string, { count: number; last: string }>();
  for (const { claim, value } of values) {
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
async function shown(
  tx: Tx,
  facet: Facet,
  values: readonly { value: string; count: number }[],
): Promise<FacetCounts['values']> {
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

import { loadReferences, type Reference } from '../db/references.js';
import type { Tx } from '../db/store.js';
import type { Conditions } from '../register/register.store.js';
import { type Facet, facets, MOST_COUNTED, MOST_VALUES } from './facets.js';
import { countValues, newestClaims } from './facets.store.js';

export interface FacetCounts {
  values: { value: string; name: string | null; count: number }[];
  has_more: boolean;
}

export interface Facets {
  claims: number;
  complete: boolean;
  counts: Partial<Record<Facet, FacetCounts>>;
}

/** What the claims that meet the conditions have in common, counted over the newest of them. */
export async function facetsOf(tx: Tx, conditions: Conditions, wanted: readonly Facet[]): Promise<Facets> {
  const found = await newestClaims(tx, conditions, MOST_COUNTED + 1);
  const ids = found.slice(0, MOST_COUNTED);
  const counts: Facets['counts'] = {};
  for (const facet of wanted) {
    const all = await countValues(tx, facet, ids);
    const shown = all.slice(0, MOST_VALUES);
    const noun = facets[facet];
    const names = await loadReferences(tx, new Set(noun ? shown.map(({ value }) => `${noun}:${value}`) : []));
    counts[facet] = {
      values: shown.map(({ value, count }) => {
        if (noun === null) return { value, name: null, count };
        const { id, key, name } = JSON.parse(names.get(`${noun}:${value}`)!) as Reference;
        return { value: key ?? id, name, count };
      }),
      has_more: all.length > shown.length,
    };
  }
  return { claims: ids.length, complete: found.length === ids.length, counts };
}

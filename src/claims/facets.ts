import type { ResourceName } from '../lib/ids.js';

/** The facets of claims, with the noun of their values where these are objects. */
export const facets = {
  predicate: 'predicate',
  party: 'party',
  source: 'source',
  publisher: 'party',
  support: null,
  stance: null,
  year: null,
  place: null,
  topic: null,
} as const satisfies Record<string, ResourceName | null>;

export type Facet = keyof typeof facets;
export const facetNames = Object.keys(facets) as Facet[];

/** Claims that are counted: the newest of those found. */
export const MOST_COUNTED = 5_000;
/** Values that a facet names: those of most claims. */
export const MOST_VALUES = 20;

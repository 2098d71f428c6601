import { claimType } from '../claims/claim.js';
import type { ResourceName } from '../lib/ids.js';
import { partyType } from '../parties/party.js';
import { predicateType } from '../predicates/predicate.js';
import type { ResourceType } from '../resources/resource-type.js';
import { sourceType } from '../sources/source.js';

/** What `/v1/search` finds, in this order where scores are the same. */
export const searchTypes = ['party', 'source', 'predicate', 'claim'] as const satisfies ResourceName[];
export type SearchType = (typeof searchTypes)[number];

export const nounOf: Record<SearchType, ResourceType> = {
  party: partyType,
  source: sourceType,
  predicate: predicateType,
  claim: claimType,
};

/** Most objects of a type that are ranked: those found whose words changed last. */
export const MOST_RANKED = 1_000;

export interface Hit {
  type: SearchType;
  id: string;
  doc: string;
  score: number;
}

const order = (a: Hit, b: Hit): number =>
  b.score - a.score ||
  searchTypes.indexOf(a.type) - searchTypes.indexOf(b.type) ||
  (a.id < b.id ? 1 : a.id > b.id ? -1 : 0);

/** The best first. */
export const ranked = (hits: Hit[]): Hit[] => hits.sort(order);

import { foundTogether } from '../db/query/narrowing.js';
import type { Tx } from '../db/store/store.js';
import { ApiError } from '../lib/errors.js';
import { refuseBesideKnownBy } from '../provenance/graph/known-by.schemas.js';
import type { Conditions } from '../resources/resources.store.js';
import { hasWords } from '../search/words/matching.store.js';
import type { SearchQuery } from '../search/words/query.js';
import { behindClaims } from './claim-sources.store.js';
import { claimConditions, type Filters } from './claims.store.js';

const onFlags = ['contested', 'self_denied', 'retracted', 'superseded', 'unnamed_only'] as const;
/** Filters that go by what is known now. */
const presentFilters = ['support', 'min_origins', ...onFlags] as const;
/** Columns of orders that go by it. */
const computedOrders = ['min_origins', 'attribution_count'];

/** The filters of a list of claims as conditions; throws a 400 for those that make no sense together. */
export async function claimListConditions(tx: Tx, filters: Filters, sorted: string): Promise<Conditions> {
  // Most lists of claims: nothing is to be looked up for them.
  if (Object.keys(filters).length === 0) return [];
  refuseBareRange(filters);
  const sort = computedOrders.includes(sorted) ? sorted : undefined;
  refuseBesideKnownBy({ ...filters, sort }, [...presentFilters, 'sort']);
  return claimConditions(tx, filters, sorted);
}

/** In which no index is gone along: what leads to few claims is looked up. */
const NO_ORDER = '';

/** The filters of a list of claims as conditions of the sources that stand behind these. */
export async function behindListedClaims(
  tx: Tx,
  { q, ...filters }: Filters & { q?: SearchQuery },
): Promise<Conditions> {
  const words = await hasWords(tx, 'claim', q);
  const ofClaims = foundTogether(tx, [words, ...(await claimListConditions(tx, filters, NO_ORDER))]);
  return [await behindClaims(tx, ofClaims, filters.known_by)];
}

/** Numbers of different things cannot be compared, so a range of values needs to know of what. */
function refuseBareRange({ value_min, value_max, predicate, unit, currency }: Filters): void {
  if (value_min === undefined && value_max === undefined) return;
  if (predicate ?? unit ?? currency) return;
  const parameter = value_min === undefined ? 'value_max' : 'value_min';
  const detail = 'add predicate, unit or currency, so that like is compared with like';
  throw new ApiError('invalid_query', detail, [{ parameter, code: 'missing_parameter', detail }]);
}

import { postgresKit } from './postgres-columns.js';
import { defineTables } from './tables.js';

/** The tables as drizzle-kit wants to see them: exported one by one. Only `drizzle.config.ts` uses this. */
export const {
  slugs,
  parties,
  party_names,
  identifiers,
  sources,
  source_urls,
  source_authors,
  source_derivations,
  predicates,
  claims,
  claim_participants,
  claim_places,
  claim_topics,
  standing_queue,
  attributions,
  attribution_relays,
  relations,
  assessments,
  recording,
  history,
  api_keys,
  idempotency,
  reference_epoch,
  settings,
} = defineTables(postgresKit);

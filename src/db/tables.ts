import type { Kit } from './columns.js';

/**
 * Every table, once, for both engines. Indexes, checks and foreign keys stand in `migrations/`; a test
 * holds the migrated schema against this file.
 *
 * `doc` is the truth of an object: its output form as JSON text, in which each reference is a marker that
 * is filled in on reading (`references.ts`). The columns beside it serve filters, sorting and integrity.
 * Dates are stored as days since 1970-01-01 with sentinels for open ends; null means no date at all.
 */
export function defineTables({ table, text, int, long, bool }: Kit) {
  const object = {
    id: text().primaryKey(),
    key: text(),
    version: int().notNull(),
    created_at: text().notNull(),
    updated_at: text().notNull(),
    doc: text().notNull(),
  };
  return {
    /** Which object a key names; rows are never deleted, so a key is never reused. */
    slugs: table('slugs', { noun: text().notNull(), key: text().notNull(), id: text().notNull() }),

    parties: table('parties', {
      ...object,
      kind: text().notNull(),
      name: text().notNull(),
      part_of_id: text(),
      independent_voice: bool().notNull(),
      country: text(),
      unnamed: bool().notNull(),
    }),
    party_names: table('party_names', { party_id: text().notNull(), folded: text().notNull() }),
    identifiers: table('identifiers', {
      noun: text().notNull(),
      object_id: text().notNull(),
      scheme: text().notNull(),
      value: text().notNull(),
    }),

    sources: table('sources', {
      ...object,
      type: text().notNull(),
      title: text().notNull(),
      folded_title: text().notNull(),
      publisher_id: text(),
      part_of_id: text(),
      published_from: int(),
      published_to: int(),
      language: text(),
      reliability: text(),
    }),
    source_urls: table('source_urls', { source_id: text().notNull(), url: text().notNull() }),
    source_authors: table('source_authors', { source_id: text().notNull(), party_id: text().notNull() }),
    source_derivations: table('source_derivations', {
      source_id: text().notNull(),
      derived_from_id: text().notNull(),
    }),

    predicates: table('predicates', {
      ...object,
      label: text().notNull(),
      value_type: text().notNull(),
      functional: bool().notNull(),
      measure: text(),
    }),

    claims: table('claims', {
      ...object,
      kind: text().notNull(),
      text: text().notNull(),
      language: text(),
      subject_id: text(),
      predicate_id: text(),
      value_type: text().notNull(),
      value_party_id: text(),
      unit: text(),
      currency: text(),
      /** Order keys (`lib/decimal.ts`) of the value and of its outer bounds. */
      value_key: text(),
      value_lower_key: text(),
      value_upper_key: text(),
      occurred_from: int(),
      occurred_to: int(),
      /** The last day on which anyone said anything about the claim. */
      last_said: int(),
      attribution_count: int().notNull(),
      /** The first ten attributions as JSON array items, and the next ninety if there are any. */
      attributions_head: text().notNull(),
      attributions_rest: text(),
      /** What the register computes about the claim, as JSON text; the columns above it serve filters. */
      support: text().notNull(),
      contested: bool().notNull(),
      retracted: bool().notNull(),
      min_origins: int().notNull(),
      unnamed_only: bool().notNull(),
      standing: text().notNull(),
    }),
    /** Changes whose consequences for the standing of many claims are still outstanding. */
    standing_queue: table('standing_queue', {
      seq: long().primaryKey(),
      kind: text().notNull(),
      object_id: text().notNull(),
      position: text().notNull(),
    }),
    claim_participants: table('claim_participants', {
      claim_id: text().notNull(),
      party_id: text().notNull(),
      role: text().notNull(),
    }),
    claim_places: table('claim_places', {
      claim_id: text().notNull(),
      iso_3166: text(),
      folded: text(),
    }),
    claim_topics: table('claim_topics', { claim_id: text().notNull(), topic: text().notNull() }),

    attributions: table('attributions', {
      ...object,
      claim_id: text(),
      about_source_id: text(),
      party_id: text().notNull(),
      speaker_id: text(),
      source_id: text(),
      stance: text().notNull(),
      manner: text(),
      basis: text(),
      lineage: text().notNull(),
      in_reply_to_id: text(),
      said_from: int(),
      said_to: int(),
      /** Length of the longest way down `relays` to an end; relayers stand above what they relay. */
      height: int().notNull(),
    }),
    attribution_relays: table('attribution_relays', {
      attribution_id: text().notNull(),
      relayed_id: text().notNull(),
    }),

    relations: table('relations', {
      ...object,
      from_id: text().notNull(),
      type: text().notNull(),
      to_id: text().notNull(),
    }),
    assessments: table('assessments', {
      ...object,
      claim_id: text().notNull(),
      credibility: int(),
      likelihood: text(),
      confidence: text(),
      assessor: text(),
      assessed_at: text(),
    }),

    /** One row: the newest instant of a write, and that from which versions are kept; in milliseconds. */
    recording: table('recording', { id: int().primaryKey(), at: long().notNull(), since: long().notNull() }),
    /** Every version of every object, with who changed it and why. Append-only. */
    history: table('history', {
      seq: long().primaryKey(),
      noun: text().notNull(),
      object_id: text().notNull(),
      version: int().notNull(),
      operation: text().notNull(),
      recorded_at: text().notNull(),
      actor: text().notNull(),
      on_behalf_of: text(),
      reason: text(),
      request_id: text().notNull(),
      doc: text().notNull(),
    }),
    /** The parties that a version in the history concerns, for following one subject. */
    history_subjects: table('history_subjects', { party_id: text().notNull(), seq: long().notNull() }),

    api_keys: table('api_keys', {
      id: text().primaryKey(),
      name: text().notNull(),
      secret_hash: text().notNull(),
      scopes: text().notNull(),
      on_behalf_of: text(),
      created_at: text().notNull(),
      expires_at: text(),
      revoked_at: text(),
    }),
    idempotency: table('idempotency', {
      actor: text().notNull(),
      idempotency_key: text().notNull(),
      fingerprint: text().notNull(),
      status: int().notNull(),
      headers: text().notNull(),
      body: text().notNull(),
      created_at: text().notNull(),
    }),
    /** One row: counts the changes of names shown in references, so that cached names can be trusted. */
    reference_epoch: table('reference_epoch', { id: int().primaryKey(), n: long().notNull() }),
    /** What all instances on one register share, such as the secret that signs cursors. */
    settings: table('settings', { name: text().primaryKey(), value: text().notNull() }),
  };
}

export type Tables = ReturnType<typeof defineTables>;

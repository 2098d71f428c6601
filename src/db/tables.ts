import { type Kit, longText, sparse } from './columns.js';

/**
 * Every table, once, for both engines. The migrations are made from it (`npm run schema`), with the tables
 * `X_past` of the rows of X that no longer hold, the views `X_as_of` and all triggers.
 *
 * The document of an object, its output form as JSON text, stands in the history, once for each version: `seq` is
 * the number of the version that holds. In it each reference is a marker that is filled in on reading
 * (`references.ts`). All other columns are an index over it: they serve filters, order, joins and integrity.
 * `valid_from` is the instant of the write since which a row holds as it is, in milliseconds since 1970.
 * Dates are stored as days since 1970-01-01 with sentinels for open ends; null means no date at all.
 */
export function defineTables({ table, text, int, long, bool }: Kit) {
  const valid = { valid_from: long().notNull() };
  const object = {
    id: text().primaryKey(),
    key: text(),
    version: int().notNull(),
    created_at: text().notNull(),
    updated_at: text().notNull(),
    seq: long().notNull(),
    ...valid,
  };
  const objectIndexes = { created: ['created_at', 'id'], updated: ['updated_at', 'id'] };
  const document = { seq: { to: 'history', key: 'seq' } };
  const objectShape = { past: true, checks: ['version >= 1'], references: document };
  /** Rows that belong to an object of this table and go along with it. */
  const owned = (to: string) => ({ to, cascade: true });
  return {
    /** Every version of every object, with who changed it and why. */
    history: table(
      'history',
      {
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
      },
      {
        appendOnly: true,
        unique: ['object_id', 'version'],
        checks: ["operation IN ('create', 'update', 'remove', 'restore')"],
        indexes: { noun: ['noun', 'seq'] },
      },
    ),
    /** The parties that a version in the history concerns, for following one subject. */
    history_subjects: table(
      'history_subjects',
      { party_id: text().notNull(), seq: long().notNull() },
      { primaryKey: ['party_id', 'seq'] },
    ),

    /** Which object a key names; rows are never deleted, so a key is never reused. */
    slugs: table(
      'slugs',
      { noun: text().notNull(), key: text().notNull(), id: text().notNull(), ...valid },
      { past: true, primaryKey: ['noun', 'key'] },
    ),

    parties: table(
      'parties',
      {
        ...object,
        kind: text().notNull(),
        name: text().notNull(),
        part_of_id: text(),
        independent_voice: bool().notNull(),
        country: text(),
        unnamed: bool().notNull(),
        /** How many an unnamed party stands for. */
        count_min: int(),
        count_max: int(),
      },
      {
        ...objectShape,
        references: { ...document, part_of_id: 'parties' },
        indexes: {
          kind: ['kind', 'id'],
          name: ['name', 'id'],
          part_of: sparse('part_of_id', 'id'),
          country: sparse('country', 'id'),
          ...objectIndexes,
        },
      },
    ),
    party_names: table(
      'party_names',
      { party_id: text().notNull(), folded: text().notNull(), ...valid },
      {
        past: true,
        references: { party_id: owned('parties') },
        indexes: { party: ['party_id'], folded: longText('equality', 'folded', 'party_id') },
      },
    ),
    identifiers: table(
      'identifiers',
      {
        noun: text().notNull(),
        object_id: text().notNull(),
        scheme: text().notNull(),
        value: text().notNull(),
        ...valid,
      },
      {
        past: true,
        indexes: { object: ['object_id'], value: ['noun', 'scheme', 'value', 'object_id'] },
      },
    ),

    sources: table(
      'sources',
      {
        ...object,
        type: text().notNull(),
        title: text().notNull(),
        folded_title: text().notNull(),
        publisher_id: text(),
        part_of_id: text(),
        published_from: int(),
        published_to: int(),
        reporting_from: int(),
        reporting_to: int(),
        language: text(),
        reliability: text(),
      },
      {
        ...objectShape,
        references: { ...document, publisher_id: 'parties', part_of_id: 'sources' },
        indexes: {
          type: ['type', 'id'],
          title: longText('order', 'title', 'id'),
          publisher: sparse('publisher_id', 'id'),
          part_of: sparse('part_of_id', 'id'),
          published: ['published_from', 'id'],
          ...objectIndexes,
        },
      },
    ),
    source_urls: table(
      'source_urls',
      { source_id: text().notNull(), url: text().notNull(), ...valid },
      {
        past: true,
        references: { source_id: owned('sources') },
        indexes: { source: ['source_id'], url: longText('equality', 'url', 'source_id') },
      },
    ),
    source_authors: table(
      'source_authors',
      { source_id: text().notNull(), party_id: text().notNull(), ...valid },
      {
        past: true,
        primaryKey: ['source_id', 'party_id'],
        references: { source_id: owned('sources'), party_id: 'parties' },
        indexes: { party: ['party_id', 'source_id'] },
      },
    ),
    source_derivations: table(
      'source_derivations',
      { source_id: text().notNull(), derived_from_id: text().notNull(), ...valid },
      {
        past: true,
        primaryKey: ['source_id', 'derived_from_id'],
        references: { source_id: owned('sources'), derived_from_id: 'sources' },
        indexes: { from: ['derived_from_id', 'source_id'] },
      },
    ),

    predicates: table(
      'predicates',
      {
        ...object,
        label: text().notNull(),
        value_type: text().notNull(),
        functional: bool().notNull(),
        measure: text(),
      },
      { ...objectShape, indexes: objectIndexes },
    ),

    claims: table(
      'claims',
      {
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
        /** What the register computes about the claim, as JSON text; the columns above it serve filters. */
        support: text().notNull(),
        contested: bool().notNull(),
        retracted: bool().notNull(),
        min_origins: int().notNull(),
        unnamed_only: bool().notNull(),
        standing: text().notNull(),
      },
      {
        ...objectShape,
        references: {
          ...document,
          subject_id: 'parties',
          predicate_id: 'predicates',
          value_party_id: 'parties',
        },
        indexes: {
          subject: ['subject_id', 'predicate_id', 'id'],
          predicate: ['predicate_id', 'id'],
          value_party: sparse('value_party_id', 'id'),
          kind: ['kind', 'id'],
          unit: sparse('unit', 'id'),
          currency: sparse('currency', 'id'),
          value: ['value_key', 'id'],
          occurred: ['occurred_from', 'id'],
          said: ['last_said', 'id'],
          support: ['support', 'id'],
          contested: ['contested', 'id'],
          min_origins: ['min_origins', 'id'],
          ...objectIndexes,
        },
      },
    ),
    /** Changes whose consequences for the standing of many claims are still outstanding. */
    standing_queue: table(
      'standing_queue',
      {
        seq: long().primaryKey(),
        kind: text().notNull(),
        object_id: text().notNull(),
        position: text().notNull(),
        ...valid,
      },
      { past: true, numbered: true, checks: ["kind IN ('party', 'source', 'all')"] },
    ),
    claim_participants: table(
      'claim_participants',
      { claim_id: text().notNull(), party_id: text().notNull(), role: text().notNull(), ...valid },
      {
        past: true,
        primaryKey: ['claim_id', 'party_id', 'role'],
        references: { claim_id: owned('claims'), party_id: 'parties' },
        indexes: { party: ['party_id', 'claim_id'] },
      },
    ),
    claim_places: table(
      'claim_places',
      { claim_id: text().notNull(), iso_3166: text(), folded: text(), ...valid },
      {
        past: true,
        references: { claim_id: owned('claims') },
        indexes: {
          claim: ['claim_id'],
          iso: ['iso_3166', 'claim_id'],
          folded: longText('equality', 'folded', 'claim_id'),
        },
      },
    ),
    claim_topics: table(
      'claim_topics',
      { claim_id: text().notNull(), topic: text().notNull(), ...valid },
      {
        past: true,
        primaryKey: ['claim_id', 'topic'],
        references: { claim_id: owned('claims') },
        indexes: { topic: ['topic', 'claim_id'] },
      },
    ),

    attributions: table(
      'attributions',
      {
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
      },
      {
        past: true,
        checks: [...objectShape.checks, '(claim_id IS NULL) <> (about_source_id IS NULL)'],
        references: {
          ...document,
          claim_id: 'claims',
          about_source_id: 'sources',
          party_id: 'parties',
          speaker_id: 'parties',
          source_id: 'sources',
          in_reply_to_id: { to: 'attributions', deferred: true },
        },
        indexes: {
          claim: ['claim_id', 'height DESC', 'id'],
          about_source: sparse('about_source_id', 'id'),
          party: ['party_id', 'stance', 'claim_id'],
          speaker: sparse('speaker_id', 'stance', 'claim_id'),
          source: sparse('source_id', 'claim_id'),
          stance: ['stance', 'claim_id'],
          reply: sparse('in_reply_to_id'),
          said: ['said_to', 'id'],
          ...objectIndexes,
        },
      },
    ),
    attribution_relays: table(
      'attribution_relays',
      { attribution_id: text().notNull(), relayed_id: text().notNull(), ...valid },
      {
        past: true,
        primaryKey: ['attribution_id', 'relayed_id'],
        references: {
          attribution_id: { ...owned('attributions'), deferred: true },
          relayed_id: { to: 'attributions', deferred: true },
        },
        indexes: { relayed: ['relayed_id'] },
      },
    ),

    relations: table(
      'relations',
      { ...object, from_id: text().notNull(), type: text().notNull(), to_id: text().notNull() },
      {
        ...objectShape,
        references: { ...document, from_id: 'claims', to_id: 'claims' },
        indexes: { from: ['from_id', 'id'], to: ['to_id', 'id'], ...objectIndexes },
      },
    ),
    assessments: table(
      'assessments',
      {
        ...object,
        claim_id: text().notNull(),
        credibility: int(),
        likelihood: text(),
        confidence: text(),
        assessor: text(),
        assessed_at: text(),
      },
      {
        ...objectShape,
        references: { ...document, claim_id: 'claims' },
        indexes: { claim: ['claim_id', 'id'], assessed: ['assessed_at', 'id'], ...objectIndexes },
      },
    ),

    /** One row: the newest instant of a write, in milliseconds. */
    recording: table(
      'recording',
      { id: int().primaryKey(), at: long().notNull() },
      { checks: ['id = 1'], first: '1, 0' },
    ),
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
    idempotency: table(
      'idempotency',
      {
        actor: text().notNull(),
        idempotency_key: text().notNull(),
        fingerprint: text().notNull(),
        status: int().notNull(),
        headers: text().notNull(),
        body: text().notNull(),
        created_at: text().notNull(),
      },
      { primaryKey: ['actor', 'idempotency_key'], indexes: { created: ['created_at'] } },
    ),
    /** One row: counts the changes of names shown in references, so that cached names can be trusted. */
    reference_epoch: table(
      'reference_epoch',
      { id: int().primaryKey(), n: long().notNull() },
      { checks: ['id = 1'], first: '1, 0' },
    ),
    /** What all instances on one register share, such as the secret that signs cursors. */
    settings: table('settings', { name: text().primaryKey(), value: text().notNull() }),
  };
}

export type Tables = ReturnType<typeof defineTables>;

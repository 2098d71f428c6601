import { flagged, type Kit, longText, sparse } from './columns.js';
import { document, objectColumns, objectIndexes, objectShape, owned } from './object-tables.js';

/** Claims, and what is said of them. */
export function claimTables(kit: Kit) {
  const { table, text, int, long, bool } = kit;
  const { object, valid } = objectColumns(kit);
  return {
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
        /** In its normal form, or that of the predicate (`claims/claim.ts`). */
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
        /** When the claim, or an attribution, relation or assessment of it, was last changed. */
        activity_at: text().notNull(),
        /** What the register computes about the claim, as JSON text; the columns above it serve filters. */
        support: text().notNull(),
        contested: bool().notNull(),
        self_denied: bool().notNull(),
        retracted: bool().notNull(),
        min_origins: int().notNull(),
        unnamed_only: bool().notNull(),
        unsourced: bool().notNull(),
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
          language: sparse('language', 'id'),
          unit: sparse('unit', 'id'),
          currency: sparse('currency', 'id'),
          value: ['value_key', 'id'],
          occurred: ['occurred_from', 'id'],
          occurred_to: sparse('occurred_to', 'id'),
          said: ['last_said', 'id'],
          activity: ['activity_at', 'id'],
          attributions: ['attribution_count', 'id'],
          support: ['support', 'id'],
          contested: flagged('contested'),
          retracted: flagged('retracted'),
          unnamed_only: flagged('unnamed_only'),
          unsourced: flagged('unsourced'),
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
        source_access: text(),
        stance: text().notNull(),
        manner: text(),
        basis: text(),
        lineage: text().notNull(),
        in_reply_to_id: text(),
        /** EDTF. */
        said: text(),
        said_from: int(),
        said_to: int(),
        /** Length of the longest way down `relays` to an end; relayers stand above what they relay. */
        relay_depth: int().notNull(),
        /** The attribution that takes it back, or that withdraws the source in which it stands. */
        retracted_by_id: text(),
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
          claim: ['claim_id', 'relay_depth DESC', 'id'],
          about_source: sparse('about_source_id', 'id'),
          party: ['party_id', 'stance', 'claim_id'],
          speaker: sparse('speaker_id', 'stance', 'claim_id'),
          source: sparse('source_id', 'claim_id'),
          stance: ['stance', 'claim_id'],
          reply: sparse('in_reply_to_id'),
          retracted_by: sparse('retracted_by_id'),
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
          attribution_id: owned('attributions'),
          relayed_id: { to: 'attributions', deferred: true },
        },
        linksOf: 'attribution_id',
        indexes: { relayed: ['relayed_id'] },
      },
    ),

    relations: table(
      'relations',
      { ...object, from_id: text().notNull(), type: text().notNull(), to_id: text().notNull() },
      {
        ...objectShape,
        references: { ...document, from_id: 'claims', to_id: 'claims' },
        indexes: { from: ['from_id', 'id'], to: ['to_id', 'id'], type: ['type', 'id'], ...objectIndexes },
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
        verdict: text(),
        assessor: text(),
        assessed_at: text(),
      },
      {
        ...objectShape,
        references: { ...document, claim_id: 'claims' },
        indexes: {
          claim: ['claim_id', 'id'],
          assessor: sparse('assessor', 'id'),
          assessed: ['assessed_at', 'id'],
          verdict: sparse('verdict', 'claim_id'),
          ...objectIndexes,
        },
      },
    ),
    /** Pairs of objects of one noun, which may be any, so that nothing refers to their tables. */
    judgements: table(
      'judgements',
      {
        ...object,
        noun: text().notNull(),
        one_id: text().notNull(),
        other_id: text().notNull(),
        judgement: text().notNull(),
      },
      {
        ...objectShape,
        references: document,
        indexes: {
          one: ['one_id', 'id'],
          other: ['other_id', 'id'],
          noun: ['noun', 'id'],
          judgement: ['judgement', 'id'],
          ...objectIndexes,
        },
      },
    ),
  };
}

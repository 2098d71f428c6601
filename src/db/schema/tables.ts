import { claimTables } from './claim-tables.js';
import type { Kit } from './columns.js';
import { namedTables } from './named-tables.js';

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
export function defineTables(kit: Kit) {
  const { table, text, int, long } = kit;
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
        /** SHA-256 of all other columns. */
        digest: text().notNull(),
      },
      {
        appendOnly: true,
        unique: ['object_id', 'version'],
        checks: ["operation IN ('create', 'update', 'remove', 'restore', 'merge')"],
        indexes: { noun: ['noun', 'seq'], actor: ['actor', 'seq'], request: ['request_id', 'seq'] },
      },
    ),
    /** The parties that a version in the history concerns, for following one subject. */
    history_subjects: table(
      'history_subjects',
      { party_id: text().notNull(), seq: long().notNull() },
      { primaryKey: ['party_id', 'seq'] },
    ),

    ...namedTables(kit),
    ...claimTables(kit),

    /**
     * The words of objects as searches find them (`search/words/`). An entry is never changed: an object whose words
     * change gets another one, and the rows of the past keep the number of theirs.
     */
    search: table('search', { rowid: long().primaryKey(), words: kit.words().notNull() }, { fullText: true }),
    /** Every word that an entry has or had, behind the letter of its noun. */
    search_words: table('search_words', { word: text().notNull() }, { primaryKey: ['word'] }),

    /** One row: the newest instant of a write, in milliseconds, and the highest number of an entry in `search`. */
    commit_clock: table(
      'commit_clock',
      { id: int().primaryKey(), at: long().notNull(), entry: long().notNull() },
      { checks: ['id = 1'], first: '1, 0, 0' },
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
        /** SHA-256 of all other columns. */
        digest: text().notNull(),
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

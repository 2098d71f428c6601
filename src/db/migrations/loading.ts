import { type SQL, sql } from 'drizzle-orm';
import { quoted } from './guards.js';
import type { MigrationTarget } from './migrate.js';

/** What the engines differ in when a whole register is read in pieces and put into an empty one. */
export interface Loading {
  /** Gives the names of the columns of a table's primary key, in order. */
  keyOf(table: string): SQL;
  /** Into how many stretches a table without a primary key falls that one goes through one after the other. */
  blockRanges(table: string): SQL;
  inBlockRange(number: number): SQL;
  /** Where a row stands in a table without a primary key; stable within one snapshot. */
  rowAddress: SQL;
  after(place: unknown): SQL;
  /** To be run by every process that loads, before anything else. */
  prepare: string | null;
  /** Statements that take away what rows in any order would run into, and those that put it back. */
  constraints(target: MigrationTarget): Promise<{ remove: string[]; restore: string[] }>;
  /** Statements that take away indexes that no constraint needs, and those that make the ones that lack. */
  indexes(target: MigrationTarget): Promise<{ remove: string[]; restore: string[] }>;
  /** Takes all entries out of the index of words. */
  emptyIndex: string;
  /** Statements for when all rows are there. */
  finish(target: MigrationTarget): Promise<string[]>;
}

const sqlite: Loading = {
  // The views of readers stand before the tables.
  keyOf: (table) => sql`SELECT name FROM pragma_table_info(${table}, 'main') WHERE pk > 0 ORDER BY pk`,
  // Rows are in this order.
  blockRanges: () => sql`SELECT 1 AS count`,
  inBlockRange: () => sql`true`,
  rowAddress: sql`rowid`,
  after: (place) => sql`rowid > ${place}`,
  // They are checked all at once in the end, by `exclusively`.
  prepare: 'PRAGMA foreign_keys = OFF',
  async constraints(target) {
    const triggers = await target.rows<{ name: string; sql: string }>(
      "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' ORDER BY name",
    );
    return {
      remove: triggers.map(({ name }) => `DROP TRIGGER ${quoted(name)}`),
      restore: triggers.map((trigger) => trigger.sql),
    };
  },
  // Made in one transaction they would be written to the log as well, all at once.
  indexes: async () => ({ remove: [], restore: [] }),
  // Single entries cannot be taken out of it.
  emptyIndex: "INSERT INTO search (search) VALUES ('delete-all')",
  finish: async () => [],
};

/** Blocks of a table that are sorted for each batch of rows. */
const STRETCH_BLOCKS = 4;
/** A place before the first row of a stretch; rows of a block are numbered from 1. */
const firstOf = (stretch: number) => `(${stretch * STRETCH_BLOCKS},0)`;

/** Only its superuser may switch foreign keys off on PostgreSQL, but the owner of a table may take them away. */
const postgres: Loading = {
  keyOf: (table) => sql`SELECT a.attname AS name FROM pg_index i
    JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey)
    WHERE i.indrelid = ${table}::regclass AND i.indisprimary
    ORDER BY array_position(i.indkey::int2[], a.attnum)`,
  // There is no index on places: to order by them sorts all rows that the condition leaves.
  blockRanges: (table) => sql`SELECT ceil(pg_relation_size(${table}::regclass)
    / (current_setting('block_size')::numeric * ${sql.raw(`${STRETCH_BLOCKS}`)}))::int AS count`,
  inBlockRange: (number) => sql`ctid >= ${firstOf(number)}::tid AND ctid < ${firstOf(number + 1)}::tid`,
  rowAddress: sql`ctid`,
  after: (place) => sql`ctid > ${place}::tid`,
  prepare: null,
  async constraints(target) {
    const keys = await target.rows<{ name: string; relation: string; definition: string }>(
      `SELECT conname AS name, conrelid::regclass::text AS relation, pg_get_constraintdef(oid) AS definition
        FROM pg_constraint WHERE contype = 'f' AND connamespace = current_schema()::regnamespace ORDER BY oid`,
    );
    const triggers = await target.rows<{ relation: string }>(
      `SELECT DISTINCT tgrelid::regclass::text AS relation FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
        WHERE NOT tgisinternal AND c.relnamespace = current_schema()::regnamespace ORDER BY relation`,
    );
    return {
      remove: [
        ...keys.map(({ name, relation }) => `ALTER TABLE ${relation} DROP CONSTRAINT ${quoted(name)}`),
        ...triggers.map(({ relation }) => `ALTER TABLE ${relation} DISABLE TRIGGER USER`),
      ],
      restore: [
        ...keys.map(
          ({ name, relation, definition }) =>
            `ALTER TABLE ${relation} ADD CONSTRAINT ${quoted(name)} ${definition}`,
        ),
        ...triggers.map(({ relation }) => `ALTER TABLE ${relation} ENABLE TRIGGER USER`),
      ],
    };
  },
  async indexes(target) {
    const rows = await target.rows<{ name: string; definition: string }>(
      `SELECT indexrelid::regclass::text AS name, pg_get_indexdef(indexrelid) AS definition
        FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
        WHERE NOT indisunique AND c.relnamespace = current_schema()::regnamespace ORDER BY indexrelid`,
    );
    return {
      remove: rows.map(({ name }) => `DROP INDEX ${name}`),
      restore: rows.map(({ definition }) => definition.replace('CREATE INDEX', 'CREATE INDEX IF NOT EXISTS')),
    };
  },
  emptyIndex: 'DELETE FROM search',
  async finish(target) {
    const numbered = await target.rows<{ relation: string; name: string }>(
      `SELECT table_name AS relation, column_name AS name FROM information_schema.columns
        WHERE table_schema = current_schema() AND is_identity = 'YES' ORDER BY table_name`,
    );
    // The next number follows the highest one there is.
    const numbers = numbered.map(
      ({ relation, name }) =>
        `SELECT setval(pg_get_serial_sequence('${relation}', '${name}'),
          coalesce(max(${quoted(name)}), 1), max(${quoted(name)}) IS NOT NULL) FROM ${quoted(relation)}`,
    );
    return [...numbers, 'ANALYZE'];
  },
};

export const loading = { sqlite, postgres };

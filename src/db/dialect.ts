import { type SQL, type SQLWrapper, sql } from 'drizzle-orm';
import { sqlState } from './postgres-errors.js';

/** What differs between the engines, and nothing else. */
export interface Dialect {
  engine: 'sqlite' | 'postgres';
  isUniqueViolation(error: unknown): boolean;
  isForeignKeyViolation(error: unknown): boolean;
  /** An aggregate: the texts with commas between them, in no certain order unless told; null without rows. */
  joined(column: SQLWrapper, order?: SQL): SQL<string | null>;
  /**
   * The column, compared row by row. SQLite prefers any index in which a condition fixes the first column, also where
   * that is one of thousands of values; PostgreSQL reckons with their number.
   */
  unindexed(column: SQLWrapper): SQL;
  /** An aggregate: the texts as a JSON array; null or an empty one without rows. */
  textsOf(column: SQLWrapper): SQL<string | null>;
  /** A subquery: the texts of a JSON array, so that one query serves for any number of them. */
  textsIn(json: SQLWrapper): SQL;
}

const ordered = (order: SQL | undefined): SQL | undefined => order && sql` order by ${order}`;

/** Drizzle and our own code wrap the errors of drivers; the driver's own code is what counts. */
export function sqliteCode(error: unknown): string {
  for (let at = error; at instanceof Error; at = at.cause) {
    const { code } = at as { code?: unknown };
    if (typeof code === 'string' && code.startsWith('SQLITE_')) return code;
  }
  return '';
}

export const sqliteDialect: Dialect = {
  engine: 'sqlite',
  isUniqueViolation: (error) =>
    ['SQLITE_CONSTRAINT_UNIQUE', 'SQLITE_CONSTRAINT_PRIMARYKEY'].includes(sqliteCode(error)),
  isForeignKeyViolation: (error) => sqliteCode(error) === 'SQLITE_CONSTRAINT_FOREIGNKEY',
  joined: (column, order) => sql`group_concat(${column}, ','${ordered(order)})`,
  unindexed: (column) => sql`+${column}`,
  textsOf: (column) => sql`json_group_array(${column})`,
  textsIn: (json) => sql`(select value from json_each(${json}))`,
};

export const postgresDialect: Dialect = {
  engine: 'postgres',
  isUniqueViolation: (error) => sqlState(error) === '23505',
  isForeignKeyViolation: (error) => sqlState(error) === '23503',
  joined: (column, order) => sql`string_agg(${column}, ','${ordered(order)})`,
  unindexed: (column) => sql`${column}`,
  textsOf: (column) => sql`json_agg(${column})::text`,
  textsIn: (json) => sql`(select jsonb_array_elements_text(${json}::jsonb))`,
};

import { type Column, type SQL, type SQLWrapper, sql } from 'drizzle-orm';

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
  /** What an index holds of the texts of a column, where they are too long for it. */
  beginningOf(column: Column): ((text: SQLWrapper) => SQL) | undefined;
  /** A subquery: the texts of a JSON array, so that one query serves for any number of them. */
  textsIn(json: SQLWrapper): SQL;
  /** The words of an entry of the index of words as the engine takes them; null where there is none. */
  indexed(words: readonly (string | null)[]): string;
  /** The entries of the index of words, under this name, that a query finds. */
  finds(search: SQLWrapper, query: WordQuery): SQL;
}

/** Alternatives, of which one must be found: words that follow each other. */
export type WordGroup = readonly (readonly string[])[];

/** What an entry must have, one of each group, and what it may not have. Words consist of letters and digits. */
export interface WordQuery {
  all: readonly WordGroup[];
  none: WordGroup;
}

/** The order of an aggregate. */
export const ordered = (order: SQL | undefined): SQL | undefined => order && sql` order by ${order}`;

/** A character of no word, where a phrase ends. */
export const GAP = '\uE000';

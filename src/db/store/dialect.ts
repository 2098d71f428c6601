import { type Column, type SQL, type SQLWrapper, sql, type Table } from 'drizzle-orm';

/** What differs between the engines, and nothing else. */
export interface Dialect {
  engine: 'sqlite' | 'postgres';
  /** Rows through which one statement goes where there may be any number: on SQLite it holds the event loop meanwhile. */
  rowsAtOnce: number;
  /** Objects that a write reads and stores together: each statement costs PostgreSQL a round trip, and on SQLite it holds the event loop. */
  objectsAtOnce: number;
  /**
   * Rows that belong to many objects are written in blocks of so many objects and values, where a statement has to keep each page of
   * an index that it changes; undefined where order is no matter.
   */
  blockSide: number | undefined;
  isUniqueViolation(error: unknown): boolean;
  isForeignKeyViolation(error: unknown): boolean;
  /** An aggregate: the texts with commas between them, in no particular order unless `order` is given; null without rows. */
  joined(column: SQLWrapper, order?: SQL): SQL<string | null>;
  /**
   * The column, written so that no index on it is used. SQLite prefers any index whose first column a condition fixes,
   * even to one of thousands of values; PostgreSQL estimates their number.
   */
  unindexed(column: SQLWrapper): SQL;
  /**
   * The column, written so that nothing is known of it: no index on it is used, and no number of rows is estimated from it. Where
   * many rows share a value PostgreSQL expects none beyond it, and would go through all of them for the few that are meant.
   */
  opaque(column: SQLWrapper): SQL;
  /** An aggregate: the texts as a JSON array; null or an empty one without rows. */
  textsOf(column: SQLWrapper): SQL<string | null>;
  /** The part of a text that an index on this column holds; undefined where it holds the whole text. */
  beginningOf(column: Column): ((text: SQLWrapper) => SQL) | undefined;
  /** A subquery: the texts of a JSON array, so that one query serves for any number of them. */
  textsIn(json: SQLWrapper): SQL;
  /**
   * A condition: an indexed column is one of the few values that a query gives. PostgreSQL takes a subquery for a hundred rows, and
   * reads all of a table that is not much larger rather than to look a few up.
   */
  isGivenBy(column: SQLWrapper, query: SQL): SQL;
  /** The same for the texts of a JSON array. */
  isAmong(column: SQLWrapper, json: SQLWrapper): SQL;
  /** A condition: columns have the texts of one of the lists in a JSON array, in their order. The first one is indexed. */
  areAmong(columns: readonly SQLWrapper[], json: SQLWrapper): SQL;
  /** A subquery with the column `id`: the texts of a JSON array, and all to which links lead from them, at any depth. */
  reached(json: SQLWrapper, links: readonly Link[]): SQL;
  /** The words of an entry of the index of words as the engine takes them; null where there is none. */
  indexed(words: readonly (string | null)[]): string;
  /** A condition: the entry of the index of words, of which `search` is the table, is found by the query. */
  finds(search: Table, query: WordQuery): SQL;
  /**
   * Statements with rows of {@link NewestFound}: for each query some objects whose entries it finds, those with the newest entries.
   * PostgreSQL looks among the newest only, and for what that was not enough for among the `older` ones, which may be many.
   */
  newest(search: NewestSearch): SQL[];
  older(search: NewestSearch): SQL[];
  /** A query for the words that many entries have, and the part that has them, for engines to which it is of use. */
  frequentWords: ((search: Table) => SQL) | undefined;
  /** A statement that merges parts of the index of words until so many pages are written, for engines that leave this to us. */
  mergeWords: ((search: Table, pages: number) => SQL) | undefined;
}

export interface NewestSearch {
  search: Table;
  /** Of the objects. */
  id: Column;
  entry: Column;
  queries: readonly WordQuery[];
  /** The newest entry of the index, and the last one that is too old to be looked at. */
  newest: number;
  before: number;
  /** Objects that are found for each query. */
  limit: number;
  /** The part of all entries that has a word, of those that many have. */
  frequent: ReadonlyMap<string, number>;
}

export interface NewestFound {
  /** Which of the queries, counted from 0. */
  query: number;
  id: string;
  entry: number;
}

export interface FrequentWord {
  word: string;
  part: number;
}

/** Leads from one column to another of the same row, where that is not null, unless a third one has a value. */
export interface Link {
  from: Column;
  to: Column;
  unless?: Column;
}

/** Alternatives, each of them words that follow each other; one must be found. */
export type WordGroup = readonly (readonly string[])[];

/** An entry must have one alternative of each group of `all`, and none of `none`. Words consist of letters and digits. */
export interface WordQuery {
  all: readonly WordGroup[];
  none: WordGroup;
}

/** The order of an aggregate. */
export const ordered = (order: SQL | undefined): SQL | undefined => order && sql` order by ${order}`;

/** Parts with commas between them. */
export const listed = (parts: readonly SQLWrapper[]): SQL => sql.join([...parts], sql`, `);

/** Stands between two texts of an entry, so that no phrase runs from one into the other. No word holds it. */
export const GAP = '\uE000';

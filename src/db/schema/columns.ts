import type { BuildColumns } from 'drizzle-orm';
import {
  integer,
  type SQLiteColumnBuilderBase,
  type SQLiteTableWithColumns,
  sqliteTable,
  text,
} from 'drizzle-orm/sqlite-core';

/** What a table has besides columns; the SQL of the migrations is made from it (`schema-sql.ts`). */
export interface Shape {
  /** Columns of the primary key, unless one column declares it. Such a table is stored in the order of its key. */
  primaryKey?: readonly string[];
  /** Tables whose ids columns hold, by column. */
  references?: Record<string, string | Reference>;
  /**
   * The column of the row that rows belong to and are written with, in a table of links that can have hundreds of rows for
   * each. PostgreSQL then holds its references by triggers, once for each row that they belong to (ADR 54).
   */
  linksOf?: string;
  /** Indexes by the end of their names. */
  indexes?: Record<string, Index>;
  /** Conditions on every row. */
  checks?: readonly string[];
  /** Columns besides the primary key that no two rows have alike. */
  unique?: readonly string[];
  /** Rows are inserted, and never changed or removed. */
  appendOnly?: boolean;
  /** The database gives each row a number that no other row had. */
  numbered?: boolean;
  /** The row that a new register has. */
  first?: string;
  /** Rows that no longer hold are kept, so that the register can be read as it was. */
  past?: boolean;
  /** An index of words, of which nothing but the numbers of entries can be read; see `dialect.ts`. */
  fullText?: boolean;
}

export interface Reference {
  to: string;
  /** The column that is referred to; by default `id`. */
  key?: string;
  /** Rows are removed with the row that they refer to. */
  cascade?: boolean;
  /** Checked at the end of the transaction: rows may refer to each other. */
  deferred?: boolean;
}

/** Columns, each perhaps with `desc`; or an index with further options. */
export type Index = readonly string[] | { columns: readonly string[]; where?: string; longText?: LongText };

/**
 * PostgreSQL takes at most 2,704 bytes into a row of a B-tree. Longer texts that are only compared for equality
 * have a hash index there; of those that lists are sorted by the index holds the first characters.
 */
export type LongText = 'equality' | 'order';

/** Characters that an index of PostgreSQL holds of a text by which lists are sorted; each takes up to four bytes. */
export const INDEXED_CHARACTERS = 600;

/** An index of the rows that have a value in its first column. */
export const sparse = (...columns: string[]): Index => ({ columns, where: `${columns[0]} IS NOT NULL` });
/** A partial index, of the few rows that meet a condition. */
export const flagged = (flag: string): Index => ({ columns: [flag, 'id'], where: `${flag} = true` });
export const longText = (purpose: LongText, ...columns: string[]): Index => ({ columns, longText: purpose });

const shapes = new WeakMap<object, Shape>();
/** The shape that a table was declared with. */
export const shapeOf = (table: object): Shape => shapes.get(table) ?? {};

/** A function that makes tables as `make` does, and remembers their shapes. */
export const shaped = <Make extends (name: never, columns: never) => object>(make: Make) =>
  ((name: never, columns: never, shape: Shape = {}) => {
    const table = make(name, columns);
    shapes.set(table, shape);
    return table;
  }) as unknown as TableMaker;

type TableMaker = <Name extends string, Columns extends Record<string, SQLiteColumnBuilderBase>>(
  name: Name,
  columns: Columns,
  shape?: Shape,
) => SQLiteTableWithColumns<{
  name: Name;
  schema: undefined;
  columns: BuildColumns<Name, Columns, 'sqlite'>;
  dialect: 'sqlite';
}>;

/**
 * Two kits of column types have the same names, so that `tables.ts` defines every table once.
 * The SQLite types are the ones the code is checked against; those of `postgres-columns.ts` are cast to them.
 */
export const sqliteKit = {
  table: shaped(sqliteTable),
  text: () => text(),
  int: () => integer(),
  long: () => integer(),
  bool: () => integer({ mode: 'boolean' }),
  /** The words of an entry of the index of words, in the form of the engine. */
  words: () => text(),
};

export type Kit = typeof sqliteKit;

import { and, eq, getTableColumns, isNull, type SQL } from 'drizzle-orm';
import type { SQLiteColumn, SQLiteTable } from 'drizzle-orm/sqlite-core';
import { chunksOf } from '../../lib/collections.js';
import { shapeOf } from '../schema/columns.js';
import type { Tables } from '../schema/tables.js';
import type { Db, Tx } from '../store/store.js';
import { isOneOf } from './closures.js';

export type TableName = keyof Tables;
export type Row = Record<string, unknown>;
export type AnyTable = SQLiteTable & Record<string, SQLiteColumn>;

export const tableNamed = (tx: Tx, name: TableName) => tx.tables[name] as unknown as AnyTable;

/** A column by its name; throws where the table has none of that name. */
export function columnOf(table: AnyTable, name: string): SQLiteColumn {
  const column = table[name];
  if (!column) throw new Error(`there is no column ${name}`);
  return column;
}

/** Rows that are inserted together, few enough for the event loop. */
const AT_ONCE = 50;
/** Rows with few columns that are inserted together: an object can have hundreds of these. */
const NARROW_AT_ONCE = 200;
const NARROW = 4;

interface Insertion {
  columns: readonly string[];
  insert: ReturnType<Tx['insertion']>;
}

/** One for each connection and table. */
const insertions = new WeakMap<Db, Map<TableName, Insertion>>();

function insertionOf(tx: Tx, name: TableName): Insertion {
  const ofConnection = insertions.get(tx.db) ?? new Map<TableName, Insertion>();
  insertions.set(tx.db, ofConnection);
  const known = ofConnection.get(name);
  if (known) return known;
  const table = tableNamed(tx, name);
  const all = Object.keys(getTableColumns(table));
  // The database gives each row of some tables its number.
  const columns = shapeOf(table).numbered ? all.filter((column) => column !== 'seq') : all;
  const insert = tx.insertion(
    table,
    columns.map((column) => columnOf(table, column)),
  );
  ofConnection.set(name, { columns, insert });
  return { columns, insert };
}

/** Inserts rows that hold from this write on; what a row does not tell is null. */
export async function insertRows(tx: Tx, name: TableName, rows: readonly Row[]): Promise<void> {
  const { columns, insert } = insertionOf(tx, name);
  for (const some of chunksOf(rows, columns.length <= NARROW ? NARROW_AT_ONCE : AT_ONCE)) {
    await tx.yield();
    await insert(
      some.map((row) => columns.map((column) => (column === 'valid_from' ? tx.at : (row[column] ?? null)))),
    );
  }
}

/** Changes the row of an id; as it was it goes into the past. */
export async function updateRow(tx: Tx, name: TableName, id: string, values: Row): Promise<void> {
  await tx.yield();
  const table = tableNamed(tx, name);
  await tx.db
    .update(table)
    .set({ ...values, valid_from: tx.at })
    .where(eq(columnOf(table, 'id'), id));
}

/** Removes the rows that have these values, which go into the past. */
export async function deleteRows(tx: Tx, name: TableName, values: Row): Promise<void> {
  await tx.yield();
  const table = tableNamed(tx, name);
  const alike = (column: string): SQL =>
    values[column] === null ? isNull(columnOf(table, column)) : eq(columnOf(table, column), values[column]);
  await tx.db.delete(table).where(and(...Object.keys(values).map(alike)));
}

/** Removes the rows with these ids, which go into the past. */
export async function deleteRowsOf(tx: Tx, name: TableName, ids: readonly string[]): Promise<void> {
  await tx.yield();
  const table = tableNamed(tx, name);
  await tx.db.delete(table).where(isOneOf(tx, columnOf(table, 'id'), ids));
}

/** The columns of a table, with the document of each of its objects; to be joined by {@link documentJoin}. */
export const withDocument = <Name extends TableName>(tx: Tx, name: Name) => ({
  ...getTableColumns(tx.tables[name]),
  doc: tx.documents.doc,
});

/** Finds the document of an object by the number of its version. */
export const documentJoin = (tx: Tx, table: { seq: SQLiteColumn }): SQL => eq(tx.documents.seq, table.seq);

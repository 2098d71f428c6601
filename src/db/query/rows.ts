import { and, eq, getTableColumns, isNull, type SQL, sql } from 'drizzle-orm';
import type { SQLiteColumn, SQLiteTable } from 'drizzle-orm/sqlite-core';
import { shapeOf } from '../schema/columns.js';
import type { Tables } from '../schema/tables.js';
import type { Tx } from '../store/store.js';
import { isOneOf } from './closures.js';
import { prepared } from './prepared.js';

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

/** Rows that one statement inserts: as many as keep it below the engines' limits, and the number of statements small. */
const AT_ONCE = 20;
/** Rows with few columns that one statement inserts: an object can have hundreds of these. */
const NARROW_AT_ONCE = 200;
const NARROW = 4;

/**
 * One statement for each number of rows of a table: to build one takes far longer than to run it. Its placeholders
 * have numbers, row by row: an import fills in hundreds for a claim, and would make a name for each.
 */
const insertion = prepared((tx, subject: string) => {
  const [name, count] = subject.split(' ') as [TableName, string];
  const columns = insertedColumns(tx, name);
  const row = (i: number) =>
    Object.fromEntries(columns.map((column, j) => [column, sql.placeholder(String(i * columns.length + j))]));
  const rows = Array.from({ length: Number(count) }, (_, i) => row(i));
  return tx.db.insert(tableNamed(tx, name)).values(rows) as never;
});

const columnsOf = new WeakMap<AnyTable, string[]>();

/** All but the number that the database gives. */
function insertedColumns(tx: Tx, name: TableName): string[] {
  const table = tableNamed(tx, name);
  const known = columnsOf.get(table);
  if (known) return known;
  const all = Object.keys(getTableColumns(table));
  const columns = shapeOf(table).numbered ? all.filter((column) => column !== 'seq') : all;
  columnsOf.set(table, columns);
  return columns;
}

/** Inserts rows that hold from this write on; what a row does not tell is null. */
export async function insertRows(tx: Tx, name: TableName, rows: readonly Row[]): Promise<void> {
  const columns = insertedColumns(tx, name);
  for (let start = 0; start < rows.length; ) {
    const many = columns.length <= NARROW && rows.length - start >= NARROW_AT_ONCE;
    const chunk = rows.slice(start, start + (many ? NARROW_AT_ONCE : AT_ONCE));
    start += chunk.length;
    const values: Row = {};
    let place = 0;
    for (const row of chunk) {
      for (const column of columns) {
        values[place++] = column === 'valid_from' ? tx.at : (row[column] ?? null);
      }
    }
    await insertion(tx, `${name} ${chunk.length}`, values);
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

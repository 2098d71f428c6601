import { and, eq, getTableColumns, isNull, type SQL, sql } from 'drizzle-orm';
import type { SQLiteColumn, SQLiteTable } from 'drizzle-orm/sqlite-core';
import { chunksOf } from '../../lib/collections.js';
import { shapeOf } from '../schema/columns.js';
import type { Tables } from '../schema/tables.js';
import type { Db, Tx } from '../store/store.js';
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

/** A table and the columns that are set. */
type Setting = `${TableName} ${string}`;

const update = prepared((tx, setting: Setting) => {
  const [name, ...columns] = setting.split(' ') as [TableName, ...string[]];
  const table = tableNamed(tx, name);
  const values = columns.map((column) => [column, sql`${sql.placeholder(column)}`]);
  return tx.db
    .update(table)
    .set(Object.fromEntries(values))
    .where(eq(columnOf(table, 'id'), sql.placeholder('id'))) as never;
});

/** Changes rows, each found by its id; as they were they go into the past. */
export async function updateRows(
  tx: Tx,
  name: TableName,
  rows: readonly (Row & { id: string })[],
): Promise<void> {
  const table = tableNamed(tx, name);
  for (const some of chunksOf(rows, AT_ONCE)) {
    await tx.yield();
    await settled(
      some.map(({ id, ...values }) => {
        const set: Row = { ...values, valid_from: tx.at };
        const cells = Object.entries(set).map(([column, value]) => [
          column,
          value == null ? null : columnOf(table, column).mapToDriverValue(value),
        ]);
        return update(tx, `${name} ${Object.keys(set).join(' ')}`, { ...Object.fromEntries(cells), id });
      }),
    );
  }
}

/** Waits for all statements that were sent, so that none is done after what one of them failed for was undone. */
async function settled(statements: readonly Promise<unknown>[]): Promise<void> {
  for (const result of await Promise.allSettled(statements)) {
    if (result.status === 'rejected') throw result.reason;
  }
}

/** Removes the rows that have these values, which go into the past. Those that differ in one text go together. */
export async function deleteRows(tx: Tx, name: TableName, rows: readonly Row[]): Promise<void> {
  const [first, ...others] = rows;
  if (!first) return;
  const table = tableNamed(tx, name);
  const columns = Object.keys(first);
  const [text, ...more] = columns.filter((column) => others.some((row) => row[column] !== first[column]));
  const isAlike =
    more.length === 0 && rows.every((row) => text === undefined || typeof row[text] === 'string');
  for (const some of chunksOf(rows, isAlike ? NARROW_AT_ONCE : 1)) {
    await tx.yield();
    const [row = first] = some;
    const conditions = columns.map((name): SQL => {
      const column = columnOf(table, name);
      if (isAlike && name === text) {
        const texts = some.map((each) => each[name]);
        return tx.dialect.isAmong(column, sql`${JSON.stringify(texts)}`);
      }
      return row[name] === null ? isNull(column) : eq(column, row[name]);
    });
    await tx.db.delete(table).where(and(...conditions));
  }
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

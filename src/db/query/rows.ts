import { and, eq, getTableColumns, isNull, type SQL, sql } from 'drizzle-orm';
import type { SQLiteColumn, SQLiteTable } from 'drizzle-orm/sqlite-core';
import { LRUCache } from 'lru-cache';
import { chunksOf, chunksWithin, groupBy } from '../../lib/collections.js';
import { shapeOf } from '../schema/columns.js';
import type { Tables } from '../schema/tables.js';
import type { Cells, Db, Tx } from '../store/store.js';
import { isOneOf } from './closures.js';

export type TableName = keyof Tables;
export type Row = Record<string, unknown>;
/** A row, or a part of one, that holds nothing but texts, and where there is none null. */
export type TextRow = Record<string, string | null>;
export type AnyTable = SQLiteTable & Record<string, SQLiteColumn>;

export const tableNamed = (tx: Tx, name: TableName) => tx.tables[name] as unknown as AnyTable;

/** A column by its name; throws where the table has none of that name. */
export function columnOf(table: AnyTable, name: string): SQLiteColumn {
  const column = table[name];
  if (!column) throw new Error(`there is no column ${name}`);
  return column;
}

/** Rows with few columns, of which an object can have hundreds: so many times more are inserted together. */
const NARROW = 4;
const NARROW_TIMES = 4;

/** Code units of the texts in rows that are inserted or changed together. */
const UNITS_AT_ONCE = 200_000;

function unitsOf(row: Row): number {
  let units = 0;
  for (const cell of Object.values(row)) if (typeof cell === 'string') units += cell.length;
  return units;
}

/** A statement for rows, and the columns of which it takes cells. */
interface ForRows {
  columns: readonly string[];
  run: ReturnType<Tx['insertion']>;
}

/** One for each connection, and for each table, or columns of one: those used last, since any columns may change together. */
const known = new WeakMap<Db, LRUCache<string, ForRows>>();
const MOST_KNOWN = 200;

function forRows(tx: Tx, name: string, make: () => ForRows): ForRows {
  const ofConnection = known.get(tx.db) ?? new LRUCache<string, ForRows>({ max: MOST_KNOWN });
  known.set(tx.db, ofConnection);
  const made = ofConnection.get(name) ?? make();
  ofConnection.set(name, made);
  return made;
}

const insertionOf = (tx: Tx, name: TableName): ForRows =>
  forRows(tx, name, () => {
    const table = tableNamed(tx, name);
    const all = Object.keys(getTableColumns(table));
    // The database gives each row of some tables its number.
    const columns = shapeOf(table).numbered ? all.filter((column) => column !== 'seq') : all;
    return { columns, run: tx.insertion(table, columnsOf(table, columns)) };
  });

const modificationOf = (tx: Tx, name: TableName, columns: readonly string[]): ForRows =>
  forRows(tx, `${name} ${columns.join(' ')}`, () => {
    const table = tableNamed(tx, name);
    return { columns, run: tx.modification(table, columnsOf(table, columns)) };
  });

const columnsOf = (table: AnyTable, names: readonly string[]): SQLiteColumn[] =>
  names.map((name) => columnOf(table, name));

/** The cells of a row that holds from this write on. */
const cellsOf = (tx: Tx, columns: readonly string[], row: Row): Cells =>
  columns.map((column) => (column === 'valid_from' ? tx.at : (row[column] ?? null)));

/** Inserts rows that hold from this write on; what a row does not tell is null. */
export async function insertRows(tx: Tx, name: TableName, rows: readonly Row[]): Promise<void> {
  const { columns, run } = insertionOf(tx, name);
  const most = tx.dialect.objectsAtOnce * (columns.length <= NARROW ? NARROW_TIMES : 1);
  for (const some of chunksWithin(rows, most, UNITS_AT_ONCE, unitsOf)) {
    await tx.yield();
    await run(some.map((row) => cellsOf(tx, columns, row)));
  }
}

/** Changes rows, each found by its id; as they were they go into the past. */
export async function updateRows(
  tx: Tx,
  name: TableName,
  rows: readonly (Row & { id: string })[],
): Promise<void> {
  if (new Set(rows.map(({ id }) => id)).size < rows.length) throw new Error('a row is changed twice at once');
  const alike = groupBy(rows, ({ id: _id, ...values }) => Object.keys(values).join(' '));
  for (const ofSome of alike.values()) {
    const { id: _id, ...set } = ofSome[0];
    const { columns, run } = modificationOf(tx, name, ['id', 'valid_from', ...Object.keys(set)]);
    for (const some of chunksWithin(ofSome, tx.dialect.objectsAtOnce, UNITS_AT_ONCE, unitsOf)) {
      await tx.yield();
      await run(some.map((row) => cellsOf(tx, columns, row)));
    }
  }
}

/** Removes the rows that have these texts and nulls in the same columns, which go into the past. */
export async function deleteRows(tx: Tx, name: TableName, rows: readonly TextRow[]): Promise<void> {
  const table = tableNamed(tx, name);
  const isText = (row: TextRow) => (column: string) => row[column] !== null;
  for (const some of chunksOf(rows, tx.dialect.objectsAtOnce * NARROW_TIMES)) {
    for (const alike of groupBy(some, (row) => Object.keys(row).filter(isText(row)).join(' ')).values()) {
      await tx.yield();
      const [first] = alike;
      const all = Object.keys(first);
      const given = all.filter(isText(first));
      const areNull = all
        .filter((column) => first[column] === null)
        .map((column) => isNull(columnOf(table, column)));
      const texts = JSON.stringify(alike.map((row) => given.map((column) => row[column])));
      const areAmong = tx.dialect.areAmong(columnsOf(table, given), sql`${texts}`);
      await tx.db.delete(table).where(and(areAmong, ...areNull));
    }
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

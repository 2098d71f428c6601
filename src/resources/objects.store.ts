import { isOneOf } from '../db/query/closures.js';
import {
  columnOf,
  deleteRows,
  deleteRowsOf,
  insertRows,
  type Row,
  type TableName,
  type TextRow,
  tableNamed,
  updateRows,
} from '../db/query/rows.js';
import { shapeOf } from '../db/schema/columns.js';
import type { Tx } from '../db/store/store.js';
import { appendAll, chunksOf } from '../lib/collections.js';
import { zip } from '../lib/zip.js';
import { newEntry } from '../search/words/renew.store.js';
import { inBlocks } from './child-rows.js';
import type { ChildRows, ResourceRow, ResourceType } from './resource-type.js';

/** Columns of an object, among them the number of its version, and when that was made. */
export type ObjectRow = Pick<ResourceRow, 'id' | 'updated_at'> & { seq: number } & Row;

export interface NewObject {
  /** What all have, and columns of its own. */
  row: ObjectRow;
  side: ChildRows[];
}

/** The row of a new version: active at its instant, and with an entry of its own in the index of words. */
async function renewed(tx: Tx, { name, activity }: ResourceType, row: ObjectRow): Promise<ObjectRow> {
  const entry = await newEntry(tx, name, row.id);
  return { ...row, entry, ...(activity && { [activity]: row.updated_at }) };
}

export async function insertObjects(tx: Tx, noun: ResourceType, objects: NewObject[]): Promise<void> {
  const written: ObjectRow[] = [];
  for (const { row } of objects) written.push(await renewed(tx, noun, row));
  await insertRows(tx, noun.table, written);
  const byTable = new Map<TableName, TextRow[]>();
  for (const { side } of objects) {
    for (const { table, rows } of side) appendAll(byTable, table, [...(await distinct(tx, rows)).values()]);
  }
  await insertChildRows(tx, byTable);
}

export interface ChangedObject {
  /** The columns that change. */
  row: ObjectRow;
  /** The rows that belong to the object, as they are and as they are to be. */
  before: ChildRows[];
  after: ChildRows[];
}

/** Of the rows that belong to the objects only those are touched that are not as they were before. */
export async function updateObjects(
  tx: Tx,
  noun: ResourceType,
  objects: readonly ChangedObject[],
): Promise<void> {
  const written: ObjectRow[] = [];
  for (const { row } of objects) written.push(await renewed(tx, noun, row));
  await updateRows(tx, noun.table, written);
  const [removed, added] = [new Map<TableName, TextRow[]>(), new Map<TableName, TextRow[]>()];
  for (const { before, after } of objects) {
    for (const [old, { table, rows }] of zip(before, after)) {
      const [was, is] = [await distinct(tx, old.rows), await distinct(tx, rows)];
      appendAll(removed, table, without(was, is));
      appendAll(added, table, without(is, was));
    }
  }
  await deleteChildRows(tx, removed);
  await insertChildRows(tx, added);
}

async function insertChildRows(tx: Tx, byTable: ReadonlyMap<TableName, TextRow[]>): Promise<void> {
  for (const [table, rows] of byTable) await insertRows(tx, table, await inBlocks(tx, rows));
}

/** Deletes rows that belong to objects, by table. */
export async function deleteChildRows(tx: Tx, byTable: ReadonlyMap<TableName, TextRow[]>): Promise<void> {
  for (const [table, rows] of byTable) await deleteRows(tx, table, await inBlocks(tx, rows));
}

/** The rows that belong to objects go with theirs (`ON DELETE CASCADE`), but for identifiers, which any noun may have. */
export async function deleteObjects(tx: Tx, noun: ResourceType, ids: readonly string[]): Promise<void> {
  if (noun.members.includes('identifiers')) await deleteIdentifiers(tx, ids);
  if (ids.length > 1) await deleteLinks(tx, noun, ids);
  await deleteRowsOf(tx, noun.table, ids);
}

/** Objects that are deleted together may refer to each other, but PostgreSQL checks each before all links went along. */
async function deleteLinks(tx: Tx, noun: ResourceType, ids: readonly string[]): Promise<void> {
  for (const { noun: by, table: name, from } of noun.referrers) {
    const table = tableNamed(tx, name);
    const isChecked = by === noun.name && name !== noun.table && !shapeOf(table).linksOf;
    if (isChecked) await tx.db.delete(table).where(isOneOf(tx, columnOf(table, from), ids));
  }
}

async function deleteIdentifiers(tx: Tx, ids: readonly string[]): Promise<void> {
  const { identifiers: t } = tx.tables;
  await tx.db.delete(t).where(isOneOf(tx, t.object_id, ids));
}

/** Rows that are looked at without a turn of others. */
const ROWS_IN_A_TURN = 20;

/** Each row once, by what it holds. */
async function distinct(tx: Tx, rows: readonly TextRow[]): Promise<Map<string, TextRow>> {
  const found = new Map<string, TextRow>();
  for (const some of chunksOf(rows, ROWS_IN_A_TURN)) {
    await tx.yield();
    for (const row of some) found.set(JSON.stringify(row), row);
  }
  return found;
}

const without = (rows: ReadonlyMap<string, TextRow>, others: ReadonlyMap<string, TextRow>): TextRow[] =>
  Array.from(rows).flatMap(([content, row]) => (others.has(content) ? [] : [row]));

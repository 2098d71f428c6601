import { inArray, or, SQL, type SQLWrapper, sql } from 'drizzle-orm';
import type { SQLiteColumn } from 'drizzle-orm/sqlite-core';
import type { Tables } from '../schema/tables.js';
import type { Tx } from '../store/store.js';
import { isAnyOf, within } from './conditions.js';

/** A condition on a column, or on what stands for it. */
export type On = (column: SQLWrapper) => SQL | undefined;

/** A condition that leads to a few rows, with which a list is to begin: these are read by their ids, and sorted. */
export class LeadsToFew extends SQL {
  constructor(
    condition: SQL,
    /** To how many rows, at most. */
    readonly most: number,
    readonly id: SQLWrapper,
    /** Theirs, as a JSON array: there can be thousands, which are mostly only handed back. */
    readonly ids: string,
    /** The condition by which they were looked up, for rows that are found otherwise. */
    readonly lookedUp: SQL = condition,
  ) {
    super([condition]);
  }
}

/**
 * The same conditions, of which those that each lead to a few rows of one table are one: PostgreSQL would go through
 * the ids of the others for each row.
 */
export function foundTogether(tx: Tx, conditions: readonly (SQL | undefined)[]): (SQL | undefined)[] {
  const [first, ...others] = conditions.filter((condition) => condition instanceof LeadsToFew);
  if (first === undefined || others.length === 0) return [...conditions];
  const idsOf = ({ ids }: LeadsToFew) => new Set<string>(JSON.parse(ids));
  const sets = others.map(idsOf);
  const ofAll = [...idsOf(first)].filter((id) => sets.every((set) => set.has(id)));
  const rest = conditions.filter((condition) => !(condition instanceof LeadsToFew));
  return [isFound(tx, first.id, ofAll), ...rest];
}

/** The id is one of a few that were looked up. */
export const isFound = (tx: Tx, id: SQLWrapper, ids: readonly string[]): LeadsToFew =>
  isFoundAmong(tx, id, JSON.stringify(ids), ids.length);

/** The same, where the ids come as a JSON array with so many at most. */
export const isFoundAmong = (tx: Tx, id: SQLWrapper, ids: string, most: number): LeadsToFew =>
  new LeadsToFew(tx.dialect.isAmong(id, sql`${ids}`), most, id, ids);

/** The same for ids that a filter names; undefined when there is none. */
export function isNamed(id: SQLWrapper, ids: string[] | undefined): LeadsToFew | undefined {
  const among = isAnyOf(id, ids);
  return among && new LeadsToFew(among, ids?.length ?? 0, id, JSON.stringify(ids ?? []));
}

/**
 * Makes conditions of a list. An index that leads to few rows is used: their ids are looked up, and sorted. Where it
 * leads to many, the index of the order is gone along and rows are tested one by one, since a page of them is soon
 * full; a condition on the column of the order is a part of that index. SQLite by itself takes an index for any
 * equality, and sorts thousands of rows for one page.
 */
export type Narrow = (
  /** Has an index of its own. */
  column: SQLiteColumn,
  of: On,
  /** Of how many values it is one. The index of a single one is in the order of ids, and needs no sorting. */
  values?: number,
) => Promise<SQL | undefined>;

export function narrowing(tx: Tx, table: SQLWrapper & { id: SQLiteColumn }, sorted: string): Narrow {
  return async (column, of, values) => {
    const where = of(column);
    const inOrder = column.name === sorted;
    if (where === undefined || (inOrder && column.notNull) || (sorted === 'id' && values === 1)) return where;
    const found = await someIds(tx, sql`select ${table.id} as id from ${table} where ${where}`);
    const tested = inOrder ? where : of(tx.dialect.unindexed(column));
    if (found === null) return tested;
    const ids = JSON.stringify(found);
    return new LeadsToFew(tx.dialect.isAmong(table.id, sql`${ids}`), found.length, table.id, ids, tested);
  };
}

/** Does so for rows to which a row of another table belongs that meets a condition. */
export async function narrowedBy(
  tx: Tx,
  id: SQLiteColumn,
  rows: Tables[keyof Tables],
  owner: SQLiteColumn,
  where: SQL | undefined,
): Promise<SQL | undefined> {
  if (where === undefined) return undefined;
  const found = await someIds(tx, sql`select ${owner} as id from ${rows} where ${where}`);
  return found
    ? isFound(tx, id, found)
    : sql`exists (select 1 from ${rows} where ${owner} = ${id} and ${where})`;
}

/** One of two columns is one of the ids. */
export async function atEitherEnd(
  tx: Tx,
  table: SQLWrapper & { id: SQLiteColumn },
  ends: readonly [SQLiteColumn, SQLiteColumn],
  ids: string[],
): Promise<SQL | undefined> {
  const selects = ends.map((end) => sql`select ${table.id} as id from ${table} where ${inArray(end, ids)}`);
  const found = await someIds(tx, sql.join(selects, sql` union all `));
  if (found) return isFound(tx, table.id, found);
  return or(...ends.map((end) => inArray(tx.dialect.unindexed(end), ids)));
}

/** Whether so many rows, which were looked up, are few. */
export function areFew(tx: Tx, rows: number): boolean {
  if (rows > tx.few) return false;
  tx.onFew?.(rows);
  return true;
}

/** The ids that a query gives, each once; null if these are more than a few rows. */
export async function someIds(tx: Tx, query: SQL): Promise<string[] | null> {
  const found = await tx.rows<{ id: string }>(sql`${query} limit ${tx.few + 1}`);
  return areFew(tx, found.length) ? [...new Set(found.map(({ id }) => id))] : null;
}

/** When rows were recorded and last changed. */
export const narrowedRecorded = async (
  narrow: Narrow,
  { created_at, updated_at }: { created_at: SQLiteColumn; updated_at: SQLiteColumn },
  filters: { recorded_from?: string; recorded_to?: string; updated_from?: string; updated_to?: string },
): Promise<(SQL | undefined)[]> => [
  await narrow(created_at, (column) => within(column, filters.recorded_from, filters.recorded_to)),
  await narrow(updated_at, (column) => within(column, filters.updated_from, filters.updated_to)),
];

/** Two ranges of days have a day in common. Each bound is looked up by itself, since an index narrows by one only. */
export const narrowedOverlap = async (
  narrow: Narrow,
  [first, last]: [SQLiteColumn, SQLiteColumn],
  from: number | undefined,
  to: number | undefined,
): Promise<(SQL | undefined)[]> => [
  from === undefined ? undefined : await narrow(last, (column) => sql`${column} >= ${from}`),
  to === undefined ? undefined : await narrow(first, (column) => sql`${column} <= ${to}`),
];

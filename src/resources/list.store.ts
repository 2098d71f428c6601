import { and, type SQL, sql } from 'drizzle-orm';
import type { SQLiteColumn } from 'drizzle-orm/sqlite-core';
import { isFound } from '../db/query/narrowing.js';
import { fixedParts } from '../db/query/prepared.js';
import { columnOf, documentJoin, tableNamed } from '../db/query/rows.js';
import type { Tx } from '../db/store/store.js';
import { only } from '../lib/collections.js';
import { withEndings } from './carried.store.js';
import type { ResourceType, Shown } from './resource-type.js';
import { type Conditions, outputColumns } from './resources.store.js';

export const sortColumn = (tx: Tx, noun: ResourceType, name: string): SQLiteColumn =>
  columnOf(tableNamed(tx, noun.table), name);

/** How rows are asked for. */
interface Wanted {
  where: SQL | undefined;
  order: SQL[];
  limit: number;
  /** The column that the order, and so the next cursor, goes by. */
  sorted: string;
  /** The number of objects that each shows inside, if it carries any. */
  carried: number;
}

/** What lists select. */
const selections = fixedParts();

/** Rows in order, with no more columns than lists need. */
export async function fetchRows(
  tx: Tx,
  noun: ResourceType,
  conditions: Conditions,
  { where, order, limit, sorted, carried }: Wanted,
): Promise<Shown[]> {
  const selection = selections(tx, `${noun.name} ${sorted} ${carried}`, (tx) => {
    const table = tx.tables[noun.table];
    return tx.db
      .select(outputColumns(tx, noun, carried, [sorted]))
      .from(table)
      .innerJoin(tx.documents, documentJoin(tx, table));
  });
  const condition = and(...conditions, where);
  // The limit as a parameter would make SQLite plan the statement anew for each run.
  const rows = await tx.rows<Shown>(
    sql`${selection}${condition && sql` where ${condition}`} order by ${sql.join(order, sql`, `)} limit ${sql.raw(String(limit))}`,
  );
  return withEndings(noun, rows);
}

/** The same of rows that are sorted first: documents are read of those alone that come first, since each may cost the disk a read. */
export async function fetchFirst(
  tx: Tx,
  noun: ResourceType,
  conditions: Conditions,
  { where, order, limit, ...wanted }: Wanted,
): Promise<Shown[]> {
  const table = tx.tables[noun.table];
  const condition = and(...conditions, where);
  const found = await tx.rows<{ id: string }>(
    sql`select ${table.id} as id from ${table} where ${condition} order by ${sql.join(order, sql`, `)} limit ${sql.raw(String(limit))}`,
  );
  if (found.length === 0) return [];
  const isFirst = isFound(
    tx,
    table.id,
    found.map(({ id }) => id),
  );
  return fetchRows(tx, noun, [isFirst], { where: undefined, order, limit, ...wanted });
}

/** How many rows there are, of which no more than `most` are counted. */
export async function countRows(
  tx: Tx,
  noun: ResourceType,
  conditions: Conditions,
  most: number,
): Promise<number> {
  const where = and(...conditions) ?? sql`true`;
  const some = sql`select 1 from ${tx.tables[noun.table]} where ${where} limit ${most}`;
  return only(await tx.rows<{ n: number }>(sql`select count(*) as n from (${some}) counted`)).n;
}

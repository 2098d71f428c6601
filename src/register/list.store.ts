import { and, type SQL, sql } from 'drizzle-orm';
import type { SQLiteColumn } from 'drizzle-orm/sqlite-core';
import { fixedParts } from '../db/prepared.js';
import { documentJoin, tableNamed } from '../db/rows.js';
import type { Tx } from '../db/store.js';
import type { Noun, Shown } from './noun.js';
import { type Conditions, outputColumns } from './register.store.js';

export const sortColumn = (tx: Tx, noun: Noun, name: string): SQLiteColumn =>
  tableNamed(tx, noun.table)[name]!;

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
  noun: Noun,
  conditions: Conditions,
  { where, order, limit, sorted, carried }: Wanted,
): Promise<Shown[]> {
  const selection = selections(tx, `${noun.name} ${sorted} ${carried}`, () => {
    const table = tx.tables[noun.table];
    return tx.db
      .select(outputColumns(tx, noun, carried, [sorted]))
      .from(table)
      .innerJoin(tx.tables.history, documentJoin(tx, table));
  });
  const condition = and(...conditions, where);
  // The limit as a parameter would make SQLite plan the statement anew for each run.
  return tx.rows<Shown>(
    sql`${selection}${condition && sql` where ${condition}`} order by ${sql.join(order, sql`, `)} limit ${sql.raw(String(limit))}`,
  );
}

export async function countRows(tx: Tx, noun: Noun, conditions: Conditions): Promise<number> {
  return tx.db.$count(tx.tables[noun.table], and(...conditions));
}

import { and, asc, between, desc, eq, gt, inArray, max, sql } from 'drizzle-orm';
import { columnOf, insertRows, tableNamed } from '../db/query/rows.js';
import type { Tables } from '../db/schema/tables.js';
import type { Tx } from '../db/store/store.js';
import type { Version } from '../resources/resources.store.js';

/** Reads a register as it stands, table by table, in an order that is the same on both engines. */

export type TableName = keyof Tables;
export type Row = Record<string, unknown>;

/** A server ends a transaction in which nothing is asked for too long, whatever goes on elsewhere. */
export async function keepOpen(tx: Tx): Promise<void> {
  await tx.rows(sql`SELECT 1`);
}

/** The same transaction, in which rows hold from another instant on. */
export async function atInstant(tx: Tx, at: number): Promise<Tx> {
  await tx.db.update(tx.tables.commit_clock).set({ at });
  return { ...tx, at };
}

export async function historyPage(tx: Tx, after: number, limit: number): Promise<Version[]> {
  const { history: t } = tx.tables;
  return tx.db.select().from(t).where(gt(t.seq, after)).orderBy(asc(t.seq)).limit(limit);
}

/** Of each key that the history has. */
export async function newestKeyVersions(tx: Tx): Promise<Version[]> {
  const { history: t } = tx.tables;
  const ofKeys = await tx.db.select().from(t).where(eq(t.noun, 'apikey')).orderBy(asc(t.seq));
  return [...new Map(ofKeys.map((version) => [version.object_id, version])).values()];
}

/** In milliseconds: the newest instant of a write, and that of the newest version, 0 without any. */
export async function newestInstants(tx: Tx): Promise<{ write: number; version: number }> {
  const { commit_clock, history: t } = tx.tables;
  const [row] = await tx.db.select().from(commit_clock);
  const [version] = await tx.db.select().from(t).orderBy(desc(t.seq)).limit(1);
  return { write: row?.at ?? 0, version: version ? Date.parse(version.recorded_at) : 0 };
}

export async function copyVersion(tx: Tx, version: Version): Promise<void> {
  await insertRows(tx, 'history', [version]);
}

/** Gives a key to an object unless it has been given already. */
export async function copySlug(tx: Tx, noun: string, key: string, id: string): Promise<void> {
  await tx.db
    .insert(tx.tables.reserved_keys)
    .values({ noun, key, id, valid_from: tx.at })
    .onConflictDoNothing();
}

export async function pageById(tx: Tx, name: TableName, after: string, limit: number): Promise<Row[]> {
  const table = tableNamed(tx, name);
  return tx.db
    .select()
    .from(table)
    .where(gt(columnOf(table, 'id'), after))
    .orderBy(asc(columnOf(table, 'id')))
    .limit(limit);
}

export async function rowsOf(
  tx: Tx,
  name: TableName,
  owner: string,
  ids: string[],
  noun?: string,
): Promise<Row[]> {
  const table = tableNamed(tx, name);
  const ofNoun = noun === undefined ? undefined : eq(columnOf(table, 'noun'), noun);
  return tx.db
    .select()
    .from(table)
    .where(and(inArray(columnOf(table, owner), ids), ofNoun));
}

export async function rowsBetween(tx: Tx, name: TableName, from: number, to: number): Promise<Row[]> {
  const table = tableNamed(tx, name);
  return tx.db
    .select()
    .from(table)
    .where(between(columnOf(table, 'seq'), from, to));
}

/** The highest number under which anything is kept. */
export async function newestSeq(tx: Tx, name: 'history_subjects'): Promise<number> {
  const table = tx.tables[name];
  const [row] = await tx.db.select({ seq: max(table.seq) }).from(table);
  return row?.seq ?? 0;
}

export const rowCount = async (tx: Tx, name: TableName): Promise<number> =>
  tx.db.$count(tableNamed(tx, name));

import { gt, inArray, sql } from 'drizzle-orm';
import { type AnyTable, columnOf, tableNamed } from '../db/query/rows.js';
import { sqliteKit } from '../db/schema/columns.js';
import { pastTables } from '../db/schema/past.js';
import { postgresKit } from '../db/schema/postgres-columns.js';
import type { Tables } from '../db/schema/tables.js';
import type { Tx } from '../db/store/store.js';
import type { Row } from './verify.store.js';

/** Rows that hold, and those that no longer do. */

const past = { sqlite: pastTables(sqliteKit), postgres: pastTables(postgresKit) };

/** A row, with the end of the span in which it held; null while it holds. */
export type Held = Row & { valid_from: number; valid_to: number | null };

function bothTables(tx: Tx, name: keyof Tables) {
  const table = tableNamed(tx, name);
  return [table, past[tx.dialect.engine][`${name}_past`] as unknown as typeof table] as const;
}

/** Objects to which rows of a table belong or once did, in order. */
export async function ownersAfter(
  tx: Tx,
  name: keyof Tables,
  owner: string,
  after: string,
  limit: number,
): Promise<string[]> {
  const found: string[] = [];
  for (const table of bothTables(tx, name)) found.push(...(await ownersIn(tx, table, owner, after, limit)));
  return [...new Set(found)].sort().slice(0, limit);
}

/** Objects to which rows that no longer hold belong, in order. */
export const pastOwnersAfter = (tx: Tx, name: keyof Tables, owner: string, after: string, limit: number) =>
  ownersIn(tx, bothTables(tx, name)[1], owner, after, limit);

async function ownersIn(tx: Tx, table: AnyTable, owner: string, after: string, limit: number) {
  const rows = await tx.db
    .selectDistinct({ id: columnOf(table, owner) })
    .from(table)
    .where(gt(columnOf(table, owner), after))
    .orderBy(columnOf(table, owner))
    .limit(limit);
  return rows.map(({ id }) => String(id));
}

/** From when until when a change was worked off; of one that still is, until infinity. */
export interface Span {
  kind: string;
  from: number;
  to: number;
}

export async function queuedSpans(tx: Tx): Promise<Span[]> {
  const [present, before] = bothTables(tx, 'standing_queue');
  const spans = await tx.db
    .select({
      ...{ seq: columnOf(before, 'seq'), kind: columnOf(before, 'kind') },
      ...{ from: sql<number>`min(valid_from)`, to: sql<number>`max(valid_to)` },
    })
    .from(before)
    .groupBy(columnOf(before, 'seq'), columnOf(before, 'kind'));
  const open = (await tx.db.select().from(present)) as unknown as { kind: string; valid_from: number }[];
  return [
    ...spans.map(({ kind, from, to }) => ({ kind: String(kind), from: Number(from), to: Number(to) })),
    ...open.map(({ kind, valid_from }) => ({ kind, from: valid_from, to: Number.POSITIVE_INFINITY })),
  ];
}

export async function heldRows(
  tx: Tx,
  name: keyof Tables,
  owner: string,
  ids: readonly string[],
): Promise<Held[]> {
  const [present, before] = bothTables(tx, name);
  const [holding, held] = [present, before].map((table) =>
    tx.db
      .select()
      .from(table)
      .where(inArray(columnOf(table, owner), [...ids])),
  );
  const now = ((await holding) as Row[]).map((row) => ({ ...row, valid_to: null }) as unknown as Held);
  return [...now, ...((await held) as unknown as Held[])];
}

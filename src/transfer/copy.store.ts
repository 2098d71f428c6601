import { createHash } from 'node:crypto';
import { and, desc, getTableColumns, ne, type SQL, sql } from 'drizzle-orm';
import { loading } from '../db/migrations/loading.js';
import { type AnyTable, columnOf } from '../db/query/rows.js';
import { type Kit, shapeOf, sqliteKit } from '../db/schema/columns.js';
import { pastTables } from '../db/schema/past.js';
import { postgresKit } from '../db/schema/postgres-columns.js';
import { defineTables, type Tables } from '../db/schema/tables.js';
import { UNFINISHED_COPY } from '../db/store/settings.js';
import type { Tx } from '../db/store/store.js';
import { only, pagesOf } from '../lib/collections.js';

/** Any table of the register, row by row, in the same form on both engines. */

export type TableName = keyof Tables | `${keyof Tables}_past`;
type Row = Record<string, unknown>;

/** Rows read or written at once; a row may be a megabyte. */
const BATCH = 100;

const allTables = (kit: Kit): Record<string, unknown> => ({ ...defineTables(kit), ...pastTables(kit) });
const tables = { sqlite: allTables(sqliteKit), postgres: allTables(postgresKit) };

/** All but the index of words, which is made from the others. */
export const tableNames = (tx: Tx): TableName[] =>
  Object.entries(tables[tx.dialect.engine]).flatMap(([name, table]) =>
    shapeOf(table as object).fullText ? [] : [name as TableName],
  );

/** The note that a copy is unfinished is no part of the register. */
const copied = (tx: Tx, name: TableName): SQL | undefined =>
  name === 'settings' ? ne(tx.tables.settings.name, UNFINISHED_COPY) : undefined;

/** All tables have columns of their own; here they are told apart by name only. */
const tableOf = (tx: Tx, name: TableName) => tables[tx.dialect.engine][name] as Tables['reserved_keys'];
const columnsOf = (tx: Tx, name: TableName): Record<string, SQL> =>
  getTableColumns(tableOf(tx, name)) as unknown as Record<string, SQL>;
/** The columns of a key, in its order. */
const keyColumns = (tx: Tx, name: TableName, key: string[]): SQL[] =>
  key.map((column) => columnOf(tableOf(tx, name) as unknown as AnyTable, column).getSQL());
const list = (parts: SQL[]) => sql.join(parts, sql`, `);

export async function countRows(tx: Tx, name: TableName): Promise<number> {
  return tx.db.$count(tableOf(tx, name), copied(tx, name));
}

/** The columns of the primary key; none for a table without one. */
export async function keyOf(tx: Tx, name: TableName): Promise<string[]> {
  const rows = await tx.rows<{ name: string }>(loading[tx.dialect.engine].keyOf(name));
  return rows.map((row) => row.name);
}

/** The row with the highest key: since rows go in by ascending keys, the one that was put in last. */
export async function lastRow(tx: Tx, name: TableName, key: string[]): Promise<Row | null> {
  const [row] = await tx.db
    .select(columnsOf(tx, name))
    .from(tableOf(tx, name))
    .where(copied(tx, name))
    .orderBy(...keyColumns(tx, name, key).map(desc))
    .limit(1);
  return (row as Row | undefined) ?? null;
}

/** The rows of a table in pieces, by ascending key, from behind a row on. */
export async function* batches(
  tx: Tx,
  name: TableName,
  key: string[],
  behind: Row | null = null,
): AsyncGenerator<Row[], undefined> {
  const columns = columnsOf(tx, name);
  if (key.length > 0) {
    const ordered = keyColumns(tx, name, key);
    const after = (row: Row) => sql`(${list(ordered)}) > (${valuesOf(row, key)})`;
    yield* pieces(tx, name, { columns, ordered, after, behind });
    return;
  }
  const { blockRanges, inBlockRange, rowAddress, after } = loading[tx.dialect.engine];
  const { count } = only(await tx.rows<{ count: number }>(blockRanges(name)));
  for (let number = 0; number < count; number += 1) {
    const reading = {
      columns: { ...columns, $place: rowAddress },
      ordered: [rowAddress],
      within: inBlockRange(number),
      after: (row: Row) => after(row.$place),
    };
    for await (const rows of pieces(tx, name, reading)) yield rows.map(({ $place, ...row }) => row);
  }
}

interface Reading {
  columns: Record<string, SQL>;
  ordered: SQL[];
  within?: SQL;
  after: (row: Row) => SQL;
  behind?: Row | null;
}

function pieces(
  tx: Tx,
  name: TableName,
  { columns, ordered, within, after, behind = null }: Reading,
): AsyncGenerator<Row[], undefined> {
  return pagesOf<Row>(BATCH, async (last = behind ?? undefined) =>
    tx.db
      .select(columns)
      .from(tableOf(tx, name))
      .where(and(copied(tx, name), within, last && after(last)))
      .orderBy(...ordered)
      .limit(BATCH),
  );
}

const valuesOf = (row: Row, key: string[]): SQL => list(key.map((column) => sql`${row[column]}`));

export async function insertRows(tx: Tx, name: TableName, rows: Row[]): Promise<void> {
  await tx.db.insert(tableOf(tx, name)).values(rows as never);
}

export async function emptyTable(tx: Tx, name: TableName): Promise<void> {
  await tx.db.delete(tableOf(tx, name)).where(copied(tx, name));
}

/** What a register began with and how far it has come, to know it again. */
export async function identityOf(tx: Tx): Promise<string> {
  const { history: t } = tx.tables;
  const ends = [
    await tx.db.select().from(t).orderBy(t.seq).limit(1),
    await tx.db.select().from(t).orderBy(desc(t.seq)).limit(1),
  ];
  return createHash('sha256').update(JSON.stringify(ends)).digest('hex');
}

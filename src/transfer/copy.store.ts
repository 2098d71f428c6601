import { createHash } from 'node:crypto';
import { and, desc, getTableColumns, ne, type SQL, sql } from 'drizzle-orm';
import { postgresKit, sqliteKit } from '../db/columns.js';
import { loading } from '../db/loading.js';
import { UNFINISHED_COPY } from '../db/settings.js';
import type { Tx } from '../db/store.js';
import type { Tables } from '../db/tables.js';
import { versionTables } from '../db/versions.js';

/** Any table of the register, row by row, in the same form on both engines. */

export type TableName = string;
type Row = Record<string, unknown>;

/** Rows read or written at once; a row may be a megabyte. */
const BATCH = 100;

type AnyTable = Tables['slugs'];
const versions = { sqlite: versionTables(sqliteKit), postgres: versionTables(postgresKit) };

/** Every write touches it, so it is copied when all others are there. */
export const LAST: TableName = 'recording';

/** All tables of the register and of its versions; they are told apart by name only. */
const tablesOf = (tx: Tx): Record<TableName, AnyTable> =>
  ({ ...tx.tables, ...versions[tx.dialect.engine] }) as unknown as Record<TableName, AnyTable>;

export const tableNames = (tx: Tx): TableName[] => [
  ...Object.keys(tablesOf(tx)).filter((name) => name !== LAST),
  LAST,
];

/** The note that a copy is unfinished is no part of the register. */
const copied = (tx: Tx, name: TableName): SQL | undefined =>
  name === 'settings' ? ne(tx.tables.settings.name, UNFINISHED_COPY) : undefined;

const tableOf = (tx: Tx, name: TableName): AnyTable => tablesOf(tx)[name]!;
const columnsOf = (tx: Tx, name: TableName): Record<string, SQL> =>
  getTableColumns(tableOf(tx, name)) as unknown as Record<string, SQL>;
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
  const columns = columnsOf(tx, name);
  const order = key.map((column) => desc(columns[column]!));
  const [row] = await tx.db
    .select(columns)
    .from(tableOf(tx, name))
    .where(copied(tx, name))
    .orderBy(...order)
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
  const { place, after } = loading[tx.dialect.engine];
  const columns = columnsOf(tx, name);
  const ordered = key.length > 0 ? key.map((column) => columns[column]!) : [place];
  const shown = key.length > 0 ? columns : { ...columns, $place: place };
  let last = behind;
  for (;;) {
    const rest =
      last && (key.length > 0 ? sql`(${list(ordered)}) > (${valuesOf(last, key)})` : after(last.$place));
    const rows: Row[] = await tx.db
      .select(shown)
      .from(tableOf(tx, name))
      .where(and(copied(tx, name), rest ?? undefined))
      .orderBy(...ordered)
      .limit(BATCH);
    last = rows.at(-1) ?? null;
    if (!last) return;
    yield rows.map(({ $place, ...row }) => row);
  }
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

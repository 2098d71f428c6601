import { and, desc, eq, gt, inArray, max, type SQL, sql } from 'drizzle-orm';
import type { SQLiteColumn, SQLiteTable } from 'drizzle-orm/sqlite-core';
import { prepared } from '../db/prepared.js';
import { mark } from '../db/references.js';
import type { Tx } from '../db/store.js';
import type { Tables } from '../db/tables.js';
import type { Change } from '../lib/change.js';
import type { NounName } from '../lib/ids.js';
import { contentOf } from './documents.js';
import type { Noun, SideRows, Stored } from './noun.js';
import { recordSubjects } from './subjects.store.js';

type AnyTable = SQLiteTable & Record<string, SQLiteColumn>;
const tableNamed = (tx: Tx, name: keyof Tables) => tx.tables[name] as unknown as AnyTable;

/** Rows of one kind that are inserted at once; keeps statements below the engines' parameter limits. */
const CHUNK = 500;

const STORED = [
  'id',
  'key',
  'version',
  'created_at',
  'updated_at',
  'doc',
] as const satisfies (keyof Stored)[];

/** What output forms are made from, and no more: to select a column costs as much as to read it. */
function outputColumns(tx: Tx, noun: Noun, inList: boolean, ...more: string[]): Record<string, SQLiteColumn> {
  const table = tableNamed(tx, noun.table);
  const names = [...STORED, ...(noun.textColumns?.(inList) ?? []), ...more];
  return Object.fromEntries(names.map((name) => [name, table[name]!]));
}

const rowById = prepared((tx, noun: Noun) => {
  const table = tx.tables[noun.table];
  return tx.db
    .select(outputColumns(tx, noun, false))
    .from(table)
    .where(eq(table.id, sql.placeholder('id')));
});

export async function findRow(tx: Tx, noun: Noun, id: string): Promise<Stored | null> {
  const [row] = await rowById(tx, noun, { id });
  return (row as unknown as Stored | undefined) ?? null;
}

/** In the order of their ids; shorter, as in lists, or whole. */
export async function findRows(tx: Tx, noun: Noun, ids: string[], inList: boolean): Promise<Stored[]> {
  const table = tx.tables[noun.table];
  const rows: Stored[] = [];
  for (let start = 0; start < ids.length; start += CHUNK) {
    const found = await tx.db
      .select(outputColumns(tx, noun, inList))
      .from(table)
      .where(inArray(table.id, ids.slice(start, start + CHUNK)))
      .orderBy(table.id);
    rows.push(...(found as unknown as Stored[]));
  }
  return rows;
}

const tableOf = {
  party: 'parties',
  source: 'sources',
  predicate: 'predicates',
  claim: 'claims',
  attribution: 'attributions',
  relation: 'relations',
  assessment: 'assessments',
} as const satisfies Record<NounName, keyof Tables>;

/** Those of the ids that stand in the current register. */
export async function existingIds(tx: Tx, noun: NounName, ids: string[]): Promise<Set<string>> {
  const found = new Set<string>();
  const table = tx.tables[tableOf[noun]];
  for (let start = 0; start < ids.length; start += CHUNK) {
    const chunk = ids.slice(start, start + CHUNK);
    const rows = await tx.db.select({ id: table.id }).from(table).where(inArray(table.id, chunk));
    for (const row of rows) found.add(row.id);
  }
  return found;
}

/** Ids by key, for the keys that exist or once existed. */
export async function idsOfKeys(tx: Tx, noun: NounName, keys: string[]): Promise<Map<string, string>> {
  const { slugs } = tx.tables;
  const rows = await tx.db
    .select({ key: slugs.key, id: slugs.id })
    .from(slugs)
    .where(and(eq(slugs.noun, noun), inArray(slugs.key, keys)));
  return new Map(rows.map((row) => [row.key, row.id]));
}

export async function insertSlug(tx: Tx, noun: NounName, key: string, id: string): Promise<void> {
  await tx.db.insert(tx.tables.slugs).values({ noun, key, id });
}

export async function insertObject(
  tx: Tx,
  noun: Noun,
  stored: Stored,
  columns: Record<string, unknown>,
  side: SideRows[],
): Promise<void> {
  await tx.db.insert(tableNamed(tx, noun.table)).values({ ...columns, ...stored });
  await insertSide(tx, stored.id, side);
}

export async function updateObject(
  tx: Tx,
  noun: Noun,
  stored: Stored,
  columns: Record<string, unknown>,
  side: SideRows[],
): Promise<void> {
  const table = tableNamed(tx, noun.table);
  await tx.db
    .update(table)
    .set({ ...columns, ...stored })
    .where(eq(table.id!, stored.id));
  await deleteSide(tx, stored.id, side);
  await insertSide(tx, stored.id, side);
}

export async function deleteObject(tx: Tx, noun: Noun, id: string, side: SideRows[]): Promise<void> {
  await deleteSide(tx, id, side);
  const table = tableNamed(tx, noun.table);
  await tx.db.delete(table).where(eq(table.id!, id));
}

async function insertSide(tx: Tx, id: string, side: SideRows[]): Promise<void> {
  for (const { table, owner, rows } of side) {
    for (let start = 0; start < rows.length; start += CHUNK) {
      const chunk = rows.slice(start, start + CHUNK).map((row) => ({ ...row, [owner]: id }));
      await tx.db.insert(tableNamed(tx, table)).values(chunk);
    }
  }
}

async function deleteSide(tx: Tx, id: string, side: SideRows[]): Promise<void> {
  for (const { table: name, owner } of side) {
    const table = tableNamed(tx, name);
    await tx.db.delete(table).where(eq(table[owner]!, id));
  }
}

/** Some of the objects that refer to this one, besides those in `except`. */
export async function findReferrers(
  tx: Tx,
  noun: Noun,
  id: string,
  limit: number,
): Promise<{ noun: NounName; id: string }[]> {
  const found: { noun: NounName; id: string }[] = [];
  for (const referrer of noun.referrers) {
    if (found.length >= limit) break;
    const table = tableNamed(tx, referrer.table);
    const rows = await tx.db
      .selectDistinct({ id: table[referrer.from]! })
      .from(table)
      .where(eq(table[referrer.column]!, id))
      .orderBy(table[referrer.from]!)
      .limit(limit - found.length);
    found.push(...rows.map((row) => ({ noun: referrer.noun, id: String(row.id) })));
  }
  return found;
}

export type Operation = 'create' | 'update' | 'remove' | 'restore';

/** Writes one version into the history, in the transaction of the change. */
export async function recordVersion(
  tx: Tx,
  change: Change,
  noun: NounName | 'apikey',
  operation: Operation,
  version: Pick<Stored, 'id' | 'version' | 'doc'>,
): Promise<void> {
  const { history } = tx.tables;
  const values = {
    noun,
    object_id: version.id,
    version: version.version,
    operation,
    recorded_at: change.at,
    actor: change.actor,
    on_behalf_of: change.onBehalfOf,
    reason: change.reason,
    request_id: change.requestId,
    doc: version.doc,
  } as typeof history.$inferInsert;
  const [row] = await tx.db.insert(history).values(values).returning({ seq: history.seq });
  await recordSubjects(tx, values, row!.seq);
}

export type Version = Tx['tables']['history']['$inferSelect'];

/** The newest version of an object, which for a removed one is its removal. */
export async function lastVersion(tx: Tx, noun: NounName, id: string): Promise<Version | null> {
  const { history } = tx.tables;
  const [row] = await tx.db
    .select()
    .from(history)
    .where(and(eq(history.object_id, id), eq(history.noun, noun)))
    .orderBy(desc(history.version))
    .limit(1);
  return row ?? null;
}

/**
 * What of a noun went along when a claim was removed, and was not touched since. It is recorded after the
 * claim: what was removed for itself in the same batch comes before, since nothing refers to a claim that is gone.
 */
export async function removedAlong(tx: Tx, noun: NounName, claim: Version): Promise<Version[]> {
  const { history: t } = tx.tables;
  // A client may use one request id many times.
  const together = and(eq(t.request_id, claim.request_id), eq(t.recorded_at, claim.recorded_at));
  const removals = await tx.db
    .select()
    .from(t)
    .where(and(together, gt(t.seq, claim.seq), eq(t.noun, noun), eq(t.operation, 'remove')))
    .orderBy(t.seq);
  const about = mark('claim', claim.object_id);
  const own = removals.filter(({ doc }) => {
    const content = contentOf(doc);
    return [content.claim, content.from, content.to].includes(about);
  });
  const last = await lastVersions(
    tx,
    noun,
    own.map((removal) => removal.object_id),
  );
  return own.filter((removal) => last.get(removal.object_id) === removal.version);
}

async function lastVersions(tx: Tx, noun: NounName, ids: string[]): Promise<Map<string, number>> {
  const { history: t } = tx.tables;
  const last = new Map<string, number>();
  for (let start = 0; start < ids.length; start += CHUNK) {
    const rows = await tx.db
      .select({ id: t.object_id, version: max(t.version) })
      .from(t)
      .where(and(eq(t.noun, noun), inArray(t.object_id, ids.slice(start, start + CHUNK))))
      .groupBy(t.object_id);
    for (const { id, version } of rows) last.set(id, version!);
  }
  return last;
}

/** Filters as conditions, all of which must hold. */
export type Conditions = (SQL | undefined)[];

export const sortColumn = (tx: Tx, noun: Noun, name: string): SQLiteColumn =>
  tableNamed(tx, noun.table)[name]!;

/** How rows are asked for: `sorted` is the column that the order, and so the next cursor, goes by. */
interface Wanted {
  where: SQL | undefined;
  order: SQL[];
  limit: number;
  sorted: string;
  /** They are shown shorter, as in lists. */
  inList: boolean;
}

/** Rows in order. */
export async function fetchRows(
  tx: Tx,
  noun: Noun,
  conditions: Conditions,
  { where, order, limit, sorted, inList }: Wanted,
): Promise<Stored[]> {
  const found = await tx.db
    .select(outputColumns(tx, noun, inList, sorted))
    .from(tx.tables[noun.table])
    .where(and(...conditions, where))
    .orderBy(...order)
    .limit(limit);
  return found as unknown as Stored[];
}

export async function countRows(tx: Tx, noun: Noun, conditions: Conditions): Promise<number> {
  return tx.db.$count(tx.tables[noun.table], and(...conditions));
}

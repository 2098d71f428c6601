import { and, desc, eq, max, type SQL, type SQLWrapper, sql } from 'drizzle-orm';
import type { SQLiteColumn } from 'drizzle-orm/sqlite-core';
import { isMeant } from '../db/query/closures.js';
import { atMost } from '../db/query/conditions.js';
import { prepared } from '../db/query/prepared.js';
import { columnOf, documentJoin, insertRows, tableNamed } from '../db/query/rows.js';
import { tableOf } from '../db/schema/object-tables.js';
import type { Tx } from '../db/store/store.js';
import type { Change } from '../lib/change.js';
import { chunksOf, only } from '../lib/collections.js';
import type { ResourceName } from '../lib/ids.js';
import { carriedDocuments, withEndings } from './carried.store.js';
import { recordMerges } from './merged.store.js';
import type { ResourceRow, ResourceType } from './resource-type.js';
import { recordConcerned } from './subjects.store.js';
import { withDigest } from './version-digest.js';

/** Ids that one statement asks for. */
const IDS_AT_ONCE = 500;

const STORED = ['key', 'version', 'created_at', 'updated_at'] as const satisfies (keyof ResourceRow)[];

/**
 * What output forms are made from, and no more: to select a column costs as much as to read it. `carried` is the
 * number of objects that are shown inside of each, if they carry any.
 */
export function outputColumns(tx: Tx, noun: ResourceType, carried: number, more: readonly string[]) {
  const table = tableNamed(tx, noun.table);
  const inside = carried > 0 ? noun.carries : undefined;
  const names = ['id', ...(noun.textColumns ?? []), ...(inside?.textColumns ?? []), ...more];
  const columns = Object.fromEntries(names.map((name) => [name, columnOf(table, name)]));
  const shown = inside && { carried: carriedDocuments(tx, noun, inside, carried).as('carried') };
  return { ...columns, doc: tx.documents.doc, ...shown } as unknown as Record<string, SQLiteColumn>;
}

const rowWith = (id: (tx: Tx, noun: ResourceType) => SQLWrapper) => {
  const select = prepared((tx, noun: ResourceType) => {
    const table = tx.tables[noun.table];
    return tx.db
      .select(outputColumns(tx, noun, noun.carries?.inItem ?? 0, STORED))
      .from(table)
      .innerJoin(tx.documents, documentJoin(tx, table))
      .where(eq(table.id, id(tx, noun)));
  });
  return async (tx: Tx, noun: ResourceType, reference: string): Promise<ResourceRow | null> => {
    const [row] = withEndings(noun, (await select(tx, noun, { reference })) as unknown as ResourceRow[]);
    return row ?? null;
  };
};

export const findRow = rowWith(() => sql.placeholder('reference'));

/** The row of an object that is known to be in the register. */
export async function rowById(tx: Tx, noun: ResourceType, id: string): Promise<ResourceRow> {
  const row = await findRow(tx, noun, id);
  if (!row) throw new Error(`${noun.name} ${id} is not in the register`);
  return row;
}

/** The object that has this key, or once had it. */
export const findRowByKey = rowWith(({ tables: { reserved_keys } }, { name }) => {
  const isIt = and(eq(reserved_keys.noun, name), eq(reserved_keys.key, sql.placeholder('reference')));
  return sql`(select ${reserved_keys.id} from ${reserved_keys} where ${isIt})`;
});

const rowsOf = prepared((tx, noun: ResourceType) => {
  const table = tx.tables[noun.table];
  return tx.db
    .select(outputColumns(tx, noun, 0, STORED))
    .from(table)
    .innerJoin(tx.documents, documentJoin(tx, table))
    .where(isMeant(tx, table.id))
    .orderBy(table.id);
});

/** In the order of their ids, without what they carry. */
export async function findRows(tx: Tx, noun: ResourceType, ids: string[]): Promise<ResourceRow[]> {
  if (ids.length === 0) return [];
  return (await rowsOf(tx, noun, { ids: JSON.stringify(ids) })) as unknown as ResourceRow[];
}

const rowsOfIds = prepared((tx, noun: ResourceName) => {
  const table = tx.tables[tableOf[noun]];
  return tx.db.select({ id: table.id }).from(table).where(isMeant(tx, table.id));
});

/** Those of the ids that stand in the current register. */
export async function existingIds(tx: Tx, noun: ResourceName, ids: string[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set();
  const rows = await rowsOfIds(tx, noun, { ids: JSON.stringify(ids) });
  return new Set(rows.map(({ id }) => id));
}

const reservedKeysOf = prepared((tx, noun: ResourceName) => {
  const { reserved_keys } = tx.tables;
  return tx.db
    .select({ key: reserved_keys.key, id: reserved_keys.id })
    .from(reserved_keys)
    .where(and(eq(reserved_keys.noun, noun), isMeant(tx, reserved_keys.key)));
});

/** Ids by key, for the keys that exist or once existed. */
export async function idsOfKeys(tx: Tx, noun: ResourceName, keys: string[]): Promise<Map<string, string>> {
  if (keys.length === 0) return new Map();
  const rows = await reservedKeysOf(tx, noun, { ids: JSON.stringify(keys) });
  return new Map(rows.map((row) => [row.key, row.id]));
}

const liveSlugsOfKeys = prepared((tx, noun: ResourceName) => {
  const { reserved_keys } = tx.tables;
  const table = tx.tables[tableOf[noun]];
  return tx.db
    .select({ key: reserved_keys.key, id: reserved_keys.id })
    .from(reserved_keys)
    .innerJoin(table, eq(table.id, reserved_keys.id))
    .where(and(eq(reserved_keys.noun, noun), isMeant(tx, reserved_keys.key)));
});

/** Keys of objects that stand in the current register, with their ids. */
export const liveIdsOfKeys = async (tx: Tx, noun: ResourceName, keys: string[]) =>
  keys.length === 0 ? [] : liveSlugsOfKeys(tx, noun, { ids: JSON.stringify(keys) });

/** Gives keys that are free to objects. */
export const insertKeys = (tx: Tx, noun: ResourceName, keys: { key: string; id: string }[]): Promise<void> =>
  insertRows(
    tx,
    'reserved_keys',
    keys.map(({ key, id }) => ({ noun, key, id })),
  );

export type Operation = 'create' | 'update' | 'remove' | 'restore' | 'merge';

/** Whether an object is in the register after this: not once it was removed, or merged into another. */
export const isGone = (operation: string): boolean => operation === 'remove' || operation === 'merge';

/** An object in a version that is to be recorded. */
export type Recorded = Pick<ResourceRow, 'id' | 'version' | 'doc'> & {
  noun: ResourceName | 'apikey';
  operation: Operation;
  /** Why, if not for the reason of the whole change. */
  reason?: string | null;
  /** Its number, if that was reserved. */
  seq?: number | undefined;
};

/** Writes versions into the history, in the transaction of the change. Gives their numbers. */
export async function recordVersions(
  tx: Tx,
  change: Change,
  versions: readonly Recorded[],
): Promise<number[]> {
  tx.pending?.changed(new Set(versions.map(({ noun }) => noun)));
  const free = await reserveNumbers(tx, versions.filter(({ seq }) => seq === undefined).length);
  const entries = versions.map((recorded) => {
    const { noun, id, version, operation, doc, reason = change.reason } = recorded;
    return {
      seq: recorded.seq ?? (free.shift() as number),
      noun,
      object_id: id,
      version,
      operation,
      recorded_at: change.at,
      actor: change.actor,
      on_behalf_of: change.onBehalfOf,
      reason,
      request_id: change.requestId,
      doc,
    };
  });
  await insertRows(tx, 'history', entries.map(withDigest));
  await recordConcerned(tx, entries);
  await recordMerges(tx, entries);
  return entries.map(({ seq }) => seq);
}

/** The next numbers of the history. All of them are to be recorded: there are no holes. */
export async function reserveNumbers(tx: Tx, count: number): Promise<number[]> {
  // Writes follow one another, so the next number is free.
  const first = (tx.pending?.lastSeq ?? (await newestSeq(tx))) + 1;
  if (tx.pending) tx.pending.lastSeq = first + count - 1;
  return Array.from({ length: count }, (_, i) => first + i);
}

const newest = prepared(({ db, tables: { history: t } }) => db.select({ seq: max(t.seq) }).from(t));

async function newestSeq(tx: Tx): Promise<number> {
  const [row] = await newest(tx, null);
  return row?.seq ?? 0;
}

export type Version = Tx['tables']['history']['$inferSelect'];

const newestVersion = prepared(({ db, tables: { history: t } }) =>
  db
    .select()
    .from(t)
    .where(and(eq(t.object_id, sql.placeholder('id')), eq(t.noun, sql.placeholder('noun'))))
    .orderBy(desc(t.version))
    .limit(atMost(1)),
);

/** The newest version of an object, which for a removed one is its removal; null where there never was one. */
export async function findLastVersion(tx: Tx, noun: ResourceName, id: string): Promise<Version | null> {
  const [row] = await newestVersion(tx, null, { id, noun });
  return row ?? null;
}

/** The newest version of an object that is known to be, or to have been, in the register. */
export const lastVersion = async (tx: Tx, noun: ResourceName, id: string): Promise<Version> =>
  only(await newestVersion(tx, null, { id, noun }));

/** Without the noun, for which SQLite would rather read all that there is of it; no two objects have the same id. */
const lastNumbers = prepared((tx) => {
  const { history: t } = tx.tables;
  return tx.db
    .select({ id: t.object_id, version: sql<number>`max(${t.version})` })
    .from(t)
    .where(isMeant(tx, t.object_id))
    .groupBy(t.object_id);
});

/** The number of the newest version of each of several objects, by id. */
export async function lastVersions(tx: Tx, ids: readonly string[]): Promise<Map<string, number>> {
  const last = new Map<string, number>();
  for (const some of chunksOf(ids, IDS_AT_ONCE)) {
    for (const { id, version } of await lastNumbers(tx, null, { ids: JSON.stringify(some) }))
      last.set(id, version);
  }
  return last;
}

/** When an object was first recorded, whatever instant is read; null for what never was. */
export async function recordedSince(tx: Tx, noun: ResourceName, reference: string): Promise<string | null> {
  // Tables of an instant hold nothing that was recorded after it.
  const [row] = await tx.rows<{ at: string }>(
    sql`select recorded_at as at from history where version = 1 and noun = ${noun} and object_id = coalesce(
      (select id from reserved_keys where noun = ${noun} and key = ${reference}), ${reference})`,
  );
  return row?.at ?? null;
}

/** Filters as conditions, all of which must hold. */
export type Conditions = (SQL | undefined)[];

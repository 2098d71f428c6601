import { and, eq, ne, sql } from 'drizzle-orm';
import { isMeant } from '../db/query/closures.js';
import { prepared } from '../db/query/prepared.js';
import type { Tx } from '../db/store/store.js';
import { chunksOf } from '../lib/collections.js';
import type { ResourceName } from '../lib/ids.js';
import { lastVersions, type Version } from './resources.store.js';

const versionByNumber = prepared(({ db, tables: { history: t } }) =>
  db
    .select()
    .from(t)
    .where(
      and(
        eq(t.object_id, sql.placeholder('id')),
        eq(t.noun, sql.placeholder('noun')),
        eq(t.version, sql.placeholder('version')),
      ),
    ),
);

/** One version of an object, also of a removed one. */
export async function versionOf(
  tx: Tx,
  noun: ResourceName,
  id: string,
  version: number,
): Promise<Version | null> {
  const [row] = await versionByNumber(tx, null, { noun, id, version });
  return row ?? null;
}

/** Objects of which versions are read together. */
const AT_ONCE = 50;

const numbered = prepared((tx) => {
  const { history: t } = tx.tables;
  const name = sql`${t.object_id} || ' ' || ${t.version}`;
  return tx.db
    .select()
    .from(t)
    .where(and(isMeant(tx, t.object_id), tx.dialect.isAmong(name, sql.placeholder('names'))));
});

/** An object and the number of a version of it. */
export type Numbered = Pick<Version, 'object_id' | 'version'>;

/** Versions of objects of any nouns, found by their numbers; those that there are not are null. */
export async function versionsOf(
  tx: Tx,
  wanted: readonly Numbered[],
): Promise<(one: Numbered) => Version | null> {
  const nameOf = ({ object_id, version }: Numbered) => `${object_id} ${version}`;
  const found = new Map<string, Version>();
  for (const some of chunksOf(wanted, AT_ONCE)) {
    const ids = JSON.stringify(some.map(({ object_id }) => object_id));
    const rows = await numbered(tx, null, { ids, names: JSON.stringify(some.map(nameOf)) });
    for (const row of rows) found.set(nameOf(row), row);
  }
  return (one) => found.get(nameOf(one)) ?? null;
}

/** The newest version of each of several objects of any nouns, which for a removed one is its removal; by id. */
export async function newestVersions(tx: Tx, ids: readonly string[]): Promise<Map<string, Version>> {
  const numbers = await lastVersions(tx, ids);
  const wanted = Array.from(numbers, ([object_id, version]) => ({ object_id, version }));
  const versionIn = await versionsOf(tx, wanted);
  return new Map(
    wanted.flatMap((one) => {
      const version = versionIn(one);
      return version ? [[one.object_id, version] as const] : [];
    }),
  );
}

/** A version without its document. */
export type VersionMark = Pick<Version, 'seq' | 'noun' | 'object_id' | 'version' | 'operation' | 'actor'>;

/** The versions that a request recorded, in their order. */
export async function versionsOfRequest(tx: Tx, requestId: string, limit: number): Promise<VersionMark[]> {
  const { history: t } = tx.tables;
  return tx.db
    .select({
      seq: t.seq,
      noun: t.noun,
      object_id: t.object_id,
      version: t.version,
      operation: t.operation,
      actor: t.actor,
    })
    .from(t)
    .where(and(eq(t.request_id, requestId), ne(t.noun, 'apikey')))
    .orderBy(t.seq)
    .limit(limit);
}

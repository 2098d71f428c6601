import { and, eq, gt, ne, sql } from 'drizzle-orm';
import { isMeant } from '../db/query/closures.js';
import { atMost } from '../db/query/conditions.js';
import { prepared } from '../db/query/prepared.js';
import type { Tx } from '../db/store/store.js';
import { chunksOf, pagesOf } from '../lib/collections.js';
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
  for (const some of chunksOf(wanted, tx.dialect.objectsAtOnce)) {
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

/** Versions of a request that are read together. */
const MARKS_AT_ONCE = 1_000;

const marksBehind = prepared(({ db, tables: { history: t } }) =>
  db
    .select({
      seq: t.seq,
      noun: t.noun,
      object_id: t.object_id,
      version: t.version,
      operation: t.operation,
      actor: t.actor,
    })
    .from(t)
    .where(
      and(
        eq(t.request_id, sql.placeholder('request')),
        gt(t.seq, sql.placeholder('seq')),
        ne(t.noun, 'apikey'),
      ),
    )
    .orderBy(t.seq)
    .limit(atMost(MARKS_AT_ONCE)),
);

/** The versions that a request recorded, in their order; where there are more than `most`, at least one more than that. */
export async function versionsOfRequest(tx: Tx, request: string, most: number): Promise<VersionMark[]> {
  const marks: VersionMark[] = [];
  const read = ({ seq }: Pick<VersionMark, 'seq'> = { seq: 0 }) => marksBehind(tx, null, { request, seq });
  for await (const page of pagesOf<VersionMark>(MARKS_AT_ONCE, read)) {
    await tx.yield();
    marks.push(...page);
    if (marks.length > most) break;
  }
  return marks;
}

import { and, eq, gte, inArray, lt } from 'drizzle-orm';
import { keysetRows, type Position } from '../db/query/keyset.js';
import type { Tx } from '../db/store/store.js';
import type { ResourceName } from '../lib/ids.js';
import type { Version } from '../resources/resources.store.js';

export interface VersionPage {
  at: Position | null;
  back: boolean;
  limit: number;
}

/** Versions of an object, newest first. */
export async function versionRows(
  tx: Tx,
  noun: ResourceName,
  id: string,
  { at, back, limit }: VersionPage,
): Promise<Version[]> {
  const { history: t } = tx.tables;
  const ofObject = and(eq(t.noun, noun), eq(t.object_id, id));
  return keysetRows(
    (where, order, count) =>
      tx.db
        .select()
        .from(t)
        .where(and(ofObject, where))
        .orderBy(...order)
        .limit(count),
    t.version,
    { column: t.version, desc: true, idDesc: true },
    at,
    back,
    limit,
  );
}

/** Versions of an object by number, from `first` (included) to `end` (excluded). */
export async function versionsBetween(
  tx: Tx,
  noun: ResourceName,
  id: string,
  first: number,
  end: number,
): Promise<Map<number, Version>> {
  const { history: t } = tx.tables;
  const rows = await tx.db
    .select()
    .from(t)
    .where(and(eq(t.noun, noun), eq(t.object_id, id), gte(t.version, first), lt(t.version, end)));
  return new Map(rows.map((row) => [row.version, row]));
}

/** Names of API keys by id. Revoked keys keep their names. */
export async function namesOfKeys(tx: Tx, ids: string[]): Promise<Map<string, string>> {
  const { api_keys: t } = tx.tables;
  const rows = await tx.db.select({ id: t.id, name: t.name }).from(t).where(inArray(t.id, ids));
  return new Map(rows.map((row) => [row.id, row.name]));
}

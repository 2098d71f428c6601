import { and, eq, ne, sql } from 'drizzle-orm';
import { prepared } from '../db/query/prepared.js';
import type { Tx } from '../db/store/store.js';
import type { ResourceName } from '../lib/ids.js';
import type { Version } from './resources.store.js';

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

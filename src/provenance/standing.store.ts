import { asc, eq, gt, inArray, type SQL, sql } from 'drizzle-orm';
import { withDerived, withParts } from '../db/closures.js';
import type { Tx } from '../db/store.js';
import type { Weighed } from './standing.js';

/** What changed, so that the standing of claims may have changed with it. */
export type Cause = 'party' | 'source' | 'all';

export async function subjectOf(tx: Tx, claimId: string): Promise<string | null> {
  const { claims: t } = tx.tables;
  const [row] = await tx.db.select({ subject: t.subject_id }).from(t).where(eq(t.id, claimId));
  return row?.subject ?? null;
}

export async function storeStanding(tx: Tx, claimId: string, { standing, tally }: Weighed): Promise<void> {
  const { claims: t } = tx.tables;
  await tx.db
    .update(t)
    .set({
      support: standing.support,
      contested: standing.contested,
      retracted: standing.retracted,
      min_origins: standing.origins.min,
      unnamed_only: tally.unnamedOnly,
      standing: JSON.stringify(standing),
    })
    .where(eq(t.id, claimId));
}

/** Ids of claims whose standing depends on a party or source, beyond a position, in order. */
export async function dependingClaims(
  tx: Tx,
  cause: Cause,
  objectId: string,
  position: string,
  limit: number,
): Promise<string[]> {
  const { claims: t } = tx.tables;
  const rows =
    cause === 'all'
      ? await tx.db.select({ id: t.id }).from(t).where(gt(t.id, position)).orderBy(asc(t.id)).limit(limit)
      : await tx.rows<{ id: string }>(
          sql`select id from (${depending(tx, cause, objectId)}) depending where id > ${position}
              order by id limit ${limit}`,
        );
  return rows.map(({ id }) => id);
}

/** A party moves the claims it, or a part of it, says something about or is the subject of. */
function depending(tx: Tx, cause: 'party' | 'source', id: string): SQL {
  const { claims, attributions } = tx.tables;
  if (cause === 'source') {
    return sql`select claim_id as id from ${attributions}
      where source_id in ${withDerived(tx, [id])} and claim_id is not null group by claim_id`;
  }
  const parts = withParts(tx, [id]);
  return sql`select claim_id as id from ${attributions} where party_id in ${parts} and claim_id is not null
    union select id from ${claims} where subject_id in ${parts}`;
}

export interface Queued {
  seq: number;
  kind: Cause;
  object_id: string;
  position: string;
}

export async function enqueue(tx: Tx, kind: Cause, objectId: string): Promise<void> {
  const { standing_queue: t } = tx.tables;
  await tx.db.insert(t).values({ kind, object_id: objectId, position: '' } as typeof t.$inferInsert);
}

export async function nextQueued(tx: Tx): Promise<Queued | null> {
  const { standing_queue: t } = tx.tables;
  const [row] = await tx.db.select().from(t).orderBy(asc(t.seq)).limit(1);
  return (row as Queued | undefined) ?? null;
}

export async function advance(tx: Tx, { seq }: Queued, position: string | null): Promise<void> {
  const { standing_queue: t } = tx.tables;
  if (position === null) await tx.db.delete(t).where(eq(t.seq, seq));
  else await tx.db.update(t).set({ position }).where(eq(t.seq, seq));
}

export async function existingClaims(
  tx: Tx,
  ids: string[],
): Promise<{ id: string; subject: string | null }[]> {
  const { claims: t } = tx.tables;
  return tx.db.select({ id: t.id, subject: t.subject_id }).from(t).where(inArray(t.id, ids)).orderBy(t.id);
}

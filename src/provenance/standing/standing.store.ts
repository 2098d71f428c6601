import { and, asc, eq, gt, inArray, type SQL, sql } from 'drizzle-orm';
import { isMeant, isOneOf, withDerived, withParts, withSpokenOf } from '../../db/query/closures.js';
import { atMost } from '../../db/query/conditions.js';
import { prepared } from '../../db/query/prepared.js';
import { insertRows } from '../../db/query/rows.js';
import { snapshotOf } from '../../db/query/snapshot.js';
import type { Tx } from '../../db/store/store.js';
import type { SizedClaim } from '../load/chunks.js';
import type { Computed } from '../load/stored-standing.js';

/** What changed, so that the standing of claims may have changed with it. */
export type Cause = 'party' | 'source' | 'all';

/** Stores one standing for all claims for which this standing was computed. */
export async function storeStanding(tx: Tx, claimIds: string[], computed: Computed): Promise<void> {
  const { claims: t } = tx.tables;
  await tx.db
    .update(t)
    .set({ ...computed, valid_from: tx.at })
    .where(inArray(t.id, claimIds));
}

const sized = ({ claims: t }: Tx['tables']) => ({ id: t.id, size: t.attribution_count });

const sizesById = prepared((tx) => {
  const { claims: t } = tx.tables;
  return tx.db.select(sized(tx.tables)).from(t).where(isMeant(tx, t.id));
});

/** The claims, among those given, that are in the register. */
export const sizedClaims = (tx: Tx, ids: string[]): Promise<SizedClaim[]> =>
  sizesById(tx, null, { ids: JSON.stringify(ids) });

/** Claims whose standing depends on a party or source, in order. */
export async function dependingClaims(
  tx: Tx,
  cause: 'party' | 'source',
  objectId: string,
  limit: number,
): Promise<SizedClaim[]> {
  const { claims: t } = tx.tables;
  const depending = inArray(t.id, sql`(${await idsDepending(tx, cause, objectId)})`);
  return tx.rows(sql`select ${t.id} as id, ${t.attribution_count} as size from ${t}
    where ${depending} order by ${t.id} limit ${sql.raw(String(limit))}`);
}

/** The claims that depend on an object, or null if finding them all would take long. */
export async function fewDependingClaims(
  tx: Tx,
  cause: 'party' | 'source',
  objectId: string,
): Promise<SizedClaim[] | null> {
  const rows = await tx.rows<{ id: string }>(
    sql`${await idsDepending(tx, cause, objectId)} limit ${FEW + 1}`,
  );
  return rows.length > FEW ? null : sizedClaims(tx, [...new Set(rows.map(({ id }) => id))]);
}

/**
 * The claims that depend on an object, among those that follow a position. As many are examined as take a few
 * milliseconds. `last` is the last one examined; null at the end of the register.
 */
export async function nextDependingClaims(
  tx: Tx,
  cause: Cause,
  objectId: string,
  position: string,
): Promise<{ claims: SizedClaim[]; last: string | null }> {
  const { claims: t } = tx.tables;
  const next = tx.db.select({ id: t.id }).from(t).where(gt(t.id, position)).orderBy(asc(t.id)).limit(SCANNED);
  const ids = (await next).map(({ id }) => id);
  const claims = await tx.db
    .select(sized(tx.tables))
    .from(t)
    .where(and(inArray(t.id, ids), cause === 'all' ? undefined : await dependsOn(tx, cause, objectId)))
    .orderBy(asc(t.id));
  return { claims, last: ids.length < SCANNED ? null : (ids.at(-1) ?? null) };
}

const SCANNED = 1_000;
/** Most attributions and claims that a change may concern for them to be brought up to date at once. */
const FEW = 200;

/**
 * The claims that depend on an object, some of them more than once. On a party depend those of which it, or a part of
 * it, is the subject or says something.
 */
async function idsDepending(tx: Tx, cause: 'party' | 'source', id: string): Promise<SQL> {
  const { claims, attributions } = tx.tables;
  if (cause === 'source') {
    const drawing = isOneOf(tx, sql`source_id`, await sourcesMoved(tx, id));
    return sql`select claim_id as id from ${attributions} where ${drawing} and claim_id is not null`;
  }
  const parts = await withParts(tx, [id]);
  return sql`select claim_id as id from ${attributions}
    where ${isOneOf(tx, sql`party_id`, parts)} and claim_id is not null
    union all select id from ${claims} where ${isOneOf(tx, sql`subject_id`, parts)}`;
}

/** The sources whose claims may get another standing when one changes: those that it speaks of, and all derived ones. */
const sourcesMoved = async (tx: Tx, id: string): Promise<string[]> =>
  withDerived(tx, await withSpokenOf(tx, [id]));

/** The condition that a claim depends on an object. */
async function dependsOn(tx: Tx, cause: 'party' | 'source', id: string): Promise<SQL> {
  const { claims, attributions } = tx.tables;
  const said = (by: SQL) =>
    sql`exists (select 1 from ${attributions} where claim_id = ${claims.id} and ${by})`;
  if (cause === 'source') return said(isOneOf(tx, sql`source_id`, await sourcesMoved(tx, id)));
  const parts = await withParts(tx, [id]);
  return sql`(${isOneOf(tx, claims.subject_id, parts)} or ${said(isOneOf(tx, sql`party_id`, parts))})`;
}

export interface Queued {
  seq: number;
  kind: Cause;
  object_id: string;
  position: string;
}

export async function enqueue(tx: Tx, kind: Cause, objectId: string): Promise<void> {
  await insertRows(tx, 'standing_queue', [{ kind, object_id: objectId, position: '' }]);
}

const firstQueued = prepared(({ db, tables: { standing_queue: t } }) =>
  db.select().from(t).orderBy(asc(t.seq)).limit(atMost(1)),
);

/** Whether the standing of some claims is still to be brought up to date. */
export const standingPending = async (tx: Tx): Promise<boolean> => (await snapshotOf(tx)).isQueued;

export async function nextQueued(tx: Tx): Promise<Queued | null> {
  const [row] = await firstQueued(tx, null);
  return (row as Queued | undefined) ?? null;
}

export async function advance(tx: Tx, { seq }: Queued, position: string | null): Promise<void> {
  const { standing_queue: t } = tx.tables;
  if (position === null) await tx.db.delete(t).where(eq(t.seq, seq));
  else await tx.db.update(t).set({ position, valid_from: tx.at }).where(eq(t.seq, seq));
}

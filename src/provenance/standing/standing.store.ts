import { and, asc, gt, inArray, lte, type SQL, sql } from 'drizzle-orm';
import { isMeant, isOneOf, reachedBy, withDerived, withParts } from '../../db/query/closures.js';
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
  await tx.yield();
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
  const depending = inArray(t.id, sql`(${await idsDepending(tx, cause, [objectId])})`);
  return tx.rows(sql`select ${t.id} as id, ${t.attribution_count} as size from ${t}
    where ${depending} order by ${t.id} limit ${sql.raw(String(limit))}`);
}

/** The claims that depend on one of some objects, or null where more than `most` attributions and claims do. */
export async function fewDependingClaims(
  tx: Tx,
  cause: 'party' | 'source',
  objectIds: readonly string[],
  most: number,
): Promise<SizedClaim[] | null> {
  const rows = await tx.rows<{ id: string }>(
    sql`${await idsDepending(tx, cause, objectIds)} limit ${sql.raw(String(most + 1))}`,
  );
  return rows.length > most ? null : sizedClaims(tx, [...new Set(rows.map(({ id }) => id))]);
}

/**
 * The claims that depend on one of some objects, among those that follow a position. A piece at a time is examined, so
 * that others have their turn between the pieces. `last` is the last one examined; null at the end of the register.
 */
export async function nextDependingClaims(
  tx: Tx,
  { kind, objectIds, position }: Queued,
): Promise<{ claims: SizedClaim[]; last: string | null }> {
  const depends = kind === 'all' ? undefined : await dependsOn(tx, kind, objectIds);
  const claims: SizedClaim[] = [];
  let after = position;
  for (let piece = 0; piece < PIECES; piece++) {
    await tx.yield();
    const { last, isEnd } = await nextPiece(tx, after);
    await tx.yield();
    claims.push(...(await claimsBetween(tx, after, last, depends)));
    if (isEnd) return { claims, last: null };
    after = last;
  }
  return { claims, last: after };
}

/** Pieces that are examined for each write of a queue. */
const PIECES = 8;
/** Of a large register each claim of a piece is read from the disk: together these take some milliseconds. */
const CLAIMS_OF_PIECE = 100;
const ATTRIBUTIONS_OF_PIECE = 2_500;

/** Where the piece of the register that follows a claim ends. */
async function nextPiece(tx: Tx, after: string): Promise<{ last: string; isEnd: boolean }> {
  const { claims: t } = tx.tables;
  const next = await tx.db
    .select(sized(tx.tables))
    .from(t)
    .where(gt(t.id, after))
    .orderBy(asc(t.id))
    .limit(CLAIMS_OF_PIECE);
  let last = after;
  let attributions = 0;
  for (const { id, size } of next) {
    if (attributions > ATTRIBUTIONS_OF_PIECE) return { last, isEnd: false };
    last = id;
    attributions += size;
  }
  return { last, isEnd: next.length < CLAIMS_OF_PIECE };
}

/** The claims of a piece that meet a condition, in order. */
function claimsBetween(
  tx: Tx,
  after: string,
  last: string,
  condition: SQL | undefined,
): Promise<SizedClaim[]> {
  const { claims: t } = tx.tables;
  return tx.db
    .select(sized(tx.tables))
    .from(t)
    .where(and(gt(t.id, after), lte(t.id, last), condition))
    .orderBy(asc(t.id));
}

/**
 * The claims that depend on one of some objects, some of them more than once. On a party depend those of which it, or a
 * part of it, is the subject or says something.
 */
async function idsDepending(tx: Tx, cause: 'party' | 'source', ids: readonly string[]): Promise<SQL> {
  const { claims, attributions } = tx.tables;
  if (cause === 'source') {
    const drawing = isOneOf(tx, sql`source_id`, await sourcesMoved(tx, ids));
    return sql`select claim_id as id from ${attributions} where ${drawing} and claim_id is not null`;
  }
  const parts = await withParts(tx, ids);
  return sql`select claim_id as id from ${attributions}
    where ${isOneOf(tx, sql`party_id`, parts)} and claim_id is not null
    union all select id from ${claims} where ${isOneOf(tx, sql`subject_id`, parts)}`;
}

/** The sources whose claims may get another standing when some change: those that these speak of, and all derived ones. */
const sourcesMoved = async (tx: Tx, ids: readonly string[]): Promise<string[]> =>
  withDerived(tx, await reachedBy(tx, 'spokenOf', ids));

/** The condition that a claim depends on one of some objects. */
async function dependsOn(tx: Tx, cause: 'party' | 'source', ids: readonly string[]): Promise<SQL> {
  const { claims, attributions } = tx.tables;
  // By the index of claims: that of parties or sources would be asked for each of them beside each claim.
  const said = (column: SQL, by: readonly string[]) =>
    sql`exists (select 1 from ${attributions}
      where claim_id = ${claims.id} and ${isOneOf(tx, tx.dialect.unindexed(column), by)})`;
  if (cause === 'source') return said(sql`source_id`, await sourcesMoved(tx, ids));
  const parts = await withParts(tx, ids);
  return sql`(${isOneOf(tx, claims.subject_id, parts)} or ${said(sql`party_id`, parts)})`;
}

/** Changes of the queue that are worked off together, since they are of one kind and as far on. */
export interface Queued {
  seqs: number[];
  kind: Cause;
  objectIds: string[];
  /** Id of the last claim that was brought up to date. */
  position: string;
}

export const enqueue = (tx: Tx, kind: Cause, objectIds: readonly string[]): Promise<void> =>
  insertRows(
    tx,
    'standing_queue',
    objectIds.map((object_id) => ({ kind, object_id, position: '' })),
  );

/** Changes that are looked through for those that can be worked off together. */
const QUEUED_AT_ONCE = 1_000;

const firstQueued = prepared(({ db, tables: { standing_queue: t } }) =>
  db.select().from(t).orderBy(asc(t.seq)).limit(atMost(QUEUED_AT_ONCE)),
);

/** Whether the standing of some claims is still to be brought up to date. */
export const standingPending = async (tx: Tx): Promise<boolean> => (await snapshotOf(tx)).isQueued;

export async function nextQueued(tx: Tx): Promise<Queued | null> {
  const rows = await firstQueued(tx, null);
  const [first] = rows;
  if (!first) return null;
  const { kind, position } = first;
  const alike = rows.filter((row) => row.kind === kind && row.position === position);
  return {
    ...{ kind: kind as Cause, position },
    seqs: alike.map(({ seq }) => seq),
    objectIds: alike.map(({ object_id }) => object_id),
  };
}

export async function advance(tx: Tx, { seqs }: Queued, position: string | null): Promise<void> {
  const { standing_queue: t } = tx.tables;
  if (position === null) await tx.db.delete(t).where(inArray(t.seq, seqs));
  else await tx.db.update(t).set({ position, valid_from: tx.at }).where(inArray(t.seq, seqs));
}

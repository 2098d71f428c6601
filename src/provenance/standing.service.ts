import { setImmediate as nextTurn } from 'node:timers/promises';
import { refreshCarried } from '../attributions/attributions.store.js';
import type { Store, Tx } from '../db/store.js';
import { claimGraph } from './provenance.store.js';
import { type Weighed, weigh } from './standing.js';
import {
  advance,
  type Cause,
  dependingClaims,
  enqueue,
  existingClaims,
  nextQueued,
  storeStanding,
  subjectOf,
} from './standing.store.js';

/** Consequences for up to this many claims are drawn in the transaction of the change, others are queued. */
const AT_ONCE = 100;
/** Claims that one transaction of the queue brings up to date: few enough that other writers hardly wait. */
const CHUNK = 50;
/** Claims after which the event loop gets a turn. */
const STRIDE = 5;

/** The standing of a claim, computed from the register as it is now. */
export async function weighClaim(tx: Tx, claimId: string): Promise<Weighed> {
  return weigh(await claimGraph(tx, claimId, await subjectOf(tx, claimId)));
}

/** Brings up to date what is kept beside a claim. To be called after every change to it or its attributions. */
export async function refreshClaim(tx: Tx, claimId: string): Promise<void> {
  await refreshCarried(tx, claimId);
  await storeStanding(tx, claimId, await weighClaim(tx, claimId));
}

/** Draws the consequences of a change to a party or source, at once if they are few. */
export async function refreshAfter(tx: Tx, cause: Cause, objectId: string): Promise<void> {
  const claims = await dependingClaims(tx, cause, objectId, '', AT_ONCE + 1);
  if (claims.length > AT_ONCE) await enqueue(tx, cause, objectId);
  else await refreshStandings(tx, claims);
}

async function refreshStandings(tx: Tx, claimIds: string[]): Promise<void> {
  for (const [i, { id, subject }] of (await existingClaims(tx, claimIds)).entries()) {
    await storeStanding(tx, id, weigh(await claimGraph(tx, id, subject)));
    if (i % STRIDE === STRIDE - 1) await nextTurn();
  }
}

/** Whether the standing of some claims is still to be brought up to date. */
export const standingPending = async (tx: Tx): Promise<boolean> => (await nextQueued(tx)) !== null;

/** One step through the queue, in a transaction of its own. Tells whether more is left. */
export async function drainStep(store: Store, now?: string): Promise<boolean> {
  return store.write(async (tx) => {
    const queued = await nextQueued(tx);
    if (!queued) return false;
    const claims = await dependingClaims(tx, queued.kind, queued.object_id, queued.position, CHUNK);
    await refreshStandings(tx, claims);
    await advance(tx, queued, claims.length < CHUNK ? null : claims.at(-1)!);
    return true;
  }, now);
}

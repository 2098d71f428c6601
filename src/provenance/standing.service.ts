import { setImmediate as nextTurn } from 'node:timers/promises';
import { storeHeights } from '../attributions/attributions.store.js';
import type { Store, Tx } from '../db/store.js';
import type { Clock } from '../lib/clock.js';
import { chunksOf } from './chunks.js';
import { heightsOf } from './heights.js';
import { graphsOfNew, type LoadedGraphs, loadGraph, loadGraphs, type NewClaim } from './provenance.store.js';
import { type Computed, computedOf, type Weighed, weigh } from './standing.js';
import {
  advance,
  enqueue,
  fewDependingClaims,
  nextDependingClaims,
  nextQueued,
  storeStanding,
} from './standing.store.js';

export { standingPending } from './standing.store.js';

/** Claims that are brought up to date at once: few enough that other writers hardly wait. */
const CHUNK = 50;

/** The standing of a claim, computed from the register as it is now. */
export async function weighClaim(tx: Tx, claimId: string): Promise<Weighed> {
  return weigh((await loadGraph(tx, claimId)).graph);
}

/** Brings up to date what is kept beside a claim. To be called after every change to it or its attributions. */
export async function refreshClaim(tx: Tx, claimId: string): Promise<void> {
  const { graph, stored } = await loadGraph(tx, claimId);
  const weighed = weigh(graph);
  await storeHeights(tx, changedHeights(weighed, stored.heights));
  await storeComputed(tx, new Map([[claimId, stored]]), [[claimId, weighed]]);
}

/** What is kept beside a claim and its attributions. */
export interface Kept {
  computed: Computed;
  /** By attribution. */
  heights: Map<string, number>;
}

/** That of claims that are not stored yet, one after the other. */
export async function weighNew(tx: Tx, claims: readonly NewClaim[]): Promise<Kept[]> {
  const sorted = claims.map(({ subject, attributions }) => ({
    subject,
    attributions: [...attributions].sort((a, b) => (a.id < b.id ? -1 : 1)),
  }));
  return (await graphsOfNew(tx, sorted)).map((graph) => {
    const weighed = weigh(graph);
    return { computed: computedOf(weighed), heights: changedHeights(weighed, []) };
  });
}

/** The heights that are not as they are stored, by attribution. */
function changedHeights({ analysis: { graph, links } }: Weighed, stored: number[]): Map<string, number> {
  const changed = new Map<string, number>();
  for (const [i, height] of heightsOf(links).entries()) {
    if (height !== stored[i]) changed.set(graph.attributions[i]!.id, height);
  }
  return changed;
}

/** Draws the consequences of a change to a party or source, at once if they are few. */
export async function refreshAfter(tx: Tx, cause: 'party' | 'source', objectId: string): Promise<void> {
  const claims = await fewDependingClaims(tx, cause, objectId);
  const [chunk = [], ...others] = claims ? chunksOf(claims, Number.POSITIVE_INFINITY) : [];
  if (claims === null || others.length > 0) await enqueue(tx, cause, objectId);
  else await refreshStandings(tx, chunk);
}

async function refreshStandings(tx: Tx, claimIds: string[]): Promise<void> {
  if (claimIds.length === 0) return;
  const { graphs, stored } = await loadGraphs(tx, claimIds);
  const weighed = [...graphs].map(([id, graph]) => [id, weigh(graph)] as const);
  await storeComputed(tx, stored, weighed);
}

/** Stores what is not as it is stored already; claims that stand alike in one statement. */
async function storeComputed(
  tx: Tx,
  stored: LoadedGraphs['stored'],
  all: Iterable<readonly [claim: string, Weighed]>,
): Promise<void> {
  const alike = new Map<string, { computed: Computed; ids: string[] }>();
  for (const [id, weighed] of all) {
    const computed = computedOf(weighed);
    const text = JSON.stringify(computed);
    if (JSON.stringify(stored.get(id)!.computed) === text) continue;
    const known = alike.get(text) ?? { computed, ids: [] };
    alike.set(text, known);
    known.ids.push(id);
  }
  for (const { computed, ids } of alike.values()) await storeStanding(tx, ids, computed);
}

/**
 * Brings claims of the queue up to date, a few in each transaction. Which ones is found out beforehand, so
 * that the search holds no writer; whoever comes to depend on the change later brings its claim up to date
 * itself. Tells whether more is left.
 */
export async function drainStep(store: Store, clock: Clock, closing = () => false): Promise<boolean> {
  const queued = await store.read(nextQueued);
  if (!queued) return false;
  const { kind, object_id } = queued;
  let { position } = queued;
  const { claims, last } = await store.read((tx) => nextDependingClaims(tx, kind, object_id, position));
  for (const chunk of [...chunksOf(claims, CHUNK), []]) {
    if (closing()) return false;
    const next = chunk.at(-1) ?? last;
    const alone = await store.write(async (tx) => {
      const now = await nextQueued(tx);
      // Another instance may be working on the same.
      if (now?.seq !== queued.seq || now.position !== position) return false;
      await refreshStandings(tx, chunk);
      await advance(tx, queued, next);
      return true;
    }, clock());
    if (!alone || next === null) return true;
    position = next;
    await nextTurn();
  }
  return true;
}

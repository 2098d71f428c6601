import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Store, Tx } from '../../db/store/store.js';
import type { Clock } from '../../lib/clock.js';
import { lookUp } from '../../lib/collections.js';
import { attributionAt, type ClaimGraph } from '../graph/graph.js';
import { linksOf } from '../graph/links.js';
import { chunksOf } from '../load/chunks.js';
import { storeComputedColumns } from '../load/computed.store.js';
import {
  graphsOfNew,
  type LoadedGraphs,
  loadGraph,
  loadGraphs,
  type NewClaim,
} from '../load/provenance.store.js';
import type { Computed, ComputedOfAttribution } from '../load/stored-standing.js';
import { analyse } from './origins.js';
import { relayDepths } from './relay-depths.js';
import { computedOf, computeStanding, type StandingResult } from './standing.js';
import { advance, nextDependingClaims, nextQueued, storeStanding } from './standing.store.js';

export { standingPending } from './standing.store.js';

/** Claims that are brought up to date at once: few enough that other writers hardly wait. */
export const CLAIMS_AT_ONCE = 50;
/** The standing of a claim, computed from the register as it is now. */
export async function weighClaim(tx: Tx, claimId: string): Promise<StandingResult> {
  return weighInSteps(tx, (await loadGraph(tx, claimId)).graph);
}

/** Lets other requests have their turn between the steps: a graph can have hundreds of thousands of links. */
async function weighInSteps(tx: Tx, graph: ClaimGraph): Promise<StandingResult> {
  await tx.yield();
  const links = linksOf(graph);
  await tx.yield();
  const analysis = analyse(graph, links);
  await tx.yield();
  return computeStanding(graph, analysis);
}

/** Brings up to date what is kept beside claims. */
export async function refreshClaims(tx: Tx, claimIds: string[]): Promise<void> {
  if (claimIds.length === 0) return;
  const { graphs, stored } = await loadGraphs(tx, claimIds);
  const weighed: [claim: string, StandingResult][] = [];
  for (const [id, graph] of graphs) {
    const one = await weighInSteps(tx, graph);
    await tx.yield();
    await storeComputedColumns(tx, changedColumns(one, lookUp(stored, id).attributions));
    weighed.push([id, one]);
  }
  await storeComputed(tx, stored, weighed);
}

/** What is kept beside a claim and its attributions. */
export interface Kept {
  computed: Computed;
  /** By attribution. */
  attributions: Map<string, ComputedOfAttribution>;
}

/** What is to be kept beside claims, computed from what the transaction sees; for `verify`. */
export async function computeClaims(tx: Tx, claimIds: readonly string[]): Promise<Map<string, Kept>> {
  const { graphs } = await loadGraphs(tx, claimIds);
  const kept = new Map<string, Kept>();
  for (const [id, graph] of graphs) kept.set(id, keptOf(await weighInSteps(tx, graph)));
  return kept;
}

const keptOf = (weighed: StandingResult): Kept => ({
  computed: computedOf(weighed),
  attributions: changedColumns(weighed, []),
});

/** What is to be kept beside claims that are not stored yet, in their order. */
export async function weighNew(tx: Tx, claims: readonly NewClaim[]): Promise<Kept[]> {
  const sorted = claims.map(({ subject, attributions }) => ({
    subject,
    attributions: [...attributions].sort((a, b) => (a.id < b.id ? -1 : 1)),
  }));
  const kept: Kept[] = [];
  for (const graph of await graphsOfNew(tx, sorted)) {
    const weighed = await weighInSteps(tx, graph);
    await tx.yield();
    kept.push(keptOf(weighed));
  }
  return kept;
}

/** By attribution, the computed columns that differ from the stored ones. */
function changedColumns(
  { analysis: { graph, links, retractions } }: StandingResult,
  stored: readonly ComputedOfAttribution[],
): Map<string, ComputedOfAttribution> {
  const changed = new Map<string, ComputedOfAttribution>();
  for (const [i, relay_depth] of relayDepths(links).entries()) {
    const retracted_by_id = retractions.ofClaim[i]?.id ?? null;
    if (relay_depth === stored[i]?.relay_depth && retracted_by_id === stored[i]?.retracted_by_id) continue;
    changed.set(attributionAt(graph, i).id, { relay_depth, retracted_by_id });
  }
  return changed;
}

/** Stores the standings that have changed, one statement for all claims with the same standing. */
async function storeComputed(
  tx: Tx,
  stored: LoadedGraphs['stored'],
  all: Iterable<readonly [claim: string, StandingResult]>,
): Promise<void> {
  const alike = new Map<string, { computed: Computed; ids: string[] }>();
  for (const [id, weighed] of all) {
    const computed = computedOf(weighed);
    const text = JSON.stringify(computed);
    if (JSON.stringify(lookUp(stored, id).computed) === text) continue;
    const known = alike.get(text) ?? { computed, ids: [] };
    alike.set(text, known);
    known.ids.push(id);
  }
  for (const { computed, ids } of alike.values()) await storeStanding(tx, ids, computed);
}

/**
 * Brings claims of the queue up to date, a few in each transaction. Which ones is found out beforehand, so
 * that the search blocks no writer; an attribution that comes to depend on the change later brings its claim up
 * to date itself. Returns whether more is left.
 */
export async function drainStep(store: Store, clock: Clock, closing = () => false): Promise<boolean> {
  const queued = await store.read(nextQueued);
  if (!queued) return false;
  let { position } = queued;
  const { claims, last } = await store.read((tx) => nextDependingClaims(tx, queued));
  for (const chunk of [...chunksOf(claims, CLAIMS_AT_ONCE), []]) {
    if (closing()) return false;
    const next = chunk.at(-1) ?? last;
    const alone = await store.write(async (tx) => {
      const now = await nextQueued(tx);
      // Another instance may be working on the same.
      if (now?.position !== position || now.seqs[0] !== queued.seqs[0]) return false;
      await refreshClaims(tx, chunk);
      await advance(tx, queued, next);
      return true;
    }, clock());
    if (!alone || next === null) return true;
    position = next;
    await nextTurn();
  }
  return true;
}

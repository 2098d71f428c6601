import type { Tx } from '../../db/store/store.js';
import { MOST_WRITTEN } from '../../resources/most-written.js';
import { chunksOf } from '../load/chunks.js';
import { CLAIMS_AT_ONCE, refreshClaims } from '../standing/standing.service.js';
import { enqueue, fewDependingClaims, sizedClaims } from '../standing/standing.store.js';
import { entitledOtherwise, refreshSources } from '../withdrawals/source-status.service.js';

/** What follows from changes for all that is computed: the statuses of sources and the standings of claims. */
interface Changes {
  /** Claims, what is said of which changed. */
  claims: Iterable<string>;
  /** Parties of which members changed that the number of origins depends on. */
  parties: Iterable<string>;
  /** Sources whose links changed, or what is said of them. */
  sources: Iterable<string>;
  /** Sources that may have another status. */
  statuses: Iterable<string>;
  /** Parties that are part of others than before. */
  moved: Iterable<string>;
  /** Sources of which the publisher or the authors changed. */
  published: Iterable<string>;
}

type Outstanding = { [Kind in keyof Changes]: Set<string> };

/** By transaction, what a write still has to bring up to date. */
const outstanding = new WeakMap<Tx, Outstanding>();

const nothing = (): Outstanding => ({
  ...{ claims: new Set(), parties: new Set(), sources: new Set() },
  ...{ statuses: new Set(), moved: new Set(), published: new Set() },
});

/** Draws the consequences of changes. To be called after every change on which what is computed depends. */
export async function drawConsequences(tx: Tx, changes: Partial<Changes>): Promise<void> {
  const waiting = outstanding.get(tx);
  const all = waiting ?? nothing();
  for (const [kind, ids] of Object.entries(changes)) for (const id of ids) all[kind as keyof Changes].add(id);
  if (!waiting) await bringUpToDate(tx, all);
}

/**
 * Runs several changes of one write and brings what is computed up to date once, after the last one: no change
 * reads what is computed.
 */
export async function drawingOnce<T>(tx: Tx, changes: () => Promise<T>): Promise<T> {
  const all = nothing();
  outstanding.set(tx, all);
  const result = await changes();
  outstanding.delete(tx);
  await bringUpToDate(tx, all);
  return result;
}

async function bringUpToDate(tx: Tx, all: Outstanding): Promise<void> {
  const { claims, parties, sources, statuses, moved, published } = all;
  const entitled = await entitledOtherwise(tx, { sources: published, parties: moved });
  await refreshSources(tx, [...statuses, ...entitled]);
  await addDepending(tx, claims, 'party', [...parties]);
  await addDepending(tx, claims, 'source', [...sources, ...entitled]);
  for (const chunk of chunksOf(await sizedClaims(tx, [...claims]), CLAIMS_AT_ONCE)) {
    await refreshClaims(tx, chunk);
  }
}

/** For each object that changed, as many attributions and claims are brought up to date at once; the queue does the rest. */
const FEW = 200;
/** Attributions of the claims that this concerns. */
const FEW_OF_CLAIMS = 1_000;

/** Adds the claims that depend on objects, unless they are so many that they are left to the queue. */
async function addDepending(
  tx: Tx,
  claims: Set<string>,
  kind: 'party' | 'source',
  ids: readonly string[],
): Promise<void> {
  if (ids.length === 0) return;
  const few = (ofEach: number) => Math.min(ofEach * ids.length, MOST_WRITTEN);
  const found = await fewDependingClaims(tx, kind, ids, few(FEW));
  const others = found?.filter(({ id }) => !claims.has(id)) ?? [];
  const size = others.reduce((sum, claim) => sum + claim.size, 0);
  if (found === null || (others.length > 1 && size > few(FEW_OF_CLAIMS))) await enqueue(tx, kind, ids);
  else for (const { id } of others) claims.add(id);
}

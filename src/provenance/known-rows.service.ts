import { LRUCache } from 'lru-cache';
import type { Tx } from '../db/store.js';
import { changesAfter, newestSeq } from '../history/changes.store.js';
import { type GraphRows, isLarge, sizeOf } from './graph-rows.js';
import { attributionsAnew, graphRows, placesOf, type ReadGraph, readGraph } from './provenance.store.js';

/** Characters of rows that are kept: those of about 20 claims with 10,000 attributions each. */
const MOST = 64_000_000;
/** Changes that are looked through, and attributions that are read anew, before all is read again. */
const MOST_CHANGES = 500;
const MOST_ANEW = 100;

/** What was read of a claim, and the newest write that it has seen. */
interface Known {
  seq: number;
  read: ReadGraph;
  /** Attributions that came or changed after that. */
  anew: ReadonlySet<string>;
  rows: GraphRows;
}

export type ClaimRows = (tx: Tx, claimId: string) => Promise<GraphRows>;

/**
 * Reads what the provenance of a claim is computed from; of a claim with many attributions once, and from then
 * on only what has changed, as the history tells. All that the rows follow from is in the history, but for the
 * stored standing and the heights: whoever needs these reads them with {@link graphRows}.
 */
export function knownRows(): ClaimRows {
  const all = new LRUCache<string, Known>({ maxSize: MOST, sizeCalculation: ({ rows }) => sizeOf(rows) });
  return async (tx, claimId) => {
    // Where history ends at an instant, its end is found only by going back to it.
    if (tx.asOf !== null) return graphRows(tx, [claimId]);
    const before = all.get(claimId);
    const known = (before && (await upToDate(tx, claimId, before))) ?? (await readAll(tx, claimId));
    // A replica may be behind what was read before.
    if (isLarge(known.rows) && known.seq >= (before?.seq ?? 0)) all.set(claimId, known);
    return known.rows;
  };
}

async function readAll(tx: Tx, claimId: string): Promise<Known> {
  const read = await readGraph(tx, [claimId]);
  return { seq: await newestSeq(tx), read, anew: new Set(), rows: read.rows };
}

/** The same as it is now, or null if all is to be read again. */
async function upToDate(tx: Tx, claimId: string, known: Known): Promise<Known | null> {
  const seq = await newestSeq(tx);
  if (seq <= known.seq) return seq === known.seq ? known : null;
  const changes = await changesAfter(tx, known.seq, MOST_CHANGES + 1);
  const { known: members } = known.read;
  if (changes.length > MOST_CHANGES) return null;
  if (changes.some(({ object_id: id }) => id === claimId || members.has(id))) return null;

  const said = new Set(changes.flatMap(({ noun, object_id }) => (noun === 'attribution' ? object_id : [])));
  const places = await placesOf(tx, [...said]);
  // Of one that is gone nothing tells which claim it was about.
  if (places.length < said.size) return null;
  if (places.some(({ about_source_id: about }) => about !== null && members.has(about))) return null;
  const ours = places.filter(({ claim_id }) => claim_id === claimId);
  const named = ours.flatMap(({ party_id, source_id }) => [party_id, source_id ?? party_id]);
  if (!named.every((id) => members.has(id))) return null;
  if (ours.length === 0) return { ...known, seq };

  const anew = new Set([...known.anew, ...ours.map(({ id }) => id)]);
  if (anew.size > MOST_ANEW) return null;
  return { ...known, seq, anew, rows: { ...known.read.rows, anew: await attributionsAnew(tx, [...anew]) } };
}

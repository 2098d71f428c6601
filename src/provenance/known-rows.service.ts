import { LRUCache } from 'lru-cache';
import { unmark } from '../db/references.js';
import type { Tx } from '../db/store.js';
import { newestPlace, type Place, type Trace, tracesFrom } from '../history/changes.store.js';
import { contentOf } from '../register/documents.js';
import { type GraphRows, isLarge, MOST_KEPT, sizeOf } from './graph-rows.js';
import { attributionsAnew, graphRows, mentionsOf, type ReadGraph, readGraph } from './provenance.store.js';

/** Changes that are looked through, and attributions that are read anew, before all is read again. */
const MOST_CHANGES = 500;
const MOST_ANEW = 100;

/** What was read of a claim. */
interface Known {
  /** The newest entry of the history then. */
  place: Place;
  read: ReadGraph;
  /** Attributions that came or changed after it was read. */
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
  const all = new LRUCache<string, Known>({
    maxSize: MOST_KEPT,
    sizeCalculation: ({ rows }) => sizeOf(rows),
  });
  return async (tx, claimId) => {
    // Where history ends at an instant, its end is found only by going back to it.
    if (tx.asOf !== null) return graphRows(tx, [claimId]);
    const before = all.get(claimId);
    const now = before && (await upToDate(tx, claimId, before));
    if (now) {
      keep(claimId, now);
      return now.rows;
    }
    const read = await readGraph(tx, [claimId]);
    const place = isLarge(read.rows) ? await newestPlace(tx) : null;
    if (place) keep(claimId, { place, read, anew: new Set(), rows: read.rows });
    else all.delete(claimId);
    return read.rows;
  };

  /** A replica may be behind what was read elsewhere meanwhile. */
  function keep(claimId: string, known: Known): void {
    if (known.place.seq >= (all.peek(claimId)?.place.seq ?? 0)) all.set(claimId, known);
  }
}

/** The same as it is now, or null if all is to be read again. */
async function upToDate(tx: Tx, claimId: string, known: Known): Promise<Known | null> {
  const [then, ...changes] = await tracesFrom(tx, known.place.seq, MOST_CHANGES + 2);
  // An older snapshot has no such entry; where a server was lost with its newest writes, others have their numbers.
  if (!then || !isSame(then, known.place) || changes.length > MOST_CHANGES) return null;
  const place = changes.at(-1);
  if (!place) return known;
  const { members } = known.read;
  if (changes.some(({ object_id: id }) => id === claimId || members.has(id))) return null;

  const said = changes.flatMap(({ noun, object_id }) => (noun === 'attribution' ? object_id : []));
  const mentions = await mentionsOf(tx, said);
  const gone = changes.flatMap((change) => (mentions.has(change.object_id) ? [] : aboutWhat(change)));
  if (gone.some((id) => id === claimId || members.has(id))) return null;
  if ([...mentions.values()].some(({ about_source_id: id }) => id !== null && members.has(id))) return null;
  // Which claim it is about never changes, so none of the others was about this one before.
  const ours = [...mentions].filter(([, { claim_id }]) => claim_id === claimId);
  const named = ours.flatMap(([, { party_id, source_id }]) => [party_id, source_id ?? party_id]);
  if (!named.every((id) => members.has(id))) return null;
  if (ours.length === 0) return { ...known, place };

  const anew = new Set([...known.anew, ...ours.map(([id]) => id)]);
  if (anew.size > MOST_ANEW) return null;
  const rows = { ...known.read.rows, anew: await attributionsAnew(tx, [...anew]) };
  return { ...known, place, anew, rows };
}

const isSame = (a: Place, b: Place): boolean =>
  a.object_id === b.object_id && a.version === b.version && a.recorded_at === b.recorded_at;

/** The claim or source that a removed attribution was about. */
function aboutWhat({ removed }: Trace): string[] {
  if (removed === null) return [];
  const { claim, about_source } = contentOf(removed) as Record<'claim' | 'about_source', string | null>;
  return [unmark((claim ?? about_source)!)];
}

import { setImmediate as nextTurn } from 'node:timers/promises';
import { fillReferences, mark, unmark } from '../../db/query/references.js';
import type { Reader } from '../../db/store/store.js';
import { lostReferences } from '../../history/lost.service.js';
import { contentOf } from '../../register/documents.js';
import type { Stored } from '../../register/noun.js';
import type { Renderer } from '../../workers/renderer.js';
import { sizeOf } from '../graph/graph.js';
import { chunksOf, type SizedClaim } from '../load/chunks.js';
import { loadGraphs } from '../load/provenance.store.js';
import { dependingClaims } from '../standing/standing.store.js';
import type { StatusColumns } from '../withdrawals/source-status.js';
import { compareFalls, type Falling } from './dependents.js';
import { type FallenClaim, fallenClaims } from './falls-task.js';

/** Claims that one answer examines at most; each takes a fraction of a millisecond. */
const MOST = 10_000;
const CHUNK = 50;

/** The claims that lose support if a source, party or attribution falls, most affected first. */
async function claimsThatFall(
  reader: Reader,
  renderer: Renderer,
  kind: 'source' | 'party' | 'attribution',
  object: Stored,
) {
  const falling = { [kind]: object.id } as Falling;
  const items: FallenClaim[] = [];
  const claims = await reader.read(async (tx) =>
    kind === 'attribution' ? claimOf(object) : dependingClaims(tx, kind, object.id, MOST + 1),
  );
  // A transaction for each chunk, so that a long examination holds no snapshot.
  for (const ids of chunksOf(claims.slice(0, MOST), CHUNK)) {
    const { graphs } = await reader.read((tx) => loadGraphs(tx, ids));
    const size = sizeOf([...graphs.values()]);
    items.push(...(await renderer.compute(size, () => fallenClaims({ graphs, falling }))));
    await nextTurn();
  }
  items.sort((a, b) => compareFalls(a.fallen, b.fallen) || (a.claim < b.claim ? -1 : 1));
  return { items, examined: Math.min(claims.length, MOST), complete: claims.length <= MOST };
}

/** An attribution concerns its claim alone; one about a source supports none. */
function claimOf(attribution: Stored): SizedClaim[] {
  const { claim } = contentOf(attribution.doc) as { claim: string | null };
  return claim === null ? [] : [{ id: unmark(claim), size: 1 }];
}

/** A reference to the attribution that withdrew a source; null where none did, and for other objects. */
const withdrawalOf = (object: Stored): string | null => {
  const { status, status_by } = object as Stored & Partial<StatusColumns>;
  return status === 'withdrawn' ? mark('attribution', status_by!) : null;
};

const fallenView = ({ claim, fallen, summary }: FallenClaim) => ({
  claim: mark('claim', claim),
  before: fallen.before,
  after: fallen.after,
  fallen: fallen.fallen.map(({ attribution, because }) => ({
    attribution: mark('attribution', attribution),
    because,
  })),
  summary,
});

/** What falls with an object as the JSON text of the answer, with at most so many claims; all that were examined unless told. */
export async function dependentsText(
  reader: Reader,
  renderer: Renderer,
  kind: 'source' | 'party' | 'attribution',
  object: Stored,
  limit?: number,
): Promise<string> {
  const { items, examined, complete } = await claimsThatFall(reader, renderer, kind, object);
  const view = {
    falling: mark(kind, object.id),
    withdrawn_by: withdrawalOf(object),
    items: items.slice(0, limit).map(fallenView),
    total: items.length,
    examined,
    complete,
  };
  const [body] = await reader.read((tx) => fillReferences(tx, [JSON.stringify(view)], lostReferences));
  return body;
}

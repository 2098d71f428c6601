import { setImmediate as nextTurn } from 'node:timers/promises';
import { decodeReference, encodeReference, fillReferences } from '../../db/query/references.js';
import type { Reader } from '../../db/store/store.js';
import { deletedReferences } from '../../history/deleted-references.service.js';
import { contentOf } from '../../resources/documents.js';
import type { ResourceRow } from '../../resources/resource-type.js';
import type { Renderer } from '../../workers/renderer.js';
import { sizeOf } from '../graph/graph.js';
import { chunksOf, type SizedClaim } from '../load/chunks.js';
import { loadGraphs } from '../load/provenance.store.js';
import { dependingClaims } from '../standing/standing.store.js';
import type { StatusColumns } from '../withdrawals/source-status.js';
import { type AffectedClaim, affectedClaims } from './affected-claims.js';
import { compareLosses, type LossCause } from './dependents.js';

/** Most claims that one answer examines; each takes a fraction of a millisecond. */
const MOST_EXAMINED = 10_000;
const CLAIMS_AT_ONCE = 50;

/** The claims that lose support if a source, party or attribution falls, most affected first. */
async function claimsAffected(
  reader: Reader,
  renderer: Renderer,
  kind: 'source' | 'party' | 'attribution',
  object: ResourceRow,
) {
  const falling = { [kind]: object.id } as LossCause;
  const items: AffectedClaim[] = [];
  const claims = await reader.read(async (tx) =>
    kind === 'attribution' ? claimOf(object) : dependingClaims(tx, kind, object.id, MOST_EXAMINED + 1),
  );
  // A transaction for each chunk, so that a long examination holds no snapshot.
  for (const ids of chunksOf(claims.slice(0, MOST_EXAMINED), CLAIMS_AT_ONCE)) {
    const { graphs } = await reader.read((tx) => loadGraphs(tx, ids));
    const size = sizeOf([...graphs.values()]);
    items.push(...(await renderer.compute(size, () => affectedClaims({ graphs, falling }))));
    await nextTurn();
  }
  items.sort((a, b) => compareLosses(a.fallen, b.fallen) || (a.claim < b.claim ? -1 : 1));
  return {
    items,
    examined: Math.min(claims.length, MOST_EXAMINED),
    complete: claims.length <= MOST_EXAMINED,
  };
}

/** The claim that an attribution is about; none for an attribution about a source, which supports no claim. */
function claimOf(attribution: ResourceRow): SizedClaim[] {
  const { claim } = contentOf(attribution.doc) as { claim: string | null };
  return claim === null ? [] : [{ id: decodeReference(claim), size: 1 }];
}

/** A reference to the attribution that withdrew a source; null where none did, and for other objects. */
const withdrawalOf = (object: ResourceRow): string | null => {
  const { status, status_by } = object as ResourceRow & Partial<StatusColumns>;
  return status === 'withdrawn' && status_by ? encodeReference('attribution', status_by) : null;
};

const affectedClaimView = ({ claim, fallen, summary }: AffectedClaim) => ({
  claim: encodeReference('claim', claim),
  before: fallen.before,
  after: fallen.after,
  fallen: fallen.fallen.map(({ attribution, because }) => ({
    attribution: encodeReference('attribution', attribution),
    because,
  })),
  summary,
});

/** The claims that lose support with an object, as the JSON text of the answer; by default all that were examined. */
export async function dependentsText(
  reader: Reader,
  renderer: Renderer,
  kind: 'source' | 'party' | 'attribution',
  object: ResourceRow,
  limit?: number,
): Promise<string> {
  const { items, examined, complete } = await claimsAffected(reader, renderer, kind, object);
  const view = {
    falling: encodeReference(kind, object.id),
    withdrawn_by: withdrawalOf(object),
    items: items.slice(0, limit).map(affectedClaimView),
    total: items.length,
    examined,
    complete,
  };
  const [body] = await reader.read((tx) => fillReferences(tx, [JSON.stringify(view)], deletedReferences));
  return body;
}

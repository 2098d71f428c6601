import { setImmediate as nextTurn } from 'node:timers/promises';
import { mark, unmark } from '../db/references.js';
import type { Reader } from '../db/store.js';
import { contentOf } from '../register/documents.js';
import type { Stored } from '../register/noun.js';
import { compareFalls, type Fall, type Falling, fall, fallSentence, losesSupport } from './dependents.js';
import { claimGraph } from './provenance.store.js';
import { dependingClaims, subjectOf } from './standing.store.js';

/** Claims that one answer examines at most; each takes a fraction of a millisecond. */
const MOST = 10_000;
const CHUNK = 20;

export interface FallenClaim {
  claim: string;
  fallen: Fall;
  summary: string;
}

/** The claims that lose support if a source, party or attribution falls, most affected first. */
export async function claimsThatFall(
  reader: Reader,
  kind: 'source' | 'party' | 'attribution',
  object: Stored,
) {
  const falling = { [kind]: object.id } as Falling;
  const items: FallenClaim[] = [];
  let examined = 0;
  let position: string | null = '';
  while (position !== null && examined < MOST) {
    const from: string = position;
    // A transaction for each chunk, so that a long examination holds no snapshot.
    position = await reader.read(async (tx) => {
      const claims =
        kind === 'attribution'
          ? claimOf(object, from)
          : await dependingClaims(tx, kind, object.id, from, CHUNK);
      for (const claim of claims) {
        const graph = await claimGraph(tx, claim, await subjectOf(tx, claim));
        const fallen = fall(graph, falling);
        if (losesSupport(fallen)) {
          items.push({ claim, fallen, summary: fallSentence(fallen, graph.attributions.length) });
        }
      }
      examined += claims.length;
      return kind !== 'attribution' && claims.length === CHUNK ? claims.at(-1)! : null;
    });
    await nextTurn();
  }
  items.sort((a, b) => compareFalls(a.fallen, b.fallen) || (a.claim < b.claim ? -1 : 1));
  return { items, examined, complete: position === null };
}

/** An attribution concerns its claim alone; one about a source supports none. */
function claimOf(attribution: Stored, position: string): string[] {
  const { claim } = contentOf(attribution.doc) as { claim: string | null };
  return claim === null || position !== '' ? [] : [unmark(claim)];
}

export const fallenView = ({ claim, fallen, summary }: FallenClaim) => ({
  claim: mark('claim', claim),
  before: fallen.before,
  after: fallen.after,
  fallen: fallen.fallen.map(({ attribution, because }) => ({
    attribution: mark('attribution', attribution),
    because,
  })),
  summary,
});

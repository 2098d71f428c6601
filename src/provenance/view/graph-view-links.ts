import { neighbours } from '../graph/components.js';
import { type Attribution, attributionAt, carries, type Source } from '../graph/graph.js';
import { linksOf } from '../graph/links.js';
import type { GraphAttribution, GraphSource } from './graph-view-nodes.js';

/** Most inferred links of one attribution: between two large sources there would be very many. */
const MAX_INFERRED = 100;

export interface ChainFacts {
  /** Attributions at which a chain ends, and nothing says whom their party relays. */
  uncertain: ReadonlySet<string>;
  /** Attributions that stand where the source of another one draws from, by the id of that other. */
  inferred: ReadonlyMap<string, readonly string[]>;
}

/** What the rules of standing say of the links of a claim, for showing it. */
export function chainFacts(
  attributions: readonly GraphAttribution[],
  sources: ReadonlyMap<string, GraphSource>,
): ChainFacts {
  const ofClaim = attributions.filter(({ about_source }) => about_source === null).map(plain);
  const graph = {
    subject: null,
    attributions: ofClaim,
    about_sources: [],
    parties: new Map(),
    sources: new Map([...sources].map(([id, source]) => [id, plainSource(source)])),
  };
  const { targets, implied } = linksOf(graph);
  const uncertain = new Set<string>();
  const inferred = new Map<string, string[]>();
  ofClaim.forEach(({ id, stance, lineage }, i) => {
    const behind = neighbours(targets, i);
    if (carries(stance) && lineage !== 'originates' && behind.length === 0) uncertain.add(id);
    if (!implied[i]) return;
    const reached = new Set<string>();
    for (const node of behind) {
      // Numbers beyond the attributions are sources, each with the attributions that stand in it.
      for (const held of neighbours(targets, node)) {
        if (reached.size < MAX_INFERRED) reached.add(attributionAt(graph, held).id);
      }
    }
    inferred.set(id, [...reached]);
  });
  return { uncertain, inferred };
}

const plain = (a: GraphAttribution): Attribution => ({
  id: a.id,
  party: a.party.id,
  stance: a.stance,
  lineage: a.lineage,
  relays: a.relays.map(({ id }) => id),
  in_reply_to: a.in_reply_to?.id ?? null,
  source: a.source?.id ?? null,
  said: null,
  said_from: null,
  said_to: null,
});

const plainSource = (source: GraphSource): Source => ({
  id: source.id,
  title: source.title,
  part_of: source.part_of?.id ?? null,
  derived_from: source.derived_from.map(({ id }) => id),
  publisher: null,
  authors: [],
});

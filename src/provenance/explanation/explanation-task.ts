import { lookUp } from '../../lib/collections.js';
import type { ClaimGraph, ClaimGraphs } from '../graph/graph.js';
import { partyOf } from '../graph/hierarchy.js';
import { explain } from './explain.js';

export interface ExplanationTask {
  graph: ClaimGraph;
  /** Attributions left out because they have no date, where only those up to a day are looked at. */
  undated?: number;
  keys: ClaimGraphs['keys'];
  /** How the claim appears in a reference. */
  claim: { id: string; key: string | null; name: string };
}

/** The standing of a claim explained, with references in place of ids, as the JSON text of the answer. */
export function explanationText({ graph, keys, claim, undated }: ExplanationTask): string {
  const reference = referring(graph, keys);
  const { ends, paths, circles, left_out, totals, standing, ...rest } = explain(graph);
  return JSON.stringify({
    claim,
    standing: { ...standing, undated },
    ...rest,
    ends: ends.map((end) => ({
      ...end,
      attribution: reference(end.attribution),
      party: reference(end.party),
      group: reference(end.group),
      climb: end.climb.map(reference),
    })),
    paths: paths.map((path) => path.map(reference)),
    circles: circles.map(({ attributions, way_out }) => ({
      attributions: attributions.map(reference),
      way_out,
    })),
    left_out: left_out.map((left) => ({ ...left, attribution: reference(left.attribution) })),
    totals,
  });
}

/** Turns the id of a party or of an attribution, which is named after its party, into a reference. */
function referring({ attributions, parties }: ClaimGraph, keys: ClaimGraphs['keys']) {
  const speakers = new Map(attributions.map(({ id, party }) => [id, party]));
  return (id: string) => ({ id, key: lookUp(keys, id), name: partyOf(speakers.get(id) ?? id, parties).name });
}

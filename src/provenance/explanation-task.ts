import { explain } from './explain.js';
import { type GraphRows, type Graphs, onlyGraph } from './graph-rows.js';

export interface ExplanationTask {
  kind: 'explanation';
  rows: GraphRows;
  /** How the claim appears in a reference. */
  claim: { id: string; key: string | null; name: string };
}

/** The standing of a claim explained, with references in place of ids, as the JSON text of the answer. */
export function explanationText({ rows, claim }: ExplanationTask): string {
  const { graph, named } = onlyGraph(rows);
  const reference = referring(named);
  const { ends, paths, circles, left_out, totals, ...rest } = explain(graph);
  return JSON.stringify({
    claim,
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

const referring = (named: Graphs['named']) => (id: string) => ({ id, ...named(id) });

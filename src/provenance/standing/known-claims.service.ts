import type { Tx } from '../../db/store/store.js';
import { lookUp } from '../../lib/collections.js';
import { retractionEnding } from '../../lib/retraction-ending.js';
import type { Shown } from '../../resources/resource-type.js';
import { knownBy } from '../graph/known-by.js';
import { loadGraphs } from '../load/provenance.store.js';
import { computeStanding } from './standing.js';

/** Claims of a list with the standing and the attributions that the world knew by the end of a day. */
export async function knownClaims(tx: Tx, rows: Shown[], day: number): Promise<Shown[]> {
  const { graphs } = await loadGraphs(
    tx,
    rows.map(({ id }) => id),
  );
  return rows.map((row) => {
    const { graph, undated } = knownBy(lookUp(graphs, row.id), day);
    const { standing, analysis } = computeStanding(graph);
    const retractedBy = new Map(
      graph.attributions.map(({ id }, i) => [id, analysis.retractions.ofClaim[i]?.id ?? null]),
    );
    return {
      ...row,
      standing: JSON.stringify({ ...standing, undated }),
      attribution_count: graph.attributions.length,
      carried: row.carried == null ? row.carried : carriedOf(row.carried, retractedBy),
    };
  });
}

/** Keeps the known ones of some attributions (JSON texts with commas between them), with what took them back by then. */
function carriedOf(carried: string, retractedBy: ReadonlyMap<string, string | null>): string {
  const all = JSON.parse(`[${carried}]`) as { id: string; retracted: boolean; retracted_by: string | null }[];
  return all
    .flatMap(({ retracted: _, retracted_by: __, ...said }) => {
      const by = retractedBy.get(said.id);
      if (by === undefined) return [];
      const { none, before, after } = retractionEnding;
      return JSON.stringify(said).slice(0, -1) + (by === null ? none : before + by + after);
    })
    .join(',');
}

import { decodeReference } from '../../db/query/references.js';
import type { Tx } from '../../db/store/store.js';
import type { Shown } from '../../resources/resource-type.js';
import { knownBy } from '../graph/known-by.js';
import { retractionsOf } from '../graph/retractions.js';
import { loadGraphs, loadSourcesGraph } from './provenance.store.js';

type About = { claim: string | null; about_source: string | null };

/** Attributions of a list, each with what had taken it back by the end of a day. */
export async function knownAttributions(tx: Tx, rows: Shown[], day: number): Promise<Shown[]> {
  const about = rows.map(({ doc }) => JSON.parse(doc) as About);
  const idsOf = (member: keyof About) => [
    ...new Set(about.flatMap((said) => (said[member] === null ? [] : decodeReference(said[member])))),
  ];
  const { graphs } = await loadGraphs(tx, idsOf('claim'));
  const { graph: ofSources } = await loadSourcesGraph(tx, idsOf('about_source'));
  const retractedBy = new Map<string, string | null>();
  for (const whole of [...graphs.values(), ofSources]) {
    await tx.yield();
    const { graph } = knownBy(whole, day);
    const { ofClaim, ofSources: ofWholes } = retractionsOf(graph);
    for (const [i, { id }] of graph.attributions.entries()) retractedBy.set(id, ofClaim[i]?.id ?? null);
    for (const [i, { id }] of graph.about_sources.entries()) retractedBy.set(id, ofWholes[i]?.id ?? null);
  }
  return rows.map((row) => ({ ...row, retracted_by_id: retractedBy.get(row.id) ?? null }));
}

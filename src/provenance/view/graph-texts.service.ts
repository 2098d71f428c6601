import { setImmediate as nextTurn } from 'node:timers/promises';
import { attributionType } from '../../attributions/attribution.js';
import { claimType } from '../../claims/claim.js';
import type { Tx } from '../../db/store/store.js';
import { chunksOf } from '../../lib/collections.js';
import { get } from '../../resources/find.js';
import { outputTexts, type ResourceTypes } from '../../resources/render.js';
import type { ResourceType, Shown } from '../../resources/resource-type.js';
import { findRows } from '../../resources/resources.store.js';
import { knownBy } from '../graph/known-by.js';
import { retractionsOf } from '../graph/retractions.js';
import { loadGraph } from '../load/provenance.store.js';
import { knownSources } from '../withdrawals/source-status.service.js';

/** Attributions that one graph holds at most. */
const MOST_ATTRIBUTIONS = 10_000;

/** The output forms, as JSON texts, that a graph is made of; the worker reads them. */
export async function graphTexts(tx: Tx, nouns: ResourceTypes, reference: string, day: number | undefined) {
  const stored = await get(tx, claimType, reference);
  const { graph: whole } = await loadGraph(tx, stored.id);
  const { graph, undated = null } = day === undefined ? { graph: whole } : knownBy(whole, day);
  const said = [...graph.attributions, ...graph.about_sources].map(({ id }) => id);
  const { ofClaim, ofSources } = retractionsOf(graph);
  const by = [...ofClaim, ...ofSources];
  const [claim] = await outputTexts(tx, claimType, [{ ...stored, carried: undefined }]);
  return {
    claim,
    undated,
    retractedBy: said.flatMap((id, i): [string, string][] => (by[i] ? [[id, by[i].id]] : [])),
    attributions: await textsOf(tx, attributionType, said.slice(0, MOST_ATTRIBUTIONS)),
    parties: await textsOf(tx, nouns.party, [...graph.parties.keys()]),
    sources: await textsOf(tx, nouns.source, [...graph.sources.keys()], async (rows) =>
      day === undefined ? rows : knownSources(tx, rows, graph, day),
    ),
  };
}

const TEXTS_AT_ONCE = 200;

async function textsOf(
  tx: Tx,
  noun: ResourceType,
  ids: string[],
  shown = async (rows: Shown[]): Promise<Shown[]> => rows,
): Promise<string[]> {
  const texts: string[] = [];
  for (const some of chunksOf(ids, TEXTS_AT_ONCE)) {
    const rows = await findRows(tx, noun, some);
    texts.push(...(await outputTexts(tx, noun, await shown(rows))));
    await nextTurn();
  }
  return texts;
}

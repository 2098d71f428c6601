import { withSpokenOf } from '../../db/query/closures.js';
import { encodeReference } from '../../db/query/references.js';
import type { Row } from '../../db/query/rows.js';
import type { Tx } from '../../db/store/store.js';
import { lookUp } from '../../lib/collections.js';
import { type ClaimGraph, sourceOf, wholesOf } from '../graph/graph.js';
import { type Retractions, retractionsOf } from '../graph/retractions.js';
import { entitledTo } from '../graph/withdrawing.js';
import { storeComputedColumns } from '../load/computed.store.js';
import { loadSourcesGraph } from '../load/provenance.store.js';
import { refreshAfter } from '../standing/standing.service.js';
import { type Newer, type StatusColumns, statusOf } from './source-status.js';
import { changedSources, dateOf, newerThan, storedStatuses, storeStatus } from './source-status.store.js';

/**
 * Brings up to date what is computed about sources, their parts and those that anything in them speaks of, and
 * about the attributions that speak of these. To be called after every change on which that depends.
 */
export async function refreshSources(tx: Tx, ids: readonly string[]): Promise<void> {
  const concerned = await withSpokenOf(tx, ids);
  const stored = await storedStatuses(tx, concerned);
  if (stored.length === 0) return;
  const { statuses, takenBackBy, storedTakers } = await computeSources(
    tx,
    stored.map(({ id }) => id),
  );
  const alike = new Map<string, { status: StatusColumns; ids: string[] }>();
  for (const { id, ...before } of stored) {
    const columns = lookUp(statuses, id);
    const text = JSON.stringify(columns);
    if (JSON.stringify(before) === text) continue;
    const known = alike.get(text) ?? { status: columns, ids: [] };
    alike.set(text, known);
    known.ids.push(id);
  }
  for (const each of alike.values()) await storeStatus(tx, each.ids, each.status);

  const speaking = new Map<string, Row>();
  for (const [id, retracted_by_id] of takenBackBy) {
    if (retracted_by_id !== storedTakers.get(id)) speaking.set(id, { retracted_by_id });
  }
  await storeComputedColumns(tx, speaking);
}

/** What is computed about sources, and about the attributions that speak of them. */
export async function computeSources(
  tx: Tx,
  ids: readonly string[],
): Promise<{
  statuses: Map<string, StatusColumns>;
  /** By attribution, the one that takes it back: as computed, and as it is stored. */
  takenBackBy: Map<string, string | null>;
  storedTakers: Map<string, string | null>;
}> {
  const { graph, retractedBy: storedTakers } = await loadSourcesGraph(tx, ids);
  const retractions = retractionsOf(graph);
  const known = ids.filter((id) => graph.sources.has(id));
  const newer = await newerThan(tx, wholesOfAll(known, graph));
  const dates = new Map<string, string | null>();
  const statuses = new Map<string, StatusColumns>();
  for (const id of known) {
    statuses.set(id, await statusColumns(tx, id, { graph, retractions, newer }, dates));
  }
  const takenBackBy = new Map(
    graph.about_sources.map(({ id }, i) => [id, retractions.ofSources[i]?.id ?? null]),
  );
  return { statuses, takenBackBy, storedTakers };
}

interface Known {
  graph: ClaimGraph;
  retractions: Retractions;
  newer: Newer;
}

const wholesOfAll = (ids: readonly string[], graph: ClaimGraph) =>
  new Set(ids.flatMap((id) => wholesOf(id, graph.sources)));

async function statusColumns(
  tx: Tx,
  id: string,
  { graph, retractions, newer }: Known,
  dates: Map<string, string | null>,
): Promise<StatusColumns> {
  const { status, by } = statusOf(id, graph, retractions, newer);
  return {
    status,
    status_date: by === null ? null : await rememberedDate(tx, by, dates),
    status_by: by,
    superseded_by: JSON.stringify((newer.get(id) ?? []).map((other) => encodeReference('source', other))),
  };
}

/** The date of an attribution or a source, looked up unless `dates` has it from before. */
async function rememberedDate(tx: Tx, id: string, dates: Map<string, string | null>): Promise<string | null> {
  const known = dates.get(id);
  if (known !== undefined) return known;
  const date = await dateOf(tx, id);
  dates.set(id, date);
  return date;
}

/** Sources with the status that they had by the end of a day; `graph` holds what was said by then. */
export async function knownSources<Source extends { id: string }>(
  tx: Tx,
  rows: readonly Source[],
  graph: ClaimGraph,
  day: number,
): Promise<Source[]> {
  const ids = rows.map(({ id }) => id);
  const newer = await newerThan(tx, wholesOfAll(ids, graph), day);
  const known = { graph, retractions: retractionsOf(graph), newer };
  const dates = new Map<string, string | null>();
  const shown: Source[] = [];
  for (const row of rows) shown.push({ ...row, ...(await statusColumns(tx, row.id, known, dates)) });
  return shown;
}

/** Draws the consequences of what is newly, no longer or otherwise said of sources. */
export async function refreshSpokenOf(tx: Tx, sourceIds: readonly string[]): Promise<void> {
  if (sourceIds.length === 0) return;
  await refreshSources(tx, sourceIds);
  for (const id of sourceIds) await refreshAfter(tx, 'source', id);
}

/** Draws the consequences of changes to who may withdraw or correct sources or their parts. */
export async function refreshEntitled(tx: Tx, sourceIds: readonly string[]): Promise<void> {
  if (sourceIds.length === 0) return;
  const changed = await changedSources(tx);
  const { graph } = await loadSourcesGraph(tx, changed);
  await refreshSpokenOf(
    tx,
    changed.filter((id) => wholesOf(id, graph.sources).some((whole) => sourceIds.includes(whole))),
  );
}

/** Does so for all sources that parties publish or wrote, after these parties or what they are part of have changed. */
export async function refreshPublished(tx: Tx, concerned: readonly string[]): Promise<void> {
  const changed = await changedSources(tx);
  const { graph } = await loadSourcesGraph(tx, changed);
  const moved = new Set(concerned);
  const entitledOnes = changed.filter((id) => {
    const entitled = entitledTo(sourceOf(id, graph.sources), graph.sources, graph.parties);
    return [...entitled.publishers, ...entitled.authors].some((party) => moved.has(party));
  });
  await refreshSpokenOf(tx, entitledOnes);
}

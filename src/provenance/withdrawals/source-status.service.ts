import { reachedBy, withParts } from '../../db/query/closures.js';
import { encodeReference } from '../../db/query/references.js';
import type { Row } from '../../db/query/rows.js';
import type { Tx } from '../../db/store/store.js';
import { lookUp } from '../../lib/collections.js';
import { type ClaimGraph, sourceOf, wholesOf, wholesOfAll } from '../graph/graph.js';
import { retractionsOf } from '../graph/retractions.js';
import { entitledTo } from '../graph/withdrawing.js';
import { storeComputedColumns } from '../load/computed.store.js';
import { loadSourcesGraph } from '../load/provenance.store.js';
import { type Became, type Newer, type StatusColumns, statusesIn } from './source-status.js';
import { changedSources, dateOf, newerThan, storedStatuses, storeStatus } from './source-status.store.js';

/**
 * Brings up to date what is computed about sources, their parts and those that anything in them speaks of, and
 * about the attributions that speak of these.
 */
export async function refreshSources(tx: Tx, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  const concerned = await reachedBy(tx, 'spokenOf', ids);
  const stored = await storedStatuses(tx, concerned);
  if (stored.length === 0) return;
  const { statuses, takenBackBy, storedTakers } = await computeSources(
    tx,
    stored.map(({ id }) => id),
  );
  const alike = new Map<string, { status: StatusColumns; ids: string[] }>();
  for (const { id, ...before } of stored) {
    await tx.yield();
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
  const newer = await newerThan(tx, wholesOfAll(known, graph.sources));
  const became = statusesIn(graph, retractions, newer);
  const dates = new Map<string, string | null>();
  const statuses = new Map<string, StatusColumns>();
  for (const id of known) {
    await tx.yield();
    statuses.set(id, await statusColumns(tx, id, newer, became(id), dates));
  }
  const takenBackBy = new Map(
    graph.about_sources.map(({ id }, i) => [id, retractions.ofSources[i]?.id ?? null]),
  );
  return { statuses, takenBackBy, storedTakers };
}

async function statusColumns(
  tx: Tx,
  id: string,
  newer: Newer,
  { status, by }: Became,
  dates: Map<string, string | null>,
): Promise<StatusColumns> {
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
  const newer = await newerThan(tx, wholesOfAll(ids, graph.sources), day);
  const became = statusesIn(graph, retractionsOf(graph), newer);
  const dates = new Map<string, string | null>();
  const shown: Source[] = [];
  for (const row of rows)
    shown.push({ ...row, ...(await statusColumns(tx, row.id, newer, became(row.id), dates)) });
  return shown;
}

/** What decides on who may withdraw or correct sources. */
export interface Entitling {
  /** Sources of which the publisher or the authors changed. */
  sources: ReadonlySet<string>;
  /** Parties that are part of others than before. */
  parties: ReadonlySet<string>;
}

/** Sources that somebody withdraws or corrects, of whom it may depend on some changes whether they may. */
export async function entitledOtherwise(tx: Tx, { sources, parties }: Entitling): Promise<string[]> {
  if (sources.size === 0 && parties.size === 0) return [];
  const moved = new Set(await withParts(tx, [...parties]));
  const changed = await changedSources(tx);
  const { graph } = await loadSourcesGraph(tx, changed);
  const found: string[] = [];
  for (const id of changed) {
    await tx.yield();
    const { publishers, authors } = entitledTo(sourceOf(id, graph.sources), graph.sources, graph.parties);
    const isConcerned =
      wholesOf(id, graph.sources).some((whole) => sources.has(whole)) ||
      [...publishers, ...authors].some((party) => moved.has(party));
    if (isConcerned) found.push(id);
  }
  return found;
}

import { asc } from 'drizzle-orm';
import { isMeant } from '../../db/query/closures.js';
import { prepared } from '../../db/query/prepared.js';
import type { Tx } from '../../db/store/store.js';
import { groupBy, lookUp } from '../../lib/collections.js';
import { type ClaimGraph, type ClaimGraphs, NOTHING_SAID } from '../graph/graph.js';
import {
  aboutSourcesOf,
  attributionOf,
  attributionsAbout,
  byId,
  inPages,
  loadParties,
  loadSourcesSpokenOf,
} from './graph-parts.store.js';
import type { Computed, StoredStanding } from './stored-standing.js';

export interface LoadedGraphs extends ClaimGraphs {
  /** By claim. */
  stored: Map<string, StoredStanding>;
}

/** Reads all that the standing of some claims is computed from. */
export async function loadGraphs(tx: Tx, claimIds: readonly string[]): Promise<LoadedGraphs> {
  const claims = await inPages(claimIds, (ids) => claimRows(tx, null, ids));
  const said = await attributionsAbout(tx, 'claim_id', claimIds);
  const named = new Set(said.flatMap(({ source_id }) => source_id ?? []));
  const { sources, about, entitled } = await loadSourcesSpokenOf(tx, named);
  const speaking = [...said, ...about].map(({ party_id }) => party_id);
  const subjects = claims.flatMap(({ subject_id }) => subject_id ?? []);
  const { parties, keys } = await loadParties(tx, new Set([...speaking, ...subjects, ...entitled]));
  for (const { id, key } of [...said, ...about]) keys.set(id, key);

  const about_sources = aboutSourcesOf(about);
  const graphs: LoadedGraphs['graphs'] = new Map();
  const stored: LoadedGraphs['stored'] = new Map();
  const saidOf = groupBy(said.sort(byId), ({ claim_id }) => claim_id);
  for (const { id, subject_id: subject, ...computed } of claims) {
    const rows = saidOf.get(id) ?? [];
    graphs.set(id, { subject, attributions: rows.map(attributionOf), about_sources, parties, sources });
    stored.set(id, {
      computed: computed as Computed,
      attributions: rows.map(({ relay_depth, retracted_by_id }) => ({ relay_depth, retracted_by_id })),
    });
  }
  return { graphs, keys, stored };
}

/** Sources with what is said of them as a whole, as a graph without a claim. */
export async function loadSourcesGraph(
  tx: Tx,
  ids: readonly string[],
): Promise<{
  graph: ClaimGraph /** By attribution, as it is stored. */;
  retractedBy: Map<string, string | null>;
}> {
  const { sources, about, entitled } = await loadSourcesSpokenOf(tx, new Set(ids));
  const { parties } = await loadParties(tx, new Set([...about.map(({ party_id }) => party_id), ...entitled]));
  const about_sources = aboutSourcesOf(about);
  return {
    graph: { ...NOTHING_SAID, about_sources, parties, sources },
    retractedBy: new Map(about.map(({ id, retracted_by_id }) => [id, retracted_by_id])),
  };
}

/** A claim that is not stored yet, with its attributions in the order of their ids. */
export type NewClaim = Pick<ClaimGraph, 'subject' | 'attributions'>;

/** The graphs of such claims, which share what they name. */
export async function graphsOfNew(tx: Tx, claims: readonly NewClaim[]): Promise<ClaimGraph[]> {
  const said = claims.flatMap(({ attributions }) => attributions);
  const named = new Set(said.flatMap(({ source }) => source ?? []));
  const { sources, about, entitled } = await loadSourcesSpokenOf(tx, named);
  const speaking = [...said.map(({ party }) => party), ...about.map(({ party_id }) => party_id)];
  const subjects = claims.flatMap(({ subject }) => subject ?? []);
  const { parties } = await loadParties(tx, new Set([...speaking, ...subjects, ...entitled]));
  const about_sources = aboutSourcesOf(about);
  return claims.map((claim) => ({ ...claim, about_sources, parties, sources }));
}

/** Reads all that the standing of one claim is computed from. */
export async function loadGraph(
  tx: Tx,
  claimId: string,
): Promise<{ graph: ClaimGraph; keys: ClaimGraphs['keys']; stored: StoredStanding }> {
  const { graphs, keys, stored } = await loadGraphs(tx, [claimId]);
  return { graph: lookUp(graphs, claimId), keys, stored: lookUp(stored, claimId) };
}

const claimRows = prepared((tx) => {
  const { claims: t } = tx.tables;
  const { last_said, attribution_count, support, contested, self_denied, retracted } = t;
  const { min_origins, unnamed_only, unsourced, standing } = t;
  const computed = {
    ...{ last_said, attribution_count, support, contested, self_denied, retracted },
    ...{ min_origins, unnamed_only, unsourced, standing },
  };
  return tx.db
    .select({ id: t.id, subject_id: t.subject_id, ...computed })
    .from(t)
    .where(isMeant(tx, t.id))
    .orderBy(asc(t.id));
});

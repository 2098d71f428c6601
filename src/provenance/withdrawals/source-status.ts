import { type ClaimGraph, type SourceAttribution, sourceOf, wholesOf } from '../graph/graph.js';
import type { Retractions } from '../graph/retractions.js';
import { entitledTo } from '../graph/withdrawing.js';

/** What has become of a source; the first of those that apply, from the last to the first. */
export const sourceStatuses = ['current', 'corrected', 'superseded', 'withdrawn'] as const;
export type SourceStatus = (typeof sourceStatuses)[number];

/** What is computed about a source and stands beside its document. */
export interface StatusColumns {
  status: SourceStatus;
  /** EDTF. */
  status_date: string | null;
  /** Id of the attribution or source behind the status. */
  status_by: string | null;
  /** JSON text: markers of the sources that supersede it. */
  superseded_by: string;
}

/** Sources that name others under `supersedes`, by the one they take the place of, the first one first. */
export type Newer = ReadonlyMap<string, readonly string[]>;

/**
 * What has become of a source, and the attribution or source behind it.
 *
 * 1. `withdrawn`: by its publisher or all of its authors, or with a source that it is part of.
 * 2. `superseded`: another source names it, or one that it is part of, under `supersedes`.
 * 3. `corrected`: its publisher or one of its authors says so of it, lastly.
 */
export function statusOf(
  id: string,
  { about_sources, sources, parties }: ClaimGraph,
  { withdrawals, ofSources }: Retractions,
  newer: Newer,
): { status: SourceStatus; by: string | null } {
  const withdrawn = withdrawals.get(id)?.whole;
  if (withdrawn) return { status: 'withdrawn', by: withdrawn.id };
  const superseding = wholesOf(id, sources).flatMap((whole) => newer.get(whole) ?? [])[0];
  if (superseding !== undefined) return { status: 'superseded', by: superseding };
  const corrections = about_sources.filter(
    ({ stance, about_source }, i) => stance === 'corrects' && about_source === id && ofSources[i] === null,
  );
  if (corrections.length === 0) return { status: 'current', by: null };
  const { publishers, authors } = entitledTo(sourceOf(id, sources), sources, parties);
  const entitled = corrections.filter(({ party }) => publishers.has(party) || authors.has(party));
  const last = entitled.reduce<SourceAttribution | null>(
    (latest, said) => (latest === null || dayOf(said) >= dayOf(latest) ? said : latest),
    null,
  );
  return last ? { status: 'corrected', by: last.id } : { status: 'current', by: null };
}

const dayOf = ({ said_to }: SourceAttribution): number => said_to ?? Number.NEGATIVE_INFINITY;

import { groupBy } from '../../lib/collections.js';
import { type ClaimGraph, type SourceAttribution, sourceOf } from '../graph/graph.js';
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

/** What has become of a source. */
export interface Became {
  status: SourceStatus;
  /** Id of the attribution or source behind the status. */
  by: string | null;
}

/**
 * Tells what has become of a source, and the attribution or source behind it.
 *
 * 1. `withdrawn`: by its publisher or all of its authors, or with a source that it is part of.
 * 2. `superseded`: another source names it, or one that it is part of, under `supersedes`.
 * 3. `corrected`: its publisher or one of its authors says so of it, lastly.
 */
export function statusesIn(
  { about_sources, sources, parties }: ClaimGraph,
  { withdrawals, ofSources }: Retractions,
  newer: Newer,
): (id: string) => Became {
  const supersededBy = supersedingIn(sources, newer);
  const corrections = groupBy(
    about_sources.filter(({ stance }, i) => stance === 'corrects' && ofSources[i] === null),
    ({ about_source }) => about_source,
  );
  return (id) => {
    const withdrawn = withdrawals.get(id)?.whole;
    if (withdrawn) return { status: 'withdrawn', by: withdrawn.id };
    const superseding = supersededBy(id);
    if (superseding !== null) return { status: 'superseded', by: superseding };
    const corrected = corrections.get(id);
    if (!corrected) return { status: 'current', by: null };
    const { publishers, authors } = entitledTo(sourceOf(id, sources), sources, parties);
    const entitled = corrected.filter(({ party }) => publishers.has(party) || authors.has(party));
    const last = entitled.reduce<SourceAttribution | null>(
      (latest, said) => (latest === null || dayOf(said) >= dayOf(latest) ? said : latest),
      null,
    );
    return last ? { status: 'corrected', by: last.id } : { status: 'current', by: null };
  };
}

/** Tells what supersedes a source, or the nearest one that it is part of; each source is gone through once. */
function supersedingIn(sources: ClaimGraph['sources'], newer: Newer): (id: string) => string | null {
  const known = new Map<string, string | null>();
  return (id) => {
    const line: string[] = [];
    let at: string | null = id;
    for (; at !== null && !known.has(at); at = sources.get(at)?.part_of ?? null) {
      line.push(at);
      known.set(at, newer.get(at)?.[0] ?? null);
    }
    let above = at === null ? null : (known.get(at) ?? null);
    for (const part of line.toReversed()) {
      above = known.get(part) ?? above;
      known.set(part, above);
    }
    return above;
  };
}

const dayOf = ({ said_to }: SourceAttribution): number => said_to ?? Number.NEGATIVE_INFINITY;

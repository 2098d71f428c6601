import { neighbours } from '../graph/components.js';
import { affirms, attributionAt, carries, type SourceAttribution } from '../graph/graph.js';
import { partyOf } from '../graph/hierarchy.js';
import { listed } from '../graph/text.js';
import { AGAINST, type Analysis, CIRCLE, RETRACTED, SUPPORT } from './origins.js';

export const exclusionReasons = [
  'taken_back',
  'withdrawn',
  'no_side',
  'derived',
  'denial',
  'lost',
  'circle',
  'nothing',
] as const;
export type LeftOutReason = (typeof exclusionReasons)[number];

/** An attribution that adds no end of its own although one might think so. */
export interface Exclusion {
  attribution: string;
  reason: LeftOutReason;
  why: string;
}

/** The attributions that add nothing to the origins, and why. Plain relays add nothing either, but are not listed. */
export function exclusionsOf(analysis: Analysis): Exclusion[] {
  const isEnd = new Set(analysis.ends.map(({ at }) => at));
  return analysis.graph.attributions.flatMap(({ id, stance }, i) => {
    if (!analysis.counts[i] || !carries(stance)) return sideless(analysis, i);
    if (isEnd.has(i)) return [];
    const notes = [derived(analysis, i), unsupported(analysis, i)].filter((note) => note !== null);
    return notes.map((note) => ({ attribution: id, ...note }));
  });
}

type Note = Omit<Exclusion, 'attribution'>;

function sideless({ graph, retractions }: Analysis, i: number): Exclusion[] {
  const { id: attribution, party, stance } = attributionAt(graph, i);
  const by = retractions.ofClaim[i];
  if (by) {
    const name = partyOf(by.party, graph.parties).name;
    if (!('about_source' in by)) {
      return [{ attribution, reason: 'taken_back', why: `${name} took it back: it does not count.` }];
    }
    const { about_source } = by as SourceAttribution;
    const title = graph.sources.get(about_source)?.title ?? about_source;
    const own = by.party === party ? 'took back its own words in' : 'withdrew';
    return [{ attribution, reason: 'withdrawn', why: `${name} ${own} “${title}”: it does not count.` }];
  }
  if (stance === 'declines') {
    return [{ attribution, reason: 'no_side', why: 'Who declines to speak takes no side.' }];
  }
  if (stance === 'retracts') {
    return [{ attribution, reason: 'no_side', why: 'A retraction only takes words back.' }];
  }
  return [];
}

function derived({ graph, links }: Analysis, i: number): Note | null {
  if (!links.implied[i]) return null;
  const drawn = neighbours(links.targets, i).flatMap(
    (node) => links.sources[node - graph.attributions.length] ?? [],
  );
  const titles = listed(drawn.map((source) => `“${graph.sources.get(source)?.title ?? source}”`));
  const why = `Its source is derived from ${titles}, where the claim is attributed: it is taken as relaying that.`;
  return { reason: 'derived', why };
}

function unsupported({ graph, reach }: Analysis, i: number): Note | null {
  const bits = reach[i]!;
  if (bits & SUPPORT) return null;
  const still = affirms(attributionAt(graph, i).stance)
    ? 'it supports the claim but adds no origin'
    : 'it supports nothing';
  if (bits & CIRCLE) {
    return { reason: 'circle', why: `What it relays leads in a circle without a way out: ${still}.` };
  }
  if (bits & RETRACTED)
    return { reason: 'lost', why: `The support that it relays was taken back: ${still}.` };
  if (bits & AGAINST) return { reason: 'denial', why: 'What it passes on is a denial: no support.' };
  return { reason: 'nothing', why: 'What it passes on takes no side: no support.' };
}

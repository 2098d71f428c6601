import { dayText } from '../../lib/edtf.js';
import type { Attribution, ClaimGraph, Stance } from '../graph/graph.js';
import { dayOf } from '../graph/known-by.js';
import { type Standing, standingOf } from '../standing/standing.js';

/** One attribution, with the standing of the claim after it. */
export interface TimelineEvent {
  attribution: string;
  party: string;
  stance: Stance;
  /** The source that it speaks of as a whole. */
  about_source: string | null;
  in_reply_to: string | null;
  source: string | null;
  /** The last day on which it can have been said, YYYY-MM-DD. */
  date: string;
  /** The date of the words as it was given, in EDTF. */
  said: string | null;
  /** Whether the words have that date, or only their source. */
  dated_by: 'said' | 'source';
  standing: Standing;
}

export interface Timeline {
  events: TimelineEvent[];
  /** Attributions that have no date and stand in none of the standings. */
  undated: number;
  /** Number of all attributions with a date; only the first ones are events. */
  total: number;
}

/**
 * What was said of a claim, and of the sources in which it stands, in the order of its dates. Standings are the ones
 * that `known_by` gives; attributions of the same date count one after the other.
 */
export function timelineOf(graph: ClaimGraph, most: number): Timeline {
  const all: Attribution[] = [...graph.attributions, ...graph.about_sources];
  const dated = all
    .flatMap((said) => {
      const day = dayOf(said, graph);
      return day === null ? [] : [{ said, day }];
    })
    .sort((a, b) => a.day - b.day || (a.said.id < b.said.id ? -1 : 1));
  const known = new Set<Attribution>();
  const events = dated.slice(0, most).map(({ said, day }): TimelineEvent => {
    known.add(said);
    const { id, party, stance, in_reply_to, source } = said;
    return {
      attribution: id,
      party,
      stance,
      about_source: 'about_source' in said ? String(said.about_source) : null,
      in_reply_to,
      source,
      date: dayText(day)!,
      said: said.said,
      dated_by: said.said_to === null ? 'source' : 'said',
      standing: standingOf({
        ...graph,
        attributions: graph.attributions.filter((each) => known.has(each)),
        about_sources: graph.about_sources.filter((each) => known.has(each)),
      }),
    };
  });
  return { events, undated: all.length - dated.length, total: dated.length };
}

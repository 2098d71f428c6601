import { OPEN_END, OPEN_START } from '../../lib/edtf.js';
import type { Attribution, ClaimGraph } from './graph.js';

/** What had been said by a day, and the number of attributions without a date. */
export interface Known {
  graph: ClaimGraph;
  undated: number;
}

/**
 * The last day on which it can have been said, as days since 1970-01-01: the day of the words or, without one, that of
 * their source; where one end of a date is open, its other end. Null where neither has a date.
 */
export function dayOf(
  { said_from, said_to, source }: Attribution,
  { sources }: Pick<ClaimGraph, 'sources'>,
): number | null {
  const published = source === null ? undefined : sources.get(source);
  return (
    lastDay(said_from, said_to) ?? lastDay(published?.published_from ?? null, published?.published_to ?? null)
  );
}

/** The end of a date, or its start where the end is open. */
export function lastDay(from: number | null, to: number | null): number | null {
  const day = to === OPEN_END ? from : to;
  return day === OPEN_START || day === OPEN_END ? null : day;
}

/**
 * A claim as the world knew it at the end of a day, whenever it was recorded here: what was said, taken back or
 * withdrawn later is left out, and so is what has no date. What relays only such words stands as an end of
 * unknown lineage.
 */
export function knownBy(graph: ClaimGraph, day: number): Known {
  const isKnown = (said: Attribution) => (dayOf(said, graph) ?? Number.POSITIVE_INFINITY) <= day;
  return {
    graph: {
      ...graph,
      attributions: graph.attributions.filter(isKnown),
      about_sources: graph.about_sources.filter(isKnown),
    },
    undated: graph.attributions.filter((said) => dayOf(said, graph) === null).length,
  };
}

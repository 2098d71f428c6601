import { attributionAt, type ClaimGraph } from '../graph/graph.js';
import { type Exclusion, exclusionsOf } from '../standing/excluded.js';
import { pathsOf } from '../standing/paths.js';
import { computeStanding, type Standing, type StandingResult } from '../standing/standing.js';
import type { Origin, Tally } from '../standing/tally.js';
import { countsAs, leftOutOfMin, makesMin } from './reasons.js';
import { summaryOf } from './summary.js';

/** Where support ends, whom it counts as, and whether that raises `min`. */
export interface ExplainedEnd {
  attribution: string;
  party: string;
  /** The party that it counts as. */
  group: string;
  /** From the party up to the group, both included. */
  climb: string[];
  lineage: 'originates' | 'unknown';
  in_min: boolean;
  /** Whom it counts as and why; whether it counts into `min`, and why not. */
  why: string;
}

/** Attributions that relay each other. */
export interface ExplainedCircle {
  attributions: string[];
  way_out: boolean;
}

/** Every number of a standing in data and in words. Long lists are cut; `totals` gives their full lengths. */
export interface Explanation {
  standing: Standing;
  /** There is an originating end, and every one is unnamed and stands under no named party. */
  unnamed_only: boolean;
  /** Sorted by the groups that they count as. */
  ends: ExplainedEnd[];
  /** From an outermost attribution down to an end; every attribution that counts for support is near one. */
  paths: string[][];
  circles: ExplainedCircle[];
  left_out: Exclusion[];
  totals: { ends: number; paths: number; circles: number; left_out: number };
  sentences: string[];
}

/** Explains the standing of a claim; no list is longer than `limit`. */
export const explain = (graph: ClaimGraph, limit = 100): Explanation =>
  explainWeighed(computeStanding(graph), limit);

function explainWeighed(weighed: StandingResult, limit = 100): Explanation {
  const { analysis, tally, standing } = weighed;
  const idOf = (i: number) => attributionAt(analysis.graph, i).id;
  const paths = pathsOf(analysis);
  const circles = analysis.circles.toSorted((a, b) => a.members[0]! - b.members[0]!);
  const left_out = exclusionsOf(analysis);
  return {
    standing,
    unnamed_only: tally.unnamedOnly,
    ends: tally.origins.flatMap((origin) => endsOf(origin, tally, idOf)).slice(0, limit),
    paths: paths.slice(0, limit).map((path) => path.slice(0, limit).map(idOf)),
    circles: circles.slice(0, limit).map(({ members, wayOut }) => ({
      attributions: members.slice(0, limit).map(idOf),
      way_out: wayOut,
    })),
    left_out: left_out.slice(0, limit),
    totals: {
      ends: analysis.ends.length,
      paths: paths.length,
      circles: circles.length,
      left_out: left_out.length,
    },
    sentences: summaryOf(weighed),
  };
}

function endsOf(origin: Origin, tally: Tally, idOf: (i: number) => string): ExplainedEnd[] {
  let counted = false;
  return origin.ends.map(({ end, voice: { ancestors, group } }, i) => {
    const in_min = end.originates && !counted && makesMin(origin, tally);
    counted ||= in_min;
    const counts = origin.heads
      ? `It stands for at least ${origin.heads.min}, which makes min.`
      : 'It counts into min.';
    return {
      attribution: idOf(end.at),
      party: ancestors[0].id,
      group: group.id,
      climb: ancestors.map(({ id }) => id),
      lineage: end.originates ? 'originates' : 'unknown',
      in_min,
      why: `${countsAs(ancestors)} ${in_min ? counts : leftOutOfMin(end, origin, i > 0, tally)}`,
    };
  });
}

import { type DateEnd, edtfEnds } from '../../lib/edtf-spans.js';
import {
  affirms,
  type ClaimGraph,
  carries,
  opposes,
  type SourceAttribution,
  wholesOfAll,
} from '../graph/graph.js';
import { linesAbove } from '../graph/hierarchy.js';
import type { Computed, Support } from '../load/stored-standing.js';
import { type Analysis, analyse, supports } from './origins.js';
import { type Tally, tallyOf } from './tally.js';

/** What the register computes about a claim; never written by clients. */
export interface Standing {
  support: Support;
  contested: boolean;
  self_denied: boolean;
  retracted: boolean;
  asserting: number;
  reporting: number;
  denying: number;
  origins: { min: number; max: number | null };
  circular_reporting: boolean;
  blanket_denials: number;
  /** EDTF. */
  first_said: string | null;
  last_said: string | null;
}

export interface StandingResult {
  analysis: Analysis;
  tally: Tally;
  standing: Standing;
  /** Counting denials of sources in which the claim stands. */
  blanket: SourceAttribution[];
}

export const standingOf = (graph: ClaimGraph): Standing => computeStanding(graph).standing;

/**
 * The standing of a claim, with what it was computed from.
 *
 * - `asserting` (asserts, confirms), `reporting` (reports) and `denying` (denies, disputes) are the
 *   distinct parties of counting attributions, each as recorded and not collapsed.
 * - `support` is `none` only if nobody affirms the claim and no report leads to support. Who affirms it
 *   with no end behind (a circle, a source that took its words back) leaves it `untraced`.
 * - `self_denied`: there are deniers, and each is the subject or part of it at any depth, also where it
 *   judges for itself.
 * - `retracted`: there were assertions (asserts, confirms), and none counts any more. Reports are none.
 * - `first_said` and `last_said` span every attribution of the claim with a date, of any stance, taken back or
 *   not: the date that begins first and the one that ends last, of an interval its one end. A date that is open
 *   there stands whole, at the place of its other end.
 */
export function computeStanding(graph: ClaimGraph, analysis = analyse(graph)): StandingResult {
  const tally = tallyOf(analysis);
  const { attributions, parties, subject } = graph;
  const asserting = new Set<string>();
  const reporting = new Set<string>();
  const denying = new Set<string>();
  let affirmations = 0;
  attributions.forEach(({ stance, party }, i) => {
    if (affirms(stance)) affirmations++;
    if (!analysis.counts[i]) return;
    if (affirms(stance)) asserting.add(party);
    else if (stance === 'reports') reporting.add(party);
    else if (opposes(stance)) denying.add(party);
  });
  const bySubject = (denier: string) => linesAbove(denier, parties).some(({ id }) => id === subject);
  const blanket = blanketDenials(analysis);
  const { min, max } = tally;
  const standing: Standing = {
    support: asserting.size === 0 && analysis.ends.length === 0 ? 'none' : levelOf(min),
    contested: denying.size > 0,
    self_denied: subject !== null && denying.size > 0 && [...denying].every(bySubject),
    retracted: affirmations > 0 && asserting.size === 0,
    asserting: asserting.size,
    reporting: reporting.size,
    denying: denying.size,
    origins: { min, max },
    circular_reporting: analysis.circles.some(({ wayOut }) => !wayOut),
    blanket_denials: blanket.length,
    ...saidSpan(graph),
  };
  return { analysis, tally, standing, blanket };
}

export function computedOf({ analysis, standing, tally }: StandingResult): Computed {
  const { attributions } = analysis.graph;
  const last = attributions.reduce(
    (latest, { said_to }) => Math.max(latest, said_to ?? latest),
    Number.NEGATIVE_INFINITY,
  );
  return {
    last_said: Number.isFinite(last) ? last : null,
    attribution_count: attributions.length,
    support: standing.support,
    contested: standing.contested,
    self_denied: standing.self_denied,
    retracted: standing.retracted,
    min_origins: standing.origins.min,
    unnamed_only: tally.unnamedOnly,
    unsourced: attributions.every(({ source }) => source === null),
    standing: JSON.stringify(standing),
  };
}

const levelOf = (min: number): Support =>
  min === 0 ? 'untraced' : min === 1 ? 'single_origin' : 'corroborated';

/**
 * Counting denials and disputes of a source in which the claim stands: one that is the source of a
 * counting attribution that supports the claim, or a whole that it is part of. A denial of the source
 * of a mere denial is none. Each denial counts, also where one party made several.
 */
function blanketDenials(analysis: Analysis): SourceAttribution[] {
  const { attributions, about_sources, sources } = analysis.graph;
  const { ofSources } = analysis.retractions;
  if (about_sources.length === 0) return [];
  const supporting = attributions.flatMap(({ source, stance }, i) =>
    source !== null && carries(stance) && supports(analysis, i) ? [source] : [],
  );
  const standsIn = wholesOfAll(supporting, sources);
  return about_sources.filter(
    ({ stance, about_source }, i) => ofSources[i] === null && opposes(stance) && standsIn.has(about_source),
  );
}

/** The earliest and the latest date, in EDTF and as exact as they were given. */
function saidSpan({ attributions }: ClaimGraph): Pick<Standing, 'first_said' | 'last_said'> {
  let first: DateEnd | null = null;
  let last: DateEnd | null = null;
  for (const { said } of attributions) {
    if (said === null) continue;
    const [start, end] = edtfEnds(said);
    if (!first || start.first < first.first || (start.first === first.first && start.last < first.last)) {
      first = start;
    }
    if (!last || end.last > last.last || (end.last === last.last && end.first > last.first)) last = end;
  }
  return { first_said: first?.text ?? null, last_said: last?.text ?? null };
}

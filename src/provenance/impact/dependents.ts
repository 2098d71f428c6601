import { zip } from '../../lib/zip.js';
import { type Attribution, type ClaimGraph, type SourceAttribution, wholesOf } from '../graph/graph.js';
import { voiceOf } from '../graph/hierarchy.js';
import { retractionsOf } from '../graph/retractions.js';
import { supportLevels } from '../load/stored-standing.js';
import { computeStanding, type Standing, standingOf } from '../standing/standing.js';
import { type LossReason, spreadLoss } from './loss.js';

/** The object that is assumed to fall. */
export type LossCause = { source: string } | { party: string } | { attribution: string };

export interface Loss {
  fallen: { attribution: string; because: LossReason }[];
  /** Denials of whole sources that fall. */
  fallen_about_sources: string[];
  before: Standing;
  after: Standing;
}

/**
 * What becomes of a claim if a source, a party or an attribution falls.
 *
 * - With a source fall the attributions that stand in it or in a part of it.
 * - With a party falls what it says, and what is said by those that count as it or stand below it on the
 *   way up to their group: with Pakistan its military, with the UN its Monitoring Team but not UNAMA,
 *   which judges for itself. Speakers do not matter; the words bind the party.
 * - The rest follows from {@link spreadLoss}.
 *
 * For a source that was withdrawn, the standing before is that without the withdrawal, and the standing after is the
 * present one. Otherwise the standing after is that of the claim without the fallen attributions. If a retraction
 * falls and the words that it took back do not, these count again.
 */
export function lossOf(present: ClaimGraph, falling: LossCause): Loss {
  const graph = 'source' in falling ? withoutWithdrawals(present, falling.source) : present;
  const because = (attribution: Attribution) => directly(graph, attribution, falling);
  const { analysis, standing: before } = computeStanding(graph);
  const reasons = spreadLoss(analysis, graph.attributions.map(because));
  const attributions = graph.attributions.filter((_, i) => reasons[i] === null);
  const about_sources = graph.about_sources.filter((denial) => because(denial) === null);
  const standing = new Set(about_sources);
  return {
    fallen: graph.attributions.flatMap(({ id }, i) => {
      const reason = reasons[i];
      return reason ? [{ attribution: id, because: reason }] : [];
    }),
    fallen_about_sources: graph.about_sources.filter((denial) => !standing.has(denial)).map(({ id }) => id),
    before,
    after: standingOf(graph === present ? { ...graph, attributions, about_sources } : present),
  };
}

/** The graph as it would be if nobody had withdrawn the source; the same graph where nobody has. */
function withoutWithdrawals(graph: ClaimGraph, source: string): ClaimGraph {
  const { withdrawals } = retractionsOf(graph);
  const withdrawn = withdrawals.get(source);
  if (!withdrawn?.whole) return graph;
  const wholes = new Set(wholesOf(source, graph.sources));
  const withdraws = ({ stance, about_source }: SourceAttribution) =>
    stance === 'retracts' && wholes.has(about_source);
  return { ...graph, about_sources: graph.about_sources.filter((said) => !withdraws(said)) };
}

function directly(
  { parties, sources }: ClaimGraph,
  { id, party, source }: Attribution,
  falling: LossCause,
): LossReason | null {
  if ('attribution' in falling) return id === falling.attribution ? 'attribution' : null;
  if ('source' in falling) {
    return source !== null && wholesOf(source, sources).includes(falling.source) ? 'source' : null;
  }
  return voiceOf(party, parties).ancestors.some((above) => above.id === falling.party) ? 'party' : null;
}

const level = ({ support }: Standing): number => supportLevels.indexOf(support);
const most = ({ origins }: Standing): number => origins.max ?? Number.POSITIVE_INFINITY;

/** How far support falls: levels, then origins that are sure, then origins that are possible. */
function loss({ before, after }: Loss): [number, number, number] {
  const possible = most(before) === most(after) ? 0 : most(before) - most(after);
  return [level(before) - level(after), before.origins.min - after.origins.min, possible];
}

/** Whether the claim loses support: a level of it, or origins, sure or possible. */
export const losesSupport = (fallen: Loss): boolean => loss(fallen).some((lost) => lost > 0);

/** Sorts the most affected claims first; of two that lose the same support, the one with more fallen attributions. */
export function compareLosses(a: Loss, b: Loss): number {
  for (const [lostA, lostB] of zip(loss(a), loss(b))) {
    if (lostA !== lostB) return lostB > lostA ? 1 : -1;
  }
  return b.fallen.length - a.fallen.length;
}

/** The fall of a claim in one sentence. */
export function lossSentence(fallen: Loss, attributions: number): string {
  const { before, after } = fallen;
  const count = `${fallen.fallen.length} of ${attributions} attributions ${fallen.fallen.length === 1 ? 'falls' : 'fall'}`;
  const change = (name: string, from: string, to: string) =>
    from === to ? [] : [`${name} goes from ${from} to ${to}`];
  const words = (max: number | null) => (max === null ? 'no limit' : String(max));
  const changes = [
    ...change('support', before.support, after.support),
    ...change('min', String(before.origins.min), String(after.origins.min)),
    ...change('max', words(before.origins.max), words(after.origins.max)),
  ];
  return `${count}; ${changes.length === 0 ? 'support stays as it is' : changes.join(', ')}.`;
}

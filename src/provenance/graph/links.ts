import { append, lookUp } from '../../lib/collections.js';
import { neighbours } from './components.js';
import { type Attribution, type ClaimGraph, carries, opposes, wholesOf } from './graph.js';

/**
 * What each attribution passes on, as indexes into `graph.attributions`. Larger numbers stand for sources, each for
 * all attributions in it: a thousand articles that draw on a report with a thousand attributions make two thousand
 * links, not a million.
 */
export interface Links {
  targets: number[][];
  /** The sources of the numbers beyond the attributions, in order. */
  sources: string[];
  /** By attribution, whether it relays nothing but is treated as relaying what its source is derived from. */
  implied: boolean[];
}

/** By source, the attributions that stand in it or in one of its parts. */
function holdersOf({ attributions, sources }: ClaimGraph): Map<string, number[]> {
  const direct = new Map<string, number[]>();
  attributions.forEach(({ source, stance }, i) => {
    // To decline or to retract is not to say the claim.
    if (source !== null && (carries(stance) || opposes(stance))) append(direct, source, i);
  });
  const holders = new Map<string, number[]>();
  for (const [source, held] of direct) {
    for (const whole of wholesOf(source, sources)) for (const i of held) append(holders, whole, i);
  }
  return holders;
}

/**
 * The nearest sources behind a source in which the claim is attributed. The search follows `derived_from`
 * through sources that do not hold the claim, however many, and stops at the first that does. A part
 * draws on what its whole draws on.
 */
function drawnOn(source: string, { sources }: ClaimGraph, holders: Map<string, number[]>): string[] {
  const seen = new Set(wholesOf(source, sources));
  const found: string[] = [];
  const open = [...seen];
  const opened = new Set(open);
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    for (const from of sources.get(at)?.derived_from ?? []) {
      if (seen.has(from)) continue;
      seen.add(from);
      const wholes = holders.has(from) ? [] : wholesOf(from, sources);
      if (wholes.length === 0) found.push(from);
      for (const whole of wholes) if (!opened.has(whole)) open.push(whole);
      for (const whole of wholes) opened.add(whole);
    }
  }
  return found;
}

/**
 * The links along which origins are followed: `relays`, and implied links. An attribution that carries the claim,
 * does not originate it and relays nothing is linked to all that is attributed in the nearest sources from which its
 * own source is derived.
 */
export function linksOf(graph: ClaimGraph): Links {
  const { attributions } = graph;
  const indexes = new Map<string, number>();
  for (const [i, { id }] of attributions.entries()) indexes.set(id, i);
  const recorded = ({ relays }: Attribution) => {
    const found: number[] = [];
    for (const id of relays) {
      const index = indexes.get(id);
      if (index !== undefined) found.push(index);
    }
    return found;
  };
  const targets = attributions.map(recorded);
  const implied = attributions.map(() => false);
  const holders = holdersOf(graph);
  const nodes = new Map<string, number>();
  const nodeOf = (source: string): number => {
    const node = nodes.get(source) ?? targets.push(lookUp(holders, source)) - 1;
    nodes.set(source, node);
    return node;
  };
  const drawn = new Map<string, number[]>();
  attributions.forEach(({ source, stance, lineage }, i) => {
    if (source === null || !carries(stance) || lineage === 'originates') return;
    if (neighbours(targets, i).length > 0) return;
    const behind = drawn.get(source) ?? drawnOn(source, graph, holders).map(nodeOf);
    drawn.set(source, behind);
    if (behind.length === 0) return;
    targets[i] = behind;
    implied[i] = true;
  });
  return { targets, sources: [...nodes.keys()], implied };
}

import { componentsOf, neighbours } from '../graph/components.js';
import { affirms, attributionAt, type ClaimGraph, carries, opposes } from '../graph/graph.js';
import { type Links, linksOf } from '../graph/links.js';
import { type Retractions, retractionsOf } from '../graph/retractions.js';

/** What can be reached down `relays`, as bits. */
export const SUPPORT = 1;
/** A denial. */
export const AGAINST = 2;
/** Somebody who declines to speak or takes words back. */
const NEITHER = 4;
/** Support that was taken back. */
export const RETRACTED = 8;
/** A circle that leads nowhere. */
export const CIRCLE = 16;

/** A counting attribution that carries the claim and behind which nothing is to be followed. */
export interface End {
  /** Index into the attributions. */
  at: number;
  originates: boolean;
  /** Relays something, but nothing that supports what it affirms. */
  ownWord: boolean;
}

export interface Circle {
  members: number[];
  wayOut: boolean;
}

/** Where a claim comes from: the first step of standing, explanation and dependents. */
export interface Analysis {
  graph: ClaimGraph;
  links: Links;
  retractions: Retractions;
  /** Whether each attribution counts: nothing takes it back. */
  counts: boolean[];
  /** For each attribution, and each source of `links`, the bits of what it leads to. */
  reach: Uint8Array;
  ends: End[];
  circles: Circle[];
  /** Attributions and sources, each after all that it leads to but for circles. */
  order: number[];
}

/**
 * Follows the links from every counting attribution to the ends.
 *
 * - What `asserts`, `confirms` and `reports` relay is followed. At a `denies`, `disputes`, `declines` or
 *   `retracts` the walk is over: they speak for themselves. A denial is followed into denials only, and
 *   only to find circles; what else it relays is what it denies, not what it rests on.
 * - An attribution that carries the claim is an end if it originates (also beside relaying) or if it
 *   relays nothing. A `reports` that relays nothing is support of unknown lineage.
 * - One that `asserts` or `confirms` and relays only what does not support the claim (an outlet that says
 *   it and passes on the denial) is an end of unknown lineage: nobody knows where it has its own word from.
 * - What was taken back is not followed. A `reports` that relays only such things supports nothing, and
 *   an `asserts` adds no origin, since it had none of its own.
 * - Attributions that reach each other are a circle. It has a way out if a member originates or relays
 *   something outside at which a walk ends. Without, it adds nothing, nor does what leads only into it.
 */
export function analyse(graph: ClaimGraph, links = linksOf(graph)): Analysis {
  const { attributions } = graph;
  const retractions = retractionsOf(graph);
  const counts = retractions.ofClaim.map((by) => by === null);
  const targets = links.targets.map((all, node) => followed(graph, node, all));
  const reach = new Uint8Array(targets.length);
  const ends: End[] = [];
  const circles: Circle[] = [];
  const counting = (node: number) => counts[node] ?? true;

  const below = (node: number): number => {
    let bits = 0;
    for (const target of neighbours(targets, node)) {
      if (counting(target)) bits |= reach[target]!;
      else if (carries(attributionAt(graph, target).stance)) bits |= RETRACTED;
    }
    return bits;
  };

  const alone = (node: number): number => {
    const attribution = attributions[node];
    if (!attribution) return below(node);
    const { stance, lineage } = attribution;
    if (!carries(stance)) return opposes(stance) ? AGAINST : NEITHER;
    const bits = below(node);
    const originates = lineage === 'originates';
    const relays = neighbours(targets, node).length > 0;
    const ownWord = relays && affirms(stance) && !(bits & (SUPPORT | RETRACTED | CIRCLE));
    if (!originates && !ownWord && relays) return bits;
    ends.push({ at: node, originates, ownWord: ownWord && !originates });
    return bits | SUPPORT;
  };

  const inCircle = (component: number[]): number => {
    const members = component.filter((node) => node < attributions.length).sort((a, b) => a - b);
    const originating = members.filter((node) => attributions[node]?.lineage === 'originates');
    const denial = members.some((node) => opposes(attributionAt(graph, node).stance));
    const own = denial ? AGAINST : SUPPORT;
    let bits = originating.length > 0 ? own : 0;
    for (const node of component) bits |= below(node);
    const wayOut = (bits & (SUPPORT | AGAINST | NEITHER)) !== 0;
    circles.push({ members, wayOut });
    if (denial) return AGAINST;
    ends.push(...originating.map((at) => ({ at, originates: true, ownWord: false })));
    return bits | (wayOut ? 0 : CIRCLE);
  };

  const components = componentsOf(targets, counting);
  for (const component of components) {
    const [only] = component as [number];
    const circular = component.length > 1 || neighbours(targets, only).includes(only);
    const bits = circular ? inCircle(component) : alone(only);
    for (const node of component) reach[node] = bits;
  }
  ends.sort((a, b) => a.at - b.at);
  return { graph, links, retractions, counts, reach, ends, circles, order: components.flat() };
}

function followed(graph: ClaimGraph, node: number, targets: number[]): number[] {
  const attribution = graph.attributions[node];
  if (!attribution || carries(attribution.stance)) return targets;
  return opposes(attribution.stance)
    ? targets.filter((target) => opposes(attributionAt(graph, target).stance))
    : [];
}

/** Whether an attribution counts and passes on what leads only in a circle. */
export const isCircular = ({ graph, counts, reach }: Analysis, at: number): boolean =>
  counts[at] === true &&
  carries(attributionAt(graph, at).stance) &&
  (reach[at]! & (CIRCLE | SUPPORT)) === CIRCLE;

/** Whether an attribution supports the claim: by its own word, or by passing on what does. */
export function supports({ graph, counts, reach }: Analysis, at: number): boolean {
  const { stance } = attributionAt(graph, at);
  return counts[at] === true && (affirms(stance) || (stance === 'reports' && (reach[at]! & SUPPORT) !== 0));
}

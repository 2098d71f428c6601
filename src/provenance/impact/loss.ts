import { type Adjacency, neighbours } from '../graph/components.js';
import type { Analysis } from '../standing/origins.js';
import { turnedRound } from '../standing/paths.js';

/**
 * Why an attribution falls: it is what falls, or its source or party is; nothing that relays it stands any
 * longer (`unheard`); nothing that it relays does (`unfounded`).
 */
export const lossReasons = ['attribution', 'source', 'party', 'unheard', 'unfounded'] as const;
export type LossReason = (typeof lossReasons)[number];

/**
 * Which attributions fall, those that fall by themselves included.
 *
 * - An attribution without a source of its own is known only through those that relay it: it falls when
 *   all of them have fallen.
 * - A relay falls when all it relays have fallen, of whatever stance. Implied links (see `Links`) count
 *   as relays. An attribution that originates does not fall in this way, nor one that affirms the claim and
 *   relays nothing that supports it.
 * - In a circle one does not hold up the other: the members fall together when whatever held them up from
 *   outside has fallen.
 * - Retraction plays no part here: words that were taken back have not fallen by that.
 */
export function spreadLoss(
  { graph: { attributions }, links, ends }: Analysis,
  direct: readonly (LossReason | null)[],
): (LossReason | null)[] {
  const reasons = [...direct];
  if (direct.every((reason) => reason === null)) return reasons;
  const ownWord = new Set(ends.filter((end) => end.ownWord).map(({ at }) => at));
  const { targets } = links;
  const relayers = turnedRound(targets);
  const nodes = targets.map((_, node) => node);
  const standsAlone = (node: number) =>
    neighbours(targets, node).length === 0 ||
    attributions[node]?.lineage === 'originates' ||
    ownWord.has(node);
  const isRead = (node: number) =>
    attributions[node]?.source !== null || neighbours(relayers, node).length === 0;
  const founded = {
    from: targets,
    next: relayers,
    seeds: nodes.filter(standsAlone),
    lost: 'unfounded',
  } as const;
  const heard = { from: relayers, next: targets, seeds: nodes.filter(isRead), lost: 'unheard' } as const;
  const stands = (node: number) => !reasons[node];

  const holds = [founded, heard].map(({ from, next, seeds, lost }) => {
    const held = reached(seeds, next, () => true);
    // Circles that nothing outside held up before cannot lose such support now.
    const adrift = nodes.filter((node) => !held[node]);
    const left = from.map((all) => all.length);
    return { next, lost, base: new Set(seeds), seeds: [...seeds, ...adrift], left };
  });
  const fallen = nodes.filter((node) => !stands(node));
  const drop = (node: number, reason: LossReason) => {
    reasons[node] = reason;
    fallen.push(node);
  };
  while (fallen.length > 0) {
    for (let node = fallen.pop(); node !== undefined; node = fallen.pop()) {
      for (const { next, base, left, lost } of holds) {
        for (const above of neighbours(next, node)) {
          if (--left[above]! === 0 && stands(above) && !base.has(above)) drop(above, lost);
        }
      }
    }
    for (const { next, seeds, lost } of holds) {
      const still = reached(seeds, next, stands);
      for (const node of nodes) if (stands(node) && !still[node]) drop(node, lost);
    }
  }
  return reasons.slice(0, attributions.length);
}

/** By node, whether it can be reached from the seeds through nodes that `lets` lets through. */
function reached(seeds: readonly number[], next: Adjacency, lets: (node: number) => boolean): Uint8Array {
  const found = new Uint8Array(next.length);
  const open = seeds.filter(lets);
  for (const seed of open) found[seed] = 1;
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    for (const target of neighbours(next, node)) {
      if (found[target] || !lets(target)) continue;
      found[target] = 1;
      open.push(target);
    }
  }
  return found;
}

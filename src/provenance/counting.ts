import type { Attribution } from './graph.js';

/**
 * Whether each attribution counts: it does unless its party took it back.
 *
 * - It is taken back by a `retracts` of the very same party that is `in_reply_to` it. No other body can
 *   do that, not even the one that the party is part of.
 * - A retraction that was itself taken back takes nothing back. Retractions that run in a circle leave
 *   each other alone.
 * - Dates play no part: who says it again makes a new attribution, which counts.
 */
export function countingOf(attributions: readonly Attribution[]): boolean[] {
  if (!attributions.some(({ stance }) => stance === 'retracts')) return attributions.map(() => true);
  const indexes = new Map(attributions.map(({ id }, i) => [id, i]));
  const takesBack = attributions.map((retraction, i) => {
    if (retraction.stance !== 'retracts' || retraction.in_reply_to === null) return null;
    const target = indexes.get(retraction.in_reply_to);
    return target !== undefined && target !== i && attributions[target]!.party === retraction.party
      ? target
      : null;
  });
  const open = new Array<number>(attributions.length).fill(0);
  for (const target of takesBack) if (target !== null) open[target]!++;
  const counts = new Array<boolean>(attributions.length).fill(true);
  // Settled are those whose every retraction is settled: first those that nobody takes back.
  const settled = attributions.flatMap((_, i) => (open[i] === 0 ? [i] : []));
  for (let i = settled.pop(); i !== undefined; i = settled.pop()) {
    const target = takesBack[i]!;
    if (target === null) continue;
    if (counts[i]) counts[target] = false;
    if (--open[target]! === 0) settled.push(target);
  }
  return counts;
}

import type { Links } from '../graph/links.js';

const UNKNOWN = -1;

/**
 * For each attribution, by index, the length of the longest way down `relays` to an end. Sorted by relay_depth,
 * highest first, relayers stand before what they relay. Where relaying runs in a circle no order can be
 * right; the link that closes the circle is left out.
 */
export function relayDepths({ targets, implied }: Links): Int32Array {
  const heights = new Int32Array(implied.length).fill(UNKNOWN);
  const next = new Int32Array(implied.length);
  const open = new Uint8Array(implied.length);
  const relays = targets.slice(0, implied.length).map((all, node) => (implied[node] ? [] : all));
  for (let start = 0; start < heights.length; start++) {
    const path = heights[start] === UNKNOWN ? [start] : [];
    while (path.length > 0) {
      const node = path.at(-1)!;
      open[node] = 1;
      const below = relays[node]![next[node]!++];
      if (below !== undefined) {
        if (heights[below] === UNKNOWN && !open[below]) path.push(below);
        continue;
      }
      heights[node] = 1 + relays[node]!.reduce((most, relayed) => Math.max(most, heights[relayed]!), UNKNOWN);
      open[node] = 0;
      path.pop();
    }
  }
  return heights;
}

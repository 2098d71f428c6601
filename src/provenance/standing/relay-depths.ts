import { neighbours } from '../graph/components.js';
import type { Links } from '../graph/links.js';

const UNKNOWN = -1;

/** An attribution on the path that is being searched. */
interface Step {
  node: number;
  relays: readonly number[];
  /** The place of the relayed attribution that comes next. */
  next: number;
  /** The largest depth found below so far. */
  deepest: number;
}

/**
 * For each attribution, by index, the length of the longest way down `relays` to an end. Sorted by relay_depth,
 * highest first, relayers stand before what they relay. Where relaying runs in a circle no order can be
 * right; the link that closes the circle is left out.
 */
export function relayDepths({ targets, implied }: Links): Int32Array {
  const depths = new Int32Array(implied.length).fill(UNKNOWN);
  const open = new Uint8Array(implied.length);
  const stepTo = (node: number): Step => {
    open[node] = 1;
    return { node, relays: implied[node] ? [] : neighbours(targets, node), next: 0, deepest: UNKNOWN };
  };
  for (let start = 0; start < depths.length; start++) {
    const path = depths[start] === UNKNOWN ? [stepTo(start)] : [];
    for (let step = path.at(-1); step; step = path.at(-1)) {
      const below = step.relays[step.next++];
      if (below !== undefined) {
        if (depths[below] === UNKNOWN && !open[below]) path.push(stepTo(below));
        else step.deepest = Math.max(step.deepest, depths[below]!);
        continue;
      }
      path.pop();
      open[step.node] = 0;
      const depth = step.deepest + 1;
      depths[step.node] = depth;
      const above = path.at(-1);
      if (above) above.deepest = Math.max(above.deepest, depth);
    }
  }
  return depths;
}

/** By node, the nodes that it leads to. */
export type Adjacency = readonly (readonly number[])[];

const NOWHERE: readonly number[] = [];
const UNFOUND = -1;

/** The nodes that one leads to; a node beyond the list leads nowhere. */
export const neighbours = (links: Adjacency, node: number): readonly number[] => links[node] ?? NOWHERE;

/** A node on the path that is being searched. */
interface Step {
  node: number;
  targets: readonly number[];
  /** The place of the target that comes next. */
  next: number;
  /** The lowest order of the nodes that can be reached from here and are in no component yet. */
  lowest: number;
}

/**
 * The strongly connected components of a graph (Tarjan's algorithm, without recursion): nodes that can
 * reach each other stand together. A component comes after all components that it leads to. All nodes stand in `links`.
 */
export function componentsOf(links: Adjacency, includes: (node: number) => boolean): number[][] {
  /** The order in which nodes are found. */
  const found = new Int32Array(links.length).fill(UNFOUND);
  const waits = new Uint8Array(links.length);
  const waiting: number[] = [];
  const components: number[][] = [];
  let count = 0;
  const stepTo = (node: number): Step => {
    found[node] = count;
    waits[node] = 1;
    waiting.push(node);
    return { node, targets: neighbours(links, node), next: 0, lowest: count++ };
  };
  /** The next target that is not found yet; none once all are looked at. */
  const nextUnfound = (step: Step): number | undefined => {
    while (step.next < step.targets.length) {
      const target = step.targets[step.next++]!;
      if (!includes(target)) continue;
      const order = found[target]!;
      if (order === UNFOUND) return target;
      if (waits[target] && order < step.lowest) step.lowest = order;
    }
    return undefined;
  };
  for (let start = 0; start < links.length; start++) {
    if (found[start] !== UNFOUND || !includes(start)) continue;
    const path = [stepTo(start)];
    for (let step = path.at(-1); step; step = path.at(-1)) {
      const target = nextUnfound(step);
      if (target !== undefined) {
        path.push(stepTo(target));
        continue;
      }
      path.pop();
      const above = path.at(-1);
      if (above) above.lowest = Math.min(above.lowest, step.lowest);
      if (step.lowest !== found[step.node]) continue;
      const component = waiting.splice(waiting.lastIndexOf(step.node));
      for (const member of component) waits[member] = 0;
      components.push(component);
    }
  }
  return components;
}

/**
 * The strongly connected components of a graph (Tarjan's algorithm, without recursion): nodes that can
 * reach each other stand together. A component comes after all components that it leads to.
 */
export function componentsOf(
  targets: readonly (readonly number[])[],
  includes: (node: number) => boolean,
): number[][] {
  const size = targets.length;
  const found = new Int32Array(size).fill(-1);
  const lowest = new Int32Array(size);
  const next = new Int32Array(size);
  const waits = new Uint8Array(size);
  const waiting: number[] = [];
  const components: number[][] = [];
  let count = 0;
  for (let start = 0; start < size; start++) {
    if (found[start] !== -1 || !includes(start)) continue;
    const path = [start];
    while (path.length > 0) {
      const node = path.at(-1)!;
      if (found[node] === -1) {
        found[node] = lowest[node] = count++;
        waiting.push(node);
        waits[node] = 1;
      }
      const target = targets[node]![next[node]!++];
      if (target !== undefined) {
        if (!includes(target)) continue;
        if (found[target] === -1) path.push(target);
        else if (waits[target]) lowest[node] = Math.min(lowest[node]!, found[target]!);
        continue;
      }
      path.pop();
      const above = path.at(-1);
      if (above !== undefined) lowest[above] = Math.min(lowest[above]!, lowest[node]!);
      if (lowest[node] !== found[node]) continue;
      const component = waiting.splice(waiting.lastIndexOf(node));
      for (const member of component) waits[member] = 0;
      components.push(component);
    }
  }
  return components;
}

import { type Adjacency, neighbours } from '../graph/components.js';
import { carries } from '../graph/graph.js';
import type { Analysis } from './origins.js';

/**
 * Ways from the outermost attributions, which nothing that counts passes on, down to supporting ends, as
 * indexes of attributions. There can be far more ways than anyone reads; these show where each
 * attribution stands: a shortest way from every outermost attribution to its nearest end, and one to every end
 * that would stand in none of them.
 */
export function pathsOf(analysis: Analysis): number[][] {
  const { graph, ends, order } = analysis;
  const { attributions } = graph;
  const { targets, relayers, followed } = followedLinks(analysis);
  const outermost = attributions.flatMap((_, i) =>
    followed(i) && neighbours(relayers, i).length === 0 ? [i] : [],
  );

  const paths: number[][] = [];
  const covered = new Set<number>();
  const keep = (path: number[]) => {
    for (const node of path) covered.add(node);
    paths.push(path.filter((node) => node < attributions.length));
  };
  const found = unfound(targets.length);
  spread(
    ends.map(({ at }) => at),
    relayers,
    found,
  );
  for (const start of outermost) if (found[start] !== -1) keep(walk(start, found));

  const fromTop = unfound(targets.length);
  spread(outermost, targets, fromTop);
  // What is not found yet is reached only through circles; any way into them will do.
  for (const node of order.toReversed()) if (fromTop[node] === -1) spread([node], targets, fromTop);
  for (const { at } of ends) if (!covered.has(at)) keep(walk(at, fromTop).reverse());
  return paths;
}

/**
 * The links between what counts and carries the claim, as indexes of attributions, and from there on of sources:
 * what each passes on, and who passes it on.
 */
export function followedLinks({ graph: { attributions }, links, counts }: Analysis) {
  const followed = (node: number) => {
    const attribution = attributions[node];
    return attribution === undefined || (counts[node] === true && carries(attribution.stance));
  };
  const targets = links.targets.map((all, node) => {
    if (!followed(node)) return [];
    return all.every(followed) ? all : all.filter(followed);
  });
  return { targets, relayers: turnedRound(targets), followed };
}

/** Reverses links: by node, the nodes that lead to it. */
export function turnedRound(targets: Adjacency): (readonly number[])[] {
  const from: (number[] | undefined)[] = targets.map(() => undefined);
  targets.forEach((all, node) => {
    for (const target of all) {
      const known = from[target];
      if (known) known.push(node);
      else from[target] = [node];
    }
  });
  return from.map((all) => all ?? []);
}

const unfound = (size: number): Int32Array => new Int32Array(size).fill(-1);

/** Breadth first: notes for each node which one it was found from; a seed is found from itself. */
function spread(seeds: readonly number[], next: Adjacency, from: Int32Array): void {
  const queue = [...seeds];
  for (const seed of seeds) from[seed] = seed;
  for (const at of queue) {
    for (const node of neighbours(next, at)) {
      if (from[node] !== -1) continue;
      from[node] = at;
      queue.push(node);
    }
  }
}

function walk(start: number, from: Int32Array): number[] {
  const path = [start];
  let at = start;
  for (let next = from[at]; next !== undefined && next !== at; next = from[at]) {
    path.push(next);
    at = next;
  }
  return path;
}

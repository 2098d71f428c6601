import type { ClaimGraphs } from '../graph/graph.js';
import { type Fall, type Falling, fall, fallSentence, losesSupport } from './dependents.js';

export interface FallsTask {
  graphs: ClaimGraphs['graphs'];
  falling: Falling;
}

export interface FallenClaim {
  claim: string;
  fallen: Fall;
  summary: string;
}

/** Those of the claims that lose support if something falls. */
export function fallenClaims({ graphs, falling }: FallsTask): FallenClaim[] {
  const found: FallenClaim[] = [];
  for (const [claim, graph] of graphs) {
    const fallen = fall(graph, falling);
    if (!losesSupport(fallen)) continue;
    found.push({ claim, fallen, summary: fallSentence(fallen, graph.attributions.length) });
  }
  return found;
}

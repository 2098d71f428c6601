import type { ClaimGraphs } from '../graph/graph.js';
import { type Loss, type LossCause, losesSupport, lossOf, lossSentence } from './dependents.js';

export interface AffectedClaimsTask {
  graphs: ClaimGraphs['graphs'];
  falling: LossCause;
}

export interface AffectedClaim {
  claim: string;
  fallen: Loss;
  summary: string;
}

/** The claims, among those given, that lose support if something falls. */
export function affectedClaims({ graphs, falling }: AffectedClaimsTask): AffectedClaim[] {
  const found: AffectedClaim[] = [];
  for (const [claim, graph] of graphs) {
    const fallen = lossOf(graph, falling);
    if (!losesSupport(fallen)) continue;
    found.push({ claim, fallen, summary: lossSentence(fallen, graph.attributions.length) });
  }
  return found;
}

import { type Attribution, affirms, opposes, type SourceAttribution, type Stance } from '../graph/graph.js';
import type { StandingResult } from '../standing/standing.js';

/** The attributions that count and do not support the claim. */
export interface Objections {
  denying: Attribution[];
  disputing: Attribution[];
  /** Only of parties that neither affirm nor oppose the claim elsewhere. */
  declining: Attribution[];
  /** Objections to a whole source in which the claim stands, by source and stance. */
  ofSources: { source: string; stance: Stance; said: SourceAttribution[] }[];
}

export function objectionsOf({ analysis: { graph, counts }, blanket }: StandingResult): Objections {
  const counting = (stance: Stance) =>
    graph.attributions.filter((said, i) => counts[i] && said.stance === stance);
  const decided = new Set(
    graph.attributions.flatMap(({ stance, party }, i) =>
      counts[i] && (affirms(stance) || opposes(stance)) ? [party] : [],
    ),
  );
  const ofSources = new Map<string, Objections['ofSources'][number]>();
  for (const said of blanket) {
    const { about_source: source, stance } = said;
    const known = ofSources.get(`${source} ${stance}`) ?? { source, stance, said: [] };
    ofSources.set(`${source} ${stance}`, known);
    known.said.push(said);
  }
  return {
    denying: counting('denies'),
    disputing: counting('disputes'),
    declining: counting('declines').filter(({ party }) => !decided.has(party)),
    ofSources: [...ofSources.values()],
  };
}

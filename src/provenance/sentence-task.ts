import type { ClaimGraph } from './graph.js';
import { attributionSentence } from './sentence.js';
import { weigh } from './standing.js';

export interface SentenceTask {
  kind: 'sentence';
  graph: ClaimGraph;
  text: string;
  /** The documents' wording for parties that are not named, by attribution. */
  wording: [attribution: string, wording: string | null][];
}

/** The claim in one sentence. */
export function sentenceText({ graph, text, wording }: SentenceTask): string {
  const worded = new Map(wording);
  const attributions = graph.attributions.map((attribution) => ({
    ...attribution,
    party_as_stated: worded.get(attribution.id) ?? null,
  }));
  return attributionSentence(text, weigh({ ...graph, attributions }));
}

import { type GraphRows, onlyGraph } from './graph-rows.js';
import { attributionSentence } from './sentence.js';
import { weigh } from './standing.js';

export interface SentenceTask {
  kind: 'sentence';
  rows: GraphRows;
  text: string;
  /** The documents' wording for parties that are not named, by attribution. */
  wording: [attribution: string, wording: string | null][];
}

/** The claim in one sentence, from rows of the store. */
export function sentenceText({ rows, text, wording }: SentenceTask): string {
  const { graph } = onlyGraph(rows);
  const worded = new Map(wording);
  const attributions = graph.attributions.map((attribution) => ({
    ...attribution,
    party_as_stated: worded.get(attribution.id) ?? null,
  }));
  return attributionSentence(text, weigh({ ...graph, attributions }));
}

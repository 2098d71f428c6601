import type { ClaimGraph } from '../graph/graph.js';
import { computeStanding } from '../standing/standing.js';
import { attributionFootnote } from './footnote.js';
import { attributionSentence } from './sentence.js';
import type { SentenceStyle } from './styles.js';
import type { Wording } from './wording.js';

export interface SentenceTask {
  style: SentenceStyle;
  graph: ClaimGraph;
  text: string;
  wording: Wording;
}

/** The claim in one sentence, or the footnote to it. */
export function sentenceText({ graph, text, wording, style }: SentenceTask): string {
  const weighed = computeStanding(graph);
  return style === 'footnote'
    ? attributionFootnote(weighed, wording)
    : attributionSentence(text, weighed, wording);
}

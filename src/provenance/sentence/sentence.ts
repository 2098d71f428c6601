import { affirms, attributionAt, carries } from '../graph/graph.js';
import { isCircular } from '../standing/origins.js';
import type { StandingResult } from '../standing/standing.js';
import { originsInWords } from './chain-text.js';
import { type Chain, chainsOf } from './chains.js';
import { ended, insideSentence, withoutStop } from './first-word.js';
import { declineWords, denialWords, sourceDenialWords } from './objection-text.js';
import { retractionWords } from './retraction-text.js';
import { SHOWN, type Told, voicesWords } from './voice-text.js';
import { NO_WORDING, type Wording } from './wording.js';

/**
 * A claim in one sentence that says who originates it, who denies it and who declined to comment:
 *
 * "According to the UN Monitoring Team (“35th report”, published on 6 February 2025, covering 1 July–13 December
 * 2024), citing “one Member State”, as relayed by Defence Talks, the family received a stipend; this is denied by
 * the Taliban (on 9 February 2025)."
 */
export function attributionSentence(
  text: string,
  weighed: StandingResult,
  wording: Wording = NO_WORDING,
): string {
  const told = { graph: weighed.analysis.graph, wording };
  const claim = insideSentence(withoutStop(text));
  const chains = chainsOf(weighed.analysis, weighed.tally, SHOWN);
  const against = denialWords(told, weighed);
  const declined = declineWords(told, weighed);
  const parts = [
    opening(claim, told, weighed, chains),
    ...retractionWords(told, weighed),
    ...(against === null ? [] : [`this is ${against}`]),
    ...(declined === null ? [] : [declined]),
    ...sourceDenialWords(told, weighed, documentsOf(told, chains)),
  ];
  return ended(parts.join('; '));
}

function opening(claim: string, told: Told, weighed: StandingResult, chains: Chain[]): string {
  const { analysis, standing } = weighed;
  if (chains.length > 0) return `According to ${originsInWords(told, weighed, chains)}, ${claim}`;
  const { attributions } = analysis.graph;
  if (standing.support === 'none') {
    const once = attributions.filter(({ stance }, i) => !analysis.counts[i] && carries(stance));
    if (once.length > 0) return `It was said by ${voicesWords(told, once)} that ${claim}`;
    const circular = attributions.filter((_, i) => isCircular(analysis, i));
    if (circular.length === 0) return `No one on record says that ${claim}`;
    return `With no origin on record, it is passed on by ${voicesWords(told, circular)} that ${claim}`;
  }
  const asserting = attributions.filter(({ stance }, i) => analysis.counts[i] && affirms(stance));
  return `With no origin on record, it is asserted by ${voicesWords(told, asserting)} that ${claim}`;
}

/** Sources that are named in the opening. */
function documentsOf({ graph }: Told, chains: Chain[]): ReadonlySet<string> {
  const cited = chains.flatMap((chain) => chain.cited.map((at) => attributionAt(graph, at).source));
  return new Set(cited.filter((source) => source !== null));
}

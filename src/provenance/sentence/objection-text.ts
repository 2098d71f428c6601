import type { StandingResult } from '../standing/standing.js';
import { objectionsOf } from './objections.js';
import { type Told, titleWords, voicesWords } from './voice-text.js';

/** "denied by the Taliban and disputed by the US"; null where nobody speaks against the claim. */
export function denialWords(told: Told, weighed: StandingResult): string | null {
  const { denying, disputing } = objectionsOf(weighed);
  const parts = [
    ...(denying.length > 0 ? [`denied by ${voicesWords(told, denying)}`] : []),
    ...(disputing.length > 0 ? [`disputed by ${voicesWords(told, disputing)}`] : []),
  ];
  return parts.length > 0 ? parts.join(' and ') : null;
}

/** "the Taliban (on 9 February 2025) declined to comment"; null where only parties did that take a side elsewhere. */
export function declineWords(told: Told, weighed: StandingResult): string | null {
  const { declining } = objectionsOf(weighed);
  return declining.length > 0 ? `${voicesWords(told, declining)} declined to comment` : null;
}

/** Who rejects or disputes a whole source in which the claim stands; the only source named so far is "the document". */
export function sourceDenialWords(
  told: Told,
  weighed: StandingResult,
  named: ReadonlySet<string> = new Set(),
): string[] {
  return objectionsOf(weighed).ofSources.map(({ source, stance, said }) => {
    const title = named.size === 1 && named.has(source) ? 'the document' : titleWords(told, source);
    return `${title} as a whole is ${stance === 'denies' ? 'rejected' : 'disputed'} by ${voicesWords(told, said)}`;
  });
}

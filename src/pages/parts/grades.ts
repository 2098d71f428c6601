import type { Assessment, Source } from '../frame/outputs.js';

/** The Admiralty grades in words, since a letter or a number alone tells nothing to who does not know them. */

const reliabilities: Record<NonNullable<Source['reliability']>, string> = {
  A: 'completely reliable',
  B: 'usually reliable',
  C: 'fairly reliable',
  D: 'not usually reliable',
  E: 'unreliable',
  F: 'cannot be judged',
};

export const credibilities: Record<string, string> = {
  1: 'confirmed',
  2: 'probably true',
  3: 'possibly true',
  4: 'doubtful',
  5: 'improbable',
  6: 'cannot be judged',
};

/** "Reliability B: usually reliable". */
export const reliabilityWords = (grade: NonNullable<Source['reliability']>): string =>
  `Reliability ${grade}: ${reliabilities[grade]}`;

/** "Credibility 2: probably true". */
export const credibilityWords = (grade: NonNullable<Assessment['credibility']>): string =>
  `Credibility ${grade}: ${credibilities[grade]}`;

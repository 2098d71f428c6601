import type { Attribution } from '../graph/graph.js';
import { listed } from '../graph/text.js';
import type { StandingResult } from '../standing/standing.js';
import { takenBackOf } from './taken-back.js';
import { SHOWN, saidOrPublished, type Told, titleWords, voiceWords } from './voice-text.js';

const NUMBERS = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'];
const number = (n: number): string => NUMBERS[n] ?? n.toLocaleString('en');

/**
 * What was taken back, in parts of sentences: sources that were withdrawn, parties that took back what they
 * asserted or passed on, and parties that took back a denial. Parties whose other words still stand are not told.
 */
export function retractionWords(told: Told, weighed: StandingResult): string[] {
  const { withdrawn, asserted, passedOn, denials, asserting, authors } = takenBackOf(weighed);
  const who = (said: readonly Attribution[]) => datedParties(told, said);
  const parts = [...withdrawn].map(
    ([source, by]) => `${titleWords(told, source)} was withdrawn by ${who(by)}`,
  );
  const gone = asserted.length;
  if (gone > 1 && authors !== null) {
    const all = gone === authors ? `all ${number(gone)}` : `${number(gone)} of the ${number(authors)}`;
    parts.push(`${all} authors have since retracted (${who(asserted)})`);
  } else if (gone > 0 && asserting > gone) {
    const some = `${number(gone)} of the ${number(asserting)}`;
    const have = gone === 1 ? 'has' : 'have';
    parts.push(`${some} who asserted it ${have} since taken it back (${who(asserted)})`);
  } else if (gone > 1) {
    parts.push(`all who asserted it have since taken it back (${who(asserted)})`);
  } else if (gone > 0) {
    parts.push(`it was later taken back by ${who(asserted)}`);
  }
  if (passedOn.length > 0) parts.push(`it was passed on and later taken back by ${who(passedOn)}`);
  if (denials.length > 0) {
    const denial = denials.length === 1 ? 'a denial was' : 'denials were';
    parts.push(`${denial} later taken back by ${who(denials)}`);
  }
  return parts;
}

/** "the UN on 3 May 2025 and the US"; a date that all share is given once: "Ann and Bob, both in 2024". */
function datedParties(told: Told, said: readonly Attribution[]): string {
  const names = said.map((each) => voiceWords(told, [each]));
  const dates = said.map((each) => saidOrPublished(told, each));
  const [date] = dates;
  if (date != null && said.length > 1 && dates.every((each) => each === date)) {
    return `${listed(names, SHOWN)}, ${said.length === 2 ? 'both' : 'all'} ${date}`;
  }
  return listed(
    names.map((name, i) => (dates[i] === null ? name : `${name} ${dates[i]}`)),
    SHOWN,
  );
}

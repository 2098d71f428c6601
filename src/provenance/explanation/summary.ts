import { edtfAdverb } from '../../lib/edtf-text.js';
import { attributionAt } from '../graph/graph.js';
import { partyOf } from '../graph/hierarchy.js';
import { counted, listed } from '../graph/text.js';
import { asSentence, ended } from '../sentence/first-word.js';
import { declineWords, denialWords, sourceDenialWords } from '../sentence/objection-text.js';
import { retractionWords } from '../sentence/retraction-text.js';
import { type Told, titleWords, voicesWords } from '../sentence/voice-text.js';
import { NO_WORDING } from '../sentence/wording.js';
import type { StandingResult } from '../standing/standing.js';

/** One sentence for each thing that a standing says, the most important first. */
export function summaryOf(weighed: StandingResult): string[] {
  const { support, asserting, reporting } = weighed.standing;
  const told = { graph: weighed.analysis.graph, wording: NO_WORDING };
  return [
    supportSentence(weighed),
    `${counted(asserting, 'party asserts', 'parties assert')} it and ${counted(reporting, 'party passes', 'parties pass')} it on.`,
    ...(support === 'none' ? [] : [minSentence(weighed), maxSentence(weighed)]),
    ...retractionWords(told, weighed).map((words) => ended(asSentence(words))),
    ...confirmationSentences(told, weighed),
    ...denialSentences(told, weighed),
    ...circleSentences(weighed),
    saidSentence(weighed),
  ];
}

function supportSentence({ standing, tally }: StandingResult): string {
  const { support, origins } = standing;
  switch (support) {
    case 'none':
      return 'Nothing supports it.';
    case 'untraced':
      return tally.origins.length === 0
        ? 'It is asserted, but no way leads to an origin.'
        : 'It is supported, but nobody is known to speak from own knowledge.';
    case 'single_origin':
      return 'All that is known to support it may go back to one origin.';
    case 'corroborated':
      return `At least ${origins.min} independent origins support it.`;
  }
}

function minSentence({ tally: { named, most, min } }: StandingResult): string {
  const unnamed = most?.heads
    ? `${most.group.name}, unnamed, stands for at least ${most.heads.min}`
    : 'no unnamed party originates it';
  const larger =
    most && named > 0 ? ', and the larger number is taken, since the unnamed may be among the named' : '';
  const groups = `${counted(named, 'named group originates', 'named groups originate')} it`;
  return `At least ${min}: ${groups}; ${unnamed}${larger}.`;
}

function maxSentence({ tally: { origins, named, max } }: StandingResult): string {
  const unnamed = origins.flatMap(({ group, heads }) => (heads ? [{ group, heads }] : []));
  const unknown = origins.length - unnamed.length - named;
  const open = unnamed.filter(({ heads }) => heads.max === null).map(({ group }) => group.name);
  if (max === null) return `No upper limit: it is not told how many ${listed(open)} may stand for.`;
  const heads = unnamed.reduce((sum, { heads }) => sum + (heads.max ?? 0), 0);
  return `At most ${max}: ${named} named, ${heads} unnamed and ${unknown} of unknown lineage.`;
}

function denialSentences(told: Told, weighed: StandingResult): string[] {
  const against = denialWords(told, weighed);
  const declined = declineWords(told, weighed);
  return [
    ...(against === null ? [] : [ended(`Contested: it is ${against}`)]),
    ...(weighed.standing.self_denied ? ['Only the party it is about, or a part of that, denies it.'] : []),
    ...(declined === null ? [] : [`${asSentence(declined)}; that takes no side.`]),
    ...sourceDenialWords(told, weighed).map((words) => `${words}; that does not contest the claim.`),
  ];
}

/** A party that confirms a whole source says nothing of its own about the claim. */
function confirmationSentences(told: Told, { analysis: { graph, retractions } }: StandingResult): string[] {
  const confirming = graph.about_sources.filter(
    ({ stance }, i) => stance === 'confirms' && retractions.ofSources[i] === null,
  );
  return [...new Set(confirming.map(({ about_source }) => about_source))].map((source) => {
    const said = confirming.filter(({ about_source }) => about_source === source);
    return `${titleWords(told, source)} as a whole is confirmed by ${voicesWords(told, said)}; that adds no origin.`;
  });
}

function circleSentences({ analysis }: StandingResult): string[] {
  const { circles, graph } = analysis;
  return circles.slice(0, 5).map(({ members, wayOut }) => {
    const names = new Set(members.map((i) => partyOf(attributionAt(graph, i).party, graph.parties).name));
    const all = listed([...names]);
    const who = names.size === 1 ? `${all} relays itself` : `${all} relay each other`;
    return wayOut ? `${who}, and others beside.` : `${who} and nobody else: that adds no origin.`;
  });
}

/** Denials count, and retractions do. */
function saidSentence({ standing: { first_said, last_said } }: StandingResult): string {
  if (first_said === null || last_said === null) return 'When it was said is not known.';
  const [first, last] = [edtfAdverb(first_said), edtfAdverb(last_said)];
  return first === last ? `Spoken of ${first}.` : `First spoken of ${first}, last ${last}.`;
}

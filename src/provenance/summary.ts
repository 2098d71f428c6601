import { opposes } from './graph.js';
import { retractionWords } from './retraction-words.js';
import type { Weighed } from './standing.js';
import { partyOf } from './voices.js';
import { counted, listed } from './words.js';

/** One sentence for each thing that a standing says, the most important first. */
export function summaryOf(weighed: Weighed): string[] {
  const { support, asserting, reporting } = weighed.standing;
  return [
    supportSentence(weighed),
    `${counted(asserting, 'party asserts', 'parties assert')} it and ${counted(reporting, 'party passes', 'parties pass')} it on.`,
    ...(support === 'none' ? [] : [minSentence(weighed), maxSentence(weighed)]),
    ...retractionWords(weighed, 5).map((words) => `${words[0]!.toUpperCase()}${words.slice(1)}.`),
    ...confirmationSentences(weighed),
    ...denialSentences(weighed),
    ...circleSentences(weighed),
    saidSentence(weighed),
  ];
}

function supportSentence({ standing, tally }: Weighed): string {
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

function minSentence({ tally: { named, most, min } }: Weighed): string {
  const unnamed = most?.heads
    ? `${most.group.name}, unnamed, stands for at least ${most.heads.min}`
    : 'no unnamed party originates it';
  const larger =
    most && named > 0 ? ', and the larger number is taken, since the unnamed may be among the named' : '';
  const groups = `${counted(named, 'named group originates', 'named groups originate')} it`;
  return `At least ${min}: ${groups}; ${unnamed}${larger}.`;
}

function maxSentence({ tally: { origins, named, max } }: Weighed): string {
  const unnamed = origins.filter(({ heads }) => heads);
  const unknown = origins.length - unnamed.length - named;
  const open = unnamed.filter(({ heads }) => heads!.max === null).map(({ group }) => group.name);
  if (max === null) return `No upper limit: it is not told how many ${listed(open)} may stand for.`;
  const heads = unnamed.reduce((sum, origin) => sum + origin.heads!.max!, 0);
  return `At most ${max}: ${named} named, ${heads} unnamed and ${unknown} of unknown lineage.`;
}

function denialSentences({ analysis, standing, blanket }: Weighed): string[] {
  const { attributions, parties, sources } = analysis.graph;
  const nameOf = (id: string) => partyOf(id, parties).name;
  const deniers = attributions.filter(({ stance }, i) => opposes(stance) && analysis.counts[i]);
  const names = [...new Set(deniers.map(({ party }) => nameOf(party)))];
  const sentences =
    names.length > 0
      ? [`Contested: ${listed(names)} ${names.length === 1 ? 'denies or disputes' : 'deny or dispute'} it.`]
      : [];
  if (standing.self_denied) sentences.push('Only the party it is about, or a part of that, denies it.');
  for (const denial of blanket.slice(0, 5)) {
    const title = sources.get(denial.about_source)?.title ?? denial.about_source;
    sentences.push(`${nameOf(denial.party)} rejects “${title}” as a whole; that does not contest the claim.`);
  }
  return sentences;
}

/** Whoever confirms a whole source says nothing of their own about the claim. */
function confirmationSentences({ analysis: { graph, retractions } }: Weighed): string[] {
  const { about_sources, sources, parties } = graph;
  return about_sources
    .filter(({ stance }, i) => stance === 'confirms' && retractions.ofSources[i] === null)
    .slice(0, 5)
    .map(({ party, about_source }) => {
      const title = sources.get(about_source)?.title ?? about_source;
      return `${partyOf(party, parties).name} confirms “${title}” as a whole; that adds no origin.`;
    });
}

function circleSentences({ analysis }: Weighed): string[] {
  const { attributions, parties } = analysis.graph;
  return analysis.circles.slice(0, 5).map(({ members, wayOut }) => {
    const names = new Set(members.map((i) => partyOf(attributions[i]!.party, parties).name));
    const all = listed([...names]);
    const who = names.size === 1 ? `${all} relays itself` : `${all} relay each other`;
    return wayOut ? `${who}, and others beside.` : `${who} and nobody else: that adds no origin.`;
  });
}

function saidSentence({ standing: { first_said, last_said } }: Weighed): string {
  if (first_said === null) return 'When it was said is not known.';
  return first_said === last_said ? `Said on ${first_said}.` : `Said between ${first_said} and ${last_said}.`;
}

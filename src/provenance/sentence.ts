import { originsInWords, SHOWN } from './chain-words.js';
import { affirms, type Stance } from './graph.js';
import { retractionWords } from './retraction-words.js';
import type { Weighed } from './standing.js';
import { partyOf } from './voices.js';
import { listed } from './words.js';

/** Words with which a text may start and that take a small letter inside a sentence; names keep theirs. */
const COMMON =
  /^(A|About|All|An|At|Both|Few|In|It|Its|Many|More|Most|No|On|One|Over|Several|Some|The|Their|There|These|They|Two|Three|Four|Five|Six|Seven|Eight|Nine|Ten|Up)(?= )/;

/**
 * A claim in one sentence that says by whose word it stands and who denies it:
 *
 * "According to UN Monitoring Team (“35th report”, covering 1 July–13 December 2024), citing one Member
 * State (unnamed), as relayed by Defence Talks, the family received a stipend; this is denied by Taliban."
 */
export function attributionSentence(text: string, weighed: Weighed): string {
  const claim = text
    .trim()
    .replace(/\.$/, '')
    .replace(COMMON, (word) => word.toLowerCase());
  return `${[opening(claim, weighed), ...objections(weighed)].join('; ')}.`;
}

function opening(claim: string, weighed: Weighed): string {
  if (weighed.standing.support === 'none') return `Nobody on record stands by this: ${claim}`;
  if (weighed.tally.origins.length > 0) return `According to ${originsInWords(weighed)}, ${claim}`;
  return `It is asserted by ${listed(namesOf(weighed, affirms), SHOWN)}, with no origin on record, that ${claim}`;
}

function objections(weighed: Weighed): string[] {
  const { graph } = weighed.analysis;
  const against = [
    { stance: 'denies', words: 'denied by' },
    { stance: 'disputes', words: 'disputed by' },
  ].flatMap(({ stance, words }) => {
    const names = namesOf(weighed, (other) => other === stance);
    return names.length > 0 ? [`${words} ${listed(names, SHOWN)}`] : [];
  });
  const rejected = weighed.blanket.slice(0, SHOWN).map(({ party, about_source }) => {
    const title = graph.sources.get(about_source)?.title ?? about_source;
    return `${partyOf(party, graph.parties).name} rejects “${title}” as a whole`;
  });
  return [
    ...retractionWords(weighed, SHOWN),
    ...(against.length > 0 ? [`this is ${against.join(' and ')}`] : []),
    ...rejected,
  ];
}

/** Names of the parties of counting attributions with a stance. */
function namesOf({ analysis: { graph, counts } }: Weighed, has: (stance: Stance) => boolean): string[] {
  const said = graph.attributions.filter(({ stance }, i) => counts[i] && has(stance));
  return [...new Set(said.map(({ party }) => partyOf(party, graph.parties).name))];
}

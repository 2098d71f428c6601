import { type Attribution, affirms, type ClaimGraph, type Stance } from './graph.js';
import { pathsOf } from './paths.js';
import type { Weighed } from './standing.js';
import type { Origin } from './tally.js';
import { partyOf } from './voices.js';
import { listed, spanWords } from './words.js';

/** Origins that are told one by one. */
const SHOWN = 3;
/** Words with which a text may start and that take a small letter inside a sentence; names keep theirs. */
const COMMON =
  /^(A|About|All|An|At|Both|Few|In|It|Many|More|Most|No|On|Several|Some|The|Their|There|These)(?= )/;

/**
 * A claim in one sentence that says by whose word it stands and who denies it:
 *
 * "According to UN Monitoring Team (“35th report”, covering 1 July–13 December 2024), citing one Member
 * State (unnamed), as relayed by Defence Talks, the family received a stipend; this is denied by Taliban."
 *
 * One chain is told for each origin, those that originate first: the deepest document that somebody
 * relays leads, what it draws on is cited, and what stands above it relays.
 */
export function attributionSentence(text: string, weighed: Weighed): string {
  const claim = text
    .trim()
    .replace(/\.$/, '')
    .replace(COMMON, (word) => word.toLowerCase());
  return `${[opening(claim, weighed), ...objections(weighed)].join('; ')}.`;
}

function opening(claim: string, { analysis, tally, standing }: Weighed): string {
  const { graph } = analysis;
  if (standing.support === 'none') return `Nobody on record stands by this: ${claim}`;
  if (tally.origins.length === 0) {
    const by = namesOf(graph, (stance, i) => affirms(stance) && analysis.counts[i]!);
    return `It is asserted by ${listed(by)}, with no origin on record, that ${claim}`;
  }
  const ways = new Map<number, Attribution[][]>();
  for (const path of pathsOf(analysis)) {
    const end = path.at(-1)!;
    const way = path.map((i) => graph.attributions[i]!);
    ways.set(end, [...(ways.get(end) ?? []).slice(0, SHOWN + 1), way]);
  }
  const origins = tally.origins.toSorted((a, b) => Number(b.originates) - Number(a.originates));
  const chains = origins.slice(0, SHOWN).map((origin) => chainWords(graph, origin, ways));
  const more = origins.length - SHOWN;
  if (more > 0) chains.push(`${more} other ${more === 1 ? 'origin' : 'origins'}`);
  return `According to ${chains.join('; according to ')}, ${claim}`;
}

function chainWords(graph: ClaimGraph, origin: Origin, ways: Map<number, Attribution[][]>): string {
  const { end } = origin.ends.find((each) => each.end.originates) ?? origin.ends[0]!;
  const chains = ways.get(end.at) ?? [[graph.attributions[end.at]!]];
  const first = chains.reduce((longest, chain) => (chain.length > longest.length ? chain : longest));
  const deepest = first.findLastIndex(({ source }) => source !== null);
  const lead = deepest > 0 ? deepest : first.length - 1;
  const unknown = end.originates ? null : 'where this comes from is not known';
  const said = (attribution: Attribution, i: number) =>
    voiceWords(graph, attribution, i === first.length - 1 ? unknown : null);
  const cited = first.slice(lead + 1).map((each, i) => `, citing ${said(each, lead + 1 + i)}`);
  const above = (chain: Attribution[]) => {
    const at = chain.indexOf(first[lead]!);
    return chain.slice(0, at === -1 ? chain.length - 1 : at).reverse();
  };
  const relayers = chains.flatMap(above);
  const names = [...new Set(relayers.map(({ party }) => partyOf(party, graph.parties).name))];
  const relayed = names.length > 0 ? `, as relayed by ${listed(names, SHOWN)}` : '';
  return `${said(first[lead]!, lead)}${cited.join('')}${relayed}`;
}

/** Who speaks, and in brackets where, of which period, and what is not known of them. */
function voiceWords(graph: ClaimGraph, attribution: Attribution, unknown: string | null): string {
  const party = partyOf(attribution.party, graph.parties);
  const source = attribution.source === null ? undefined : graph.sources.get(attribution.source);
  const period =
    source && spanWords(source.reporting_period_from ?? null, source.reporting_period_to ?? null);
  const notes = [
    party.unnamed ? 'unnamed' : null,
    source ? `“${source.title}”` : null,
    period ? `covering ${period}` : null,
    unknown,
  ].filter((note) => note !== null);
  const name = party.unnamed ? (attribution.party_as_stated ?? party.name) : party.name;
  return notes.length > 0 ? `${name} (${notes.join(', ')})` : name;
}

function objections({ analysis, standing, blanket }: Weighed): string[] {
  const { graph, counts } = analysis;
  const by = (stance: Stance) => {
    const names = namesOf(graph, (other, i) => other === stance && counts[i]!);
    return names.length > 0 ? listed(names, SHOWN) : null;
  };
  const [deniers, disputers] = [by('denies'), by('disputes')];
  const against = [deniers && `denied by ${deniers}`, disputers && `disputed by ${disputers}`].filter(
    Boolean,
  );
  const rejected = blanket.slice(0, SHOWN).map(({ party, about_source }) => {
    const title = graph.sources.get(about_source)?.title ?? about_source;
    return `${partyOf(party, graph.parties).name} rejects “${title}” as a whole`;
  });
  return [
    ...(standing.retracted ? ['all who asserted it have taken it back'] : []),
    ...(against.length > 0 ? [`this is ${against.join(' and ')}`] : []),
    ...rejected,
  ];
}

const namesOf = (
  { attributions, parties }: ClaimGraph,
  keep: (stance: Stance, i: number) => boolean,
): string[] => [
  ...new Set(
    attributions.filter(({ stance }, i) => keep(stance, i)).map(({ party }) => partyOf(party, parties).name),
  ),
];

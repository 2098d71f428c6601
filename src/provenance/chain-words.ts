import type { Attribution, ClaimGraph } from './graph.js';
import { pathsOf } from './paths.js';
import type { Weighed } from './standing.js';
import type { Origin } from './tally.js';
import { partyOf } from './voices.js';
import { counted, listed, spanWords } from './words.js';

/** Origins, relayers and deniers that are told one by one. */
export const SHOWN = 3;

interface Chain {
  /** "UN Monitoring Team (“35th report”), citing one Member State (unnamed)". */
  said: string;
  relayers: string;
}

/**
 * By whose word a claim stands. One chain is told for each origin, those that originate first. In a chain
 * the deepest document that somebody relays leads, what it draws on is cited, and what stands above it relays.
 */
export function originsInWords({ analysis, tally }: Weighed): string {
  const { graph } = analysis;
  const ways = new Map<number, Attribution[][]>();
  for (const path of pathsOf(analysis)) {
    const known = ways.get(path.at(-1)!) ?? [];
    ways.set(path.at(-1)!, known);
    if (known.length <= SHOWN) known.push(path.map((i) => graph.attributions[i]!));
  }
  const origins = tally.origins.toSorted((a, b) => Number(b.originates) - Number(a.originates));
  const chains = origins.slice(0, SHOWN).map((origin) => chainOf(graph, origin, ways));
  const [first] = chains as [Chain];
  const alike = chains.length > 1 && chains.every(({ relayers }) => relayers === first.relayers);
  const common = alike && first.relayers !== '';
  const parts = chains.map(({ said, relayers }) =>
    common || relayers === '' ? said : `${said}, as relayed by ${relayers}`,
  );
  if (origins.length > SHOWN) parts.push(counted(origins.length - SHOWN, 'other origin'));
  return parts.join('; according to ') + (common ? `, all as relayed by ${first.relayers}` : '');
}

function chainOf(graph: ClaimGraph, origin: Origin, ways: Map<number, Attribution[][]>): Chain {
  const { end } = origin.ends.reduce((best, next) => (clarity(next) > clarity(best) ? next : best));
  const all = ways.get(end.at) ?? [[graph.attributions[end.at]!]];
  const chain = all.reduce((longest, next) => (next.length > longest.length ? next : longest));
  const document = chain.findLastIndex(({ source }) => source !== null);
  const lead = document > 0 ? document : chain.length - 1;
  const last = chain.length - 1;
  const said = chain
    .slice(lead)
    .map((each, i) => voiceWords(graph, each, lead + i === last && !end.originates));
  const above = (each: Attribution[]) => {
    const at = each.indexOf(chain[lead]!);
    return each.slice(0, at === -1 ? each.length - 1 : at).reverse();
  };
  const relayers = all.flatMap(above).map(({ party }) => partyOf(party, graph.parties).name);
  return { said: said.join(', citing '), relayers: listed([...new Set(relayers)], SHOWN) };
}

/** An end that originates tells more than one of unknown lineage, and a named party more than an unnamed one. */
const clarity = ({ end, voice }: Origin['ends'][number]): number =>
  (end.originates ? 2 : 0) + (voice.climb[0]!.unnamed ? 0 : 1);

/** Who speaks, and in brackets for whom, where and of which period. */
function voiceWords(graph: ClaimGraph, attribution: Attribution, unknown: boolean): string {
  const party = partyOf(attribution.party, graph.parties);
  const whole = party.unnamed && party.part_of !== null ? partyOf(party.part_of, graph.parties) : null;
  const source = attribution.source === null ? undefined : graph.sources.get(attribution.source);
  const period =
    source && spanWords(source.reporting_period_from ?? null, source.reporting_period_to ?? null);
  const notes = [
    party.unnamed ? 'unnamed' : null,
    whole ? `part of ${whole.name}` : null,
    source ? `“${source.title}”` : null,
    period ? `covering ${period}` : null,
    unknown ? 'where this comes from is not known' : null,
  ].filter((note) => note !== null);
  const name = party.unnamed ? (attribution.party_as_stated ?? party.name) : party.name;
  return notes.length > 0 ? `${name} (${notes.join(', ')})` : name;
}

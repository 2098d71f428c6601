import type { Attribution } from '../graph.js';
import type { Weighed } from '../standing.js';
import { counted, listed } from '../words.js';
import type { Chain, Relayer } from './chains.js';
import {
  dateWords,
  partyWords,
  periodWords,
  SHOWN,
  type Told,
  titleWords,
  voiceWords,
} from './voice-words.js';

interface Words {
  /** "the UN Monitoring Team (“35th report”), citing “one Member State”". */
  said: string;
  relayers: string;
  isPlain: boolean;
}

/** By whose word a claim stands, what they draw on and who passes it on; more than three origins are counted. */
export function originsInWords(told: Told, { analysis, tally }: Weighed, ways: readonly Chain[]): string {
  const unknown = new Set(analysis.ends.filter(({ originates }) => !originates).map(({ at }) => at));
  const chains = ways.map((chain) => chainWords(told, chain, unknown));
  const more = tally.origins.length - SHOWN;
  const rest = more > 0 ? [counted(more, 'other origin')] : [];
  const relayers = chains[0]?.relayers ?? '';
  if (chains.every((chain) => chain.isPlain && chain.relayers === relayers)) {
    const all = listed([...chains.map(({ said }) => said), ...rest], SHOWN + 1);
    if (relayers === '') return all;
    const number = chains.length + rest.length;
    const each = number === 1 ? '' : number === 2 ? 'both ' : 'all ';
    return `${all}, ${each}as relayed by ${relayers}`;
  }
  const parts = [
    ...chains.map(({ said, relayers }) => (relayers === '' ? said : `${said}, as relayed by ${relayers}`)),
    ...rest,
  ];
  const last = parts.pop()!;
  return parts.length > 0 ? `${parts.join('; to ')}; and to ${last}` : last;
}

function chainWords(told: Told, { cited, relayers }: Chain, unknown: ReadonlySet<number>): Words {
  const { attributions } = told.graph;
  const voices = cited.map((at) => sourcedVoice(told, attributions[at]!, unknown.has(at)));
  const lead = partyWords(told, attributions[cited[0]!]!);
  return {
    said: citing(voices),
    relayers: relayerWords(told, relayers, lead),
    isPlain: cited.length === 1,
  };
}

/** A lead and what it draws on, one after the other; of a long chain the first two and the last. */
function citing(voices: string[]): string {
  const between = voices.length - 3;
  if (between < 2) return voices.join(', citing ');
  return `${voices[0]}, citing ${voices[1]} and, through ${between} others, ${voices.at(-1)}`;
}

/** Who speaks, and in brackets where, when and of which time. */
function sourcedVoice(told: Told, attribution: Attribution, unknown: boolean): string {
  const { source } = attribution;
  const notes = [
    source === null ? null : titleWords(told, source),
    dateWords(told, [attribution]),
    source === null ? null : periodWords(told, source),
    unknown ? 'origin unknown' : null,
  ].filter((note) => note !== null);
  const voice = voiceWords(told, [attribution]);
  return notes.length > 0 ? `${voice} (${notes.join(', ')})` : voice;
}

/** "p2 (in turn relayed by p1) and p3", without the party that is relayed. */
function relayerWords(told: Told, relayers: readonly Relayer[], lead: string): string {
  const levels = new Map<string, Set<string>[]>();
  for (const { at, further } of relayers) {
    const name = nameOf(told, at);
    const known = levels.get(name) ?? [];
    if (name !== lead) levels.set(name, known);
    further.forEach((level, i) => {
      known[i] ??= new Set();
      for (const each of level) known[i].add(nameOf(told, each));
    });
  }
  const words = [...levels].map(([name, behind]) => {
    const further = behind
      .map((level) => [...level].filter((each) => each !== lead && !levels.has(each)))
      .filter((level) => level.length > 0)
      .map((level) => listed(level, SHOWN));
    return further.length > 0
      ? `${name} (in turn relayed by ${further.join(', and through that by ')})`
      : name;
  });
  return listed(words, SHOWN);
}

const nameOf = (told: Told, at: number): string => partyWords(told, told.graph.attributions[at]!);

import type { Attribution } from '../graph/graph.js';
import { counted, listed } from '../graph/text.js';
import type { StandingResult } from '../standing/standing.js';
import type { Chain, Relayer } from './chains.js';
import {
  datedVoice,
  dateWords,
  partyWords,
  periodWords,
  SHOWN,
  type Told,
  titleWords,
  voiceWords,
} from './voice-text.js';

interface Words {
  /** "the UN Monitoring Team (“35th report”), citing “one Member State”". */
  said: string;
  relayers: string;
  isPlain: boolean;
}

/** By whose word a claim stands, what they draw on and who passes it on; more than three origins are counted. */
export function originsInWords(
  told: Told,
  { analysis, tally }: StandingResult,
  ways: readonly Chain[],
): string {
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
  const said = cited.map((at) => attributions[at]!);
  const isDated = said.some((each) => dateWords(told, [each]) !== null);
  return {
    said: citing(said.map((each, i) => sourcedVoice(told, each, unknown.has(cited[i]!)))),
    relayers: relayerWords(told, relayers, partyWords(told, said[0]!), isDated ? voiceWords : datedVoice),
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

/** Attributions of a party, and who passes on its words, one step after the other. */
interface Level {
  said: Attribution[];
  behind: Map<string, Attribution[]>[];
}

/**
 * "p2 (in turn relayed by p1) and p3", without the party that is relayed. `voice` tells who speaks for them: with the
 * date of the words where those that they pass on have none.
 */
function relayerWords(
  told: Told,
  relayers: readonly Relayer[],
  lead: string,
  voice: typeof voiceWords,
): string {
  const at = (index: number) => told.graph.attributions[index]!;
  const levels = new Map<string, Level>();
  for (const { at: index, further } of relayers) {
    const name = partyWords(told, at(index));
    const known = levels.get(name) ?? { said: [], behind: [] };
    if (name !== lead) levels.set(name, known);
    known.said.push(at(index));
    further.forEach((level, i) => {
      known.behind[i] ??= new Map();
      for (const each of level) addTo(known.behind[i], partyWords(told, at(each)), at(each));
    });
  }
  const words = [...levels.values()].map(({ said, behind }) => {
    const further = behind
      .map((level) => [...level].filter(([name]) => name !== lead && !levels.has(name)))
      .filter((level) => level.length > 0)
      .map((level) =>
        listed(
          level.map(([, each]) => voiceWords(told, each)),
          SHOWN,
        ),
      );
    const name = voice(told, said);
    if (further.length === 0) return name;
    const inTurn = `in turn relayed by ${further.join(', and through that by ')}`;
    return name.endsWith(')') ? `${name.slice(0, -1)}; ${inTurn})` : `${name} (${inTurn})`;
  });
  return listed(words, SHOWN);
}

function addTo<Value>(lists: Map<string, Value[]>, name: string, value: Value): void {
  const list = lists.get(name);
  if (list) list.push(value);
  else lists.set(name, [value]);
}

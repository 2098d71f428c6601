import { groupBy, type NonEmpty } from '../../lib/collections.js';
import { joined } from '../../lib/text.js';
import { type Attribution, attributionAt } from '../graph/graph.js';
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
  return joined(parts, '; to ', '; and to ');
}

function chainWords(told: Told, { cited, relayers }: Chain, unknown: ReadonlySet<number>): Words {
  const said = (at: number) => attributionAt(told.graph, at);
  const isDated = cited.some((at) => dateWords(told, [said(at)]) !== null);
  const lead = partyWords(told, said(cited[0]));
  return {
    said: citing(cited.map((at) => sourcedVoice(told, said(at), unknown.has(at)))),
    relayers: relayerWords(told, relayers, lead, isDated ? voiceWords : datedVoice),
    isPlain: cited.length === 1,
  };
}

/** A lead and what it draws on, one after the other; of a long chain the first two and the last. */
function citing(voices: string[]): string {
  const between = voices.length - 3;
  if (between < 2) return voices.join(', citing ');
  return `${voices[0]}, citing ${voices[1]} and, through ${between} others, ${voices.at(-1)}`;
}

/** Who speaks, and in brackets the source, the date and the period that it covers. */
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
  said: NonEmpty<Attribution>;
  behind: Attribution[][];
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
  const said = (index: number) => attributionAt(told.graph, index);
  const levels = new Map<string, Level>();
  for (const { at, further } of relayers) {
    const name = partyWords(told, said(at));
    if (name === lead) continue;
    const known = levels.get(name);
    known?.said.push(said(at));
    const level: Level = known ?? { said: [said(at)], behind: [] };
    levels.set(name, level);
    for (const [i, step] of further.entries()) {
      level.behind[i] = [...(level.behind[i] ?? []), ...step.map(said)];
    }
  }
  const words = [...levels.values()].map(({ said: own, behind }) => {
    const further = behind
      .map((step) => groupBy(step, (each) => partyWords(told, each)))
      .map((level) => [...level].filter(([name]) => name !== lead && !levels.has(name)))
      .filter((level) => level.length > 0)
      .map((level) =>
        listed(
          level.map(([, each]) => voiceWords(told, each)),
          SHOWN,
        ),
      );
    const name = voice(told, own);
    if (further.length === 0) return name;
    const inTurn = `in turn relayed by ${further.join(', and through that by ')}`;
    return name.endsWith(')') ? `${name.slice(0, -1)}; ${inTurn})` : `${name} (${inTurn})`;
  });
  return listed(words, SHOWN);
}

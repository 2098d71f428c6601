import { groupBy, type NonEmpty } from '../../lib/collections.js';
import { edtfAdverb, edtfWords } from '../../lib/edtf-text.js';
import type { Attribution, ClaimGraph } from '../graph/graph.js';
import { partyOf } from '../graph/hierarchy.js';
import { listed } from '../graph/text.js';
import { insideSentence } from './first-word.js';
import { nameInSentence, tellsWhole, unnamedInSentence } from './names.js';
import type { Wording } from './wording.js';

/** The graph of a claim, and the wording of its attributions and sources. */
export interface Told {
  graph: ClaimGraph;
  wording: Wording;
}

/** Most origins, relayers, deniers, speakers or dates that are listed one by one; the rest are counted. */
export const SHOWN = 3;

/** A party in a sentence, without its speakers: "the United Nations", “Pakistani officials”. */
export function partyWords({ graph, wording }: Told, { id, party: partyId }: Attribution): string {
  const party = partyOf(partyId, graph.parties);
  if (!party.unnamed) return nameInSentence(party);
  const words = unnamedInSentence(party, wording.attributions.get(id)?.party_as_stated ?? null);
  const whole = party.part_of === null ? null : partyOf(party.part_of, graph.parties);
  if (!whole || whole.unnamed || tellsWhole(words, whole)) return words;
  return `${words} of ${nameInSentence(whole)}`;
}

/** Who speaks in some attributions of one party: "John Holmes of the United Nations". */
export function voiceWords(told: Told, said: Readonly<NonEmpty<Attribution>>): string {
  const party = partyWords(told, said[0]);
  const speakers = said.flatMap(({ id }) => told.wording.attributions.get(id)?.speaker ?? []);
  const names = speakers.map(({ name, unnamed }) =>
    unnamed ? insideSentence(name.replace(/\s+\([^()]*\)$/, '')) : name,
  );
  const distinct = [...new Set(names)].filter((name) => name !== party);
  return distinct.length > 0 ? `${listed(distinct, SHOWN)} of ${party}` : party;
}

/** When the attributions were said: "on 6 February 2025", "in May 2025"; null when no date is known. */
export function saidWords(said: readonly Attribution[]): string | null {
  const dates = said
    .flatMap(({ said: date, said_from: from }) => (date === null || from === null ? [] : [{ date, from }]))
    .sort((a, b) => a.from - b.from)
    .map(({ date }) => edtfAdverb(date));
  return dates.length > 0 ? listed([...new Set(dates)], SHOWN) : null;
}

/** When the attributions were said; where no date is known, when their document was published. */
export function dateWords({ wording }: Told, said: readonly Attribution[]): string | null {
  const own = saidWords(said);
  if (own !== null) return own;
  const [published] = said.flatMap(({ source }) => wording.sources.get(source ?? '')?.published ?? []);
  return published === undefined ? null : `published ${edtfAdverb(published)}`;
}

/** The same of one attribution, without the word "published". */
export const saidOrPublished = (told: Told, said: Attribution): string | null =>
  dateWords(told, [said])?.replace(/^published /, '') ?? null;

/** The period that a source covers: "covering 1 July–13 December 2024". */
export function periodWords({ wording }: Told, source: string): string | null {
  const period = wording.sources.get(source)?.reporting_period ?? null;
  return period === null ? null : `covering ${edtfWords(period)}`;
}

export const titleWords = ({ graph }: Told, source: string): string =>
  `“${graph.sources.get(source)?.title ?? source}”`;

/** Who speaks, with the date in brackets: "Zabihullah Mujahid of the Taliban (in May 2025)". */
export function datedVoice(told: Told, said: Readonly<NonEmpty<Attribution>>): string {
  const date = dateWords(told, said);
  return `${voiceWords(told, said)}${date === null ? '' : ` (${date})`}`;
}

/** The attributions grouped by party, in the order in which the parties first appear. */
export const byParty = <Said extends Attribution>(said: readonly Said[]): NonEmpty<Said>[] => [
  ...groupBy(said, ({ party }) => party).values(),
];

/** The parties of some attributions, each with its speakers and dates; those beyond the third are counted. */
export const voicesWords = (told: Told, said: readonly Attribution[]): string =>
  listed(
    byParty(said).map((group) => datedVoice(told, group)),
    SHOWN,
  );

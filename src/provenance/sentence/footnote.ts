import type { NonEmpty } from '../../lib/collections.js';
import { edtfAdverb, edtfWords } from '../../lib/edtf-text.js';
import { joined } from '../../lib/text.js';
import { type Attribution, affirms, attributionAt, carries } from '../graph/graph.js';
import { counted } from '../graph/text.js';
import { isCircular } from '../standing/origins.js';
import { turnedRound } from '../standing/paths.js';
import type { StandingResult } from '../standing/standing.js';
import { type Chain, chainsOf, directRelayers } from './chains.js';
import { asSentence, ended } from './first-word.js';
import { nameInSentence } from './names.js';
import { objectionsOf } from './objections.js';
import { takenBackOf } from './taken-back.js';
import { byParty, periodWords, SHOWN, saidWords, type Told, titleWords, voiceWords } from './voice-text.js';
import { NO_WORDING, type Wording } from './wording.js';

/**
 * The footnote to a claim: who says it, in which source, when that was published, where it is found and when it was
 * read; who passes it on, who took it back and who denies it, each with the same. A sentence for each of these. A
 * source is described once, and named after that.
 */
export function attributionFootnote(weighed: StandingResult, wording: Wording = NO_WORDING): string {
  const told: Mentions = { graph: weighed.analysis.graph, wording, described: new Set() };
  const sentences = [...support(told, weighed), ...takenBack(told, weighed), ...objections(told, weighed)];
  if (sentences.length === 0) return 'No source on record.';
  return sentences.map((sentence) => ended(asSentence(sentence))).join(' ');
}

/** With the sources that were described already. */
type Mentions = Told & { described: Set<string> };

function support(told: Mentions, weighed: StandingResult): string[] {
  const { analysis, tally } = weighed;
  const { attributions } = told.graph;
  if (tally.origins.length > 0) {
    const more = tally.origins.length - SHOWN;
    const rest = more > 0 ? [`also said by ${counted(more, 'other origin')}`] : [];
    return [...chainsOf(analysis, tally, SHOWN).map((chain) => chainMention(told, chain)), ...rest];
  }
  const said = attributions.filter(({ stance }, i) => analysis.counts[i] && affirms(stance));
  if (said.length > 0) return [`with no origin on record, asserted by ${mentions(told, said)}`];
  const once = attributions.filter(({ stance }, i) => !analysis.counts[i] && carries(stance));
  if (weighed.standing.retracted && once.length > 0) return [`said by ${mentions(told, once)}`];
  const circular = attributions.filter((_, i) => isCircular(analysis, i));
  return circular.length > 0 ? [`with no origin on record, passed on by ${mentions(told, circular)}`] : [];
}

function chainMention(told: Mentions, { cited, relayers }: Chain): string {
  const at = (index: number) => attributionAt(told.graph, index);
  const voices = cited.map((each) => mention(told, [at(each)])).join('; citing ');
  const direct = relayers.map(({ at: index }) => at(index));
  const behind = relayers.flatMap(({ further }) => further.flat()).map(at);
  return [
    voices,
    ...(direct.length > 0 ? [`relayed by ${mentions(told, direct)}`] : []),
    ...(behind.length > 0 ? [`in turn relayed by ${mentions(told, behind)}`] : []),
  ].join('; ');
}

function takenBack(told: Mentions, weighed: StandingResult): string[] {
  const { withdrawn, asserted, passedOn, denials } = takenBackOf(weighed);
  return [
    ...[...withdrawn].map(([source, by]) => `${titleWords(told, source)} withdrawn by ${mentions(told, by)}`),
    ...(asserted.length > 0 ? [`taken back by ${mentions(told, asserted)}`] : []),
    ...(passedOn.length > 0 ? [`passed on and taken back by ${mentions(told, passedOn)}`] : []),
    ...(denials.length > 0 ? [`denial taken back by ${mentions(told, denials)}`] : []),
  ];
}

function objections(told: Mentions, weighed: StandingResult): string[] {
  const { denying, disputing, declining, ofSources } = objectionsOf(weighed);
  const { links, graph } = weighed.analysis;
  const relayersOf = directRelayers(turnedRound(links.targets), graph.attributions.length);
  /** Denials that stand in no source are followed by those that pass them on. */
  const against = (word: string, said: Attribution[]) => {
    if (said.length === 0) return [];
    const bare = graph.attributions.flatMap((each, i) =>
      each.source === null && said.includes(each) ? relayersOf(i) : [],
    );
    const relaying = [...new Set(bare)]
      .map((at) => attributionAt(graph, at))
      .filter(({ stance }) => carries(stance));
    const relayed = relaying.length > 0 ? `; relayed by ${mentions(told, relaying)}` : '';
    return [`${word} by ${mentions(told, said)}${relayed}`];
  };
  return [
    ...against('denied', denying),
    ...against('disputed', disputing),
    ...against('comment declined', declining),
    ...ofSources.map(({ source, stance, said }) => {
      const how = stance === 'denies' ? 'rejected' : 'disputed';
      return `${titleWords(told, source)} as a whole ${how} by ${mentions(told, said)}`;
    }),
  ];
}

/** Each party once; more than three are counted. */
function mentions(told: Mentions, said: readonly Attribution[]): string {
  const groups = byParty(said);
  const all = groups.slice(0, SHOWN).map((group) => mention(told, group));
  if (groups.length > SHOWN) all.push(counted(groups.length - SHOWN, 'other'));
  return joined(all, '; by ', '; and by ');
}

/** One party: who speaks for it, when, and in which sources. */
function mention(told: Mentions, said: Readonly<NonEmpty<Attribution>>): string {
  const published = (source: string | null) => told.wording.sources.get(source ?? '')?.published;
  const apart = said.filter((each) => each.said !== published(each.source));
  const inSources = said.flatMap((each) =>
    each.source === null ? [] : sourceWords(told, each, each.source),
  );
  return [voiceWords(told, said), saidWords(apart) ?? [], ...inSources].flat().join(', ');
}

/** Where it is said: the passage, and the source with all that it takes to find it when it is named first. */
function sourceWords(told: Mentions, { id, party }: Attribution, source: string): string {
  const { page, paragraph, section, timecode } = told.wording.attributions.get(id)?.locator ?? {};
  const passage = [
    `in ${titleWords(told, source)}`,
    section ? `section ${section}` : null,
    page ? `p. ${page}` : null,
    paragraph ? `para. ${paragraph}` : null,
    timecode ? `at ${timecode}` : null,
  ];
  const isNew = !told.described.has(source);
  told.described.add(source);
  const parts = isNew ? [...passage, ...findingWords(told, source, party)] : passage;
  return parts.filter((part) => part !== null).join(', ');
}

function findingWords(told: Mentions, source: string, party: string): (string | null)[] {
  const words = told.wording.sources.get(source);
  if (!words) return [];
  const { publisher, published, url, archived_url, retrieved_at } = words;
  return [
    publisher && publisher.id !== party ? nameInSentence(publisher) : null,
    published === null ? null : `published ${edtfAdverb(published)}`,
    periodWords(told, source),
    url,
    archived_url === null ? null : `archived at ${archived_url}`,
    retrieved_at === null ? null : `accessed on ${edtfWords(retrieved_at.slice(0, 10))}`,
  ];
}

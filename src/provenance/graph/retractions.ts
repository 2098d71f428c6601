import { append } from '../../lib/collections.js';
import { type Adjacency, componentsOf, neighbours } from './components.js';
import {
  type Attribution,
  attributionAt,
  type ClaimGraph,
  isWithinSource,
  type SourceAttribution,
} from './graph.js';
import { entitledTo } from './withdrawing.js';

/** How far a source is withdrawn. */
export interface Withdrawal {
  /** The attribution that withdraws the whole source; where all authors withdraw it, the last of theirs. */
  whole: SourceAttribution | null;
  /** By author who took back their own words in it, where the source itself stands. */
  byAuthor: ReadonlyMap<string, SourceAttribution>;
}

export interface Retractions {
  /** For each attribution of the claim the one that takes it back; null where it counts. */
  ofClaim: (Attribution | null)[];
  /** For each attribution about a whole source the one that takes it back; null where it counts. */
  ofSources: (Attribution | null)[];
  /** Sources that are withdrawn, at least by one of their authors. */
  withdrawals: ReadonlyMap<string, Withdrawal>;
}

/**
 * What is taken back, and by which attribution.
 *
 * - An attribution is taken back by a `retracts` of the very same party that is `in_reply_to` it. No other
 *   body can do that, not even the one that the party is part of.
 * - All that stands in a withdrawn source is taken back with it. A source is withdrawn by a `retracts` about
 *   it of those who are entitled to (see {@link entitledTo}), and with the source that it is part of. Where
 *   only some of the authors withdraw it, their own attributions in it are taken back.
 * - A `retracts` about a source which answers one of the same party takes back that one, and withdraws nothing.
 * - A retraction that was itself taken back takes nothing back. Retractions that take back each other in a
 *   circle leave each other alone. A withdrawal is not undone by standing in the source that it withdraws.
 * - Dates play no part: a party that says it again makes a new attribution, which counts.
 */
export function retractionsOf(graph: ClaimGraph): Retractions {
  const { attributions } = graph;
  const { ofSources, withdrawals } = withdrawalsIn(graph);
  const ofClaim: (Attribution | null)[] = attributions.map(() => null);
  if (withdrawals.size > 0 || attributions.some(isRetraction)) {
    const replies = repliesIn(attributions);
    const takers = attributions.map(({ id }) => replies.get(id) ?? []);
    for (const [node, free] of inTurn(takers)) {
      const { source, party } = attributionAt(graph, node);
      const counting = free.find((taker) => ofClaim[taker] === null);
      ofClaim[node] =
        counting === undefined
          ? withWithdrawn(party, withdrawals.get(source ?? ''))
          : attributionAt(graph, counting);
    }
  }
  return { ofClaim, ofSources, withdrawals };
}

/** What is taken back of what is said of whole sources, on which no claim has an influence. */
type OfSources = Omit<Retractions, 'ofClaim'>;

/** Claims that are loaded together share all of this. */
const known = new WeakMap<
  ClaimGraph['about_sources'],
  Pick<ClaimGraph, 'sources' | 'parties'> & { found: OfSources }
>();

function withdrawalsIn(graph: ClaimGraph): OfSources {
  const { about_sources, sources, parties } = graph;
  const before = known.get(about_sources);
  if (before && before.sources === sources && before.parties === parties) return before.found;
  const found = withdrawn(graph);
  known.set(about_sources, { sources, parties, found });
  return found;
}

function withdrawn(graph: ClaimGraph): OfSources {
  const { about_sources: all, sources, parties } = graph;
  const ofSources: (SourceAttribution | null)[] = all.map(() => null);
  const withdrawals = new Map<string, Withdrawal>();
  if (!all.some(isRetraction)) return { ofSources, withdrawals };

  const placed = [...sources.values()];
  const nodeOf = new Map(placed.map(({ id }, i) => [id, all.length + i]));
  const replies = repliesIn(all);
  const replying = new Set([...replies.values()].flat());
  const withdrawing = new Map<string, number[]>();
  for (const [i, said] of all.entries()) {
    if (isRetraction(said) && !replying.has(i)) append(withdrawing, said.about_source, i);
  }
  /** By attribution and source, the attributions and sources that can take it back. */
  const takers = [
    ...all.map((said) => {
      const source = said.source === null || undoesItself(said, graph) ? undefined : nodeOf.get(said.source);
      return [...(replies.get(said.id) ?? []), ...(source === undefined ? [] : [source])];
    }),
    ...placed.map(({ id, part_of }) => {
      const whole = nodeOf.get(part_of ?? '');
      return [...(withdrawing.get(id) ?? []), ...(whole === undefined ? [] : [whole])];
    }),
  ];
  for (const [node, free] of inTurn(takers)) {
    const counting = free.flatMap((taker) => (ofSources[taker] === null ? (all[taker] ?? []) : []));
    const [above] = free.flatMap((taker) => placed[taker - all.length] ?? []);
    const withdrawal = above && withdrawals.get(above.id);
    const [said, source] = [all[node], placed[node - all.length]];
    if (said) ofSources[node] = counting[0] ?? withWithdrawn(said.party, withdrawal);
    else if (source) {
      const found =
        counting.length === 0
          ? withdrawal
          : withdrawalBy(counting, entitledTo(source, sources, parties), withdrawal);
      if (found && (found.whole !== null || found.byAuthor.size > 0)) withdrawals.set(source.id, found);
    }
  }
  return { ofSources, withdrawals };
}

const isRetraction = ({ stance }: Attribution): boolean => stance === 'retracts';

/** By attribution, the places of those by which its party takes it back. */
function repliesIn(all: readonly Attribution[]): Map<string, number[]> {
  const byId = new Map(all.map((said) => [said.id, said]));
  const replies = new Map<string, number[]>();
  for (const [i, said] of all.entries()) {
    const target = isRetraction(said) ? byId.get(said.in_reply_to ?? '') : undefined;
    if (target && target !== said && target.party === said.party) append(replies, target.id, i);
  }
  return replies;
}

/** Each node after those that can take it back, with these but for those of a circle with it. */
function* inTurn(takers: Adjacency): Generator<[node: number, free: number[]], undefined> {
  for (const component of componentsOf(takers, () => true)) {
    const circle = new Set(component);
    for (const node of component) {
      yield [node, neighbours(takers, node).filter((taker) => !circle.has(taker))];
    }
  }
}

/** What takes the words of a party back with the source in which they stand. */
const withWithdrawn = (party: string, withdrawal: Withdrawal | undefined): SourceAttribution | null =>
  withdrawal?.whole ?? withdrawal?.byAuthor.get(party) ?? null;

/** Whether something said of a source stands in that source. */
function undoesItself({ source, about_source }: SourceAttribution, { sources }: ClaimGraph): boolean {
  return source !== null && isWithinSource(source, about_source, sources);
}

/** How far a source is withdrawn by those who retract it, and by the withdrawal of the source that it is part of. */
function withdrawalBy(
  words: readonly SourceAttribution[],
  { publishers, authors }: ReturnType<typeof entitledTo>,
  above: Withdrawal | undefined,
): Withdrawal {
  const byAuthor = new Map(above?.byAuthor);
  for (const said of words) if (authors.has(said.party)) byAuthor.set(said.party, said);
  const byPublisher = words.find(({ party }) => publishers.has(party));
  const byAll = [...authors].every((author) => words.some(({ party }) => party === author))
    ? words.findLast(({ party }) => authors.has(party))
    : undefined;
  return { whole: byPublisher ?? byAll ?? above?.whole ?? null, byAuthor };
}

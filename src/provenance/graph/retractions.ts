import { append } from '../../lib/collections.js';
import { componentsOf, neighbours } from './components.js';
import { type Attribution, type ClaimGraph, type SourceAttribution, wholesOf } from './graph.js';
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
  const { attributions, about_sources, sources, parties } = graph;
  const all: Attribution[] = [...attributions, ...about_sources];
  if (!all.some(({ stance }) => stance === 'retracts')) {
    return {
      ofClaim: attributions.map(() => null),
      ofSources: about_sources.map(() => null),
      withdrawals: new Map(),
    };
  }

  const placed = [...sources.values()];
  const sourceAt = (node: number) => placed[node - all.length];
  const nodeOf = new Map(placed.map(({ id }, i) => [id, all.length + i]));
  const replies = new Map<string, number[]>();
  const withdrawing = new Map<string, number[]>();
  const byId = new Map(all.map((said) => [said.id, said]));
  for (const [i, said] of all.entries()) {
    if (said.stance !== 'retracts') continue;
    const target = byId.get(said.in_reply_to ?? '');
    if (target && target !== said && target.party === said.party) append(replies, target.id, i);
    else if (isAboutSource(said)) append(withdrawing, said.about_source, i);
  }

  /** By attribution and source, the attributions and sources that can take it back. */
  const takers = [
    ...all.map((said) => {
      const own = replies.get(said.id) ?? [];
      const source = said.source === null || undoesItself(said, graph) ? undefined : nodeOf.get(said.source);
      return source === undefined ? own : [...own, source];
    }),
    ...placed.map(({ id, part_of }) => {
      const whole = nodeOf.get(part_of ?? '');
      return [...(withdrawing.get(id) ?? []), ...(whole === undefined ? [] : [whole])];
    }),
  ];

  const takenBackBy: (Attribution | null)[] = all.map(() => null);
  const withdrawals = new Map<string, Withdrawal>();
  for (const component of componentsOf(takers, () => true)) {
    const circle = new Set(component);
    for (const node of component) {
      const free = neighbours(takers, node).filter((taker) => !circle.has(taker));
      const counting = free.flatMap((taker) => (takenBackBy[taker] === null ? (all[taker] ?? []) : []));
      const [above] = free.flatMap((taker) => sourceAt(taker) ?? []);
      const withdrawal = above && withdrawals.get(above.id);
      const [said, source] = [all[node], sourceAt(node)];
      if (said) {
        takenBackBy[node] = counting[0] ?? withdrawal?.whole ?? withdrawal?.byAuthor.get(said.party) ?? null;
      } else if (source) {
        const words = counting.filter(isAboutSource);
        const found =
          words.length === 0
            ? withdrawal
            : withdrawalBy(words, entitledTo(source, sources, parties), withdrawal);
        if (found && (found.whole !== null || found.byAuthor.size > 0)) withdrawals.set(source.id, found);
      }
    }
  }
  return {
    ofClaim: takenBackBy.slice(0, attributions.length),
    ofSources: takenBackBy.slice(attributions.length),
    withdrawals,
  };
}

const isAboutSource = (said: Attribution): said is SourceAttribution => 'about_source' in said;

/** Whether something said of a source stands in that source. */
function undoesItself(said: Attribution, { sources }: ClaimGraph): boolean {
  if (!isAboutSource(said)) return false;
  return said.source !== null && wholesOf(said.source, sources).includes(said.about_source);
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

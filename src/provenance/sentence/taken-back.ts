import { type Attribution, affirms, carries, opposes, type SourceAttribution } from '../graph/graph.js';
import type { StandingResult } from '../standing/standing.js';

/** What was taken back, and by which words. Parties whose other words still stand are left out. */
export interface TakenBack {
  /** By withdrawn source: the words that withdraw it. */
  withdrawn: Map<string, SourceAttribution[]>;
  /** Retractions of those who asserted it; at most one a party. */
  asserted: Attribution[];
  /** Retractions of those who only passed it on; at most one a party. */
  passedOn: Attribution[];
  /** Retractions of denials; at most one a party. */
  denials: Attribution[];
  /** Number of parties that asserted it, whether they took it back or not. */
  asserting: number;
  /** Where all who asserted it and took it back are authors of one source: the number of its authors. Else null. */
  authors: number | null;
}

export function takenBackOf({ analysis }: StandingResult): TakenBack {
  const { graph, retractions } = analysis;
  const withdrawn: TakenBack['withdrawn'] = new Map();
  const [asserting, carrying, opposing] = [new Set<string>(), new Set<string>(), new Set<string>()];
  const [words, denials] = [new Map<string, Attribution>(), new Map<string, Attribution>()];
  const sources = new Map<string, string>();
  graph.attributions.forEach((said, i) => {
    if (affirms(said.stance)) asserting.add(said.party);
    const by = retractions.ofClaim[i];
    if (!by) {
      if (carries(said.stance)) carrying.add(said.party);
      if (opposes(said.stance)) opposing.add(said.party);
      return;
    }
    const whole = said.source === null ? null : retractions.withdrawals.get(said.source)?.whole;
    if (whole?.id === by.id) withdrawn.set(whole.about_source, withdrawing(whole));
    else if (carries(said.stance)) {
      words.set(said.party, by);
      sources.set(said.party, said.source ?? '');
    } else if (opposes(said.stance)) denials.set(said.party, by);
  });

  /** The attributions that withdrew it together, where one was not enough. */
  function withdrawing({ about_source, party, id }: SourceAttribution): SourceAttribution[] {
    const { authors = [] } = graph.sources.get(about_source) ?? {};
    return graph.about_sources.filter(
      (said, i) =>
        said.id === id ||
        (said.about_source === about_source &&
          said.stance === 'retracts' &&
          retractions.ofSources[i] === null &&
          authors.includes(party) &&
          authors.includes(said.party)),
    );
  }

  for (const party of carrying) words.delete(party);
  for (const party of opposing) denials.delete(party);
  const asserted = [...words].filter(([party]) => asserting.has(party));
  const [first = ''] = asserted.map(([party]) => party);
  const authors = graph.sources.get(sources.get(first) ?? '')?.authors ?? [];
  return {
    withdrawn,
    asserted: asserted.map(([, by]) => by),
    passedOn: [...words].flatMap(([party, by]) => (asserting.has(party) ? [] : [by])),
    denials: [...denials.values()],
    asserting: asserting.size,
    authors:
      asserted.length > 1 && asserted.every(([party]) => authors.includes(party)) ? authors.length : null,
  };
}

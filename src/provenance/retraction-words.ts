import { affirms, carries, opposes, type SourceAttribution } from './graph.js';
import type { Weighed } from './standing.js';
import { partyOf } from './voices.js';
import { listed } from './words.js';

const NUMBERS = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'];
const number = (n: number): string => NUMBERS[n] ?? n.toLocaleString('en');

/**
 * What was taken back, in parts of sentences: sources that were withdrawn, parties that took back what they
 * asserted or passed on, and parties that took back a denial. Parties whose other words still stand are not told.
 */
export function retractionWords({ analysis, standing }: Weighed, shown: number): string[] {
  const { graph, retractions, counts } = analysis;
  const nameOf = (id: string) => partyOf(id, graph.parties).name;
  const withdrawn = new Map<string, SourceAttribution>();
  const [affirming, carrying, opposing] = [new Set<string>(), new Set<string>(), new Set<string>()];
  const [back, standingParties] = [new Map<string, string>(), new Set<string>()];
  const denialsBack = new Set<string>();
  graph.attributions.forEach((said, i) => {
    if (affirms(said.stance)) affirming.add(said.party);
    const by = retractions.ofClaim[i];
    if (counts[i]) {
      if (carries(said.stance)) standingParties.add(said.party);
      if (opposes(said.stance)) opposing.add(said.party);
      return;
    }
    const whole = said.source === null ? null : retractions.withdrawals.get(said.source)?.whole;
    if (whole && whole.id === by!.id) withdrawn.set(whole.about_source, whole);
    else if (carries(said.stance)) {
      carrying.add(said.party);
      back.set(said.party, said.source ?? '');
    } else if (opposes(said.stance)) denialsBack.add(said.party);
  });
  const words = [...withdrawn].map(
    ([source, by]) =>
      `“${graph.sources.get(source)?.title ?? source}” has been withdrawn by ${nameOf(by.party)}`,
  );
  const gone = [...carrying].filter((party) => !standingParties.has(party));
  if (standing.retracted && withdrawn.size === 0) words.push('all who asserted it have taken it back');
  else if (gone.length > 0) {
    const names = listed(gone.map(nameOf), shown);
    const asserted = gone.filter((party) => affirming.has(party));
    const isAuthor = (party: string) => graph.sources.get(back.get(party) ?? '')?.authors.includes(party);
    const authors = graph.sources.get(back.get(gone[0]!) ?? '')?.authors.length ?? 0;
    if (gone.length > 1 && gone.every(isAuthor)) {
      words.push(`${number(gone.length)} of the ${number(authors)} authors have since retracted (${names})`);
    } else if (asserted.length === gone.length && affirming.size > gone.length) {
      const have = gone.length === 1 ? 'has' : 'have';
      words.push(
        `${number(gone.length)} of the ${number(affirming.size)} who asserted it ${have} since taken it back (${names})`,
      );
    } else words.push(`${names} ${gone.length === 1 ? 'has' : 'have'} taken it back`);
  }
  const denials = [...denialsBack].filter((party) => !opposing.has(party));
  if (denials.length > 0) {
    const names = listed(denials.map(nameOf), shown);
    words.push(
      `${names} ${denials.length === 1 ? 'has taken back its denial' : 'have taken back their denials'}`,
    );
  }
  return words;
}

import type { Reader, Tx } from '../db/store/store.js';
import { mapInTurns } from '../lib/event-loop.js';
import type { ResourceRow } from '../resources/resource-type.js';
import { findRows } from '../resources/resources.store.js';
import { identifiedBy, namesakesOf, postingsOf } from './match.store.js';
import { candidatesOf } from './names/candidates.js';
import { type Judgement, judgeOf, type KnownParty, type Wanted } from './names/judge.js';
import { nameKeys } from './names/keys.js';
import { partyType } from './party.js';

export interface PartyMatch extends Judgement {
  party: { id: string; key: string | null; name: string };
}

/** Parties that an answer holds, and the least score of one. */
const MOST_ANSWERED = 10;
const LEAST_SCORE = 0.4;
/** Parties of the very name or identifier that are compared besides those found by keys. */
const MOST_EXACT = 25;
/** The parties that may be meant, the likeliest first. */
export const matchParties = (reader: Reader, wanted: Wanted): Promise<PartyMatch[]> =>
  reader.read(async (tx) => compared(tx, wanted, await partiesAlike(tx, wanted)));

/** A party as it is compared. */
export interface Candidate extends ResourceRow {
  party: KnownParty;
}

/** Those of the parties that may be meant, the likeliest first, at most `most`. */
export async function compared(
  tx: Tx,
  wanted: Wanted,
  parties: readonly Candidate[],
  most = MOST_ANSWERED,
): Promise<PartyMatch[]> {
  const judge = judgeOf(tx, wanted);
  const found: PartyMatch[] = [];
  for (const { id, key, party } of parties) {
    found.push({ party: { id, key, name: party.name }, ...(await judge(party)) });
  }
  return unambiguous(found)
    .filter(({ score }) => score >= LEAST_SCORE)
    .sort(
      (a, b) => Number(b.match) - Number(a.match) || b.score - a.score || (a.party.id < b.party.id ? -1 : 1),
    )
    .slice(0, most);
}

/**
 * Parties that are compared: those of the identifier or the name, and those of names that are spelled alike. Those of
 * `leftOut` are as if they were not there.
 */
export async function partiesAlike(
  tx: Tx,
  wanted: Wanted,
  leftOut: ReadonlySet<string> = new Set(),
): Promise<Candidate[]> {
  const persons = wanted.kind === undefined ? [true, false] : [wanted.kind === 'person'];
  const keys = nameKeys(wanted.name, persons);
  const known = (ids: readonly string[]) => ids.filter((id) => !leftOut.has(id));
  const postings = Array.from(await postingsOf(tx, keys), ([key, ids]) => [key, known(ids)] as const);
  const ids = [
    ...(wanted.identifier === undefined ? [] : await identifiedBy(tx, wanted.identifier, MOST_EXACT)),
    ...(await namesakesOf(tx, wanted.name, MOST_EXACT)),
    ...candidatesOf(new Map(postings)),
  ];
  const rows = await findRows(tx, partyType, [...new Set(known(ids))]);
  return mapInTurns(tx, rows, (row) => ({ ...row, party: JSON.parse(row.doc) as KnownParty }));
}

/** Names of parties that may be meant by one that no party has, the likeliest first. */
export async function nearNames(tx: Tx, name: string, most: number): Promise<string[]> {
  const judge = judgeOf(tx, { name });
  const found: { name: string; score: number }[] = [];
  for (const { party } of await partiesAlike(tx, { name })) {
    const { score } = await judge(party);
    if (score >= LEAST_SCORE) found.push({ name: party.name, score });
  }
  found.sort((a, b) => b.score - a.score || (a.name < b.name ? -1 : 1));
  return [...new Set(found.map((party) => party.name))].slice(0, most);
}

/** Where the initials fit several parties, they say of none that it is meant. */
function unambiguous(found: PartyMatch[]): PartyMatch[] {
  const byInitials = (one: PartyMatch) =>
    one.match &&
    one.reasons.some(({ code }) => code === 'acronym') &&
    !one.reasons.some(({ code }) => code === 'identifier');
  if (found.filter(byInitials).length < 2) return found;
  return found.map((one) => (byInitials(one) ? { ...one, match: false } : one));
}

import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Reader, Tx } from '../db/store/store.js';
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
/** Milliseconds of comparing before others get a turn. */
const TURN = 5;

/** The parties that may be meant, the likeliest first. */
export async function matchParties(reader: Reader, wanted: Wanted): Promise<PartyMatch[]> {
  const parties = await reader.read((tx) => partiesAlike(tx, wanted));
  await nextTurn();
  return compared(wanted, parties, nextTurn);
}

/** Those of the parties that may be meant, the likeliest first, at most `most`; `turn` lets others go on meanwhile. */
export async function compared(
  wanted: Wanted,
  parties: readonly ResourceRow[],
  turn: () => Promise<unknown>,
  most = MOST_ANSWERED,
): Promise<PartyMatch[]> {
  const judge = judgeOf(wanted);
  const found: PartyMatch[] = [];
  let since = performance.now();
  for (const { id, key, doc } of parties) {
    const party = JSON.parse(doc) as KnownParty;
    found.push({ party: { id, key, name: party.name }, ...judge(party) });
    if (performance.now() - since < TURN) continue;
    await turn();
    since = performance.now();
  }
  return unambiguous(found)
    .filter(({ score }) => score >= LEAST_SCORE)
    .sort(
      (a, b) => Number(b.match) - Number(a.match) || b.score - a.score || (a.party.id < b.party.id ? -1 : 1),
    )
    .slice(0, most);
}

/** Parties that are compared: those of the identifier or the name, and those of names that are spelled alike. */
export async function partiesAlike(tx: Tx, wanted: Wanted): Promise<ResourceRow[]> {
  const persons = wanted.kind === undefined ? [true, false] : [wanted.kind === 'person'];
  const keys = nameKeys(wanted.name, persons);
  const ids = [
    ...(wanted.identifier === undefined ? [] : await identifiedBy(tx, wanted.identifier, MOST_EXACT)),
    ...(await namesakesOf(tx, wanted.name, MOST_EXACT)),
    ...candidatesOf(await postingsOf(tx, keys)),
  ];
  return findRows(tx, partyType, [...new Set(ids)]);
}

/** Names of parties that may be meant by one that no party has, the likeliest first. */
export async function nearNames(tx: Tx, name: string, most: number): Promise<string[]> {
  const judge = judgeOf({ name });
  const found: { name: string; score: number }[] = [];
  for (const { doc } of await partiesAlike(tx, { name })) {
    await tx.yield();
    const party = JSON.parse(doc) as KnownParty;
    const { score } = judge(party);
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

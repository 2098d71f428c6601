import type { Tx } from '../db/store/store.js';
import { contentOf } from '../resources/documents.js';
import { type Duplicate, duplicates, sameIdentifiers } from '../resources/duplicates.js';
import { foreseeIdentified } from '../resources/identifiers.store.js';
import type { ResourceRow } from '../resources/resource-type.js';
import { addWork, workDone } from '../resources/work.js';
import { type Candidate, compared, partiesAlike } from './match.service.js';
import { foreseeNamesakes, namesakesOf } from './match.store.js';
import { namesOf } from './names/judge.js';
import { LETTERS_READ } from './names/read-name.js';
import type { PartyInput } from './parties.schemas.js';

/** Parties of one write whose names are compared in any spelling; those of the rest are compared as they are written. */
const MATCHED = 100;
/**
 * How much is compared in one write, in letters of names of others, with some for each name. It is enough for as many parties with
 * ordinary names, but not where those with which they are compared have hundreds of long ones.
 */
const COMPARED = 3_000_000;
const OF_A_NAME = 10;

/** Others with the same name. */
const NAMESAKES = 10;

/** Other parties that may be the same: by identifier, and by name, as `/v1/parties/match` finds them. */
export async function partyDuplicates(
  tx: Tx,
  stored: ResourceRow,
  later: ReadonlySet<string> = new Set(),
): Promise<Duplicate[]> {
  const party = contentOf(stored.doc) as PartyInput;
  const identified = await sameIdentifiers(tx, 'party', stored.id, party.identifiers);
  // Of those without a name each stands for one mention.
  if (party.unnamed) return identified;
  const found = (await byMatching(tx, stored.id, party, later)) ?? (await byName(tx, stored.id, party));
  return [...identified, ...found];
}

/** Looks up at once what {@link partyDuplicates} needs for several parties, but for the comparing of names in any spelling. */
export async function foreseePartyDuplicates(tx: Tx, all: readonly { stored: ResourceRow }[]): Promise<void> {
  const parties = all.map(({ stored }) => ({ ...(contentOf(stored.doc) as PartyInput), id: stored.id }));
  await foreseeIdentified(tx, 'party', parties);
  const names = parties.flatMap(({ unnamed, name }) => (unnamed ? [] : name));
  await foreseeNamesakes(tx, names, NAMESAKES);
}

/** Null where the write has compared as much as it may. */
async function byMatching(
  tx: Tx,
  id: string,
  { name, kind, country, born }: PartyInput,
  later: ReadonlySet<string>,
): Promise<Duplicate[] | null> {
  if (workDone(tx, 'matched parties') >= MATCHED || workDone(tx, 'compared names') > COMPARED) return null;
  addWork(tx, 'matched parties', 1);
  const wanted = { name, kind, country: country ?? undefined, born: born ?? undefined };
  // What came later is left out before anything is counted, for as much to be compared as if it were not there yet.
  const alike = await partiesAlike(tx, wanted, later);
  const candidates = alike.filter((other) => other.id !== id && !other.party.unnamed);
  addWork(tx, 'compared names', lettersOf(candidates));
  if (workDone(tx, 'compared names') > COMPARED) return null;
  const matches = await compared(tx, wanted, candidates);
  return matches.flatMap(({ party, score, match, reasons }) => {
    if (!match) return [];
    const speaking = reasons.filter(({ speaks }) => speaks === 'for');
    return [
      {
        noun: 'party' as const,
        id: party.id,
        score,
        reasons: speaking.map(({ code, detail }) => ({ code, pointer: '/name', detail })),
      },
    ];
  });
}

/** How much it is to compare a name with those of the parties. */
function lettersOf(parties: readonly Candidate[]): number {
  let letters = 0;
  for (const { party } of parties) {
    for (const name of namesOf(party)) letters += OF_A_NAME + Math.min(name.length, LETTERS_READ);
  }
  return letters;
}

async function byName(tx: Tx, id: string, { name }: PartyInput): Promise<Duplicate[]> {
  const ids = (await namesakesOf(tx, name, NAMESAKES)).filter((other) => other !== id);
  const detail = 'another party has this name; if it is the same, use that one and remove this one';
  return duplicates('party', [...new Set(ids)], 'spelling', '/name', detail);
}

import type { Tx } from '../db/store/store.js';
import { contentOf } from '../resources/documents.js';
import { type Duplicate, duplicates, sameIdentifiers } from '../resources/duplicates.js';
import type { ResourceRow } from '../resources/resource-type.js';
import { compared, partiesAlike } from './match.service.js';
import { namesakesOf } from './match.store.js';
import type { PartyInput } from './parties.schemas.js';

/** Parties of one write whose names are compared in any spelling; those of the rest are compared as they are written. */
const MATCHED = 100;
/** Their ids, by write. */
const matched = new WeakMap<object, Set<string>>();

/** Others with the same name. */
const NAMESAKES = 10;

/** Other parties that may be the same: by identifier, and by name, as `/v1/parties/match` finds them. */
export async function partyDuplicates(tx: Tx, stored: ResourceRow): Promise<Duplicate[]> {
  const party = contentOf(stored.doc) as PartyInput;
  const identified = await sameIdentifiers(tx, 'party', stored.id, party.identifiers);
  // Of those without a name each stands for one mention.
  if (party.unnamed) return identified;
  const found = isMatched(tx, stored.id)
    ? await byMatching(tx, stored.id, party)
    : await byName(tx, stored.id, party);
  return [...identified, ...found];
}

/** Whether one more party is matched: in a read any, in a write the first ones. */
function isMatched({ pending }: Tx, id: string): boolean {
  if (pending === null) return true;
  const { entries } = pending;
  // What was undone since has no entry any more.
  const ids = new Set([...(matched.get(entries) ?? [])].filter((other) => entries.has(`party:${other}`)));
  if (ids.size < MATCHED) ids.add(id);
  matched.set(entries, ids);
  return ids.has(id);
}

async function byMatching(
  tx: Tx,
  id: string,
  { name, kind, country, born }: PartyInput,
): Promise<Duplicate[]> {
  const wanted = { name, kind, country: country ?? undefined, born: born ?? undefined };
  const candidates = (await partiesAlike(tx, wanted)).filter(
    (other) => other.id !== id && !(contentOf(other.doc) as PartyInput).unnamed,
  );
  const matches = await compared(wanted, candidates, () => tx.yield());
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

async function byName(tx: Tx, id: string, { name }: PartyInput): Promise<Duplicate[]> {
  const ids = (await namesakesOf(tx, name, NAMESAKES)).filter((other) => other !== id);
  const detail = 'another party has this name; if it is the same, use that one and remove this one';
  return duplicates('party', [...new Set(ids)], 'spelling', '/name', detail);
}

import { hash } from 'node:crypto';
import type { Tx } from '../db/store.js';
import { Failure } from '../lib/errors.js';
import type { NounName } from '../lib/ids.js';
import { inputOf } from '../register/documents.js';
import { locate } from '../register/find.js';
import type { Noun } from '../register/noun.js';
import type { Version } from '../register/register.store.js';
import { unknownReference } from '../register/resolve.js';
import { farthest, newestPlace, placeAt, versionsAfter, type Wanted } from './changes.store.js';

/** A place between two changes: the number of the last one seen, and a mark by which it is known again. */
export interface Place {
  seq: number;
  mark: string;
}

/** Before the first change. */
export const START: Place = { seq: 0, mark: '' };

/** The filters of the feed as they are sent. */
export interface ChangeFilters {
  type?: NounName[] | undefined;
  subject?: string[] | undefined;
}

export interface Changes {
  items: { place: Place; change: object }[];
  /** Where to go on; behind the newest change when there is no more. */
  place: Place;
  /** Whether there may be more: a page that looked at many changes in vain can be short, or empty. */
  more: boolean;
}

type Marked = Pick<Version, 'seq' | 'object_id' | 'version' | 'recorded_at'>;

const placeOf = ({ seq, object_id, version, recorded_at }: Marked): Place => ({
  seq,
  mark: hash('sha1', `${object_id} ${version} ${recorded_at}`, 'base64url').slice(0, 8),
});

/** The filters with ids. Throws a 400 for a party that the register never had. */
export async function wantedChanges(tx: Tx, party: Noun, filters: ChangeFilters): Promise<Wanted> {
  if (!filters.subject) return { nouns: filters.type };
  const parties: string[] = [];
  for (const reference of filters.subject) {
    const found = await locate(tx, party, reference);
    if (found.state === 'live') parties.push(found.stored.id);
    else if (found.state === 'removed') parties.push(found.removal.object_id);
    else {
      const detail = await unknownReference(tx, 'party', reference);
      throw new Failure('invalid_query', detail, [
        { parameter: 'subject', code: 'unknown_reference', detail },
      ]);
    }
  }
  return { nouns: filters.type, parties: [...new Set(parties)] };
}

/** The changes after a place. Throws a 400 for a place in a history that this register does not have. */
export async function changesAfter(
  tx: Tx,
  nouns: Record<NounName, Noun>,
  after: Place,
  limit: number,
  wanted: Wanted,
): Promise<Changes> {
  await refuseForeign(tx, after);
  const until = await farthest(tx, after.seq, wanted);
  const found = await versionsAfter(tx, after.seq, limit + 1, wanted, until);
  const more = found.length > limit;
  const kept = more ? found.slice(0, limit) : found;
  const items = kept.map((version) => ({
    place: placeOf(version),
    change: changeOf(nouns[version.noun as NounName], version),
  }));
  if (!more && until !== null) {
    return { items, place: placeOf((await placeAt(tx, until))!), more: true };
  }
  const newest = more ? null : await newestPlace(tx);
  // A replica may lag behind the one that was read before; a reader never goes back.
  const end = newest && newest.seq > after.seq ? placeOf(newest) : after;
  return { items, place: more ? items.at(-1)!.place : end, more };
}

/**
 * After a register was set back to a backup, the numbers are given to other changes: whoever read further than
 * the backup has to begin again. What lies beyond the end may be on its way to this replica, and is waited for.
 */
async function refuseForeign(tx: Tx, after: Place): Promise<void> {
  if (after.seq === 0) return;
  const known = await placeAt(tx, after.seq);
  if (!known || placeOf(known).mark === after.mark) return;
  const detail =
    'the register was set back to an earlier state after this cursor was given; read the feed from its start';
  throw new Failure('invalid_query', detail, [{ parameter: 'after', code: 'foreign_cursor', detail }]);
}

/** A version as the feed shows it: the input form, in which references are ids, since keys can come later. */
function changeOf(noun: Noun, version: Version): object {
  const { key } = JSON.parse(version.doc) as { key: string | null };
  const object = version.operation === 'remove' ? null : inputOf(noun, version.doc, (_, id) => id);
  return {
    type: noun.name,
    id: version.object_id,
    key,
    version: version.version,
    operation: version.operation,
    recorded_at: version.recorded_at,
    actor: version.actor,
    on_behalf_of: version.on_behalf_of,
    reason: version.reason,
    request_id: version.request_id,
    object,
  };
}

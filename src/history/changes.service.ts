import { hash } from 'node:crypto';
import { decodeReference } from '../db/query/references.js';
import type { Tx } from '../db/store/store.js';
import { ApiError } from '../lib/errors.js';
import type { ResourceName } from '../lib/ids.js';
import { inputOf } from '../resources/documents.js';
import { locate } from '../resources/find.js';
import { mergeIn, withMerged } from '../resources/merged.store.js';
import { unknownReference } from '../resources/resolve.js';
import type { ResourceType } from '../resources/resource-type.js';
import { isGone, type Version } from '../resources/resources.store.js';
import { lastBefore, newestPlace, placeAt, versionsFrom, type Wanted } from './changes.store.js';

/** A position between two changes: the number of the last one seen, and a hash that tells whether it is still the same. */
export interface HistoryPosition {
  seq: number;
  mark: string;
}

/** Before the first change. */
export const START: HistoryPosition = { seq: 0, mark: '' };

/** The filters of the feed as they are sent. */
export interface ChangeFilters {
  type?: ResourceName[] | undefined;
  subject?: string[] | undefined;
  actor?: string[] | undefined;
  request_id?: string[] | undefined;
  since?: string | undefined;
  until?: string | undefined;
}

/** What was recorded of one object, and the object as it then was; null when it was removed. */
type Change = Pick<
  Version,
  'version' | 'operation' | 'recorded_at' | 'actor' | 'on_behalf_of' | 'reason' | 'request_id'
> & { type: ResourceName; id: string; key: string | null; object: object | null; merged_into: string | null };

export interface Changes {
  items: { place: HistoryPosition; change: Change }[];
  /** The position from which to go on; after the newest change when there is no more. */
  place: HistoryPosition;
  /** Whether there may be more: a page that looked at many changes in vain can be short, or empty. */
  more: boolean;
}

type Marked = Pick<Version, 'seq' | 'object_id' | 'version' | 'recorded_at'>;

const placeOf = ({ seq, object_id, version, recorded_at }: Marked): HistoryPosition => ({
  seq,
  mark: hash('sha1', `${object_id} ${version} ${recorded_at}`, 'base64url').slice(0, 8),
});

/** The position of a change that is known to be in the history. */
async function positionOf(tx: Tx, seq: number): Promise<HistoryPosition> {
  const place = await placeAt(tx, seq);
  if (!place) throw new Error(`the history has no change ${seq}`);
  return placeOf(place);
}

/** The filters with ids. Throws a 400 for a party that the register never had. */
export async function wantedChanges(tx: Tx, party: ResourceType, filters: ChangeFilters): Promise<Wanted> {
  const { type: nouns, actor: actors, request_id: requests, subject, since, until } = filters;
  return {
    ...{ nouns, actors, requests },
    parties: subject && (await partiesEver(tx, party, subject)),
    first: since === undefined ? undefined : (await lastBefore(tx, since)) + 1,
    last: until === undefined ? undefined : await lastBefore(tx, after(until)),
  };
}

/** The next instant that can be recorded. */
const after = (instant: string): string => new Date(Date.parse(instant) + 1).toISOString();

async function partiesEver(tx: Tx, party: ResourceType, references: string[]): Promise<string[]> {
  const parties = new Set<string>();
  for (const reference of references) {
    const found = await locate(tx, party, reference);
    if (found.state === 'live') parties.add(found.stored.id);
    else if (found.state === 'merged') parties.add(found.into);
    else if (found.state === 'removed') parties.add(found.removal.object_id);
    else {
      const detail = await unknownReference(tx, 'party', reference);
      throw new ApiError('invalid_query', detail, [
        { parameter: 'subject', code: 'unknown_reference', detail },
      ]);
    }
  }
  return [...(await withMerged(tx, [...parties])).keys()];
}

/** The place before the first change recorded at an instant or later. */
export async function placeSince(tx: Tx, instant: string): Promise<HistoryPosition> {
  const seq = await lastBefore(tx, instant);
  return seq === 0 ? START : positionOf(tx, seq);
}

/** The position after the newest change. */
export async function placeNow(tx: Tx): Promise<HistoryPosition> {
  const newest = await newestPlace(tx);
  return newest === null ? START : placeOf(newest);
}

/** The changes after a place. Throws a 400 for a place in a history that this register does not have. */
export async function changesAfter(
  tx: Tx,
  nouns: Record<ResourceName, ResourceType>,
  after: HistoryPosition,
  limit: number,
  wanted: Wanted,
): Promise<Changes> {
  await refuseForeign(tx, after);
  const { versions: found, until } = await versionsFrom(tx, { after: after.seq }, limit + 1, wanted);
  const more = found.length > limit;
  const kept = more ? found.slice(0, limit) : found;
  const items = kept.map((version) => ({
    place: placeOf(version),
    change: changeOf(nouns[version.noun as ResourceName], version),
  }));
  const newestKept = items.at(-1);
  if (more && newestKept) return { items, place: newestKept.place, more };
  if (until !== null) return { items, place: await positionOf(tx, until), more: true };
  const newest = await newestPlace(tx);
  const last = Math.min(newest?.seq ?? 0, wanted.last ?? Number.POSITIVE_INFINITY);
  // This replica may lag behind the one that was read before; a reader never goes back.
  const end = last > after.seq ? await positionOf(tx, last) : after;
  return { items, place: end, more };
}

/** The versions before a place, or the newest of all, newest first; `older` is where the rest begins. */
export async function versionsBefore(
  tx: Tx,
  before: HistoryPosition | null,
  limit: number,
  wanted: Wanted,
): Promise<{ versions: Version[]; older: HistoryPosition | null }> {
  if (before) await refuseForeign(tx, before);
  const begin = Math.min(
    before?.seq ?? Number.POSITIVE_INFINITY,
    (wanted.last ?? Number.POSITIVE_INFINITY) + 1,
  );
  const from = { before: Number.isFinite(begin) ? begin : null };
  const { versions: found, until } = await versionsFrom(tx, from, limit + 1, wanted);
  const versions = found.slice(0, limit);
  const oldest = found.length > limit ? versions.at(-1) : undefined;
  const next = oldest?.seq ?? until;
  return { versions, older: next === null ? null : await positionOf(tx, next) };
}

/**
 * After a register was restored from a backup, other changes get the same numbers: a reader that is further than the
 * backup has to begin again. A number beyond the end is accepted, since this replica may not have that change yet.
 */
async function refuseForeign(tx: Tx, after: HistoryPosition): Promise<void> {
  if (after.seq === 0) return;
  const known = await placeAt(tx, after.seq);
  if (!known || placeOf(known).mark === after.mark) return;
  const detail =
    'the register was restored to an earlier state after this cursor was given; read the feed from its start';
  throw new ApiError('invalid_query', detail, [{ parameter: 'after', code: 'foreign_cursor', detail }]);
}

/** A version as the feed shows it: the input form, in which references are ids, since keys can come later. */
function changeOf(noun: ResourceType, version: Version): Change {
  const { key } = JSON.parse(version.doc) as { key: string | null };
  const object = isGone(version.operation) ? null : inputOf(noun, version.doc, (_, id) => id);
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
    merged_into: version.operation === 'merge' ? decodeReference(mergeIn(version.doc).into) : null,
  };
}

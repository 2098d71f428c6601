import { encodeReference } from '../db/query/references.js';
import type { Tx } from '../db/store/store.js';
import type { Change } from '../lib/change.js';
import { lookUp } from '../lib/collections.js';
import { ApiError, type FieldError } from '../lib/errors.js';
import { isMergeable, type Mergeable, type ResourceName } from '../lib/ids.js';
import { zip } from '../lib/zip.js';
import { mergeIn } from '../resources/merged.store.js';
import type { ResourceRow } from '../resources/resource-type.js';
import { lastVersions } from '../resources/resources.store.js';
import { type VersionMark, versionsOf, versionsOfRequest } from '../resources/versions.store.js';
import type { Kinds } from './local-ids.js';
import { moveBack } from './move-back.service.js';
import { isThere, refuseChangedSince, type Touched, touchedBy } from './touched.service.js';
import { bringBack, type Existed, removeCreated } from './undo.service.js';

/** Versions of one request that can be undone: those of the largest batch, and what it removes along. */
const MAX_VERSIONS = 15_000;

export interface Reverted {
  type: ResourceName;
  id: string;
  key: string | null;
  operation: 'update' | 'restore' | 'remove';
  version: number;
}

/**
 * Makes every object that a request changed what it was before, as new versions: what it created is removed, what it
 * removed comes back. What is so already is left alone.
 *
 * @throws {ApiError} `not_found` for a request that changed nothing, `revert_conflict` where changes of others would be
 *   lost, what would come back refers to something that is gone, or several keys used the id of the request.
 */
export async function revertRequest(
  tx: Tx,
  change: Change,
  kinds: Kinds,
  requestId: string,
  refusal: (type: ResourceName) => ApiError | null,
): Promise<Reverted[]> {
  if (change.requestId === requestId) {
    throw new ApiError(
      'revert_conflict',
      'This request has the id of the one that it is to revert; send another X-Request-Id, or none.',
    );
  }
  const marks = await versionsOfRequest(tx, requestId, MAX_VERSIONS);
  if (marks.length === 0) throw new ApiError('not_found', `No change was recorded under "${requestId}".`);
  if (new Set(marks.map(({ actor }) => actor)).size > 1) {
    throw new ApiError('revert_conflict', `Several keys used the request id "${requestId}".`, [
      { code: 'several_actors', detail: 'these are several requests; revert their objects one by one' },
    ]);
  }
  if (marks.length > MAX_VERSIONS) {
    throw new ApiError('revert_conflict', `The request made more than ${MAX_VERSIONS} versions.`, [
      { code: 'too_many_changes', detail: 'revert its objects one by one' },
    ]);
  }
  await refuseMerges(tx, kinds, marks);
  const touched = await touchedBy(tx, marks);
  const cameOrWent = await thatCameOrWent(tx, touched);
  for (const type of new Set(touched.filter((one) => !isAlong(one, cameOrWent)).map((one) => one.type))) {
    const refused = refusal(type);
    if (refused) throw refused;
  }
  await refuseChangedSince(tx, touched, marks);

  const why = { ...change, reason: change.reason ?? `Reverted request ${requestId}.` };
  await tx.yield();
  const latestFirst = [...touched].sort((one, other) => other.seq - one.seq);
  await tx.yield();
  const existed = latestFirst.filter((one): one is Existed => isThere(one.before));
  const created = latestFirst.filter(({ before }) => !isThere(before));
  await tx.yield();
  const changed = existed.filter(({ now }) => isThere(now));
  const gone = existed.filter(({ now }) => !isThere(now));
  await moveBack(tx, why, changed);
  // What changed may have referred to what is gone.
  await bringBack(tx, why, kinds, [...gone, ...changed]);
  await removeCreated(tx, why, kinds, created);
  return outcome(tx, touched);
}

async function thatCameOrWent(tx: Tx, touched: readonly Touched[]): Promise<Set<string>> {
  const found = new Set<string>();
  for (const { type, id, before, now } of touched) {
    await tx.yield();
    if (isThere(before) !== isThere(now)) found.add(encodeReference(type, id));
  }
  return found;
}

/** What is judged: it takes assessments and judgements along when it goes and comes, for which its own scope is enough. */
const judgedIn: Partial<Record<ResourceName, (doc: Record<string, string>) => (string | undefined)[]>> = {
  assessment: ({ claim }) => [claim],
  judgement: ({ one, other }) => [one, other],
};
const isAlong = ({ type, now }: Touched, cameOrWent: ReadonlySet<string>): boolean =>
  judgedIn[type]?.(JSON.parse(now.doc)).some((marker) => marker !== undefined && cameOrWent.has(marker)) ??
  false;

/** Merges and their undoing are undone by themselves: what they moved may have been changed since. */
async function refuseMerges(tx: Tx, kinds: Kinds, marks: readonly VersionMark[]): Promise<void> {
  const faults: FieldError[] = [];
  const doubtful = marks.filter(
    ({ noun, operation }) =>
      isMergeable(noun as ResourceName) && (operation === 'merge' || operation === 'restore'),
  );
  const versions = doubtful.map(({ object_id, version, operation }) => ({
    object_id,
    version: operation === 'merge' ? version : version - 1,
  }));
  const versionIn = await versionsOf(tx, versions);
  for (const [{ noun, object_id, operation }, mark] of zip(doubtful, versions)) {
    const version = versionIn(mark);
    if (version?.operation !== 'merge') continue;
    const { plural } = kinds[noun as Mergeable].noun;
    const detail =
      operation === 'merge'
        ? `the request merged ${object_id}: DELETE /v1/${plural}/${object_id}/merges/${mergeIn(version.doc).id} undoes that`
        : `the request undid the merge of ${object_id}; merge it again`;
    faults.push({ code: 'merge', detail });
  }
  const [fault] = faults;
  if (fault) throw new ApiError('revert_conflict', `Nothing was reverted: ${fault.detail}.`, faults);
}

async function outcome(tx: Tx, touched: readonly Touched[]): Promise<Reverted[]> {
  const items: Reverted[] = [];
  const last = await lastVersions(
    tx,
    touched.map(({ id }) => id),
  );
  for (const { type, id, before, now } of touched) {
    await tx.yield();
    const version = lookUp(last, id);
    if (version === now.version) continue;
    // No revert gives an object a key, or takes it.
    const { key } = JSON.parse(now.doc) as ResourceRow;
    const operation = !isThere(before) ? 'remove' : isThere(now) ? 'update' : 'restore';
    items.push({ type, id, key, operation, version });
  }
  return items;
}

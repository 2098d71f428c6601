import type { Tx } from '../db/store/store.js';
import { lookUp } from '../lib/collections.js';
import { ApiError, type FieldError } from '../lib/errors.js';
import type { ResourceName } from '../lib/ids.js';
import { contentOf } from '../resources/documents.js';
import type { ResourceRow } from '../resources/resource-type.js';
import { isGone, lastVersions, type Version } from '../resources/resources.store.js';
import { type VersionMark, versionOf, versionsOf } from '../resources/versions.store.js';
import { type Belonging, belongingsSince } from './belongings.store.js';

/** What a request changed, and whether others changed it since. */

/** An object that a request changed. */
export interface Touched {
  type: ResourceName;
  id: string;
  /** The versions that the request recorded, in their order. */
  versions: number[];
  /** The place of its last change among those of all objects. */
  seq: number;
  /** The version before the request; null where there was no object. */
  before: Version | null;
  /** The newest version now. */
  now: Version;
}

export const isThere = (version: Version | null): version is Version =>
  version !== null && !isGone(version.operation);

/** Whether an object is the same in two versions, be it there or not. */
function isSame(one: Version | null, other: Version | null): boolean {
  if (!isThere(one) || !isThere(other)) return isThere(one) === isThere(other);
  return JSON.stringify(contentOf(one.doc)) === JSON.stringify(contentOf(other.doc));
}

/** The objects that the request changed, in the order of their first change. */
export async function touchedBy(tx: Tx, marks: readonly VersionMark[]): Promise<Touched[]> {
  const objects = new Map<string, Pick<Touched, 'type' | 'id' | 'versions' | 'seq'>>();
  for (const { noun, object_id: id, version, seq } of marks) {
    await tx.yield();
    const type = noun as ResourceName;
    const versions = objects.get(`${type} ${id}`)?.versions ?? [];
    versions.push(version);
    // One that is there already keeps its place.
    objects.set(`${type} ${id}`, { type, id, versions, seq });
  }
  const all = [...objects.values()];
  const last = await lastVersions(
    tx,
    all.map(({ id }) => id),
  );
  const beforeOf = ({ id, versions }: (typeof all)[number]) => ({
    object_id: id,
    version: Math.min(...versions) - 1,
  });
  const newestOf = ({ id }: (typeof all)[number]) => ({ object_id: id, version: lookUp(last, id) });
  const versionIn = await versionsOf(
    tx,
    all.flatMap((object) => [beforeOf(object), newestOf(object)]),
  );
  const touched: Touched[] = [];
  for (const object of all) {
    await tx.yield();
    touched.push({ ...object, before: versionIn(beforeOf(object)), now: versionIn(newestOf(object))! });
  }
  return touched;
}

/** The first version of others whose change would be lost, amid those of the request or after them. */
async function changeOfOthers(tx: Tx, { type, id, versions, before, now }: Touched): Promise<Version | null> {
  for (const [i, version] of versions.entries()) {
    const next = versions[i + 1] ?? now.version + 1;
    if (next === version + 1) continue;
    const left = await versionOf(tx, type, id, version);
    const found = next > now.version ? now : await versionOf(tx, type, id, next - 1);
    // What is as before already is left alone.
    if (!isSame(left, found) && !(found === now && isSame(now, before))) {
      return versionOf(tx, type, id, version + 1);
    }
  }
  return null;
}

/** Throws a 409 that names what is no longer as the request left it, or was added to a claim that it created. */
export async function refuseChangedSince(
  tx: Tx,
  touched: readonly Touched[],
  marks: readonly VersionMark[],
): Promise<void> {
  const faults: FieldError[] = [];
  for (const object of touched) {
    await tx.yield();
    const { type, now } = object;
    const other = await changeOfOthers(tx, object);
    if (other) {
      const detail = `${nameOf(type, now)} was changed after that, to version ${other.version} by request ${other.request_id} on ${other.recorded_at}; revert that first`;
      faults.push({ code: 'changed_since', detail });
    }
  }
  for (const { claim, added } of await addedSince(tx, touched, lastOfFirst(marks))) {
    const detail = `${added.type} ${added.id} was added to ${nameOf('claim', claim.now)} after that, and would be removed along; remove it first`;
    faults.push({ code: 'added_since', detail });
  }
  if (faults.length === 0) return;
  const detail = `${faults.length === 1 ? 'One later change' : `${faults.length} later changes`} would be lost; nothing was reverted.`;
  throw new ApiError('revert_conflict', detail, faults);
}

/** The last of the versions that a request recorded at first; behind it others may have, where several have its id. */
function lastOfFirst(marks: readonly VersionMark[]): number {
  let last = marks[0]?.seq ?? 0;
  for (const { seq } of marks) {
    if (seq > last + 1) break;
    last = seq;
  }
  return last;
}

/** What belongs to claims that the request created, is not of it, and came after one of its versions. */
async function addedSince(
  tx: Tx,
  touched: readonly Touched[],
  seq: number,
): Promise<{ claim: Touched; added: Belonging }[]> {
  const own = new Set(touched.map(({ id }) => id));
  const created = touched.filter(
    ({ type, before, now }) => type === 'claim' && !isThere(before) && isThere(now),
  );
  const claims = new Map(created.map((claim) => [claim.id, claim]));
  await tx.yield();
  const belonging = await belongingsSince(tx, [...claims.keys()], seq);
  return belonging.flatMap((added) =>
    own.has(added.id) ? [] : [{ claim: lookUp(claims, added.claim_id), added }],
  );
}

export function nameOf(type: ResourceName, { object_id: id, doc }: Version): string {
  const { key } = JSON.parse(doc) as ResourceRow;
  return key === null || key === id ? `${type} ${id}` : `${type} \`${key}\` (${id})`;
}

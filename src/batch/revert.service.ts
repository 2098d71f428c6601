import type { Tx } from '../db/store.js';
import type { Change } from '../lib/change.js';
import { Failure, type Fault } from '../lib/errors.js';
import type { NounName } from '../lib/ids.js';
import { contentOf } from '../register/documents.js';
import type { Stored } from '../register/noun.js';
import { findRow, lastVersion, type Version } from '../register/register.store.js';
import { conflicting, inputIn } from '../register/revert.js';
import { type VersionMark, versionOf, versionsOfRequest } from '../register/versions.store.js';
import { belongingsOf } from './belongings.store.js';
import type { Kinds } from './locals.js';

/** Versions of one request that can be undone: those of the largest batch, and what it removes along. */
const MAX_VERSIONS = 25_000;

/** An object that a request changed. */
interface Touched {
  type: NounName;
  id: string;
  /** The first and the last version that the request recorded. */
  first: number;
  last: number;
  /** Where the object first stands among the changes. */
  seq: number;
  /** The version before the request; null where there was no object. */
  before: Version | null;
  /** The newest version now. */
  now: Version;
}

export interface Reverted {
  type: NounName;
  id: string;
  key: string | null;
  operation: 'update' | 'restore' | 'remove';
  version: number;
}

/** In this order what others refer to comes first. */
const ORDER: NounName[] = ['predicate', 'party', 'source', 'claim', 'attribution', 'relation', 'assessment'];

/**
 * Makes every object that a request changed what it was before, as new versions: what it created is removed, what it
 * removed comes back. What is so already is left alone.
 *
 * @throws {Failure} `not_found` for a request that changed nothing, `revert_conflict` where later changes would be
 *   lost, or what would come back refers to something that is gone.
 */
export async function revertRequest(
  tx: Tx,
  change: Change,
  kinds: Kinds,
  requestId: string,
  refusal: (type: NounName) => Failure | null,
): Promise<Reverted[]> {
  const marks = await versionsOfRequest(tx, requestId, MAX_VERSIONS + 1);
  if (marks.length === 0) throw new Failure('not_found', `No change was recorded under "${requestId}".`);
  if (marks.length > MAX_VERSIONS) {
    throw new Failure('revert_conflict', `The request made more than ${MAX_VERSIONS} versions.`, [
      { code: 'too_many_changes', detail: 'revert its objects one by one' },
    ]);
  }
  for (const type of new Set(marks.map((one) => one.noun as NounName))) {
    const refused = refusal(type);
    if (refused) throw refused;
  }
  const touched = await touchedBy(tx, marks);
  await refuseChangedSince(tx, touched, new Set(marks.map(({ object_id }) => object_id)));

  const why = { ...change, reason: change.reason ?? `Reverted request ${requestId}.` };
  const byOrder = (a: Touched, b: Touched) => ORDER.indexOf(a.type) - ORDER.indexOf(b.type) || b.seq - a.seq;
  const ordered = [...touched].sort(byOrder);
  await restore(
    tx,
    why,
    kinds,
    ordered.filter(({ before, now }) => isThere(before) && !isThere(now)),
  );
  await update(
    tx,
    why,
    kinds,
    [...touched].reverse().filter(({ before }) => isThere(before)),
  );
  await remove(
    tx,
    why,
    kinds,
    ordered.reverse().filter(({ before }) => !isThere(before)),
  );
  return outcome(tx, touched);
}

const isThere = (version: Version | null): version is Version =>
  version !== null && version.operation !== 'remove';

/** Whether an object is the same in two versions, be it there or not. */
function isSame(one: Version | null, other: Version | null): boolean {
  if (!isThere(one) || !isThere(other)) return isThere(one) === isThere(other);
  return JSON.stringify(contentOf(one.doc)) === JSON.stringify(contentOf(other.doc));
}

/** The objects that the request changed, in the order of their first change. */
async function touchedBy(tx: Tx, marks: readonly VersionMark[]): Promise<Touched[]> {
  const spans = new Map<string, { type: NounName; id: string; seq: number; first: number; last: number }>();
  for (const { noun, object_id: id, version, seq } of marks) {
    const type = noun as NounName;
    const span = spans.get(`${type} ${id}`) ?? { type, id, seq, first: version, last: version };
    span.last = version;
    spans.set(`${type} ${id}`, span);
  }
  const touched: Touched[] = [];
  for (const span of spans.values()) {
    await tx.yield();
    const { type, id, first } = span;
    const before = first > 1 ? await versionOf(tx, type, id, first - 1) : null;
    touched.push({ ...span, before, now: (await lastVersion(tx, type, id))! });
  }
  return touched;
}

/** Throws a 409 that names what is no longer as the request left it, or was added to a claim that it created. */
async function refuseChangedSince(
  tx: Tx,
  touched: readonly Touched[],
  own: ReadonlySet<string>,
): Promise<void> {
  const faults: Fault[] = [];
  for (const { type, id, last, before, now } of touched) {
    await tx.yield();
    const isLast = now.version === last || isSame(now, await versionOf(tx, type, id, last));
    if (!isLast && !isSame(now, before)) {
      const detail = `${nameOf(type, now)} was changed after that, to version ${now.version} by request ${now.request_id} on ${now.recorded_at}; revert that first`;
      faults.push({ code: 'changed_since', detail });
    }
    if (type !== 'claim' || isThere(before) || !isThere(now)) continue;
    for (const added of await belongingsOf(tx, id)) {
      if (own.has(added.id)) continue;
      const detail = `${added.type} ${added.id} was added to ${nameOf(type, now)} after that, and would be removed along; remove it first`;
      faults.push({ code: 'added_since', detail });
    }
  }
  if (faults.length === 0) return;
  const detail = `${faults.length === 1 ? 'One later change' : `${faults.length} later changes`} would be lost; nothing was reverted.`;
  throw new Failure('revert_conflict', detail, faults);
}

function nameOf(type: NounName, { object_id: id, doc }: Version): string {
  const { key } = JSON.parse(doc) as Stored;
  return key === null || key === id ? `${type} ${id}` : `${type} \`${key}\` (${id})`;
}

/** Attributions and judgements that went along with a claim come back with it. */
async function restore(tx: Tx, change: Change, kinds: Kinds, removed: readonly Touched[]): Promise<void> {
  for (const { type, id, before, now } of removed) {
    await tx.yield();
    const { noun, service } = kinds[type];
    if (await findRow(tx, noun, id)) continue;
    await conflicting(nameOf(type, now), null, () =>
      service.restore(tx, change, now, inputIn(noun, before!)),
    );
  }
}

async function update(tx: Tx, change: Change, kinds: Kinds, changed: readonly Touched[]): Promise<void> {
  for (const { type, id, before, now } of changed) {
    await tx.yield();
    const { noun, service } = kinds[type];
    const stored = (await findRow(tx, noun, id))!;
    await conflicting(nameOf(type, now), null, () =>
      service.update(tx, change, stored, inputIn(noun, before!)),
    );
  }
}

/** Also what was there no longer, and came back along with a claim. */
async function remove(tx: Tx, change: Change, kinds: Kinds, created: readonly Touched[]): Promise<void> {
  for (const { type, id, now } of created) {
    await tx.yield();
    const { noun, service } = kinds[type];
    const stored = await findRow(tx, noun, id);
    if (stored) await conflicting(nameOf(type, now), null, () => service.remove(tx, change, stored));
  }
}

async function outcome(tx: Tx, touched: readonly Touched[]): Promise<Reverted[]> {
  const items: Reverted[] = [];
  for (const { type, id, now } of touched) {
    await tx.yield();
    const last = (await lastVersion(tx, type, id))!;
    if (last.version === now.version) continue;
    const { key } = JSON.parse(last.doc) as Stored;
    const operation = !isThere(last) ? 'remove' : isThere(now) ? 'update' : 'restore';
    items.push({ type, id, key, operation, version: last.version });
  }
  return items;
}

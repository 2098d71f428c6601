import { NEW_ROW as NEW_CLAIM } from '../claims/claims.service.js';
import { encodeReference } from '../db/query/references.js';
import type { Tx } from '../db/store/store.js';
import type { Change } from '../lib/change.js';
import { groupBy, isNonEmpty, lookUp, pagesOf } from '../lib/collections.js';
import type { Mergeable, ResourceName } from '../lib/ids.js';
import { refreshingOnce } from '../provenance/standing/standing.service.js';
import { contentOf } from '../resources/documents.js';
import { locate } from '../resources/find.js';
import { followed, type MergeRecord, mergeIn } from '../resources/merged.store.js';
import type { ResourceTypes } from '../resources/render.js';
import type { Representation, ResourceRow } from '../resources/resource-type.js';
import { findRow, findRows, lastVersion, rowById, type Version } from '../resources/resources.store.js';
import { type Update, undeleteResource, updateAll } from '../resources/write.js';
import { NEW_ROW as NEW_SOURCE } from '../sources/source.js';
import { type Brought, withoutBrought } from './brought.js';
import { refreshMerged } from './consequences.service.js';
import { broughtInto } from './merge.service.js';
import {
  type Changed,
  cameBackAfter,
  changedBetween,
  documentBefore,
  type MergeRow,
  mergeOf,
  mergesAround,
  mergesBeside,
} from './merges.store.js';
import { movedBack, type OtherMerge } from './moving.js';
import { lostFaults, mergeConflict, separationFaults } from './refusals.service.js';

/** Versions that are read and followed together. */
const AT_ONCE = 50;
/** What a row that comes back holds until it is computed. */
const newRows: Partial<Record<Mergeable, object>> = { source: NEW_SOURCE, claim: NEW_CLAIM };

/**
 * Undoes a merge: the object comes back as it was, what referred to it then and still refers to the survivor refers to it
 * again, and the survivor loses what it got from it. All else that was changed since stays.
 *
 * @throws {ApiError} `merge_conflict` where it was undone already, or would leave something that cannot be.
 */
export async function unmerge(tx: Tx, change: Change, nouns: ResourceTypes, merge: MergeRow): Promise<void> {
  const name = merge.noun as Mergeable;
  const noun = nouns[name];
  const survivor = await survivorOf(tx, nouns, merge);
  const last = await lastOf(tx, merge);
  const lost = await lostFaults(tx, last.doc);
  if (isNonEmpty(lost)) throw mergeConflict(NOTHING, lost);
  const record = mergeIn(last.doc);
  const why = { ...change, reason: change.reason ?? `Undid the merge ${merge.id}.` };
  await refreshingOnce(tx, async () => {
    const returned = await returnedSince(tx, merge);
    await undeleteResource(tx, why, noun, last, { ...newRows[name] });
    await moveBack(tx, why, nouns, merge, record);
    await moveReturnedBack(tx, why, nouns, returned);
    await takeBack(tx, why, nouns, name, survivor, record.brought as Brought);
    const faults = await separationFaults(tx, name, await rowById(tx, noun, merge.object_id), survivor);
    if (isNonEmpty(faults)) throw mergeConflict(NOTHING, faults);
    await refreshMerged(tx, name, [merge.object_id, survivor.id], last.doc);
  });
}

/**
 * The last version of what was merged, as it comes back: what other merges had moved in it, and was moved back elsewhere
 * while it was not there, is moved back in it, too.
 */
async function lastOf(tx: Tx, merge: MergeRow): Promise<Version> {
  const last = await lastVersion(tx, merge.noun as ResourceName, merge.object_id);
  let content = contentOf(last.doc);
  for (const { noun, object_id, into_id, seq, doc } of await mergesAround(tx, merge)) {
    const before = await documentBefore(tx, merge.object_id, seq - 1 - mergeIn(doc).versions, seq - 1);
    if (before === null) continue;
    const [from, to] = [
      encodeReference(noun as ResourceName, object_id),
      encodeReference(noun as ResourceName, into_id),
    ];
    content = movedBack(contentOf(before), content, from, to);
  }
  return { ...last, doc: JSON.stringify({ ...JSON.parse(last.doc), ...content }) };
}

const NOTHING = 'Nothing was undone';

/** The survivor of a merge that can be undone. */
async function survivorOf(tx: Tx, nouns: ResourceTypes, merge: MergeRow): Promise<ResourceRow> {
  const refusal = (code: string, detail: string) => mergeConflict(NOTHING, [{ code, detail }]);
  if (merge.undone_seq !== null) throw refusal('undone', `${merge.id} was undone already`);
  const found = await locate(tx, nouns[merge.noun as Mergeable], merge.into_id);
  if (found.state === 'live') return found.stored;
  if (found.state === 'merged') {
    const { id } = await mergeOf(tx, merge.into_id);
    throw refusal('merged_since', `what it was merged into was merged itself since (${id}); undo that first`);
  }
  const detail = `what it was merged into, ${merge.into_id}, was removed since; restore that first`;
  throw refusal('removed_since', detail);
}

/**
 * Lets what the merge moved refer to the object again, as far as it is there and still refers to the survivor. Judgements
 * of both come back.
 */
async function moveBack(
  tx: Tx,
  change: Change,
  nouns: ResourceTypes,
  merge: MergeRow,
  { versions }: MergeRecord,
): Promise<void> {
  const { noun, object_id, into_id, seq } = merge;
  const beside = await mergesBeside(tx, merge);
  const [from, to] = [
    encodeReference(noun as ResourceName, object_id),
    encodeReference(noun as ResourceName, into_id),
  ];
  const isMoved = ({ id, operation }: Changed) => operation === 'update' && id !== into_id;
  const changedAfter = (last: Changed | undefined) =>
    changedBetween(tx, last?.seq ?? seq - 1 - versions, seq - 1, AT_ONCE);
  for await (const page of pagesOf(AT_ONCE, changedAfter)) {
    for (const { noun: of, id, version, operation } of page) {
      if (operation !== 'remove') continue;
      const last = await lastVersion(tx, of, id);
      if (last.version === version) await undeleteResource(tx, change, nouns[of], last);
    }
    for (const [of, changed] of groupBy(page.filter(isMoved), ({ noun }) => noun)) {
      const before = new Map(changed.map((one) => [one.id, contentOf(one.before)]));
      const updates: Update[] = [];
      for (const stored of await findRows(tx, nouns[of], [...before.keys()])) {
        const others = LISTING.has(of) ? await othersOf(tx, merge, beside, stored.id) : [];
        const now = contentOf(stored.doc);
        const view = movedBack(lookUp(before, stored.id), now, from, to, others);
        if (JSON.stringify(view) !== JSON.stringify(now)) updates.push({ stored, key: stored.key, view });
      }
      await updateAll(tx, change, nouns[of], updates);
    }
  }
}

/** Nouns whose objects name several others in one list. */
const LISTING: ReadonlySet<ResourceName> = new Set(['source', 'claim']);

/** What other merges into the same made of an object. */
async function othersOf(
  tx: Tx,
  merge: MergeRow,
  beside: Awaited<ReturnType<typeof mergesBeside>>,
  id: string,
): Promise<OtherMerge[]> {
  const others: OtherMerge[] = [];
  for (const { noun, object_id, seq, undone_seq, doc } of beside) {
    const before = await documentBefore(tx, id, seq - 1 - mergeIn(doc).versions, seq - 1);
    if (before === null) continue;
    others.push({
      from: encodeReference(noun as ResourceName, object_id),
      before: contentOf(before),
      heldThen: seq < merge.seq,
      holdsNow: undone_seq === null,
    });
  }
  return others;
}

/** What came back by the end of another merge, and how it came: what it referred to may have been merged then. */
interface Returned {
  noun: ResourceName;
  id: string;
  /** As it was when it went. */
  doc: string;
  came: Representation;
}

/** What came back while a merge held; to be asked before that ends. */
async function returnedSince(tx: Tx, { object_id, seq }: MergeRow): Promise<Returned[]> {
  const returned: Returned[] = [];
  for (const one of await cameBackAfter(tx, seq)) {
    if (one.id !== object_id) returned.push({ ...one, came: contentOf(await followed(tx, one.doc)) });
  }
  return returned;
}

/** Lets these refer to the object again, whose place the survivor had taken, where that was not changed since. */
async function moveReturnedBack(
  tx: Tx,
  change: Change,
  nouns: ResourceTypes,
  returned: readonly Returned[],
): Promise<void> {
  for (const { noun, id, doc, came } of returned) {
    const stored = await findRow(tx, nouns[noun], id);
    if (!stored) continue;
    const [now, then] = [contentOf(stored.doc), contentOf(await followed(tx, doc))];
    const isAsItCame = (member: string) => JSON.stringify(now[member]) === JSON.stringify(came[member]);
    const view = Object.fromEntries(
      Object.keys(now).map((member) => [member, isAsItCame(member) ? then[member] : now[member]]),
    );
    if (JSON.stringify(view) === JSON.stringify(now)) continue;
    await updateAll(tx, change, nouns[noun], [{ stored, key: stored.key, view }]);
  }
}

/** Takes from the survivor what it got, as far as no other merge that is in force brought it, too. */
async function takeBack(
  tx: Tx,
  change: Change,
  nouns: ResourceTypes,
  noun: Mergeable,
  survivor: ResourceRow,
  brought: Brought,
): Promise<void> {
  const before = contentOf(survivor.doc);
  const view = withoutBrought(noun, before, brought, await broughtInto(tx, survivor.id));
  if (JSON.stringify(view) === JSON.stringify(before)) return;
  await updateAll(tx, change, nouns[noun], [{ stored: survivor, key: survivor.key, view }]);
}

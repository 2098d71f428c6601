import { NEW_ROW as NEW_CLAIM } from '../claims/claims.service.js';
import type { Tx } from '../db/store/store.js';
import type { Change } from '../lib/change.js';
import { chunksOf, isNonEmpty, lookUp } from '../lib/collections.js';
import type { Mergeable } from '../lib/ids.js';
import { drawingOnce } from '../provenance/consequences/consequences.service.js';
import { contentOf } from '../resources/documents.js';
import { locate } from '../resources/find.js';
import { countReferring } from '../resources/in-use.store.js';
import { type MergeRecord, mergeIn } from '../resources/merged.store.js';
import { MOST_WRITTEN } from '../resources/most-written.js';
import { documentNow, documentsNow } from '../resources/originals.store.js';
import type { ResourceTypes } from '../resources/render.js';
import type { ResourceRow, ResourceType } from '../resources/resource-type.js';
import { findRows, lastVersion, rowById } from '../resources/resources.store.js';
import { undeleteResources } from '../resources/write.js';
import { type Update, updateTo, writeObjects } from '../resources/write-objects.js';
import { NEW_ROW as NEW_SOURCE } from '../sources/source.js';
import { type Brought, withoutBrought } from './brought.js';
import { refreshMerged } from './consequences.service.js';
import { broughtInto } from './merge.service.js';
import { type MergeRow, mergeOf, referringSince, referringTo, settledBy } from './merges.store.js';
import { columnsReferringTo } from './referrers.js';
import { lostFaults, mergeConflict, separationFaults } from './refusals.service.js';

/** What a row that comes back holds until it is computed. */
const newRows: Partial<Record<Mergeable, object>> = { source: NEW_SOURCE, claim: NEW_CLAIM };

/**
 * Undoes a merge: the object comes back as it was, what was written to refer to it refers to it again, and the survivor
 * loses what it got from it. All else that was changed since stays.
 *
 * @throws {ApiError} `merge_conflict` where it was undone already, or would leave something that cannot be.
 */
export async function unmerge(tx: Tx, change: Change, nouns: ResourceTypes, merge: MergeRow): Promise<void> {
  const name = merge.noun as Mergeable;
  const noun = nouns[name];
  const survivor = await survivorOf(tx, nouns, merge);
  const last = await lastVersion(tx, name, merge.object_id);
  const doc = await documentNow(tx, name, last);
  const lost = await lostFaults(tx, doc);
  if (isNonEmpty(lost)) throw mergeConflict(NOTHING, lost);
  const record = mergeIn(last.doc);
  const why = { ...change, reason: change.reason ?? `Undid the merge ${merge.id}.` };
  await drawingOnce(tx, async () => {
    await undeleteResources(tx, why, noun, [last], { ...newRows[name] });
    await moveBack(tx, why, nouns, merge, record, last.recorded_at);
    await takeBack(tx, why, nouns, name, survivor, record.brought as Brought);
    const faults = await separationFaults(tx, name, await rowById(tx, noun, merge.object_id), survivor);
    if (isNonEmpty(faults)) throw mergeConflict(NOTHING, faults);
    await refreshMerged(tx, name, [merge.object_id, survivor.id], doc);
  });
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

/** Lets what was written to name the object name it again, in place of the survivor. Judgements of both come back. */
async function moveBack(
  tx: Tx,
  change: Change,
  nouns: ResourceTypes,
  { noun: name, into_id, seq }: MergeRow,
  { versions }: MergeRecord,
  at: string,
): Promise<void> {
  await undeleteResources(tx, change, nouns.judgement, await settledBy(tx, seq, versions));
  const noun = name as Mergeable;
  for (const column of columnsReferringTo(noun, nouns[noun].referrers)) {
    const isLarge = (await countReferring(tx, [column], into_id, MOST_WRITTEN + 1)) > MOST_WRITTEN;
    // What was written before it names the survivor.
    const pages = isLarge
      ? referringSince(tx, column, into_id, at)
      : [await referringTo(tx, column, into_id, seq - versions)];
    for await (const ids of pages) {
      for (const some of chunksOf(ids, tx.dialect.objectsAtOnce)) {
        await showNow(tx, change, nouns[column.noun], some);
      }
    }
  }
}

async function showNow(tx: Tx, change: Change, noun: ResourceType, ids: string[]): Promise<void> {
  const rows = await findRows(tx, noun, ids);
  const marks = rows.map(({ id, version, doc }) => ({ object_id: id, version, doc }));
  const documents = await documentsNow(tx, noun.name, marks);
  const updates: Update[] = [];
  for (const stored of rows) {
    const before = contentOf(stored.doc);
    const view = contentOf(lookUp(documents, stored.id));
    if (JSON.stringify(view) !== JSON.stringify(before)) {
      updates.push(updateTo(noun, stored, { before, view }));
    }
  }
  await writeObjects(tx, change, updates);
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
  await writeObjects(tx, change, [updateTo(nouns[noun], survivor, { before, view })]);
}

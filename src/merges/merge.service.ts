import { encodeReference } from '../db/query/references.js';
import type { Tx } from '../db/store/store.js';
import type { Change } from '../lib/change.js';
import { chunksOf } from '../lib/collections.js';
import { ApiError } from '../lib/errors.js';
import type { Ids, Mergeable } from '../lib/ids.js';
import { drawingOnce } from '../provenance/consequences/consequences.service.js';
import { contentOf } from '../resources/documents.js';
import { countReferring } from '../resources/in-use.store.js';
import { type MergeRecord, mergeIn } from '../resources/merged.store.js';
import { MOST_WRITTEN } from '../resources/most-written.js';
import { type Standing, shown } from '../resources/originals.js';
import { dropMerged } from '../resources/removal.js';
import type { ResourceTypes } from '../resources/render.js';
import type { Representation, ResourceRow, ResourceType } from '../resources/resource-type.js';
import { findRows } from '../resources/resources.store.js';
import { inputIn } from '../resources/revert.js';
import { removalOf } from '../resources/write.js';
import { updateTo, writeObjects } from '../resources/write-objects.js';
import { type Brought, broughtBy, withBrought } from './brought.js';
import { refreshMerged } from './consequences.service.js';
import { documentsMergedInto, referringTo } from './merges.store.js';
import { columnsReferringTo } from './referrers.js';
import { judgementsBetween, refuseMerge } from './refusals.service.js';

/** What a merge is made of, for each noun. */
export interface Merging {
  nouns: ResourceTypes;
  ids: Ids;
}

/**
 * Merges an object into another of its noun: all that refers to it refers to the other from then on, by new versions, and
 * the other gets its names. Judgements of both are settled by it. Gives the id of the merge.
 *
 * @throws {ApiError} `merge_conflict` where that would leave something that cannot be.
 */
export async function merge(
  tx: Tx,
  change: Change,
  { nouns, ids }: Merging,
  noun: Mergeable,
  stored: ResourceRow,
  into: ResourceRow,
): Promise<string> {
  await refuseMerge(tx, noun, stored, into);
  const columns = columnsReferringTo(noun, nouns[noun].referrers);
  if ((await countReferring(tx, columns, stored.id, MOST_WRITTEN + 1)) > MOST_WRITTEN) throw tooMany(noun);
  const why = { ...change, reason: change.reason ?? `Merged ${nameOf(stored)} into ${nameOf(into)}.` };
  const id = ids('merge');
  await drawingOnce(tx, async () => {
    const settled = await judgementsBetween(tx, stored.id, into.id);
    await writeObjects(
      tx,
      why,
      settled.map((judgement) => removalOf(nouns.judgement, judgement)),
    );
    const { brought, changed } = await bring(tx, why, nouns, noun, stored, into);
    const record: MergeRecord = {
      id,
      into: encodeReference(noun, into.id),
      versions: settled.length + (changed ? 1 : 0),
      moved: {},
      brought,
    };
    const standing: Standing = (name) => (name === `${noun}:${stored.id}` ? `${noun}:${into.id}` : name);
    for (const column of columns) {
      for (const some of chunksOf(await referringTo(tx, column, stored.id), tx.dialect.objectsAtOnce)) {
        await move(tx, why, nouns[column.noun], some, standing);
        record.versions += some.length;
        record.moved[column.noun] = (record.moved[column.noun] ?? 0) + some.length;
      }
    }
    const doc = `${stored.doc.slice(0, -1)},"merge":${JSON.stringify(record)}}`;
    await dropMerged(tx, why, nouns[noun], stored, doc);
    await refreshMerged(tx, noun, [into.id], stored.doc);
  });
  return id;
}

/** What the merges into an object brought that are in force. */
export const broughtInto = async (tx: Tx, id: string): Promise<Brought[]> =>
  (await documentsMergedInto(tx, id)).map((doc) => mergeIn(doc).brought as Brought);

const nameOf = ({ id, key }: Pick<ResourceRow, 'id' | 'key'>): string => `\`${key ?? id}\``;

const tooMany = (noun: Mergeable) => {
  const count = MOST_WRITTEN.toLocaleString('en');
  const detail = `more than ${count} objects refer to this ${noun}; merge the other one into it, or let some of them name that one first`;
  return new ApiError('merge_conflict', detail, [{ code: 'too_many', detail }]);
};

async function move(
  tx: Tx,
  change: Change,
  noun: ResourceType,
  ids: string[],
  standing: Standing,
): Promise<void> {
  const rows = await findRows(tx, noun, ids);
  const updates = rows.map((stored) => {
    const before = contentOf(stored.doc);
    return updateTo(noun, stored, { before, view: shown(before, standing) });
  });
  await writeObjects(tx, change, updates);
}

/** Gives the survivor what it gets, if that is anything. */
async function bring(
  tx: Tx,
  change: Change,
  nouns: ResourceTypes,
  noun: Mergeable,
  merged: ResourceRow,
  into: ResourceRow,
): Promise<{ brought: Brought; changed: boolean }> {
  const before = contentOf(into.doc);
  const others = await broughtInto(tx, into.id);
  const brought = broughtBy(noun, contentOf(merged.doc), before, others);
  const view = withBrought(noun, before, brought);
  if (JSON.stringify(view) === JSON.stringify(before)) return { brought, changed: false };
  refuseUnfit(nouns, noun, into, view);
  await writeObjects(tx, change, [updateTo(nouns[noun], into, { before, view })]);
  return { brought, changed: true };
}

/** The names of both can be more than one object takes. */
function refuseUnfit(nouns: ResourceTypes, noun: Mergeable, into: ResourceRow, view: Representation): void {
  try {
    inputIn(nouns[noun], { doc: JSON.stringify({ key: into.key, ...view }) });
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    const detail = `${nameOf(into)} cannot take up all names of the other: ${error.message}`;
    throw new ApiError('merge_conflict', detail, [{ code: 'too_many_names', detail }]);
  }
}

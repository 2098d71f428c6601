import type { Tx } from '../db/store/store.js';
import type { Change } from '../lib/change.js';
import { chunksOf } from '../lib/collections.js';
import { contentOf } from './documents.js';
import { refuseInUse } from './in-use.js';
import { deleteObjects } from './objects.store.js';
import type { ResourceRow, ResourceType } from './resource-type.js';
import { recordVersions } from './resources.store.js';

/** The functions that take objects out of the register: removed, along with others, or merged into another. */

/** Takes an object out of the current register. Its history, and its key, stay. Those that are `going`, too, may refer to it. */
export async function removeObject(
  tx: Tx,
  change: Change,
  noun: ResourceType,
  stored: ResourceRow,
  going?: ReadonlySet<string>,
): Promise<void> {
  await refuseInUse(tx, noun, stored, going);
  await deleteResource(tx, change, noun, stored);
}

/**
 * Removes without asking who refers to it. `along` removes what goes along, which is recorded after the object:
 * that is how it is known again when the object comes back.
 */
export async function deleteResource(
  tx: Tx,
  change: Change,
  noun: ResourceType,
  stored: ResourceRow,
  along?: () => Promise<void>,
): Promise<void> {
  const { id, version, doc } = stored;
  await recordVersions(tx, change, 'remove', [{ noun: noun.name, id, version: version + 1, doc }]);
  await along?.();
  await deleteObjects(tx, noun, [id]);
}

/** Takes an object out of the register that went into another; `doc` tells which. */
export async function dropMerged(
  tx: Tx,
  change: Change,
  noun: ResourceType,
  { id, version }: ResourceRow,
  doc: string,
): Promise<void> {
  await recordVersions(tx, change, 'merge', [{ noun: noun.name, id, version: version + 1, doc }]);
  await deleteObjects(tx, noun, [id]);
}

/** Objects whose removals are recorded together. */
const OBJECTS_AT_ONCE = 50;
/** Rows that are deleted by one statement: those of the objects and what belongs to them. */
const ROWS_AT_ONCE = 400;

/** Removes several in their order, without asking who refers to them. */
export async function deleteResources(
  tx: Tx,
  change: Change,
  noun: ResourceType,
  objects: readonly ResourceRow[],
): Promise<void> {
  for (const some of chunksOf(objects, OBJECTS_AT_ONCE)) {
    await tx.yield();
    const removals = some.map(({ id, version, doc }) => ({ noun: noun.name, id, version: version + 1, doc }));
    await recordVersions(tx, change, 'remove', removals);
  }
  let ids: string[] = [];
  let rows = 0;
  for (const [i, { id, doc }] of objects.entries()) {
    await tx.yield();
    ids.push(id);
    rows += noun.childRows(contentOf(doc), id).reduce((sum, side) => sum + side.rows.length, 1);
    if (rows < ROWS_AT_ONCE && i < objects.length - 1) continue;
    await deleteObjects(tx, noun, ids);
    ids = [];
    rows = 0;
  }
}

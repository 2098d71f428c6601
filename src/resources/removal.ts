import type { Tx } from '../db/store/store.js';
import type { Change } from '../lib/change.js';
import { contentOf } from './documents.js';
import { refuseInUse } from './in-use.js';
import { deleteObjects } from './objects.store.js';
import type { ResourceRow, ResourceType } from './resource-type.js';
import { recordVersions } from './resources.store.js';

/** The functions that take objects out of the register: removed, along with others, or merged into another. */

/** Takes an object out of the current register. Its history, and its key, stay. */
export async function removeObject(
  tx: Tx,
  change: Change,
  noun: ResourceType,
  stored: ResourceRow,
): Promise<void> {
  await refuseInUse(tx, noun, stored);
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

/** Rows that are deleted by one statement: those of the objects and what belongs to them. */
const ROWS_AT_ONCE = 400;

/** Removes several in their order, without asking who refers to them. */
export async function deleteResources(
  tx: Tx,
  change: Change,
  noun: ResourceType,
  objects: readonly ResourceRow[],
): Promise<void> {
  let some: ResourceRow[] = [];
  let rows = 0;
  for (const [i, stored] of objects.entries()) {
    await tx.yield();
    const side = noun.childRows(contentOf(stored.doc), stored.id);
    some.push(stored);
    rows += side.reduce((sum, { rows }) => sum + rows.length, 1);
    if (rows < ROWS_AT_ONCE && i < objects.length - 1) continue;
    const removals = some.map(({ id, version, doc }) => ({ noun: noun.name, id, version: version + 1, doc }));
    await recordVersions(tx, change, 'remove', removals);
    await deleteObjects(
      tx,
      noun,
      some.map(({ id }) => id),
    );
    some = [];
    rows = 0;
  }
}

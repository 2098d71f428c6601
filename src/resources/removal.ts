import type { Tx } from '../db/store/store.js';
import type { Change } from '../lib/change.js';
import { childRowsOf } from './child-rows.js';
import { contentOf } from './documents.js';
import { deleteObjects } from './objects.store.js';
import type { ResourceRow, ResourceType } from './resource-type.js';
import { recordVersions } from './resources.store.js';

/** How objects leave the tables of what is in the register. */

/** Takes an object out of the register that went into another; `doc` tells which. */
export async function dropMerged(
  tx: Tx,
  change: Change,
  noun: ResourceType,
  { id, version }: ResourceRow,
  doc: string,
): Promise<void> {
  await recordVersions(tx, change, [{ noun: noun.name, operation: 'merge', id, version: version + 1, doc }]);
  await deleteObjects(tx, noun, [id]);
}

/** Rows that are deleted by one statement: those of the objects and what belongs to them. */
const ROWS_AT_ONCE = 400;

/** Deletes objects of a noun that are recorded as removed. */
export async function deleteInSteps(
  tx: Tx,
  noun: ResourceType,
  objects: readonly ResourceRow[],
): Promise<void> {
  let ids: string[] = [];
  let rows = 0;
  for (const [i, { id, doc }] of objects.entries()) {
    await tx.yield();
    ids.push(id);
    const sides = await childRowsOf(tx, noun, contentOf(doc), id);
    rows += sides.reduce((sum, side) => sum + side.rows.length, 1);
    if (rows < ROWS_AT_ONCE && i < objects.length - 1) continue;
    await deleteObjects(tx, noun, ids);
    ids = [];
    rows = 0;
  }
}

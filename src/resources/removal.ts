import type { Tx } from '../db/store/store.js';
import type { Change } from '../lib/change.js';
import { chunksOf, groupBy } from '../lib/collections.js';
import { contentOf } from './documents.js';
import { refuseInUse } from './in-use.js';
import { deleteObjects } from './objects.store.js';
import type { ResourceRow, ResourceType } from './resource-type.js';
import { type Recorded, recordVersions } from './resources.store.js';

/** The functions that take objects out of the register: removed, along with others, or merged into another. */

export interface RemoveOptions {
  /** Ids of objects of the noun that go in the same change, and may refer to those that are removed until then. */
  going?: ReadonlySet<string>;
  /** What goes along with an object beside what belongs to it, by its id. */
  along?: (id: string) => readonly Going[];
}

/** Takes objects out of the current register. Their histories, and their keys, stay. */
export async function removeObjects(
  tx: Tx,
  change: Change,
  noun: ResourceType,
  rows: readonly ResourceRow[],
  { going = new Set(), along = () => [] }: RemoveOptions = {},
): Promise<void> {
  await refuseInUse(tx, noun, rows, going);
  await deleteResources(tx, change, ...rows.flatMap((row) => [{ noun, objects: [row] }, ...along(row.id)]));
}

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

/** Objects whose removals are recorded together. */
const OBJECTS_AT_ONCE = 50;
/** Rows that are deleted by one statement: those of the objects and what belongs to them. */
const ROWS_AT_ONCE = 400;

/** Objects of a noun that are removed. */
export interface Going {
  noun: ResourceType;
  objects: readonly ResourceRow[];
}

/**
 * Removes objects without asking who refers to them, recorded in this order: what goes along with an object comes after it, by
 * which it is known again when that comes back. Nouns that are named later go from their tables first: they refer to those before.
 */
export async function deleteResources(tx: Tx, change: Change, ...going: readonly Going[]): Promise<void> {
  const removals: Recorded[] = [];
  for (const { noun, objects } of going) {
    for (const { id, version, doc } of objects)
      removals.push({ noun: noun.name, operation: 'remove', id, version: version + 1, doc });
  }
  for (const some of chunksOf(removals, OBJECTS_AT_ONCE)) {
    await tx.yield();
    await recordVersions(tx, change, some);
  }
  const byNoun = [...groupBy(going, ({ noun }) => noun)];
  for (const [noun, some] of byNoun.toReversed()) {
    await deleteInSteps(
      tx,
      noun,
      some.flatMap(({ objects }) => objects),
    );
  }
}

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
    rows += noun.childRows(contentOf(doc), id).reduce((sum, side) => sum + side.rows.length, 1);
    if (rows < ROWS_AT_ONCE && i < objects.length - 1) continue;
    await deleteObjects(tx, noun, ids);
    ids = [];
    rows = 0;
  }
}

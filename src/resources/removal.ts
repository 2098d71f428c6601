import type { TableName, TextRow } from '../db/query/rows.js';
import type { Tx } from '../db/store/store.js';
import type { Change } from '../lib/change.js';
import { appendAll } from '../lib/collections.js';
import { childRowsOf } from './child-rows.js';
import { contentOf } from './documents.js';
import { deleteChildRows, deleteObjects } from './objects.store.js';
import type { ResourceRow, ResourceType } from './resource-type.js';
import { recordVersions } from './resources.store.js';

/** How objects leave the tables of what is in the register. */

/** Takes an object out of the register that went into another; `doc` tells which. */
export async function dropMerged(
  tx: Tx,
  change: Change,
  noun: ResourceType,
  stored: ResourceRow,
  doc: string,
): Promise<void> {
  const { id, version } = stored;
  await recordVersions(tx, change, [{ noun: noun.name, operation: 'merge', id, version: version + 1, doc }]);
  await deleteInSteps(tx, noun, [stored]);
}

/** Rows that belong to an object and go along with its own (`ON DELETE CASCADE`); more of them are deleted first, in blocks. */
const FEW_ROWS = 20;
/** Rows that are deleted together before their objects. */
const ROWS_BEFORE = 20_000;

/** Objects that are deleted together, and the rows that are deleted before them. */
interface Group {
  ids: string[];
  before: Map<TableName, TextRow[]>;
}

/** Deletes objects of a noun that are recorded as removed, or as merged. */
export async function deleteInSteps(
  tx: Tx,
  noun: ResourceType,
  objects: readonly ResourceRow[],
): Promise<void> {
  for await (const { ids, before } of groupsOf(tx, noun, objects)) {
    await deleteChildRows(tx, before);
    await deleteObjects(tx, noun, ids);
  }
}

async function* groupsOf(
  tx: Tx,
  noun: ResourceType,
  objects: readonly ResourceRow[],
): AsyncGenerator<Group, undefined> {
  let group: Group = { ids: [], before: new Map() };
  let [along, before] = [0, 0];
  for (const { id, doc } of objects) {
    await tx.yield();
    const sides = await childRowsOf(tx, noun, contentOf(doc), id);
    const rows = sides.reduce((sum, side) => sum + side.rows.length, 0);
    const areFew = rows <= FEW_ROWS || tx.dialect.blockSide === undefined;
    if (!areFew) for (const side of sides) appendAll(group.before, side.table, side.rows);
    group.ids.push(id);
    along += areFew ? rows + 1 : 1;
    before += areFew ? 0 : rows;
    if (along < tx.dialect.objectsAtOnce && before < ROWS_BEFORE) continue;
    yield group;
    group = { ids: [], before: new Map() };
    [along, before] = [0, 0];
  }
  if (group.ids.length > 0) yield group;
}

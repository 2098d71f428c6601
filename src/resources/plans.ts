import type { Tx } from '../db/store/store.js';
import type { Change } from '../lib/change.js';
import { groupBy, lookUp } from '../lib/collections.js';
import type { Ids, ResourceName } from '../lib/ids.js';
import { zip } from '../lib/zip.js';
import type { HasKey, ResourceRow } from './resource-type.js';
import type { RemoveOptions, Resource, RestoreOptions, Restoring, Step } from './service.js';
import type { Changing } from './write.js';
import { objectOf, type Write, writeObjects } from './write-objects.js';

/** What is going to be done with objects, of any nouns, and doing it. */

/** What is to become of an object, and what is to be written for that: of it first, then what goes with it. */
export interface Plan {
  kind: Resource;
  operation: Write['operation'];
  id: string;
  /** The object as it is stored; null if it is not. */
  stored: ResourceRow | null;
  /** None if all stays as it is. */
  writes: readonly Write[];
  /** Why, if not for the reason of the whole change. */
  reason?: string | null;
  /** The number in the history of the first of the writes, if they were reserved. */
  seq?: number | undefined;
}

/** What became of an object. */
export interface Done {
  /** The object as it is stored now; one that is removed as it was. */
  stored: ResourceRow;
  changed: boolean;
}

/** Writes what was planned, recorded in this order, and draws the consequences. */
export async function carryOut(tx: Tx, change: Change, plans: readonly Plan[]): Promise<Done[]> {
  const writes: Write[] = [];
  for (const { writes: some, reason = change.reason, seq } of plans) {
    await tx.yield();
    for (const [i, write] of some.entries()) {
      writes.push({ ...write, reason, seq: seq === undefined ? seq : seq + i });
    }
  }
  const rows = new Map((await writeObjects(tx, change, writes)).map((row) => [row.id, row]));
  const done = plans.map(({ id, stored, writes: { length } }) => ({
    ...{ stored: rows.get(id) ?? stored ?? lookUp(rows, id), changed: length > 0 },
  }));
  const changed = zip(plans, done).filter(([, { changed }]) => changed);
  for (const [{ service }, some] of groupBy(changed, ([{ kind }]) => kind)) {
    await service.settle(tx, some.map(stepOf));
  }
  return done;
}

const stepOf = ([{ operation, stored: before }, { stored }]: readonly [Plan, Done]): Step => ({
  ...{ operation, before, after: operation === 'remove' ? null : stored },
});

/** The ways of a noun to plan, each of which gives the plans of several objects. */

export async function creationsOf(
  tx: Tx,
  kind: Resource,
  inputs: readonly HasKey[],
  ids?: Ids,
): Promise<Plan[]> {
  const all = await kind.service.creations(tx, inputs, ids);
  return all.map((writes) => ({
    ...{ kind, operation: 'create', id: objectOf(writes[0]!), stored: null, writes },
  }));
}

export async function changesOf(
  tx: Tx,
  kind: Resource,
  changes: readonly Changing[],
  nouns?: ReadonlySet<ResourceName>,
): Promise<Plan[]> {
  const all = await kind.service.changes(tx, changes, nouns);
  return zip(changes, all).map(([{ stored }, writes]) => ({
    ...{ kind, operation: 'update', id: stored.id, stored, writes },
  }));
}

export async function restorationsOf(
  tx: Tx,
  kind: Resource,
  restorings: readonly Restoring[],
  options: RestoreOptions,
): Promise<Plan[]> {
  const all = await kind.service.restorations(tx, restorings, options);
  return zip(restorings, all).map(([{ removal }, writes]) => ({
    ...{ kind, operation: 'restore', id: removal.object_id, stored: null, writes },
  }));
}

export async function removalsOf(
  tx: Tx,
  kind: Resource,
  rows: readonly ResourceRow[],
  options?: RemoveOptions,
): Promise<Plan[]> {
  const all = await kind.service.removals(tx, rows, options);
  return zip(rows, all).map(([stored, writes]) => ({
    ...{ kind, operation: 'remove', id: stored.id, stored, writes },
  }));
}

/** Creates several objects of a noun that do not refer to each other. */
export async function createAll(
  tx: Tx,
  change: Change,
  kind: Resource,
  inputs: readonly HasKey[],
): Promise<ResourceRow[]> {
  return storedIn(await carryOut(tx, change, await creationsOf(tx, kind, inputs)));
}

/** Changes several objects of a noun, as if one by one. */
export async function changeAll(
  tx: Tx,
  change: Change,
  kind: Resource,
  changes: readonly Changing[],
): Promise<Done[]> {
  return carryOut(tx, change, await changesOf(tx, kind, changes));
}

/** Brings several removed objects of a noun back, as if one by one. */
export async function restoreAll(
  tx: Tx,
  change: Change,
  kind: Resource,
  restorings: readonly Restoring[],
  options: RestoreOptions,
): Promise<ResourceRow[]> {
  return storedIn(await carryOut(tx, change, await restorationsOf(tx, kind, restorings, options)));
}

/** Removes several objects of a noun, and with each what belongs to it, as if one by one. */
export async function removeAll(
  tx: Tx,
  change: Change,
  kind: Resource,
  rows: readonly ResourceRow[],
  options?: RemoveOptions,
): Promise<void> {
  await carryOut(tx, change, await removalsOf(tx, kind, rows, options));
}

const storedIn = (done: readonly Done[]): ResourceRow[] => done.map(({ stored }) => stored);

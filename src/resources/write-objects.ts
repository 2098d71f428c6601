import { bumpReferenceEpoch } from '../db/query/references.js';
import type { Row } from '../db/query/rows.js';
import type { Tx } from '../db/store/store.js';
import type { Change } from '../lib/change.js';
import { append, chunksOf } from '../lib/collections.js';
import { resourceNames } from '../lib/ids.js';
import { zip } from '../lib/zip.js';
import { childRowsOf } from './child-rows.js';
import { documentOf } from './documents.js';
import { reserveKeys } from './object-keys.js';
import { type ChangedObject, insertObjects, type NewObject, updateObjects } from './objects.store.js';
import { deleteInSteps } from './removal.js';
import type { Representation, ResourceRow, ResourceType } from './resource-type.js';
import { type Recorded, recordVersions, type Version } from './resources.store.js';

/** What is to become of an object. */
export type Write = Creation | Restoration | Update | Removal;

interface OfObject {
  noun: ResourceType;
  /** Why, if not for the reason of the whole change. */
  reason?: string | null;
  /** Its number in the history, if that was reserved. */
  seq?: number | undefined;
}

/** An object that is new; `extra` are columns that do not follow from its view. */
interface Creation extends OfObject {
  operation: 'create';
  id: string;
  key: string | null;
  view: Representation;
  extra: Record<string, unknown>;
  /** Its place in the body. */
  at?: string;
}

/** A removed object that comes back under its id, with the version after that of its tombstone. */
interface Restoration extends OfObject {
  operation: 'restore';
  removal: Version;
  view: Representation;
  extra: Record<string, unknown>;
}

/** An object as it is stored, and what it is to become, which differs from that. */
export interface Update extends OfObject {
  operation: 'update';
  stored: ResourceRow;
  /** The content that is stored. */
  before: Representation;
  key: string | null;
  view: Representation;
  at?: string;
}

/** An object that goes from the register. Its history, and its key, stay. */
interface Removal extends OfObject {
  operation: 'remove';
  stored: ResourceRow;
}

/** The id of the object of which it is. */
export function objectOf(write: Write): string {
  switch (write.operation) {
    case 'create':
      return write.id;
    case 'restore':
      return write.removal.object_id;
    case 'update':
    case 'remove':
      return write.stored.id;
  }
}

/** An object that keeps its key. */
export const updateTo = (
  noun: ResourceType,
  stored: ResourceRow,
  content: Pick<Update, 'before' | 'view'>,
): Update => ({ operation: 'update', noun, stored, key: stored.key, ...content });

/**
 * Writes objects of any nouns, recorded in this order. Gives the rows of all, in their order; those that are removed as they were.
 * To these nothing may refer after the writes.
 */
export async function writeObjects(tx: Tx, change: Change, writes: readonly Write[]): Promise<ResourceRow[]> {
  await giveKeys(tx, writes);
  const rows: ResourceRow[] = [];
  for (const some of chunksOf(writes, tx.dialect.objectsAtOnce)) {
    rows.push(...(await writeSome(tx, change, some)));
  }
  await deleteRemoved(tx, writes);
  return rows;
}

/** Reserves the keys of objects that have none until now. */
async function giveKeys(tx: Tx, writes: readonly Write[]): Promise<void> {
  const given = new Map<ResourceType, { key: string; id: string; at: string }[]>();
  for (const write of writes) {
    await tx.yield();
    const { noun, operation } = write;
    if (operation !== 'create' && operation !== 'update') continue;
    const { key, at = '' } = write;
    const id = operation === 'create' ? write.id : write.stored.id;
    const before = operation === 'create' ? null : write.stored.key;
    if (key !== null && key !== before) append(given, noun, { key, id, at });
  }
  for (const [noun, keys] of given) await reserveKeys(tx, noun, keys);
}

async function writeSome(tx: Tx, change: Change, writes: readonly Write[]): Promise<ResourceRow[]> {
  const rows: ResourceRow[] = [];
  const versions: Recorded[] = [];
  let isRenamed = false;
  for (const write of writes) {
    await tx.yield();
    isRenamed ||= changesNames(write);
    const row = rowAfter(write, change);
    const { noun, operation, reason = change.reason, seq } = write;
    const version = operation === 'remove' ? row.version + 1 : row.version;
    rows.push(row);
    versions.push({ noun: noun.name, operation, id: row.id, version, doc: row.doc, reason, seq });
  }
  if (isRenamed) bumpReferenceEpoch(tx);
  const numbers = await recordVersions(tx, change, versions);
  const inserted = new Map<ResourceType, NewObject[]>();
  const updated = new Map<ResourceType, ChangedObject[]>();
  for (const [[write, row], seq] of zip(zip(writes, rows), numbers)) {
    await tx.yield();
    if (write.operation === 'remove') continue;
    const { noun, operation, view } = write;
    const { doc: _doc, ...stamps } = row;
    const cells = { ...noun.columns(view), ...stamps, seq };
    const after = await childRowsOf(tx, noun, view, row.id);
    if (operation === 'update') {
      const before = await childRowsOf(tx, noun, write.before, row.id);
      const changed = differing({ ...noun.columns(write.before), ...write.stored }, cells);
      append(updated, noun, {
        row: { ...changed, id: row.id, updated_at: row.updated_at, seq },
        before,
        after,
      });
    } else {
      row.seq = seq;
      append(inserted, noun, { row: { ...cells, ...write.extra }, side: after });
    }
  }
  for (const [noun, some] of inOrder(inserted)) await insertObjects(tx, noun, some);
  for (const [noun, some] of updated) await updateObjects(tx, noun, some);
  return rows;
}

/** The cells that are not as they were: to write one that stays the same takes its indexes, and a look at what it refers to. */
const differing = (before: Row, after: Row): Row =>
  Object.fromEntries(Object.entries(after).filter(([name, cell]) => cell !== before[name]));

/** Takes what is recorded as removed from its tables. */
async function deleteRemoved(tx: Tx, writes: readonly Write[]): Promise<void> {
  const removed = new Map<ResourceType, ResourceRow[]>();
  for (const write of writes) {
    await tx.yield();
    if (write.operation === 'remove') append(removed, write.noun, write.stored);
  }
  for (const [noun, some] of inOrder(removed).toReversed()) await deleteInSteps(tx, noun, some);
}

/** By noun, in an order in which each refers only to those before it, and to itself. */
const inOrder = <T>(byNoun: ReadonlyMap<ResourceType, T>): [ResourceType, T][] =>
  [...byNoun].sort(([a], [b]) => resourceNames.indexOf(a.name) - resourceNames.indexOf(b.name));

/** The row of an object after it was written; that of one that is removed as it was. */
function rowAfter(write: Write, { at }: Change): ResourceRow {
  switch (write.operation) {
    case 'create': {
      const { id, key, view } = write;
      return rowOf({ id, key, version: 1, created_at: at, updated_at: at }, view);
    }
    case 'restore': {
      const { removal, view } = write;
      const { key, created_at } = JSON.parse(removal.doc) as ResourceRow;
      const version = removal.version + 1;
      return rowOf({ id: removal.object_id, key, version, created_at, updated_at: at }, view);
    }
    case 'update': {
      const { stored, key, view } = write;
      const { id, version, created_at } = stored;
      return rowOf({ id, key, version: version + 1, created_at, updated_at: at }, view);
    }
    case 'remove':
      return write.stored;
  }
}

const rowOf = (stamps: Omit<ResourceRow, 'doc'>, view: Representation): ResourceRow => ({
  ...stamps,
  doc: documentOf(stamps, view),
});

/** Whether references to the object may show something else from then on. */
function changesNames(write: Write): boolean {
  if (write.operation !== 'update') return write.operation === 'restore';
  const { noun, stored, before, key, view } = write;
  const cached = [noun.nameMember ?? [], noun.cachedMembers ?? []].flat();
  return cached.some((member) => key !== stored.key || view[member] !== before[member]);
}

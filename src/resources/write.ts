import { bumpReferenceEpoch } from '../db/query/references.js';
import type { Tx } from '../db/store/store.js';
import type { Change } from '../lib/change.js';
import { append, chunksOf, groupBy, lookUp } from '../lib/collections.js';
import { type Ids, type Prefix, resourceNames } from '../lib/ids.js';
import { contentOf, documentOf } from './documents.js';
import { keptKey, refuseOtherKey, reserveKeys } from './object-keys.js';
import { type ChangedObject, insertObjects, type NewObject, updateObjects } from './objects.store.js';
import { documentsNow } from './originals.store.js';
import type { HasKey, Representation, ResourceRow, ResourceType } from './resource-type.js';
import { type Operation, type Recorded, recordVersions, type Version } from './resources.store.js';

/** The functions that change objects. All expect inputs whose references are resolved to reference tokens. */

/** An object to be created; `extra` are columns that do not follow from its input. */
export interface Draft {
  noun: ResourceType;
  id: string;
  input: HasKey;
  extra: Record<string, unknown>;
  /** Its place in the body. */
  at?: string;
}

/** Creates objects, recorded in this order. */
export async function createObjects(
  tx: Tx,
  change: Change,
  drafts: readonly Draft[],
): Promise<ResourceRow[]> {
  for (const [noun, some] of groupBy(drafts, (draft) => draft.noun)) {
    await tx.yield();
    await reserveKeys(
      tx,
      noun,
      some.flatMap(({ id, input, at = '' }) => (input.key == null ? [] : [{ key: input.key, id, at }])),
    );
  }
  const stored: ResourceRow[] = [];
  for (const some of chunksOf(drafts, AT_ONCE)) stored.push(...(await createSome(tx, change, some)));
  return stored;
}

/** Objects whose rows are made before any is inserted: what they relay can be hundreds of rows of each. */
const AT_ONCE = 50;

async function createSome(tx: Tx, change: Change, drafts: readonly Draft[]): Promise<ResourceRow[]> {
  const objects: NewVersion[] = [];
  for (const { noun, id, input, extra } of drafts) {
    await tx.yield();
    const stamps = {
      id,
      key: input.key ?? null,
      version: 1,
      created_at: change.at,
      updated_at: change.at,
    };
    objects.push({ noun, stamps, view: noun.view(input), extra });
  }
  return insertNew(tx, change, 'create', objects);
}

/** The id an object gets: a new TypeID; predicates are known by their key. */
export function idFor(ids: Ids, noun: ResourceType, input: HasKey): string {
  if (noun.name !== 'predicate') return ids(noun.name as Prefix);
  if (!input.key) throw new Error('a predicate has no key');
  return input.key;
}

/** An object as it is stored, and the input that it is to be made from. */
export interface Changing<Input extends HasKey = HasKey> {
  stored: ResourceRow;
  input: Input;
}

/** What became of an object that was to be changed. */
export interface Changed {
  stored: ResourceRow;
  changed: boolean;
}

/** An object that is to be changed. */
export interface ObjectChange extends Changing {
  noun: ResourceType;
  /** Why, if not for the reason of the whole change. */
  reason?: string | null;
}

/**
 * Stores objects anew of which the input differs from what is stored, recorded in this order; leaves the others and their
 * versions alone.
 */
export async function updateStored(
  tx: Tx,
  change: Change,
  changes: readonly ObjectChange[],
): Promise<Changed[]> {
  const updates: Update[] = [];
  for (const { noun, stored, input, reason = change.reason } of changes) {
    await tx.yield();
    const view = noun.view(input);
    const key = await keptKey(tx, noun, stored, input.key ?? null);
    const isSame = key === stored.key && JSON.stringify(view) === JSON.stringify(contentOf(stored.doc));
    if (!isSame) updates.push({ noun, stored, key, view, reason });
  }
  const updated = new Map((await updateAll(tx, change, updates)).map((row) => [row.id, row]));
  return changes.map(({ stored }) => {
    const now = updated.get(stored.id);
    return { stored: now ?? stored, changed: now !== undefined };
  });
}

/** An object as it is stored, and what it is to become. */
export interface Update {
  noun: ResourceType;
  stored: ResourceRow;
  key: string | null;
  view: Representation;
  /** Why, if not for the reason of the whole change. */
  reason?: string | null;
}

/** Stores objects anew, each of which differs from what is stored, recorded in this order. */
export async function updateAll(tx: Tx, change: Change, updates: readonly Update[]): Promise<ResourceRow[]> {
  if (updates.length === 0) return [];
  let isRenamed = false;
  const changed: (Update & { before: Representation; after: ResourceRow })[] = [];
  for (const update of updates) {
    await tx.yield();
    const { noun, stored, key, view } = update;
    const before = contentOf(stored.doc);
    const cached = [noun.nameMember ?? [], noun.cachedMembers ?? []].flat();
    isRenamed ||= cached.some((member) => key !== stored.key || view[member] !== before[member]);
    const { id, version, created_at } = stored;
    const stamps = { id, key, version: version + 1, created_at, updated_at: change.at };
    changed.push({ ...update, before, after: { ...stamps, doc: documentOf(stamps, view) } });
  }
  if (isRenamed) bumpReferenceEpoch(tx);
  const versions = changed.map(({ noun, after: { id, version, doc }, reason = change.reason }) => ({
    ...{ noun: noun.name, id, version, doc, reason },
  }));
  const first = await recordVersions(tx, change, 'update', versions);
  const objects = new Map<ResourceType, ChangedObject[]>();
  for (const [i, { noun, before, view, after }] of changed.entries()) {
    await tx.yield();
    const { doc: _doc, ...stamps } = after;
    append(objects, noun, {
      row: { ...noun.columns(view), ...stamps, seq: first + i },
      before: noun.childRows(before, stamps.id),
      after: noun.childRows(view, stamps.id),
    });
  }
  for (const [noun, some] of objects) await updateObjects(tx, noun, some);
  return changed.map(({ after }) => after);
}

/** Brings removed objects back under their ids, each with the version after that of its tombstone. */
export async function restoreObjects(
  tx: Tx,
  change: Change,
  noun: ResourceType,
  restorings: readonly { removal: Version; input: HasKey }[],
  extra: Record<string, unknown> = {},
): Promise<ResourceRow[]> {
  bumpReferenceEpoch(tx);
  const rows: ResourceRow[] = [];
  for (const some of chunksOf(restorings, AT_ONCE)) {
    const objects: NewVersion[] = [];
    for (const { removal, input } of some) {
      await tx.yield();
      const { object_id: id, doc } = removal;
      const { key, created_at } = JSON.parse(doc) as ResourceRow;
      refuseOtherKey(key, input);
      const stamps = { id, key, version: removal.version + 1, created_at, updated_at: change.at };
      objects.push({ noun, stamps, view: noun.view(input), extra });
    }
    rows.push(...(await insertNew(tx, change, 'restore', objects)));
  }
  return rows;
}

/**
 * Brings objects that are gone back just as they were, with the versions after their last. What they refer to may have been
 * merged into others since, or be apart again.
 */
export async function undeleteResources(
  tx: Tx,
  change: Change,
  noun: ResourceType,
  removals: readonly Version[],
  extra: Record<string, unknown> = {},
): Promise<void> {
  for (const some of chunksOf(removals, AT_ONCE)) {
    const documents = await documentsNow(tx, noun.name, some);
    const objects = some.map(({ object_id, version }): NewVersion => {
      const doc = lookUp(documents, object_id);
      const { id, key, created_at } = JSON.parse(doc) as ResourceRow;
      const stamps = { id, key, version: version + 1, created_at, updated_at: change.at };
      return { noun, stamps, view: contentOf(doc), extra };
    });
    await insertNew(tx, change, 'restore', objects);
  }
}

interface NewVersion {
  noun: ResourceType;
  stamps: Omit<ResourceRow, 'doc' | 'carried' | 'seq'>;
  view: Representation;
  extra: Record<string, unknown>;
}

/** Records objects that the register does not have, in their order, and inserts their rows. */
async function insertNew(
  tx: Tx,
  change: Change,
  operation: Operation,
  objects: readonly NewVersion[],
): Promise<ResourceRow[]> {
  const versions: (Recorded & Omit<ResourceRow, 'carried'>)[] = [];
  for (const { noun, stamps, view } of objects) {
    await tx.yield();
    versions.push({ noun: noun.name, ...stamps, doc: documentOf(stamps, view) });
  }
  const first = await recordVersions(tx, change, operation, versions);
  const rows = new Map<ResourceType, NewObject[]>();
  for (const [i, { noun, stamps, view, extra }] of objects.entries()) {
    await tx.yield();
    append(rows, noun, {
      row: { ...noun.columns(view), ...extra, ...stamps, seq: first + i },
      side: noun.childRows(view, stamps.id),
    });
  }
  // Nouns are named in an order in which each refers only to those before it, and to itself.
  const inOrder = [...rows].sort(([a], [b]) => resourceNames.indexOf(a.name) - resourceNames.indexOf(b.name));
  for (const [noun, some] of inOrder) await insertObjects(tx, noun, some);
  return versions.map(({ noun: _noun, ...stored }, i) => ({ ...stored, seq: first + i }));
}

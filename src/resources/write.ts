import type { Tx } from '../db/store/store.js';
import type { Change } from '../lib/change.js';
import { chunksOf, lookUp } from '../lib/collections.js';
import { mapInTurns } from '../lib/event-loop.js';
import type { Ids, Prefix } from '../lib/ids.js';
import { contentOf } from './documents.js';
import { keptKey, refuseOtherKey } from './object-keys.js';
import { documentsNow } from './originals.store.js';
import type { HasKey, ResourceRow, ResourceType } from './resource-type.js';
import type { Version } from './resources.store.js';
import { type Write, writeObjects } from './write-objects.js';

/** What is to be written to change objects. All inputs have their references resolved to reference tokens. */

/** An object to be created; `extra` are columns that do not follow from its input. */
export interface Draft {
  noun: ResourceType;
  id: string;
  input: HasKey;
  extra: Record<string, unknown>;
  /** Its place in the body. */
  at?: string;
}

export const creationOf = ({ noun, id, input, extra, at = '' }: Draft): Write => ({
  ...{ operation: 'create', noun, id, key: input.key ?? null, view: noun.view(input), extra, at },
});

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

/** An object anew, if its input differs from what is stored. */
export function updateOf({ noun, stored, input, at = '' }: Changing & Pick<Draft, 'noun' | 'at'>): Write[] {
  const view = noun.view(input);
  const key = keptKey(stored, input);
  const before = contentOf(stored.doc);
  const isSame = key === stored.key && JSON.stringify(view) === JSON.stringify(before);
  return isSame ? [] : [{ operation: 'update', noun, stored, before, key, view, at }];
}

/** A removed object that comes back, made from an input. */
export function restorationOf(
  noun: ResourceType,
  { removal, input }: { removal: Version; input: HasKey },
  extra: Record<string, unknown>,
): Write {
  refuseOtherKey(keyOf(removal), input);
  return { operation: 'restore', noun, removal, view: noun.view(input), extra };
}

export const removalOf = (noun: ResourceType, stored: ResourceRow): Write => ({
  ...{ operation: 'remove', noun, stored },
});

/** The key with which an object was removed. */
export const keyOf = ({ doc }: Pick<Version, 'doc'>): string | null => (JSON.parse(doc) as ResourceRow).key;

/** Removed objects that come back just as they were; the documents of the removals are as they are shown now. */
export const returnsOf = (
  tx: Tx,
  noun: ResourceType,
  removals: readonly Version[],
  extra: Record<string, unknown> = {},
): Promise<Write[]> =>
  mapInTurns(tx, removals, (removal) => ({
    ...{ operation: 'restore', noun, removal, view: contentOf(removal.doc), extra },
  }));

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
  for (const some of chunksOf(removals, tx.dialect.objectsAtOnce)) {
    const documents = await documentsNow(tx, noun.name, some);
    const removed = some.map((removal) => ({ ...removal, doc: lookUp(documents, removal.object_id) }));
    await writeObjects(tx, change, await returnsOf(tx, noun, removed, extra));
  }
}

import type { Tx } from '../db/store/store.js';
import { ApiError, type FieldError, validationError } from '../lib/errors.js';
import type { HasKey, ResourceRow, ResourceType } from './resource-type.js';
import { idsOfKeys, insertKeys } from './resources.store.js';

/** The keys of objects: given once, and never to another one. */

/** The key that an object is to have: it can be given once to one that has none, and cannot change. */
export function keptKey({ key }: Pick<ResourceRow, 'key'>, input: HasKey): string | null {
  if (key !== null) refuseOtherKey(key, input);
  return input.key ?? key;
}

/** A key that was given once stays, and what was removed without one comes back without. */
export function refuseOtherKey(key: string | null, input: HasKey): void {
  if (input.key != null && input.key !== key) throw validationError([immutableKey(key)]);
}

/** The same of several that are to be changed; what has no key yet may get one. */
export function refuseOtherKeys(changes: readonly { stored: { key: string | null }; input: HasKey }[]): void {
  for (const { stored, input } of changes) if (stored.key !== null) refuseOtherKey(stored.key, input);
}

export const immutableKey = (key: string | null): FieldError => ({
  pointer: '/key',
  code: 'immutable_key',
  detail:
    key === null
      ? 'the object was removed without a key, and comes back without; leave key out'
      : `the key is "${key}" and cannot change; leave key out`,
});

export async function reserveKeys(
  tx: Tx,
  noun: ResourceType,
  keys: { key: string; id: string; at: string }[],
): Promise<void> {
  if (keys.length === 0) return;
  const taken = await idsOfKeys(
    tx,
    noun.name,
    keys.map(({ key }) => key),
  );
  const given = new Set(taken.keys());
  for (const one of keys) {
    if (given.has(one.key)) throw keyTaken(noun, one);
    given.add(one.key);
  }
  await insertKeys(tx, noun.name, keys);
}

const keyTaken = (noun: ResourceType, { key, at }: { key: string; at: string }) =>
  new ApiError(
    'key_taken',
    `The key "${key}" belongs to another ${noun.name}, or did once; choose a new one.`,
    [
      {
        ...{ pointer: `${at}/key`, code: 'key_taken' },
        detail: `"${key}" is taken, now or by what was removed: keys are never reused; choose a new one`,
      },
    ],
  );

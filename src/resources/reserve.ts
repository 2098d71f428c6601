import type { Tx } from '../db/store/store.js';
import { append } from '../lib/collections.js';
import type { Ids, Prefix } from '../lib/ids.js';
import { zip } from '../lib/zip.js';
import type { ItemCreation, ItemWrite } from './plan-items.js';
import { reserveNumbers } from './resources.store.js';

/** Numbers and ids that are set aside, so that what is written in another order stands as if it were written in this one. */

export interface Reserved {
  /** The number in the history of the first version; those of its members follow. */
  seq: number;
  /** The ids of the object and its members, by prefix. */
  ids: Map<Prefix, string[]>;
}

/** Sets aside what the creation of objects takes, and of what stands in them as sets. */
export async function reserve(tx: Tx, items: readonly ItemCreation[]): Promise<Map<ItemWrite, Reserved>> {
  const made = items.map(({ kind, members }) => [kind.noun.name, ...members]);
  const numbers = await reserveNumbers(
    tx,
    made.reduce((sum, { length }) => sum + length, 0),
  );
  const reserved = new Map<ItemWrite, Reserved>();
  for (const [item, nouns] of zip(items, made)) {
    await tx.yield();
    const ids = new Map<Prefix, string[]>();
    // Predicates are known by their keys.
    for (const noun of nouns) if (noun !== 'predicate') append(ids, noun, item.kind.service.ids(noun));
    const [seq] = numbers.splice(0, nouns.length);
    reserved.set(item, { seq: seq!, ids });
  }
  return reserved;
}

/** Gives the ids that were set aside for objects, in their order. */
export function idsOf(all: readonly Reserved[]): Ids {
  const left = new Map<Prefix, string[]>();
  for (const { ids } of all) for (const [prefix, some] of ids) append(left, prefix, ...some);
  return (prefix) => {
    const id = left.get(prefix)?.shift();
    if (id === undefined) throw new Error(`no id of ${prefix} was set aside`);
    return id;
  };
}

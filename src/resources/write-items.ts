import type { Tx } from '../db/store/store.js';
import type { Change } from '../lib/change.js';
import { groupBy, lookUp } from '../lib/collections.js';
import { zip } from '../lib/zip.js';
import { attempted } from './attempted.js';
import { refuseDependent } from './independence.js';
import { type Creating, isRefused, refuseOverwriting } from './items.js';
import { type ItemWrite, type Planned, plansFor } from './plan-items.js';
import { carryOut } from './plans.js';
import { idsOf, type Reserved, reserve } from './reserve.js';
import type { ResourceRow } from './resource-type.js';
import { type Told, type Written, writtenAll } from './written.js';

/** Several objects that are written at once, as a batch does with operations that follow each other. */

/** One of them as it is now; one that is removed as it was. */
type Finished = Planned & { stored: ResourceRow };

/**
 * Writes several objects as if one by one, but that those which are changed are compared with the others as they are after all of
 * this. Those of several nouns, or levels, are all created, or all changed. Null where they are to be written one by one: to learn which is
 * at fault, or since one depends on another. Nothing is left of them then.
 */
export async function writeItems(
  tx: Tx,
  change: Change,
  items: readonly ItemWrite[],
  options: Creating,
): Promise<Written[] | null> {
  if (items.length < 2) return null;
  return attempted(tx, async () => {
    const levels = [...groupBy(items, levelOf)].sort(([one], [other]) => one - other);
    // What is created noun by noun and level by level is to stand as if it were created in this order.
    const created = items.flatMap((item) => (item.method === 'create' ? item : []));
    const reserved = created.length === items.length ? await reserve(tx, created) : null;
    const finished = new Map<ItemWrite, Finished>();
    for (const [, some] of levels) {
      for (const one of await writeLevel(tx, change, some, reserved)) finished.set(one.item, one);
    }
    const all = items.map((item) => lookUp(finished, item));
    return tellAll(tx, all, options);
  });
}

const levelOf = (item: ItemWrite): number => (item.method === 'create' ? item.level : 0);

/** Writes objects of any nouns that do not refer to each other. */
async function writeLevel(
  tx: Tx,
  change: Change,
  items: readonly ItemWrite[],
  reserved: ReadonlyMap<ItemWrite, Reserved> | null,
): Promise<Finished[]> {
  const byKind = groupBy(items, ({ kind }) => kind);
  const nouns = new Set([...byKind.keys()].map(({ noun }) => noun.name));
  const planned = new Map<ItemWrite, Planned>();
  for (const [kind, some] of byKind) {
    const ids = reserved ? idsOf(some.map((item) => lookUp(reserved, item))) : kind.service.ids;
    for (const one of await plansFor(tx, kind, some, { nouns, ids })) planned.set(one.item, one);
  }
  const all = items.map((item) => lookUp(planned, item));
  for (const { item, plan } of all) {
    const { kind, stored, writes } = plan;
    const changes = writes.length > 0 && stored !== null;
    if (changes && item.method === 'put') refuseOverwriting(kind.noun, stored, item.precondition);
  }
  const plans = all.map(({ item, plan }) => ({
    ...plan,
    reason: item.reason,
    seq: reserved?.get(item)?.seq,
  }));
  await refuseDependent(tx, plans);
  const done = await carryOut(tx, change, plans);
  for (const { item, plan } of all) if (item.method === 'create') item.onCreated(plan.id);
  return zip(all, done).map(([one, { stored }]) => ({ ...one, stored }));
}

async function tellAll(tx: Tx, all: readonly Finished[], options: Creating): Promise<Written[]> {
  const written = new Map<Finished, Written>();
  for (const [kind, some] of groupBy(all, ({ item }) => item.kind)) {
    const results = await writtenAll(tx, kind, some.map(toldOf), (one) => isRefused(options, one));
    for (const [one, result] of zip(some, results)) written.set(one, result);
  }
  return all.map((one) => lookUp(written, one));
}

function toldOf({ plan: { operation, stored: before }, sent, stored }: Finished): Told {
  if (sent === null) return { status: 204, stored };
  return { status: operation === 'create' ? 201 : 200, stored, input: sent, isNew: before === null };
}

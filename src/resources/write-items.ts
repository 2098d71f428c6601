import type { Tx } from '../db/store/store.js';
import type { Change } from '../lib/change.js';
import { groupBy, lookUp } from '../lib/collections.js';
import type { ApiError } from '../lib/errors.js';
import { zip } from '../lib/zip.js';
import { forgetForeseen } from './alike-texts.js';
import { attempted } from './attempted.js';
import { similarError } from './duplicates.js';
import { refuseDependent } from './independence.js';
import { isRefused, refuseOverwriting } from './items.js';
import { type ItemWrite, type Planned, plansFor } from './plan-items.js';
import { carryOut } from './plans.js';
import { idsOf, type Reserved, reserve } from './reserve.js';
import type { ResourceRow } from './resource-type.js';
import { resetWork } from './work.js';
import { Refused, type Told, type Written, writtenAll } from './written.js';

/** Several objects that are written at once, as a batch does with operations that follow each other. */

/** One of them as it is now; one that is removed as it was. */
type Finished = Planned & { stored: ResourceRow };

/** What became of several objects. */
interface Outcome {
  /** What was done to each; null where nothing is left of them. */
  written: Written[] | null;
  /** Why the first ones are refused: they are by themselves, too. */
  refused: readonly ApiError[];
  /** How many others go well before the one that does not, if that is known. */
  good: number | null;
}

/**
 * Writes several objects as if one by one, but that those which are changed are compared with the others as they are after all of
 * this. Those of several nouns, or levels, are all created, or all changed. Where one is at fault, or depends on another, none is written:
 * fewer are to be tried, or one by one.
 */
export async function writeItems(tx: Tx, change: Change, items: readonly ItemWrite[]): Promise<Outcome> {
  if (items.length < 2) return UNDONE;
  try {
    const written = await attempted(tx, () => writeAll(tx, change, items));
    return { ...UNDONE, written };
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return undone(tx, items, error);
  } finally {
    forgetForeseen(tx);
  }
}

const UNDONE: Outcome = { written: null, refused: [], good: null };

/** What is known of objects of which some are refused: of several nouns, or levels, that does not tell which come first. */
function undone(tx: Tx, items: readonly ItemWrite[], { good, first, work }: Refused): Outcome {
  const kinds = new Set(items.map(({ kind }) => kind));
  const [kind] = kinds;
  if (!kind || kinds.size > 1 || items.some((item) => levelOf(item) > 0)) return UNDONE;
  if (first.length > 0) resetWork(tx, work);
  return {
    written: null,
    refused: first.map(({ duplicates }) => similarError(kind.noun.name, duplicates)),
    good,
  };
}

async function writeAll(tx: Tx, change: Change, items: readonly ItemWrite[]): Promise<Written[]> {
  const levels = [...groupBy(items, levelOf)].sort(([one], [other]) => one - other);
  // What is created noun by noun and level by level is to stand as if it were created in this order.
  const created = items.flatMap((item) => (item.method === 'create' ? item : []));
  const reserved = created.length === items.length ? await reserve(tx, created) : null;
  const finished = new Map<ItemWrite, Finished>();
  for (const [, some] of levels) {
    for (const one of await writeLevel(tx, change, some, reserved)) finished.set(one.item, one);
  }
  const all = items.map((item) => lookUp(finished, item));
  return tellAll(tx, all);
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

async function tellAll(tx: Tx, all: readonly Finished[]): Promise<Written[]> {
  const written = new Map<Finished, Written>();
  for (const [kind, some] of groupBy(all, ({ item }) => item.kind)) {
    const results = await writtenAll(tx, kind, some.map(toldOf), isRefused);
    for (const [one, result] of zip(some, results)) written.set(one, result);
  }
  return all.map((one) => lookUp(written, one));
}

function toldOf({ item, plan: { operation, stored: before }, sent, stored }: Finished): Told {
  if (sent === null) return { status: 204, stored };
  const ifSimilar = item.method === 'create' ? item.ifSimilar : undefined;
  return {
    ...{ status: operation === 'create' ? 201 : 200, stored, input: sent },
    ...{ isNew: before === null, ifSimilar },
  };
}

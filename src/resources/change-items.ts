import { namesIn } from '../db/query/reference-tokens.js';
import type { Tx } from '../db/store/store.js';
import { type Precondition, requireMatch } from '../http/request/conditional.js';
import { checkInSteps } from '../http/validation/check-in-steps.js';
import type { Change } from '../lib/change.js';
import { groupBy, lookUp } from '../lib/collections.js';
import type { ResourceName } from '../lib/ids.js';
import { isJsonObject } from '../lib/json-value.js';
import { zip } from '../lib/zip.js';
import { attempted, OneByOne } from './attempted.js';
import { liveRows } from './find.js';
import { type ChangeOptions, refuseOverwriting, renamed } from './items.js';
import { type Patch, patchedForm } from './patch.js';
import { givesSets, type HasKey, type ResourceRow, type ResourceType } from './resource-type.js';
import { changedSteps, inputForms, type Resource } from './service.js';
import { type Changing, type ObjectChange, updateStored } from './write.js';
import { removed, type Written, writtenAll } from './written.js';

/** Several objects that are changed or removed at once, as a batch does with operations that follow each other. */

/** One of them, and what is demanded of it. */
export interface Item extends ChangeOptions {
  reference: string;
  precondition: Precondition;
}

/** A change of one of them: the whole form in its place, or a patch; `complete` may change the form that the patch makes. */
export type ItemChange = Item & {
  kind: Resource;
  reason: string | null;
} & ({ body: HasKey } | { patch: Patch; complete: (form: object) => Promise<object> });

/** One of them, with the form that was sent, and what it is to be made from. */
interface Prepared extends ObjectChange {
  item: ItemChange;
  sent: object;
}

/**
 * Changes several objects, of any nouns, as if one by one, but that each is compared with the others as they are after all of
 * these changes. Null where they are to be changed one by one: to learn which is at fault, or since one is created, comes back,
 * gets a key, or depends on another. Nothing is left of them then.
 */
export async function changeItems(
  tx: Tx,
  change: Change,
  items: readonly ItemChange[],
): Promise<Written[] | null> {
  if (items.length < 2) return null;
  return attempted(tx, async () => {
    const byKind = groupBy(items, ({ kind }) => kind);
    const nouns = new Set([...byKind.keys()].map(({ noun }) => noun.name));
    const prepared = new Map<ItemChange, Prepared>();
    for (const [kind, some] of byKind) {
      for (const one of await preparedChanges(tx, kind, some, nouns)) prepared.set(one.item, one);
    }
    const changes = items.map((item) => lookUp(prepared, item));
    const results = await updateStored(tx, change, changes);
    const all = zip(changes, results).map(([one, result]) => ({ ...one, result }));
    const ofKinds = [...groupBy(all, ({ item }) => item.kind)];
    for (const [{ service }, some] of ofKinds) {
      const ofKind = some.map(({ result }) => result);
      await service.settle(tx, changedSteps(some, ofKind));
    }
    for (const { noun, item, stored, result } of all) {
      if (result.changed && 'body' in item) refuseOverwriting(noun, stored, item.precondition);
    }
    const written = new Map<ItemChange, Written>();
    const how = { status: 200, areNew: false } as const;
    for (const [kind, some] of ofKinds) {
      const told = some.map(({ sent, result }) => ({ stored: result.stored, input: sent }));
      for (const [{ item }, one] of zip(some, await writtenAll(tx, kind, how, told))) written.set(item, one);
    }
    return items.map((item) => lookUp(written, item));
  });
}

/** What refers to another has to go before it. */
function refuseReferred({ name }: ResourceType, rows: readonly ResourceRow[]): void {
  const gone = new Set<string>();
  for (const { id, doc } of rows) {
    if (namesIn(doc).some((other) => gone.has(other))) throw new OneByOne();
    gone.add(`${name}:${id}`);
  }
}

/** Changes of one noun, held to its rules. */
async function preparedChanges(
  tx: Tx,
  kind: Resource,
  items: readonly ItemChange[],
  nouns: ReadonlySet<ResourceName>,
): Promise<Prepared[]> {
  const { noun, service } = kind;
  const rows = await liveRows(tx, noun, items);
  if (!rows) throw new OneByOne();
  const sent: object[] = [];
  const changes: Changing[] = [];
  for (const [[item, stored], before] of zip(zip(items, rows), await inputForms(tx, noun, rows))) {
    await tx.yield();
    const input = await wholeInput(noun, item, stored, before);
    // What stands in a set may be changed by itself, too.
    if (!input || (nouns.size > 1 && givesSets(noun, input))) throw new OneByOne();
    sent.push(input);
    changes.push({ stored, input: renamed(kind, stored, input, 'body' in item, item) });
  }
  const prepared = await service.prepare(tx, changes, nouns);
  await service.foresee?.(tx, sent);
  return zip(zip(items, rows), zip(sent, prepared)).map(([[item, stored], [form, one]]) => ({
    ...{ item, noun, stored, sent: form, ...one, reason: item.reason },
  }));
}

/** Removes several objects, as if one by one. Null where all of them are to be removed one by one; nothing is done then. */
export async function removeItems(
  tx: Tx,
  change: Change,
  { noun, service }: Resource,
  items: readonly Item[],
): Promise<Written[] | null> {
  if (items.length < 2) return null;
  return attempted(tx, async () => {
    const rows = await liveRows(tx, noun, items);
    if (!rows) throw new OneByOne();
    for (const [{ precondition, onFound }, row] of zip(items, rows)) {
      requireMatch(precondition, row.version);
      await onFound?.(row);
    }
    refuseReferred(noun, rows);
    await service.removeAll(tx, change, rows, { going: new Set(rows.map(({ id }) => id)) });
    return rows.map(removed);
  });
}

/** The form that an object is to be made from; null where something about it is for {@link changeItems} to leave alone. */
async function wholeInput(
  noun: ResourceType,
  item: ItemChange,
  stored: ResourceRow,
  before: object,
): Promise<HasKey | null> {
  const { precondition, onFound } = item;
  if (precondition.absent) return null;
  if (!('body' in item) || precondition.match !== null) requireMatch(precondition, stored.version);
  await onFound?.(stored);
  if ('body' in item) return givesKey(item.body, stored) ? null : { ...item.body };
  if (namesWhole(item.patch)) return null;
  const { form, faults } = await patchedForm(noun, before, item.patch);
  const rekeyed = isJsonObject(form) && stored.key !== null && (form.key ?? null) !== stored.key;
  const checked = await checkInSteps(noun.input, form);
  if (!checked.success || rekeyed || faults.length > 0 || givesKey(checked.data, stored)) return null;
  return { ...(await item.complete(checked.data)) };
}

/** The forms of others show a key as soon as there is one. */
const givesKey = ({ key }: HasKey, stored: ResourceRow): boolean => key != null && stored.key === null;

/** Whether a patch looks at the form as a whole, which has its sets then. */
const namesWhole = (patch: Patch): boolean =>
  'operations' in patch && patch.operations.some(({ path, from }) => path === '' || from === '');

import type { Tx } from '../db/store/store.js';
import { type Precondition, requireMatch } from '../http/request/conditional.js';
import { checkInSteps } from '../http/validation/check-in-steps.js';
import { lookUp } from '../lib/collections.js';
import type { Ids, ResourceName } from '../lib/ids.js';
import { isJsonObject } from '../lib/json-value.js';
import { zip } from '../lib/zip.js';
import { OneByOne } from './attempted.js';
import { type Located, locateAll } from './find.js';
import { refuseReferred } from './independence.js';
import { type ChangeOptions, renamed, restores } from './items.js';
import { type Patch, patchedForm } from './patch.js';
import { changesOf, creationsOf, type Plan, removalsOf, restorationsOf } from './plans.js';
import { removedAlong } from './removed-along.store.js';
import { givesSets, type HasKey, type ResourceRow, type ResourceType } from './resource-type.js';
import type { Version } from './resources.store.js';
import { inputForms, type Resource, WITH_ALONG } from './service.js';
import type { Changing } from './write.js';
import type { Creating } from './written.js';

/** What is to become of several objects that are written at once, and the plans of that. */

/** What is to become of one of them: a new object, the whole form in the place of one or its removal, a patch, or its end. */
export type ItemWrite = ItemCreation | ItemChange | ItemRemoval;

interface OfKind {
  kind: Resource;
  reason: string | null;
}

export interface ItemCreation extends OfKind, Creating {
  method: 'create';
  /** The form that it is to be made from, once those of lower levels are there. */
  form: () => Promise<HasKey>;
  /** How many others of the group stand between it and what is there: those that it refers to are of lower levels. */
  level: number;
  /** The nouns of the objects that stand in it as sets, in their order. */
  members: readonly ResourceName[];
  onCreated: (id: string) => void;
}

/** The objects that stand in a form as sets, in their order. */
export const membersOf = (
  { service }: Resource,
  form: object,
): { type: ResourceName; key: string | null | undefined }[] =>
  Object.entries(service.sets ?? {}).flatMap(([set, { name: type }]) =>
    ((form as Record<string, HasKey[] | undefined>)[set] ?? []).map(({ key }) => ({ type, key })),
  );

/** What is there already, and what is demanded of it. */
interface OfExisting extends OfKind, ChangeOptions {
  reference: string;
  precondition: Precondition;
}

/** `complete` may change the form that the patch makes. */
type ItemChange = OfExisting &
  (
    | { method: 'put'; body: HasKey }
    | { method: 'patch'; patch: Patch; complete: (form: object) => Promise<object> }
  );

interface ItemRemoval extends OfExisting {
  method: 'remove';
}

/** What is planned of one of them, and the form that was sent or made by a patch. */
export interface Planned {
  item: ItemWrite;
  plan: Plan;
  sent: object | null;
}

/** Plans of objects of one noun, which are held to its rules. */
export async function plansFor(
  tx: Tx,
  kind: Resource,
  items: readonly ItemWrite[],
  { nouns, ids }: { nouns: ReadonlySet<ResourceName>; ids: Ids },
): Promise<Planned[]> {
  const { created, changed, back, going } = await sorted(tx, kind, items, nouns);
  const inputs = created.map(({ sent }) => sent);
  const restorings = back.map(({ sent: input, removal }) => ({ removal, input }));
  const rows = going.map(({ stored }) => stored);
  refuseReferred(kind.noun, rows);
  const planned = [
    ...zip(created, inputs.length === 0 ? [] : await creationsOf(tx, kind, inputs, ids)),
    ...zip(changed, changed.length === 0 ? [] : await changesOf(tx, kind, changed, nouns)),
    ...zip(back, back.length === 0 ? [] : await restorationsOf(tx, kind, restorings, WITH_ALONG)),
    ...zip(
      going,
      rows.length === 0 ? [] : await removalsOf(tx, kind, rows, { going: new Set(rows.map(({ id }) => id)) }),
    ),
  ].map(([{ item, sent }, plan]) => ({ item, plan, sent }));
  const forms = planned.flatMap(({ sent }) => sent ?? []);
  // What changes is compared as it is after all of this; what is new, as if it were created before.
  const changing = created.length + back.length > 0 ? changed.length + going.length : 0;
  await kind.service.foresee?.(tx, forms, changing);
  return planned;
}

interface Sorted {
  created: { item: ItemWrite; sent: HasKey }[];
  changed: (Changing & { item: ItemWrite; sent: HasKey })[];
  back: { item: ItemWrite; sent: HasKey; removal: Version }[];
  going: { item: ItemWrite; sent: null; stored: ResourceRow }[];
}

/** Objects of one noun by what is to become of them, held in their order to what is demanded of what is stored. */
async function sorted(
  tx: Tx,
  kind: Resource,
  items: readonly ItemWrite[],
  nouns: ReadonlySet<ResourceName>,
): Promise<Sorted> {
  const result: Sorted = { created: [], changed: [], back: [], going: [] };
  const found = await located(tx, kind.noun, items);
  const patched = items.flatMap((item) => (item.method === 'patch' ? liveIn(found, item) : []));
  const forms = new Map(zip(patched, await inputForms(tx, kind.noun, patched)));
  // What stands in what comes back may be changed or come back by itself, too.
  const coming = new Set(nouns.size === 1 ? items.flatMap((item) => removalUndone(found, item)) : []);
  // Of all at once: one by one, each would read what follows it in the history, which is mostly the others.
  await removedAlong(tx, [...coming]);
  for (const item of items) {
    await tx.yield();
    if (item.method === 'create') {
      result.created.push({ item, sent: await item.form() });
      continue;
    }
    const one = lookUp(found, item);
    if (one.state === 'removed') {
      if (item.method !== 'put' || !coming.has(one.removal)) throw new OneByOne();
      await item.onBack?.(one.removal);
      result.back.push({ item, sent: item.body, removal: one.removal });
      continue;
    }
    const { stored } = one;
    if (item.method === 'remove') {
      requireMatch(item.precondition, stored.version);
      await item.onFound?.(stored);
      result.going.push({ item, sent: null, stored });
      continue;
    }
    const sent = await wholeInput(kind.noun, item, stored, forms.get(stored));
    // What stands in a set may be changed by itself, too.
    if (!sent || (nouns.size > 1 && givesSets(kind.noun, sent))) throw new OneByOne();
    const input = renamed(kind, stored, sent, item.method === 'put', item);
    result.changed.push({ item, sent, stored, input });
  }
  return result;
}

/** What stands behind those that are not created. */
async function located(
  tx: Tx,
  noun: ResourceType,
  items: readonly ItemWrite[],
): Promise<Map<ItemWrite, Located>> {
  const existing = items.flatMap((item) => (item.method === 'create' ? [] : item));
  const found = await locateAll(
    tx,
    noun,
    existing.map(({ reference }) => reference),
  );
  if (!found) throw new OneByOne();
  return new Map(zip(existing, found));
}

function liveIn(found: ReadonlyMap<ItemWrite, Located>, item: ItemWrite): ResourceRow[] {
  const one = lookUp(found, item);
  return one.state === 'live' ? [one.stored] : [];
}

/** The removal of the object that one of them brings back. */
function removalUndone(found: ReadonlyMap<ItemWrite, Located>, item: ItemWrite): Version[] {
  if (item.method !== 'put') return [];
  const one = lookUp(found, item);
  return one.state === 'removed' && restores(item.precondition, one.removal) ? [one.removal] : [];
}

/** The form that an object is to be made from, of a patch by the one `before`; null where it is to be left alone. */
async function wholeInput(
  noun: ResourceType,
  item: ItemChange,
  stored: ResourceRow,
  before: object = {},
): Promise<HasKey | null> {
  const { precondition, onFound } = item;
  if (precondition.absent) return null;
  if (item.method === 'patch' || precondition.match !== null) requireMatch(precondition, stored.version);
  await onFound?.(stored);
  if (item.method === 'put') return givesKey(item.body, stored) ? null : { ...item.body };
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

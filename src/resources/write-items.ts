import type { Tx } from '../db/store/store.js';
import { type Precondition, requireMatch } from '../http/request/conditional.js';
import { checkInSteps } from '../http/validation/check-in-steps.js';
import type { Change } from '../lib/change.js';
import { groupBy, lookUp } from '../lib/collections.js';
import type { ResourceName } from '../lib/ids.js';
import { isJsonObject } from '../lib/json-value.js';
import { zip } from '../lib/zip.js';
import { attempted, OneByOne } from './attempted.js';
import { locateAll } from './find.js';
import { refuseDependent, refuseReferred } from './independence.js';
import {
  type ChangeOptions,
  type Creating,
  refuseOverwriting,
  refuseSimilar,
  renamed,
  restores,
} from './items.js';
import { type Patch, patchedForm } from './patch.js';
import { carryOut, changesOf, creationsOf, type Plan, removalsOf, restorationsOf } from './plans.js';
import { givesSets, type HasKey, type ResourceRow, type ResourceType } from './resource-type.js';
import type { Version } from './resources.store.js';
import { inputForms, type Resource, WITH_ALONG } from './service.js';
import type { Changing } from './write.js';
import { type Told, type Written, writtenAll } from './written.js';

/** Several objects that are written at once, as a batch does with operations that follow each other. */

/** What is to become of one of them: a new object, the whole form in the place of one or its removal, a patch, or its end. */
export type ItemWrite = Creation | ItemChange | Removal;

interface OfKind {
  kind: Resource;
  reason: string | null;
}

interface Creation extends OfKind {
  method: 'create';
  body: HasKey;
}

/** What is there already, and what is demanded of it. */
interface Existing extends OfKind, ChangeOptions {
  reference: string;
  precondition: Precondition;
}

/** `complete` may change the form that the patch makes. */
type ItemChange = Existing &
  (
    | { method: 'put'; body: HasKey }
    | { method: 'patch'; patch: Patch; complete: (form: object) => Promise<object> }
  );

interface Removal extends Existing {
  method: 'remove';
}

/** What is planned of one of them, and the form that was sent or made by a patch. */
interface Planned {
  item: ItemWrite;
  plan: Plan;
  sent: object | null;
}

/**
 * Writes several objects as if one by one, but that those which are changed are compared with the others as they are after all of
 * this. Those of several nouns are all created or all changed. Null where they are to be written one by one: to learn which is at fault, or
 * since one depends on another. Nothing is left of them then.
 */
export async function writeItems(
  tx: Tx,
  change: Change,
  items: readonly ItemWrite[],
  options: Creating,
): Promise<Written[] | null> {
  if (items.length < 2) return null;
  return attempted(tx, async () => {
    const byKind = groupBy(items, ({ kind }) => kind);
    const nouns = new Set([...byKind.keys()].map(({ noun }) => noun.name));
    const planned = new Map<ItemWrite, Planned>();
    for (const [kind, some] of byKind) {
      for (const one of await plansFor(tx, kind, some, nouns)) planned.set(one.item, one);
    }
    const all = items.map((item) => lookUp(planned, item));
    for (const { item, plan } of all) {
      const { kind, stored, writes } = plan;
      const changes = writes.length > 0 && stored !== null;
      if (changes && item.method === 'put') refuseOverwriting(kind.noun, stored, item.precondition);
    }
    const plans = all.map(({ item: { reason }, plan }) => ({ ...plan, reason }));
    await refuseDependent(tx, plans);
    const done = zip(all, await carryOut(tx, change, plans));
    const written = new Map<ItemWrite, Written>();
    for (const [kind, some] of groupBy(done, ([{ item }]) => item.kind)) {
      const told = some.map(([{ plan, sent }, { stored }]) => toldOf(plan, stored, sent));
      const results = await writtenAll(tx, kind, told);
      refuseSimilar(
        kind.noun,
        results.filter(({ status }) => status === 201),
        options,
      );
      for (const [[{ item }], one] of zip(some, results)) written.set(item, one);
    }
    return items.map((item) => lookUp(written, item));
  });
}

/** Plans of objects of one noun, which are held to its rules. */
async function plansFor(
  tx: Tx,
  kind: Resource,
  items: readonly ItemWrite[],
  nouns: ReadonlySet<ResourceName>,
): Promise<Planned[]> {
  const { created, changed, back, going } = await sorted(tx, kind, items, nouns);
  const inputs = created.map(({ sent }) => sent);
  const restorings = back.map(({ sent: input, removal }) => ({ removal, input }));
  const rows = going.map(({ stored }) => stored);
  refuseReferred(kind.noun, rows);
  const planned = [
    ...zip(created, inputs.length === 0 ? [] : await creationsOf(tx, kind, inputs)),
    ...zip(changed, changed.length === 0 ? [] : await changesOf(tx, kind, changed, nouns)),
    ...zip(back, back.length === 0 ? [] : await restorationsOf(tx, kind, restorings, WITH_ALONG)),
    ...zip(
      going,
      rows.length === 0 ? [] : await removalsOf(tx, kind, rows, { going: new Set(rows.map(({ id }) => id)) }),
    ),
  ].map(([{ item, sent }, plan]) => ({ item, plan, sent }));
  const forms = planned.flatMap(({ sent }) => sent ?? []);
  await kind.service.foresee?.(tx, forms, changed.length + going.length);
  return planned;
}

interface Sorted {
  created: { item: ItemWrite; sent: HasKey }[];
  changed: (Changing & { item: ItemWrite; sent: HasKey })[];
  back: { item: ItemWrite; sent: HasKey; removal: Version }[];
  going: { item: ItemWrite; sent: null; stored: ResourceRow }[];
}

/** Objects of one noun by what is to become of them, with what is stored of them. */
async function sorted(
  tx: Tx,
  kind: Resource,
  items: readonly ItemWrite[],
  nouns: ReadonlySet<ResourceName>,
): Promise<Sorted> {
  const result: Sorted = { created: [], changed: [], back: [], going: [] };
  const existing: (ItemChange | Removal)[] = [];
  for (const item of items) {
    if (item.method === 'create') result.created.push({ item, sent: item.body });
    else existing.push(item);
  }
  const found = await locateAll(
    tx,
    kind.noun,
    existing.map(({ reference }) => reference),
  );
  if (!found) throw new OneByOne();
  const changes: { item: ItemChange; stored: ResourceRow }[] = [];
  for (const [item, one] of zip(existing, found)) {
    const { precondition } = item;
    if (one.state === 'removed') {
      // What stands in what comes back may be changed or come back by itself, too.
      if (item.method !== 'put' || !restores(precondition, one.removal) || nouns.size > 1)
        throw new OneByOne();
      result.back.push({ item, sent: item.body, removal: one.removal });
    } else if (item.method === 'remove') {
      requireMatch(precondition, one.stored.version);
      await item.onFound?.(one.stored);
      result.going.push({ item, sent: null, stored: one.stored });
    } else changes.push({ item, stored: one.stored });
  }
  const patched = changes.flatMap(({ item, stored }) => (item.method === 'patch' ? stored : []));
  const forms = new Map(zip(patched, await inputForms(tx, kind.noun, patched)));
  for (const { item, stored } of changes) {
    await tx.yield();
    const sent = await wholeInput(kind.noun, item, stored, forms.get(stored));
    // What stands in a set may be changed by itself, too.
    if (!sent || (nouns.size > 1 && givesSets(kind.noun, sent))) throw new OneByOne();
    const input = renamed(kind, stored, sent, item.method === 'put', item);
    result.changed.push({ item, sent, stored, input });
  }
  return result;
}

/** The form that an object is to be made from, of a patch by the one `before`; null where {@link writeItems} is to leave it alone. */
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

function toldOf({ operation, stored: before }: Plan, stored: ResourceRow, sent: object | null): Told {
  if (sent === null) return { status: 204, stored };
  return { status: operation === 'create' ? 201 : 200, stored, input: sent, isNew: before === null };
}

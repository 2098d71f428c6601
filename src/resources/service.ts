import { referencesTo } from '../db/query/references.js';
import type { Tx } from '../db/store/store.js';
import type { Change } from '../lib/change.js';
import { only } from '../lib/collections.js';
import { together } from '../lib/errors.js';
import type { Ids } from '../lib/ids.js';
import { zip } from '../lib/zip.js';
import { inputOf } from './documents.js';
import type { Duplicate } from './duplicates.js';
import { refuseOtherKey, refuseOtherKeys } from './object-keys.js';
import { removeObject } from './removal.js';
import { resolveInputs } from './resolve.js';
import type { HasKey, ResourceRow, ResourceType, Shown } from './resource-type.js';
import type { Version } from './resources.store.js';
import type { Warning } from './warnings.js';
import { type Changed, type Changing, createObject, idFor, restoreObject, updateStored } from './write.js';

/**
 * What can be done with the objects of one noun. Every function works inside a transaction that its caller
 * opened, so that several can be one change. Inputs are as clients send them, already validated.
 */
export interface ResourceService<Input extends HasKey = HasKey> {
  create(tx: Tx, change: Change, input: Input): Promise<ResourceRow>;
  /** Several that do not refer to each other at once, where that takes less than one by one. */
  createAll?(tx: Tx, change: Change, inputs: readonly Input[]): Promise<ResourceRow[]>;
  update(tx: Tx, change: Change, stored: ResourceRow, input: Input): Promise<Changed>;
  /** Several at once that come without their sets, where that takes less than one by one; null where one depends on another. */
  updateAll?(tx: Tx, change: Change, changes: readonly Changing<Input>[]): Promise<Changed[] | null>;
  /** `coming`: ids of objects of the noun that come back in the same change, to which this one may refer. */
  restore(
    tx: Tx,
    change: Change,
    removal: Version,
    input: Input,
    coming?: ReadonlySet<string>,
  ): Promise<ResourceRow>;
  /** `going`: ids of objects of the noun that go in the same change, and may refer to this one until then. */
  remove(tx: Tx, change: Change, stored: ResourceRow, going?: ReadonlySet<string>): Promise<void>;
  /** Several at once, where that takes less than one by one; false where they are to go one by one. */
  removeAll?(tx: Tx, change: Change, rows: readonly ResourceRow[]): Promise<boolean>;
  /** The input with the name that the object has until now, where it gives another; of a whole one with all former names. */
  withFormerName?(stored: ResourceRow, input: Input, isWhole: boolean): HasKey;
  /** The object with what is computed about it exact, also while that is outstanding for lists. */
  current?(tx: Tx, stored: ResourceRow): Promise<ResourceRow>;
  /** Warns of likely mistakes in an object that was just written from this input. */
  warnings?(tx: Tx, stored: ResourceRow, input: Input): Promise<Warning[]>;
  /** Others that may be the same as an object that was just written. */
  duplicates?(tx: Tx, stored: ResourceRow): Promise<Duplicate[]>;
  /** Looks up at once what `duplicates` needs of several objects that were written from these inputs. */
  foresee?(tx: Tx, inputs: readonly Input[]): Promise<void>;
  /** The nouns of the objects that stand in the input form as sets, by member. */
  sets?: Readonly<Record<string, ResourceType>>;
  /** The attributions that an object is or has, which go when it is removed. */
  extent?(tx: Tx, stored: ResourceRow): Promise<Extent>;
  /** The input forms of stored objects: what PUT would take to leave them as they are. */
  inputs(tx: Tx, rows: Shown[]): Promise<object[]>;
}

/** A noun with what can be done to its objects. */
export interface Resource {
  noun: ResourceType;
  service: ResourceService;
}

/** How many attributions there are, and how many others these relay in all. */
export interface Extent {
  attributions: number;
  relays: number;
}

export interface ResourceServiceOptions {
  noun: ResourceType;
  ids: Ids;
  /** Columns of a new row that do not follow from its input. */
  columns?: Record<string, unknown>;
  /** Rules that only the register can check; throws an ApiError. Gets the input with reference tokens. */
  check?: (tx: Tx, input: never, id: string) => Promise<void>;
  warnings?: ResourceService['warnings'];
  duplicates?: ResourceService['duplicates'];
}

export function resourceService({
  noun,
  ids,
  columns,
  check,
  warnings,
  duplicates,
}: ResourceServiceOptions): ResourceService {
  async function prepared(tx: Tx, input: object, id: string) {
    const referring = { input, at: '', locals: new Map() };
    const [resolved] = await resolveInputs(tx, noun, [referring], (one) => check?.(tx, one as never, id));
    return resolved as object;
  }
  return {
    async create(tx, change, input) {
      const id = idFor(ids, noun, input);
      return createObject(tx, change, noun, await prepared(tx, input, id), id, columns);
    },
    update: async (tx, change, stored, input) =>
      only(await changeAll(tx, change, noun, [{ stored, input }], check)),
    async restore(tx, change, removal, input) {
      const key = keyOf(removal);
      const [, resolved] = await together(
        () => refuseOtherKey(key, input),
        () => prepared(tx, { ...input, key: input.key ?? key }, removal.object_id),
      );
      return restoreObject(tx, change, noun, removal, resolved, columns);
    },
    remove: (tx, change, stored) => removeObject(tx, change, noun, stored),
    ...(warnings && { warnings }),
    ...(duplicates && { duplicates }),
    inputs: (tx, rows) => inputForms(tx, noun, rows),
  };
}

/** Changes several objects; all are held to the rules before any is changed. */
export async function changeAll(
  tx: Tx,
  change: Change,
  noun: ResourceType,
  changes: readonly Changing[],
  check?: ResourceServiceOptions['check'],
): Promise<Changed[]> {
  const keyed = changes.map(({ stored, input }) => ({
    ...{ stored, at: '', locals: new Map() },
    input: { ...input, key: input.key ?? stored.key },
  }));
  const [, inputs] = await together(
    () => refuseOtherKeys(changes),
    () => resolveInputs(tx, noun, keyed, (one, { stored }) => check?.(tx, one as never, stored.id)),
  );
  const resolved = zip(changes, inputs).map(([{ stored }, input]) => ({ stored, input }));
  return updateStored(tx, change, noun, resolved);
}

export const keyOf = (removal: Pick<Version, 'doc'>): string | null =>
  (JSON.parse(removal.doc) as ResourceRow).key;

/** Input forms in which each reference is the key of what it names, or its id if it has none. */
export async function inputForms(
  tx: Tx,
  noun: ResourceType,
  rows: Pick<ResourceRow, 'doc'>[],
): Promise<object[]> {
  const wanted = new Set<string>();
  for (const row of rows) {
    await tx.yield();
    inputOf(noun, row.doc, (to, id) => {
      wanted.add(`${to}:${id}`);
      return id;
    });
  }
  const reference = await referencesTo(tx, wanted);
  const forms: object[] = [];
  for (const { doc } of rows) {
    await tx.yield();
    forms.push(inputOf(noun, doc, (to, id) => reference(`${to}:${id}`).key ?? id));
  }
  return forms;
}

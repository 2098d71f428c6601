import { encodeReference, referencesTo } from '../db/query/references.js';
import type { Tx } from '../db/store/store.js';
import type { Change } from '../lib/change.js';
import { lookUp } from '../lib/collections.js';
import { together } from '../lib/errors.js';
import { mapInTurns } from '../lib/event-loop.js';
import type { Ids, ResourceName } from '../lib/ids.js';
import { zip } from '../lib/zip.js';
import { inputOf } from './documents.js';
import type { Duplicate } from './duplicates.js';
import { refuseOtherKey, refuseOtherKeys } from './object-keys.js';
import { type RemoveOptions, removeObjects } from './removal.js';
import { type LocalIds, resolveInputs } from './resolve.js';
import type { HasKey, ResourceRow, ResourceType, Shown } from './resource-type.js';
import type { Version } from './resources.store.js';
import type { Warning } from './warnings.js';
import {
  type Changed,
  type Changing,
  createObjects,
  idFor,
  keyOf,
  type ObjectChange,
  restorationOf,
  updateStored,
} from './write.js';
import { type Write, writeObjects } from './write-objects.js';

/**
 * What can be done with the objects of one noun, of any number at once. Every function works inside a transaction that its caller
 * opened, so that several can be one change. Inputs are as clients send them, already validated. Several are written as if one
 * by one; where one depends on another they throw {@link OneByOne}.
 */
export interface ResourceService<Input extends HasKey = HasKey> {
  /** Creates objects that do not refer to each other. */
  createAll(tx: Tx, change: Change, inputs: readonly Input[]): Promise<ResourceRow[]>;
  /**
   * Holds changes to the rules, and gives what the objects are to be made from, and what is to change with each. `nouns` are those
   * of all that is changed at once. {@link changeAll} makes changes of one noun.
   */
  prepare(
    tx: Tx,
    changes: readonly Changing<Input>[],
    nouns?: ReadonlySet<ResourceName>,
  ): Promise<Prepared<Input>[]>;
  /** Draws the consequences of changes that were prepared and stored. */
  settle(tx: Tx, changed: readonly ChangedStep[]): Promise<void>;
  /**
   * Holds removed objects to the rules, and gives what is to be written to bring each back. {@link restoreAll} brings those of
   * one noun back.
   */
  restorations(tx: Tx, restorings: readonly Restoring<Input>[], options: RestoreOptions): Promise<Write[][]>;
  /** Draws the consequences of objects that came back. */
  settleRestored(tx: Tx, restored: readonly ResourceRow[]): Promise<void>;
  /** Removes objects, and with each what belongs to it. */
  removeAll(tx: Tx, change: Change, rows: readonly ResourceRow[], options?: RemoveOptions): Promise<void>;
  /** The input with the name that the object has until now, where it gives another; of a whole one with all former names. */
  withFormerName?(stored: ResourceRow, input: Input, isWhole: boolean): HasKey;
  /** The object with what is computed about it exact, also while that is outstanding for lists. */
  current?(tx: Tx, stored: ResourceRow): Promise<ResourceRow>;
  /** Warns of likely mistakes in an object that was just written from this input. */
  warnings?(tx: Tx, stored: ResourceRow, input: Input): Promise<Warning[]>;
  /** Others that may be the same as an object that was just written. */
  duplicates?(tx: Tx, stored: ResourceRow): Promise<Duplicate[]>;
  /** Looks up at once what `duplicates` needs of several objects that are going to be written from these inputs. */
  foresee?(tx: Tx, inputs: readonly Input[]): Promise<void>;
  /** The nouns of the objects that stand in the input form as sets, by member. */
  sets?: Readonly<Record<string, ResourceType>>;
  /** The attributions that an object is or has, which go when it is removed. */
  extent?(tx: Tx, stored: ResourceRow): Promise<Extent>;
  /** The input forms of stored objects: what PUT would take to leave them as they are. */
  inputs(tx: Tx, rows: Shown[]): Promise<object[]>;
}

/** What an object is to be made from, its references resolved, and what is to be written after it. */
export type Prepared<Input extends HasKey = HasKey> = { input: Input } & Pick<ObjectChange, 'along'>;

/** A noun with what can be done to its objects. */
export interface Resource {
  noun: ResourceType;
  service: ResourceService;
}

/** A removed object, and the input that it is to be made from. */
export interface Restoring<Input extends HasKey = HasKey> {
  removal: Version;
  input: Input;
  /** Why, if not for the reason of the whole change. */
  reason?: string | null;
}

export interface RestoreOptions {
  /** Ids of objects of the noun that come back in the same change, to which others may refer before that. */
  coming: ReadonlySet<string>;
  /** Whether what went along when each was removed comes back with it. */
  withAlong: boolean;
}

/** How objects come back for themselves. */
export const WITH_ALONG: RestoreOptions = { coming: new Set(), withAlong: true };

/** How many attributions there are, and how many others these relay in all. */
export interface Extent {
  attributions: number;
  relays: number;
}

/** An object before it was written and after; null where there was none, or is none any more. */
export interface Step {
  before: ResourceRow | null;
  after: ResourceRow | null;
}

/** An object that was changed, or had others change with it. */
export interface ChangedStep extends Step {
  before: ResourceRow;
  after: ResourceRow;
}

/** What rules need to know beside an input. */
export interface CheckContext {
  /** What the input is to replace; null for an object that is new, or comes back. */
  stored: ResourceRow | null;
  /** Whether no other object is written along. Else `settle` sees all of them. */
  isAlone: boolean;
}

export interface ResourceServiceOptions<Input extends HasKey> {
  noun: ResourceType<Input>;
  ids: Ids;
  /** Columns of a new row that do not follow from its input. */
  columns?: Record<string, unknown>;
  /** Rules that only the register can check; throws an ApiError. Gets the input with reference tokens, and what it is to replace. */
  check?: (tx: Tx, input: Input, context: CheckContext) => Promise<void>;
  /** Draws the consequences of what was written; throws {@link OneByOne} where several are not to be written together. */
  settle?: (tx: Tx, steps: readonly Step[]) => Promise<void>;
  warnings?: ResourceService<Input>['warnings'];
  duplicates?: ResourceService<Input>['duplicates'];
}

export function resourceService<Input extends HasKey>({
  noun,
  ids,
  columns = {},
  check,
  settle = async () => undefined,
  warnings,
  duplicates,
}: ResourceServiceOptions<Input>): ResourceService<Input> {
  /** All are held to the rules before any is written. */
  const resolved = (
    tx: Tx,
    all: readonly { input: Input; stored: ResourceRow | null }[],
    locals: LocalIds = new Map(),
  ): Promise<Input[]> =>
    resolveInputs(
      tx,
      noun,
      all.map((one) => ({ at: '', locals, ...one })),
      (input, { stored }) => check?.(tx, input, { stored, isAlone: all.length === 1 }),
    );

  const service: ResourceService<Input> = {
    async createAll(tx, change, inputs) {
      const all = inputs.map((input) => ({ input, stored: null }));
      const drafts = (await resolved(tx, all)).map((input) => ({
        ...{ noun, id: idFor(ids, noun, input), input },
        extra: columns,
      }));
      const rows = await createObjects(tx, change, drafts);
      await settle(
        tx,
        rows.map((after) => ({ before: null, after })),
      );
      return rows;
    },

    async prepare(tx, changes) {
      const keyed = changes.map(({ stored, input }) => ({
        ...{ stored, input: { ...input, key: input.key ?? stored.key } },
      }));
      const [, inputs] = await together(
        () => refuseOtherKeys(changes),
        () => resolved(tx, keyed),
      );
      return inputs.map((input) => ({ input }));
    },

    settle,

    async restorations(tx, restorings, { coming }) {
      const keyed = restorings.map(({ removal, input }) => ({
        ...{ stored: null, input: { ...input, key: input.key ?? keyOf(removal) } },
      }));
      const [, inputs] = await together(
        () => {
          for (const { removal, input } of restorings) refuseOtherKey(keyOf(removal), input);
        },
        () => resolved(tx, keyed, localIds(noun, coming)),
      );
      return mapInTurns(tx, zip(restorings, inputs), ([{ removal }, input]) => [
        restorationOf(noun, { removal, input }, columns),
      ]);
    },

    settleRestored: (tx, restored) =>
      settle(
        tx,
        restored.map((after) => ({ before: null, after })),
      ),

    async removeAll(tx, change, rows, options) {
      await removeObjects(tx, change, noun, rows, options);
      await settle(
        tx,
        rows.map((before) => ({ before, after: null })),
      );
    },
    ...(warnings && { warnings }),
    ...(duplicates && { duplicates }),
    inputs: (tx, rows) => inputForms(tx, noun, rows),
  };
  return service;
}

/** Changes several objects of a noun, as if one by one. */
export async function changeAll(
  tx: Tx,
  change: Change,
  { noun, service }: Resource,
  changes: readonly Changing[],
): Promise<Changed[]> {
  const prepared = await service.prepare(tx, changes);
  const all = zip(changes, prepared).map(([{ stored }, one]) => ({ noun, stored, ...one }));
  const results = await updateStored(tx, change, all);
  await service.settle(tx, changedSteps(all, results));
  return results;
}

/** Brings several removed objects of a noun back, as if one by one. */
export async function restoreAll(
  tx: Tx,
  change: Change,
  { service }: Resource,
  restorings: readonly Restoring[],
  options: RestoreOptions,
): Promise<ResourceRow[]> {
  const writes = await service.restorations(tx, restorings, options);
  const all = zip(restorings, writes).flatMap(([{ reason = change.reason }, some]) =>
    some.map((one) => ({ ...one, reason })),
  );
  const rows = new Map((await writeObjects(tx, change, all)).map((row) => [row.id, row]));
  const restored = restorings.map(({ removal }) => lookUp(rows, removal.object_id));
  await service.settleRestored(tx, restored);
  return restored;
}

/** The objects that were changed, before and after. */
export const changedSteps = (changes: readonly Changing[], results: readonly Changed[]): ChangedStep[] =>
  zip(changes, results).flatMap(([{ stored: before }, { stored: after, changed }]) =>
    changed ? [{ before, after }] : [],
  );

/** Objects of a noun, which can be referred to by their ids though they are not in the register yet. */
export const localIds = (noun: ResourceType, ids: Iterable<string>): LocalIds =>
  new Map(Array.from(ids, (id) => [id, { noun: noun.name, token: encodeReference(noun.name, id) }]));

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

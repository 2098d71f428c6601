import { encodeReference, referencesTo } from '../db/query/references.js';
import type { Tx } from '../db/store/store.js';
import { together } from '../lib/errors.js';
import { mapInTurns } from '../lib/event-loop.js';
import type { Ids, ResourceName } from '../lib/ids.js';
import { zip } from '../lib/zip.js';
import { inputOf } from './documents.js';
import type { Duplicate } from './duplicates.js';
import { refuseInUse } from './in-use.js';
import { refuseOtherKey, refuseOtherKeys } from './object-keys.js';
import { type LocalIds, resolveInputs } from './resolve.js';
import type { HasKey, ResourceRow, ResourceType, Shown } from './resource-type.js';
import type { Version } from './resources.store.js';
import type { Warning } from './warnings.js';
import { type Changing, creationOf, idFor, keyOf, removalOf, restorationOf, updateOf } from './write.js';
import type { Write } from './write-objects.js';

/**
 * What can be done with the objects of one noun, of any number at once. Every function works inside a transaction that its caller
 * opened, so that several can be one change. Inputs are as clients send them, already validated. Several are treated as if one
 * by one; where one depends on another they throw {@link OneByOne}. `plans.ts` writes what these give.
 */
export interface ResourceService<Input extends HasKey = HasKey> {
  /** Makes the ids of new objects. */
  ids: Ids;
  /** Holds objects that do not refer to each other to the rules, and gives what is to be written to create each; `ids` makes their ids. */
  creations(tx: Tx, inputs: readonly Input[], ids?: Ids): Promise<Write[][]>;
  /** The same to change each, nothing if it stays as it is. `nouns` are those of all that is changed at once. */
  changes(tx: Tx, changes: readonly Changing<Input>[], nouns?: ReadonlySet<ResourceName>): Promise<Write[][]>;
  /** The same to bring back each of several that were removed. */
  restorations(tx: Tx, restorings: readonly Restoring<Input>[], options: RestoreOptions): Promise<Write[][]>;
  /** The same to remove each, with what belongs to it. */
  removals(tx: Tx, rows: readonly ResourceRow[], options?: RemoveOptions): Promise<Write[][]>;
  /** Draws the consequences of what was written; throws {@link OneByOne} where several are not to be written together. */
  settle(tx: Tx, steps: readonly Step[]): Promise<void>;
  /** The input with the name that the object has until now, where it gives another; of a whole one with all former names. */
  withFormerName?(stored: ResourceRow, input: Input, isWhole: boolean): HasKey;
  /** The object with what is computed about it exact, also while that is outstanding for lists. */
  current?(tx: Tx, stored: ResourceRow): Promise<ResourceRow>;
  /** Warns of likely mistakes in an object that was just written from this input. */
  warnings?(tx: Tx, stored: ResourceRow, input: Input): Promise<Warning[]>;
  /** Others that may be the same as an object that was just written; of those in `later`, which came after it, nothing need be told. */
  duplicates?(tx: Tx, stored: ResourceRow, later?: ReadonlySet<string>): Promise<Duplicate[]>;
  /**
   * Looks up at once what `duplicates` needs of several objects that are going to be written from these inputs. `changing`: how many
   * objects are going to be changed or removed.
   */
  foresee?(tx: Tx, inputs: readonly Input[], changing: number): Promise<void>;
  /** Looks up at once what `warnings` and `duplicates` need of several objects that were just written. */
  lookAhead?(tx: Tx, all: readonly { stored: ResourceRow; input: Input }[]): Promise<void>;
  /** The nouns of the objects that stand in the input form as sets, by member. */
  sets?: Readonly<Record<string, ResourceType>>;
  /** The attributions that an object is or has, which go when it is removed. */
  extent?(tx: Tx, stored: ResourceRow): Promise<Extent>;
  /** Those that went when it was removed, and come back with it. */
  extentBack?(tx: Tx, removal: Version): Promise<Extent>;
  /** The input forms of stored objects: what PUT would take to leave them as they are. */
  inputs(tx: Tx, rows: Shown[]): Promise<object[]>;
}

/** A noun with what can be done to its objects. */
export interface Resource {
  noun: ResourceType;
  service: ResourceService;
}

/** A removed object, and the input that it is to be made from. */
export interface Restoring<Input extends HasKey = HasKey> {
  removal: Version;
  input: Input;
}

export interface RemoveOptions {
  /** Ids of objects of the noun that go in the same change, and may refer to those that are removed until then. */
  going?: ReadonlySet<string>;
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
  operation: Write['operation'];
  before: ResourceRow | null;
  after: ResourceRow | null;
}

/** An object that was changed, or had others change with it. */
export interface ChangedStep extends Step {
  before: ResourceRow;
  after: ResourceRow;
}

/** The objects that were in the register before they were written, and still are. */
export const changedIn = (steps: readonly Step[]): ChangedStep[] =>
  steps.filter((step): step is ChangedStep => step.operation === 'update');

/** What rules need to know beside an input. */
export interface CheckContext {
  /** What the input is to replace; null for an object that is new, or comes back. */
  stored: ResourceRow | null;
  /** Whether no other object of the noun is changed, or brought back, along. Else `settle` sees all of them. */
  isAlone: boolean;
}

export interface ResourceServiceOptions<Input extends HasKey> {
  noun: ResourceType<Input>;
  ids: Ids;
  /** Columns of a new row that do not follow from its input. */
  columns?: Record<string, unknown>;
  /** Rules that only the register can check; throws an ApiError. Gets the input with reference tokens, and what it is to replace. */
  check?: (tx: Tx, input: Input, context: CheckContext) => Promise<void>;
  settle?: ResourceService<Input>['settle'];
  warnings?: ResourceService<Input>['warnings'];
  duplicates?: ResourceService<Input>['duplicates'];
  lookAhead?: ResourceService<Input>['lookAhead'];
}

export function resourceService<Input extends HasKey>({
  noun,
  ids,
  columns = {},
  check,
  settle = async () => undefined,
  warnings,
  duplicates,
  lookAhead,
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

  return {
    ids,

    async creations(tx, inputs, newIds = ids) {
      const all = inputs.map((input) => ({ input, stored: null }));
      return mapInTurns(tx, await resolved(tx, all), (input) => [
        creationOf({ noun, id: idFor(newIds, noun, input), input, extra: columns }),
      ]);
    },

    async changes(tx, changes) {
      const keyed = changes.map(({ stored, input }) => ({
        ...{ stored, input: { ...input, key: input.key ?? stored.key } },
      }));
      const [, inputs] = await together(
        () => refuseOtherKeys(changes),
        () => resolved(tx, keyed),
      );
      return mapInTurns(tx, zip(changes, inputs), ([{ stored }, input]) => updateOf({ noun, stored, input }));
    },

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

    removals: (tx, rows, options) => plainRemovals(tx, noun, rows, options),
    settle,
    ...(warnings && { warnings }),
    ...(duplicates && { duplicates }),
    ...(lookAhead && { lookAhead }),
    inputs: (tx, rows) => inputForms(tx, noun, rows),
  };
}

/** What is to be written to remove objects to which nothing refers that stays. */
export async function plainRemovals(
  tx: Tx,
  noun: ResourceType,
  rows: readonly ResourceRow[],
  { going = new Set() }: RemoveOptions = {},
): Promise<Write[][]> {
  await refuseInUse(tx, noun, rows, going);
  return rows.map((stored) => [removalOf(noun, stored)]);
}

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

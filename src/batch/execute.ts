import type { Tx } from '../db/store/store.js';
import type { Change } from '../lib/change.js';
import { ApiError, MAX_FAULTS, validationError } from '../lib/errors.js';
import { isKey, type ResourceName } from '../lib/ids.js';
import { zip } from '../lib/zip.js';
import { isFaultOfRequest } from '../resources/attempted.js';
import { changeItems, type Item, type ItemChange, removeItems } from '../resources/change-items.js';
import { FreeKeys } from '../resources/free-keys.js';
import {
  type ChangeOptions,
  createItem,
  createItems,
  patchItem,
  putItem,
  removeItem,
} from '../resources/items.js';
import { looseReferences, withUnknownReferences } from '../resources/loose-references.js';
import type { Patch } from '../resources/patch.js';
import { givesSets, type HasKey } from '../resources/resource-type.js';
import { restoreItems } from '../resources/restore-items.js';
import { withoutTelling } from '../resources/told.js';
import type { Written } from '../resources/written.js';
import type { Operation } from './batch.schemas.js';
import { atOperation } from './error-pointers.js';
import { followingOnce } from './follow-ups.js';
import { BatchIds, type Kinds } from './local-ids.js';
import {
  type Alike,
  type Existing,
  follows,
  type Group,
  goesWith,
  isName,
  keyGivenBy,
  type Patching,
  type Put,
  preconditionIn,
} from './operations.js';
import { BatchSizes, replaces } from './sizes.js';

/** What became of an operation. */
export type Outcome = { written: Written } | { failure: ApiError };
export const failed = (outcome: Outcome): outcome is { failure: ApiError } => 'failure' in outcome;

/** How the operations of a batch are done. */
interface Executing {
  ifSimilar: 'reject' | undefined;
  /** Of all operations or of none: only the first failures are told in full, as many as an answer names. */
  atomic: boolean;
}

/**
 * Does the operations in order, each in a savepoint of its own, so that all that fail can be named. Failures
 * that are not the fault of one operation end the batch.
 */
export async function executeOperations(
  tx: Tx,
  change: Change,
  kinds: Kinds,
  operations: Operation[],
  bodies: (object | ApiError | null)[],
  refusal: (type: ResourceName) => ApiError | null,
  { ifSimilar, atomic }: Executing,
): Promise<Outcome[]> {
  const places = operations.flatMap((operation, i): [string, number][] =>
    'local_id' in operation && operation.local_id ? [[`@${operation.local_id}`, i]] : [],
  );
  const names = new BatchIds(new Map(places));
  const puts = operations.filter((one) => one.method === 'PUT');
  const keys = new FreeKeys(
    tx,
    puts.map(({ type, id }) => ({ noun: type, key: id })),
  );
  const sizes = new BatchSizes(operations);
  const outcomes: Outcome[] = [];
  let failures = 0;
  const all = zip(operations, bodies);
  while (outcomes.length < all.length) {
    const { size, write } = await groupFrom(outcomes.length);
    const group = await write();
    for (const written of group ?? []) settle({ written });
    if (group) continue;
    for (let left = size; left > 0; left--) {
      // Here an end of the whole write is not taken for a fault of one operation.
      await tx.yield();
      const next = () => outcomeOf(outcomes.length);
      settle(atomic && failures >= MAX_FAULTS ? await withoutTelling(tx, next) : await next());
    }
  }
  await tx.yield();
  return outcomes;

  /** Notes what became of the next operation. */
  function settle(outcome: Outcome): void {
    const index = outcomes.length;
    outcomes.push(outcome);
    if (failed(outcome)) failures += 1;
    const operation = operations[index]!;
    if ('local_id' in operation && operation.local_id) {
      const id = failed(outcome) ? null : outcome.written.id;
      names.add(operation.local_id, { index, type: operation.type, id });
    }
    const key = keyGivenBy(operation);
    if (key === null) return;
    keys.take(operation.type, key);
    if (failed(outcome)) names.miss(operation.type, key, index);
  }

  /** The operations that are done at once, from one on. */
  async function groupFrom(start: number): Promise<Group> {
    const creations = await creationsFrom(start);
    const [creation] = creations;
    if (creation) {
      const inputs = creations.map(({ input }) => input);
      const write = () => createItems(tx, creation.change, creation.kind, inputs, { ifSimilar });
      return { size: creations.length, write };
    }
    const changes = await itemsFrom(start, changeIn, goesWith);
    if (changes.length > 0) {
      const items = changes.map(({ item }) => item);
      const write = async () =>
        (await changeItems(tx, change, items)) ?? (await restoreItems(tx, change, items));
      return { size: items.length, write };
    }
    const removals = await itemsFrom(start, removalIn, follows);
    const [removal] = removals;
    const items = removals.map(({ item }) => item);
    const write = async () => (removal ? removeItems(tx, removal.change, removal.kind, items) : null);
    return { size: Math.max(items.length, 1), write };
  }

  /** What operations ask for that can be done at once, from one on; null ends them, and what cannot be done with those before. */
  async function itemsFrom<One>(
    start: number,
    itemIn: (operation: Operation, body: object | null) => Promise<One | null>,
    canFollow: (before: readonly Alike[], next: Alike) => boolean,
  ): Promise<(Alike & { item: One })[]> {
    const found: (Alike & { item: One })[] = [];
    for (const [operation, body] of all.slice(start, start + AT_ONCE)) {
      await tx.yield();
      const alike = alikeOf(operation);
      if (body instanceof ApiError || refusal(operation.type) || !canFollow(found, alike)) break;
      const item = await itemIn(operation, body).catch((error) => {
        // An operation that is at fault is done by itself, to tell of what.
        if (isFaultOfRequest(error)) return null;
        throw error;
      });
      if (item === null) break;
      found.push({ ...alike, item });
    }
    return found;
  }

  async function changeIn(operation: Operation, body: object | null): Promise<ItemChange | null> {
    const { method, type } = operation;
    if (method !== 'PATCH' && method !== 'PUT') return null;
    const how = { kind: kinds[type], reason: changeOf(operation).reason };
    if (method === 'PATCH') return { ...how, ...itemOf(operation), ...patchIn(operation) };
    if (await isCreation(operation)) return null;
    return { ...how, ...itemOf(operation), body: await named(type, body!) };
  }

  async function removalIn(operation: Operation): Promise<Item | null> {
    return operation.method === 'DELETE' ? itemOf(operation) : null;
  }

  /** The object that an operation changes or removes. */
  function itemOf(operation: Existing): Item {
    const reference = names.idOf(operation.id, operation.type);
    return { reference, precondition: preconditionIn(operation), ...optionsOf(operation) };
  }

  /** The objects that can be created at once, from an operation on: of one noun, for one reason, none of which names another. */
  async function creationsFrom(start: number): Promise<Creation[]> {
    const found: Creation[] = [];
    const own = new Set<string>();
    for (const [operation, body] of all.slice(start, start + AT_ONCE)) {
      const { method, type } = operation;
      const alike = alikeOf(operation);
      const { kind } = alike;
      if (!follows(found, alike) || body === null || body instanceof ApiError || refusal(type)) break;
      await tx.yield();
      if (method !== 'POST' && !(method === 'PUT' && (await isCreation(operation)))) break;
      const { resolved, faults } = await names.resolve(kind, body);
      const input: HasKey = method === 'PUT' ? { ...resolved, key: operation.id } : resolved;
      let isApart = faults.length === 0;
      kind.noun.mapReferences(input, (reference, to) => {
        if (to === type && own.has(reference)) isApart = false;
        return reference;
      });
      if (!isApart) break;
      if (input.key) own.add(input.key);
      found.push({ ...alike, input });
    }
    return found;
  }

  async function outcomeOf(index: number): Promise<Outcome> {
    const [operation, body] = all[index]!;
    try {
      const refused = refusal(operation.type);
      if (refused) throw refused;
      return { written: await tx.savepoint(() => perform(operation, body)) };
    } catch (error) {
      if (!isFaultOfRequest(error)) throw error;
      const member = 'patch' in operation && operation.patch ? 'patch' : 'body';
      return { failure: atOperation(followingOnce(names, kinds, error, operation), index, member) };
    }
  }

  /** Whether a PUT surely creates an object under its key. */
  async function isCreation({ type, id, if_match, body }: Put): Promise<boolean> {
    const hasOneKey = isKey(id) && (body.key == null || body.key === id);
    return hasOneKey && if_match === undefined && (await keys.isFree(type, id));
  }

  function alikeOf(operation: Operation): Alike {
    const kind = kinds[operation.type];
    const sets = 'body' in operation && givesSets(kind.noun, operation.body ?? {});
    return { kind, change: changeOf(operation), givesSets: sets };
  }

  function changeOf({ reason }: Operation): Change {
    return { ...change, reason: reason ?? change.reason };
  }

  async function perform(operation: Operation, body: object | ApiError | null): Promise<Written> {
    const { method, type } = operation;
    const kind = kinds[type];
    const why = changeOf(operation);
    if (body instanceof ApiError) {
      const sent = (operation as { body: object }).body;
      const named = looseReferences(kind, sent).filter(isName);
      const lost = named.flatMap(({ reference, noun, pointer, names: own }) => {
        const found = names.find(reference, noun, noun === 'attribution' ? own : undefined);
        return 'id' in found ? [] : [{ pointer, ...found }];
      });
      throw await withUnknownReferences(tx, kind, sent, validationError([...body.faults, ...lost]), isName);
    }
    if (method === 'POST') return createItem(tx, why, kind, await named(type, body!), { ifSimilar });
    const precondition = preconditionIn(operation);
    const id = names.idOf(operation.id, type);
    const options = optionsOf(operation);
    if (method === 'PUT') {
      return putItem(tx, why, kind, id, await named(type, body!), precondition, options);
    }
    if (method === 'DELETE') return removeItem(tx, why, kind, id, precondition, options);
    const { patch, complete } = patchIn(operation);
    return patchItem(tx, why, kind, id, patch, precondition, { complete, ...options });
  }

  /** How an operation changes or removes an object; what it is going to replace or remove is counted. */
  function optionsOf(operation: Operation): ChangeOptions {
    const { extent } = kinds[operation.type].service;
    return {
      ...('keep_former_name' in operation && { keepFormerName: operation.keep_former_name }),
      async onFound(stored) {
        if (extent && replaces(operation)) sizes.addStored(operation, await extent(tx, stored));
      },
    };
  }

  /** The patch of an operation, and what it does with the form that this makes. */
  function patchIn(operation: Patching): Pick<Extract<ItemChange, { patch: Patch }>, 'patch' | 'complete'> {
    const { body: merge = {}, patch: operations } = operation;
    return {
      patch: operations ? { operations } : { merge },
      async complete(form) {
        sizes.addForm(operation, form);
        return named(operation.type, form);
      },
    };
  }

  /** An input with the ids behind the names of the batch. Throws a 422 with those that lead nowhere, and all other references that do. */
  async function named(type: ResourceName, input: object): Promise<object> {
    const { resolved, faults } = await names.resolve(kinds[type], input);
    if (faults.length === 0) return resolved;
    throw await withUnknownReferences(tx, kinds[type], input, validationError(faults), isName);
  }
}

/** Objects that are created, changed or removed at once. */
const AT_ONCE = 50;

/** An object to be created; the names of the batch in it are replaced. */
interface Creation extends Alike {
  input: HasKey;
}

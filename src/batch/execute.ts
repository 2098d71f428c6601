import type { Tx } from '../db/store/store.js';
import { checkInSteps } from '../http/validation/check-in-steps.js';
import type { Change } from '../lib/change.js';
import { ApiError, type FieldError, validationError } from '../lib/errors.js';
import { yieldIfLong } from '../lib/event-loop.js';
import { isKey, type ResourceName } from '../lib/ids.js';
import { zip } from '../lib/zip.js';
import { isFaultOfRequest } from '../resources/attempted.js';
import { changeItems, type ItemChange } from '../resources/change-items.js';
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
import type { HasKey } from '../resources/resource-type.js';
import type { Written } from '../resources/written.js';
import type { Operation } from './batch.schemas.js';
import { atOperation } from './error-pointers.js';
import { BatchIds, FAILED, type Kinds } from './local-ids.js';
import {
  type Alike,
  follows,
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

/** The bodies that are input forms, checked before anything is written; null where there is none to check. */
export async function checkedBodies(
  kinds: Kinds,
  operations: Operation[],
): Promise<(object | ApiError | null)[]> {
  const bodies: (object | ApiError | null)[] = [];
  for (const operation of operations) {
    await yieldIfLong();
    if (operation.method === 'POST' || operation.method === 'PUT') {
      const result = await checkInSteps(kinds[operation.type].noun.input, operation.body);
      bodies.push(result.success ? result.data : validationError(result.faults));
    } else bodies.push(null);
  }
  return bodies;
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
  ifSimilar: 'reject' | undefined,
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
  const all = zip(operations, bodies);
  while (outcomes.length < all.length) {
    const { size, write } = await groupFrom(outcomes.length);
    const group = await write();
    for (const written of group ?? []) settle({ written });
    if (group) continue;
    for (let left = size; left > 0; left--) {
      // Here an end of the whole write is not taken for a fault of one operation.
      await tx.yield();
      settle(await outcomeOf(outcomes.length));
    }
  }
  await tx.yield();
  return outcomes;

  /** Notes what became of the next operation. */
  function settle(outcome: Outcome): void {
    const index = outcomes.length;
    outcomes.push(outcome);
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
    const changes = await changesFrom(start);
    const [first] = changes;
    const items = changes.map(({ item }) => item);
    const write = async () => (first ? changeItems(tx, first.change, first.kind, items) : null);
    return { size: Math.max(changes.length, 1), write };
  }

  /** The changes of objects that can be made at once, from an operation on: of one noun, for one reason. */
  async function changesFrom(start: number): Promise<(Alike & { item: ItemChange })[]> {
    const found: (Alike & { item: ItemChange })[] = [];
    for (const [operation, body] of all.slice(start, start + AT_ONCE)) {
      await tx.yield();
      const kind = kinds[operation.type];
      const alike = { kind, change: changeOf(operation) };
      if ((operation.method !== 'PATCH' && operation.method !== 'PUT') || !kind.service.updateAll) break;
      if (!follows(found, alike)) break;
      if (body instanceof ApiError || refusal(operation.type)) break;
      if (operation.method === 'PUT' && (await isCreation(operation))) break;
      const item = await itemOf(operation, body);
      if (!item) break;
      found.push({ ...alike, item });
    }
    return found;
  }

  /** The change that an operation asks for; null where it is at fault. */
  async function itemOf(operation: Put | Patching, body: object | null): Promise<ItemChange | null> {
    try {
      const precondition = preconditionIn(operation);
      const reference = names.idOf(operation.id, operation.type);
      const item = { reference, precondition, ...counting(operation) };
      if (operation.method === 'PATCH') return { ...item, ...patchIn(operation) };
      return { ...item, body: await named(operation.type, body!) };
    } catch (error) {
      if (!isFaultOfRequest(error)) throw error;
      return null;
    }
  }

  /** The objects that can be created at once, from an operation on: of one noun, for one reason, none of which names another. */
  async function creationsFrom(start: number): Promise<Creation[]> {
    const found: Creation[] = [];
    const own = new Set<string>();
    for (const [operation, body] of all.slice(start, start + AT_ONCE)) {
      const { method, type } = operation;
      const kind = kinds[type];
      const alike = { kind, change: changeOf(operation) };
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
      return { failure: atOperation(followingOnce(error, operation), index, member) };
    }
  }

  /** A failure in which what follows from the failures of other operations is one fault, and the first. */
  function followingOnce(failure: ApiError, operation: Operation): ApiError {
    const { code, faults, extra } = failure;
    if (code === 'not_found' && 'id' in operation) {
      const behind = names.failedBehind(operation.id, operation.type);
      return behind ? new ApiError('invalid_body', behind.detail, [{ parameter: 'id', ...behind }]) : failure;
    }
    if (code !== 'invalid_body' || !('body' in operation) || !operation.body) return failure;
    const types = new Map(
      looseReferences(kinds[operation.type], operation.body).map((each) => [each.pointer, each]),
    );
    const told = faults.map((fault): FieldError => {
      const reached = fault.code === 'unknown_reference' ? types.get(fault.pointer ?? '') : undefined;
      return { ...fault, ...(reached && names.failedBehind(reached.reference, reached.noun)) };
    });
    const [first] = told.filter((fault) => fault.code === FAILED);
    if (!first) return failure;
    return new ApiError(code, first.detail, [first, ...told.filter((fault) => fault.code !== FAILED)], extra);
  }

  /** Whether a PUT surely creates an object under its key. */
  async function isCreation({ type, id, if_match, body }: Put): Promise<boolean> {
    const hasOneKey = isKey(id) && (body.key == null || body.key === id);
    return hasOneKey && if_match === undefined && (await keys.isFree(type, id));
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
    const options = {
      ...counting(operation),
      ...('keep_former_name' in operation && { keepFormerName: operation.keep_former_name }),
    };
    if (method === 'PUT') {
      return putItem(tx, why, kind, id, await named(type, body!), precondition, options);
    }
    if (method === 'DELETE') return removeItem(tx, why, kind, id, precondition, options);
    const { patch, complete } = patchIn(operation);
    return patchItem(tx, why, kind, id, patch, precondition, { complete, ...options });
  }

  /** Counts what an operation is going to replace or remove. */
  function counting(operation: Operation): Pick<ChangeOptions, 'onFound'> {
    const { extent } = kinds[operation.type].service;
    return {
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

/** Objects that are created or changed at once. */
const AT_ONCE = 50;

/** An object to be created; the names of the batch in it are replaced. */
interface Creation extends Alike {
  input: HasKey;
}

/** Operations that are done at once. */
interface Group {
  size: number;
  /** Gives null where they are to be done one by one. */
  write: () => Promise<Written[] | null>;
}

import type { Tx } from '../db/store/store.js';
import { type Precondition, versionIn } from '../http/request/conditional.js';
import { checkInSteps } from '../http/validation/check-in-steps.js';
import type { Change } from '../lib/change.js';
import { ApiError, type FieldError, validationError } from '../lib/errors.js';
import { yieldIfLong } from '../lib/event-loop.js';
import { isKey, type ResourceName } from '../lib/ids.js';
import { zip } from '../lib/zip.js';
import { isFaultOfRequest } from '../resources/attempted.js';
import { FreeKeys } from '../resources/free-keys.js';
import {
  createItem,
  createItems,
  patchItem,
  putItem,
  type Resource,
  removeItem,
  type Written,
} from '../resources/items.js';
import { looseReferences, withUnknownReferences } from '../resources/loose-references.js';
import type { Reached } from '../resources/resolve.js';
import type { HasKey } from '../resources/resource-type.js';
import type { Operation } from './batch.schemas.js';
import { atOperation } from './error-pointers.js';
import { BatchIds, FAILED, type Kinds } from './local-ids.js';
import { PatchedRelays } from './sizes.js';

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
  const relays = new PatchedRelays(operations);
  const outcomes: Outcome[] = [];
  const all = zip(operations, bodies);
  while (outcomes.length < all.length) {
    const creations = await creationsFrom(outcomes.length);
    const [first] = creations;
    const inputs = creations.map(({ input }) => input);
    const created = first && (await createItems(tx, first.change, first.kind, inputs, { ifSimilar }));
    for (const written of created ?? []) settle({ written });
    if (created) continue;
    for (let left = Math.max(creations.length, 1); left > 0; left--) {
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

  /** The objects that can be created at once, from an operation on: of one noun, for one reason, none of which names another. */
  async function creationsFrom(start: number): Promise<Creation[]> {
    const found: Creation[] = [];
    const own = new Set<string>();
    for (const [operation, body] of all.slice(start, start + AT_ONCE)) {
      const { method, type } = operation;
      const kind = kinds[type];
      const [first] = found;
      const why = changeOf(operation);
      const isAlike = !first || (first.kind === kind && first.change.reason === why.reason);
      if (!isAlike || body === null || body instanceof ApiError || refusal(type)) break;
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
      found.push({ kind, change: why, input });
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
    // Those that begin with @ are names of the batch.
    const isName = ({ reference }: Reached) => reference.startsWith('@');
    if (body instanceof ApiError) {
      const sent = (operation as { body: object }).body;
      const named = looseReferences(kind, sent).filter(isName);
      const lost = named.flatMap(({ reference, noun, pointer, names: own }) => {
        const found = names.find(reference, noun, noun === 'attribution' ? own : undefined);
        return 'id' in found ? [] : [{ pointer, ...found }];
      });
      throw await withUnknownReferences(tx, kind, sent, validationError([...body.faults, ...lost]), isName);
    }
    const named = async (input: object) => {
      const { resolved, faults } = await names.resolve(kind, input);
      if (faults.length === 0) return resolved;
      throw await withUnknownReferences(tx, kind, input, validationError(faults), isName);
    };
    if (method === 'POST') return createItem(tx, why, kind, await named(body!), { ifSimilar });
    const precondition = preconditionIn(operation);
    const id = names.idOf(operation.id, type);
    const renaming = 'keep_former_name' in operation ? { keepFormerName: operation.keep_former_name } : {};
    if (method === 'PUT') {
      return putItem(tx, why, kind, id, await named(body!), precondition, renaming);
    }
    if (method === 'DELETE') return removeItem(tx, why, kind, id, precondition);
    const { body: merge = {}, patch } = operation;
    return patchItem(tx, why, kind, id, patch ? { operations: patch } : { merge }, precondition, {
      async complete(form) {
        relays.add(operation, form);
        return named(form);
      },
      ...renaming,
    });
  }
}

type Put = Extract<Operation, { method: 'PUT' }>;

/** Objects that are created at once. */
const AT_ONCE = 50;

/** An object to be created; the names of the batch in it are replaced. */
interface Creation {
  kind: Resource;
  change: Change;
  input: HasKey;
}

/** The key under which an operation writes, if it says one. */
function keyGivenBy(operation: Operation): string | null {
  if (operation.method === 'PUT') return operation.id;
  const key = operation.method === 'POST' ? operation.body.key : null;
  return typeof key === 'string' ? key : null;
}

function preconditionIn(operation: Exclude<Operation, { method: 'POST' }>): Precondition {
  const absent = 'if_none_match' in operation && operation.if_none_match !== undefined;
  const { if_match: tag } = operation;
  if (tag === undefined) return { match: null, absent };
  if (tag === '*') return { match: 'any', absent };
  const version = versionIn(/^\d/.test(tag) ? `"${tag}"` : tag);
  if (version !== null) return { match: [version], absent };
  const detail = 'send the ETag or the version you were given, or *';
  throw new ApiError('invalid_body', `if_match: ${detail}`, [
    { parameter: 'If-Match', code: 'invalid_value', detail },
  ]);
}

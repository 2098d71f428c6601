import type { Tx } from '../db/store/store.js';
import type { Change } from '../lib/change.js';
import { ApiError, MAX_FAULTS, validationError } from '../lib/errors.js';
import { isKey, type ResourceName } from '../lib/ids.js';
import { zip } from '../lib/zip.js';
import { isFaultOfRequest } from '../resources/attempted.js';
import { FreeKeys } from '../resources/free-keys.js';
import { type ChangeOptions, createItem, patchItem, putItem, removeItem } from '../resources/items.js';
import { looseReferences, withUnknownReferences } from '../resources/loose-references.js';
import type { Patch } from '../resources/patch.js';
import { type ItemWrite, membersOf } from '../resources/plan-items.js';
import type { HasKey } from '../resources/resource-type.js';
import { withoutTelling } from '../resources/told.js';
import { MOST_ATTRIBUTIONS_TOGETHER, MOST_TOGETHER } from '../resources/work.js';
import { writeItems } from '../resources/write-items.js';
import type { Written } from '../resources/written.js';
import type { Operation } from './batch.schemas.js';
import { atOperation } from './error-pointers.js';
import { followingOnce } from './follow-ups.js';
import { Group, type Member } from './group.js';
import { BatchIds, type Kinds, nameOf } from './local-ids.js';
import { type Existing, isName, keyGivenBy, type Patching, type Put, preconditionIn } from './operations.js';
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
 * Does the operations in order, many at once or each in a savepoint of its own, so that all that fail can be named. Failures
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
  // As many are tried at once as went well before: where one fails, so may the next.
  let most = MOST_TOGETHER;
  while (outcomes.length < all.length) {
    const start = outcomes.length;
    const { items } = await groupFrom(start, most);
    const { written, refused, good } = await writeItems(tx, change, items);
    if (written === null) names.forgetFrom(start);
    if (written) for (const one of written) settle({ written: one });
    else if (refused.length > 0) {
      for (const error of refused) settle({ failure: failureOf(error, outcomes.length) });
    } else if (items.length > 1) {
      // One of them is at fault, or depends on another.
      most = good ?? Math.floor(items.length / 4);
      continue;
    } else {
      // Here an end of the whole write is not taken for a fault of one operation.
      await tx.yield();
      const next = () => outcomeOf(start);
      settle(atomic && failures >= MAX_FAULTS ? await withoutTelling(tx, next) : await next());
    }
    most = nextMost(outcomes.slice(start), items.length, most);
  }
  await tx.yield();
  return outcomes;

  /** Notes what became of the next operation. */
  function settle(outcome: Outcome): void {
    const index = outcomes.length;
    outcomes.push(outcome);
    if (failed(outcome)) failures += 1;
    const operation = operations[index]!;
    giveName(index, failed(outcome) ? null : outcome.written.id);
    const { type } = operation;
    const key = keyGivenBy(operation);
    if (key !== null) keys.take(type, key);
    if (key !== null && failed(outcome)) names.miss(type, key, index);
    const [, form] = all[index]!;
    if (failed(outcome) || form === null) return;
    for (const member of membersOf(kinds[type], form)) if (member.key) keys.take(member.type, member.key);
  }

  /** Lets operations from now on refer to what one has written, or failed to. */
  function giveName(index: number, id: string | null): void {
    const { type, ...operation } = operations[index]!;
    if ('local_id' in operation && operation.local_id) names.add(operation.local_id, { index, type, id });
  }

  /** Operations that are done at once, from one on. */
  async function groupFrom(start: number, most: number): Promise<Group> {
    const group = new Group(ifSimilar !== undefined);
    if (most < 2) return group;
    let attributions = 0;
    for (const [i, [operation, body]] of all.slice(start, start + most).entries()) {
      await tx.yield();
      attributions += sizes.attributionsOf(operation);
      if (i > 0 && attributions > MOST_ATTRIBUTIONS_TOGETHER) break;
      if (body instanceof ApiError || refusal(operation.type)) break;
      if (operation.method === 'PATCH' && (await group.namesNew([operation.body, operation.patch]))) break;
      const member = await memberOf(start + i, operation, body).catch((error) => {
        // An operation that is at fault is done by itself, to tell of what.
        if (isFaultOfRequest(error)) return null;
        throw error;
      });
      if (!member || !group.add(member)) break;
    }
    return group;
  }

  async function memberOf(index: number, operation: Operation, body: object | null): Promise<Member> {
    const { type } = operation;
    const kind = kinds[type];
    const of = { kind, reason: changeOf(operation).reason };
    if (operation.method === 'DELETE') {
      const found = existing(operation);
      const item: ItemWrite = { method: 'remove', ...of, ...found };
      return { item, form: {}, names: [nameOf(type, found.reference)], references: [], unknown: [] };
    }
    if (operation.method === 'PATCH') {
      const found = existing(operation);
      const item: ItemWrite = { method: 'patch', ...of, ...found, ...patchIn(operation) };
      const form = operation.body ?? {};
      return { item, form, names: [nameOf(type, found.reference)], references: [], unknown: [] };
    }
    const { resolved, references, unknown } = await names.resolve(kind, body!);
    const about = { form: resolved, references, unknown };
    if (operation.method === 'PUT' && !(await isCreation(operation))) {
      const found = existing(operation);
      const item: ItemWrite = { method: 'put', ...of, ...found, body: resolved };
      return { item, names: [nameOf(type, found.reference)], ...about };
    }
    const key = keyGivenBy(operation);
    const members = membersOf(kind, resolved);
    const item: ItemWrite = {
      ...{ method: 'create', ...of, level: 0, members: members.map((member) => member.type) },
      ...(operation.method === 'POST' && { ifSimilar }),
      async form() {
        const input: HasKey = unknown.length === 0 ? resolved : await named(type, body!);
        return operation.method === 'PUT' ? { ...input, key } : input;
      },
      onCreated: (id) => giveName(index, id),
    };
    const local = operation.local_id && `@${operation.local_id}`;
    const own = [{ type, key }, { type, key: local }, ...members];
    return { item, names: own.flatMap((one) => (one.key ? nameOf(one.type, one.key) : [])), ...about };
  }

  /** The object that an operation changes or removes. */
  function existing(operation: Existing) {
    const reference = names.idOf(operation.id, operation.type);
    return { reference, precondition: preconditionIn(operation), ...optionsOf(operation) };
  }

  async function outcomeOf(index: number): Promise<Outcome> {
    const [operation, body] = all[index]!;
    try {
      const refused = refusal(operation.type);
      if (refused) throw refused;
      return { written: await tx.savepoint(() => perform(operation, body)) };
    } catch (error) {
      if (!isFaultOfRequest(error)) throw error;
      return { failure: failureOf(error, index) };
    }
  }

  /** A failure as it is told of an operation. */
  function failureOf(error: ApiError, index: number): ApiError {
    const operation = operations[index]!;
    const member = 'patch' in operation && operation.patch ? 'patch' : 'body';
    return atOperation(followingOnce(names, kinds, error, operation), index, member);
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
    const { extent, extentBack } = kinds[operation.type].service;
    return {
      ...('keep_former_name' in operation && { keepFormerName: operation.keep_former_name }),
      async onFound(stored) {
        if (extent && replaces(operation)) sizes.addStored(operation, await extent(tx, stored));
      },
      async onBack(removal) {
        if (extentBack && !replaces(operation)) sizes.addStored(operation, await extentBack(tx, removal));
      },
    };
  }

  /** The patch of an operation, and what it does with the form that this makes. */
  function patchIn(operation: Patching): Pick<Extract<ItemWrite, { patch: Patch }>, 'patch' | 'complete'> {
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

/**
 * How many operations are tried at once, after these were done of those that were tried: as many as went well before, and also as many
 * as were refused for others like them, which is told of many at once.
 */
function nextMost(done: readonly Outcome[], tried: number, most: number): number {
  const last = done.at(-1);
  const grown = Math.min(most + done.length, MOST_TOGETHER);
  if (!last || !failed(last)) return grown;
  if (last.failure.code !== 'similar_exists') return 0;
  return done.length < tried ? done.length : Math.max(grown, 2);
}

import { type Precondition, versionIn } from '../http/request/conditional.js';
import { checkInSteps } from '../http/validation/check-in-steps.js';
import { ApiError, validationError } from '../lib/errors.js';
import { yieldIfLong } from '../lib/event-loop.js';
import type { Reached } from '../resources/resolve.js';
import type { Operation } from './batch.schemas.js';
import type { Kinds } from './local-ids.js';

/** What single operations of a batch ask for. */

export type Put = Extract<Operation, { method: 'PUT' }>;
export type Patching = Extract<Operation, { method: 'PATCH' }>;
/** Those of an object that has to exist, or may. */
export type Existing = Exclude<Operation, { method: 'POST' }>;

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

/** Those that begin with @ are names of the batch. */
export const isName = ({ reference }: Reached) => reference.startsWith('@');

/** The key under which an operation writes, if it says one. */
export function keyGivenBy(operation: Operation): string | null {
  if (operation.method === 'PUT') return operation.id;
  const key = operation.method === 'POST' ? operation.body.key : null;
  return typeof key === 'string' ? key : null;
}

export function preconditionIn(operation: Existing): Precondition {
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

import { type Precondition, versionIn } from '../http/request/conditional.js';
import type { Change } from '../lib/change.js';
import { ApiError } from '../lib/errors.js';
import type { Reached } from '../resources/resolve.js';
import type { Resource } from '../resources/service.js';
import type { Operation } from './batch.schemas.js';

/** What single operations of a batch ask for. */

export type Put = Extract<Operation, { method: 'PUT' }>;
export type Patching = Extract<Operation, { method: 'PATCH' }>;

/** Those that begin with @ are names of the batch. */
export const isName = ({ reference }: Reached) => reference.startsWith('@');

/** What operations that are done at once have in common. */
export interface Alike {
  kind: Resource;
  change: Change;
}

/** Whether an operation is like those before it. */
export const follows = ([first]: readonly Alike[], { kind, change }: Alike): boolean =>
  !first || (first.kind === kind && first.change.reason === change.reason);

/** The key under which an operation writes, if it says one. */
export function keyGivenBy(operation: Operation): string | null {
  if (operation.method === 'PUT') return operation.id;
  const key = operation.method === 'POST' ? operation.body.key : null;
  return typeof key === 'string' ? key : null;
}

export function preconditionIn(operation: Exclude<Operation, { method: 'POST' }>): Precondition {
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

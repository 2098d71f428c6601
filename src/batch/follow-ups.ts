import { ApiError, type FieldError } from '../lib/errors.js';
import { looseReferences } from '../resources/loose-references.js';
import type { Operation } from './batch.schemas.js';
import { type BatchIds, FAILED, type Kinds } from './local-ids.js';

/** A failure of an operation in which what follows from the failures of other operations is one fault, and the first. */
export function followingOnce(
  names: BatchIds,
  kinds: Kinds,
  failure: ApiError,
  operation: Operation,
): ApiError {
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

import { ApiError, type Code, type FieldError } from '../lib/errors.js';

/** Where the faults of single writes lie in the body of a batch. */

const places: Record<string, string> = {
  'If-Match': '/if_match',
  'If-None-Match': '/if_none_match',
  id: '/id',
};

/** The member of an operation that a failure without faults is about. */
const about: Partial<Record<Code, string>> = {
  not_found: '/id',
  gone: '/id',
  precondition_failed: '/if_match',
  precondition_required: '/if_match',
  forbidden: '/type',
};

/** The failure of one operation, with pointers into the body of the whole batch; `member` holds what it wrote. */
export function atOperation(failure: ApiError, index: number, member: 'body' | 'patch' = 'body'): ApiError {
  const at = `/operations/${index}`;
  const faults: FieldError[] = failure.faults.map(({ pointer, parameter, code, detail }) => {
    if (parameter !== undefined) return { pointer: at + (places[parameter] ?? ''), code, detail };
    return { pointer: pointer === undefined ? at : `${at}/${member}${pointer}`, code, detail };
  });
  const { code, message, extra } = failure;
  if (faults.length === 0) faults.push({ pointer: at + (about[code] ?? ''), code, detail: message });
  return new ApiError(code, message, faults, extra);
}

/** One failure for the whole batch. Each operation is named by its first fault before any by its second. */
export function batchError(failures: { index: number; failure: ApiError }[], count: number): ApiError {
  const firsts = failures.flatMap(({ failure }) => failure.faults.slice(0, 1));
  const rest = failures.flatMap(({ failure }) => failure.faults.slice(1));
  const indexes = failures.map(({ index }) => index);
  const named = indexes.slice(0, 10).join(', ') + (indexes.length > 10 ? ', …' : '');
  const detail = `${indexes.length} of ${count} operations cannot be done (${named}); nothing was written.`;
  return new ApiError('batch_failed', detail, [...firsts, ...rest], { failed_operations: indexes });
}

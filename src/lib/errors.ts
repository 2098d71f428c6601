/** The closed list of what can go wrong. `http/response/problem.ts` holds the table from code to HTTP status. */
export const codes = [
  'invalid_query',
  'unreadable_body',
  'invalid_body',
  'batch_failed',
  'invalid_header',
  'unauthenticated',
  'forbidden',
  'not_found',
  'method_not_allowed',
  'timeout',
  'key_taken',
  'in_use',
  'patch_conflict',
  'revert_conflict',
  'similar_exists',
  'merged_into',
  'merge_conflict',
  'gone',
  'precondition_failed',
  'body_too_large',
  'unsupported_media_type',
  'idempotency_mismatch',
  'misdirected_request',
  'precondition_required',
  'headers_too_large',
  'internal',
  'unavailable',
  'query_too_broad',
  'storage_full',
] as const;

export type Code = (typeof codes)[number];

/** Where a fault lies: a JSON pointer into the body, or the name of a query parameter or header. */
export interface FieldError {
  pointer?: string;
  parameter?: string;
  /** Stable slug of this fault, such as `unknown_member` or `invalid_date`. */
  code: string;
  /** What is wrong and how to mend it, in one sentence for the person who sent it. */
  detail: string;
}

/** Faults that one answer names. */
export const MAX_FAULTS = 20;

/** An error whose message is safe to show: it names the thing and the fix. */
export class ApiError extends Error {
  override name = 'Failure';

  constructor(
    readonly code: Code,
    detail: string,
    readonly faults: FieldError[] = [],
    /** Members added to the problem document, such as the tombstone of a 410. */
    readonly extra: Record<string, unknown> = {},
    readonly headers: Record<string, string> = {},
  ) {
    super(detail);
  }
}

/** A 422 whose message tells the first faults. */
export function validationError(faults: FieldError[]): ApiError {
  const first = faults
    .slice(0, 3)
    .map((fault) => `${fault.pointer || '(body)'}: ${fault.detail}`)
    .join('; ');
  const more = faults.length > 3 ? `; and ${faults.length - 3} more` : '';
  return new ApiError('invalid_body', first + more, faults);
}

/**
 * Does one after the other, each also where one before it fails for a body that cannot be used: the faults of all are
 * thrown together.
 */
export async function together<T extends unknown[]>(
  ...tasks: { [K in keyof T]: () => T[K] | Promise<T[K]> }
): Promise<T> {
  const results: unknown[] = [];
  const faults: FieldError[] = [];
  for (const task of tasks) {
    // After a fault, whatever else fails may follow from it.
    const result = await orFaults(task).catch((error) => {
      if (faults.length === 0) throw error;
    });
    if (result instanceof ApiError) faults.push(...result.faults);
    results.push(result);
  }
  if (faults.length > 0) throw validationError(faults);
  return results as T;
}

async function orFaults<T>(task: () => T | Promise<T>): Promise<T | ApiError> {
  try {
    return await task();
  } catch (error) {
    if (error instanceof ApiError && error.code === 'invalid_body') return error;
    throw error;
  }
}

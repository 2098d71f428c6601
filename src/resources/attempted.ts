import type { Tx } from '../db/store/store.js';
import { problems } from '../http/response/problem.js';
import { ApiError } from '../lib/errors.js';
import { withoutTelling } from './told.js';
import { countedOnce } from './work.js';

/** Ends a write of several objects that are to be written one by one, since one depends on another. */
export class OneByOne extends Error {
  override name = 'OneByOne';
}

/**
 * What several writes give. Null where they are to be done one by one, be it to learn which is at fault: nothing is left of them
 * then.
 */
export async function attempted<T>(tx: Tx, fn: () => Promise<T>): Promise<T | null> {
  try {
    return await withoutTelling(tx, () => countedOnce(tx, () => tx.savepoint(fn)));
  } catch (error) {
    if (!(error instanceof OneByOne) && !isFaultOfRequest(error)) throw error;
    return null;
  }
}

/** Whether what was asked for is at fault, and not the service. */
export const isFaultOfRequest = (error: unknown): error is ApiError =>
  error instanceof ApiError && problems[error.code].status < 500;

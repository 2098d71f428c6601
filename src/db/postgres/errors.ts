import { ApiError } from '../../lib/errors.js';

/** What errors of PostgreSQL, of its driver and of the network mean for a request. */

interface DriverError extends Error {
  /** SQLSTATE, or Node's name for an error of the network. */
  code?: string;
}

const NETWORK = /^(ECONN|EPIPE$|ETIMEDOUT$|EHOST|ENET|ENOTFOUND$|EAI_)/;
/** Errors of the driver carry no code. */
const DRIVER =
  /^(Connection terminated|timeout exceeded when trying to connect|Query read timeout|Client (has encountered|was closed))/;
/** Connection exceptions, shutdown, and a server that became read-only: the connection cannot be used again. */
const LOST = /^(08\w{3}|57P0\d|25P03|25006)$/;
/** Out of connections, statement or lock timeout: the server works but not now. */
const BUSY = /^(53300|57014|55P03)$/;
/** Serialisation failure, deadlock: the transaction is undone and can be run again. */
const CONFLICT = /^(40001|40P01)$/;

/** The error of the driver or the network inside an error that other layers wrapped around it; null for others. */
function driverError(error: unknown): DriverError | null {
  for (let at = error; at instanceof Error; at = at.cause) {
    if (at instanceof ApiError) continue;
    const { code, message } = at as DriverError;
    const known = typeof code === 'string' && (/^[0-9A-Z]{5}$/.test(code) || NETWORK.test(code));
    if (known || DRIVER.test(message)) return at;
  }
  return null;
}

export const sqlState = (error: unknown): string => driverError(error)?.code ?? '';

export function isConnectionError(error: unknown): boolean {
  const found = driverError(error);
  if (!found) return false;
  const { code = '', message } = found;
  return LOST.test(code) || NETWORK.test(code) || DRIVER.test(message);
}

/** No connection of the pool became free in time; the server itself may be well. */
export const isPoolTimeout = (error: unknown): boolean =>
  driverError(error)?.message === 'timeout exceeded when trying to connect';

/** A statement that was ended because it took too long or was cancelled. */
export const isEnded = (error: unknown): boolean => sqlState(error) === '57014';

export const isConflict = (error: unknown): boolean => CONFLICT.test(sqlState(error));

/** Only the driver's error becomes the cause, for the log: errors that wrap it quote what clients sent. */
export function unavailable(detail: string, error: unknown): ApiError {
  const failure = new ApiError('unavailable', detail, [], {}, { 'retry-after': '1' });
  failure.cause = driverError(error);
  return failure;
}

/** The error that a client is shown; one that the database did not cause is returned as it is. */
export function toApiError(error: unknown): unknown {
  if (error instanceof ApiError) return error;
  const code = sqlState(error);
  if (code === '53100') {
    const headers = { 'retry-after': '30' };
    return new ApiError('storage_full', 'The disk is full; nothing was written.', [], {}, headers);
  }
  if (isConnectionError(error))
    return unavailable('The database cannot be reached; try again shortly.', error);
  if (BUSY.test(code) || CONFLICT.test(code)) {
    return unavailable('The database is busy; try again shortly.', error);
  }
  return error;
}

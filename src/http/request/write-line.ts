import type { FastifyRequest } from 'fastify';
import type { Store } from '../../db/store/store.js';
import { bodyBytes } from './body.js';

declare module 'fastify' {
  interface FastifyContextConfig {
    writesMuch?: true | undefined;
  }
}

/** Bodies that are longer are long writes. */
const SHORT_BYTES = 16_384;

/** The last of the long writes that wait, by register. */
const lines = new WeakMap<Store, Promise<unknown>>();

/** Whether a write may take long. Few bytes can say much where they name another request, or two objects. */
export const isLong = (request: FastifyRequest): boolean =>
  request.routeOptions.config.writesMuch === true || bodyBytes(request) > SHORT_BYTES;

/**
 * Lets one long write at a time into the queue of the register: the next one follows when it is over, and so stands
 * behind the short ones that came meanwhile. These wait for one long write at most, not for all that were sent before.
 */
export function inLine<T>(store: Store, write: () => Promise<T>): Promise<T> {
  const written = (lines.get(store) ?? Promise.resolve()).then(write);
  lines.set(
    store,
    written.catch(() => undefined),
  );
  return written;
}

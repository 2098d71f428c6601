import type { FastifyInstance } from 'fastify';
import { ApiError } from '../../lib/errors.js';

/** A name that only this machine has, whatever DNS says. */
const LOOPBACK = /^(localhost|[\w.-]+\.localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/**
 * Refuses requests that name another host than the service goes by (421). So a page in a browser cannot have its
 * own name resolved to this machine and then read the register as if it were of the same origin (DNS rebinding).
 * Loopback names are always taken.
 */
export function registerHostNames(app: FastifyInstance, names: readonly string[]): void {
  const known = new Set(names.map((name) => name.toLowerCase()));
  app.addHook('onRequest', (request, _reply, done) => {
    // HTTP/1.0 allows a request without Host; no browser sends one.
    const { host } = request.headers;
    const name = host?.replace(/:\d*$/, '').replace(/\.$/, '').toLowerCase();
    if (name === undefined || LOOPBACK.test(name) || known.has(name)) return done();
    const detail =
      'The Host header names a host that this service does not go by; its operator lists it in ATTESTED_HOST_NAMES.';
    done(new ApiError('misdirected_request', detail, [{ parameter: 'Host', code: 'unknown_host', detail }]));
  });
}

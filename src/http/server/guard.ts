import type { FastifyInstance, FastifyRequest, RouteOptions } from 'fastify';
import { ApiError } from '../../lib/errors.js';
import type { Scope } from '../openapi/operation.js';
import { timesSent } from './hardening.js';

/** Whether a key with the scopes `held` may do what needs `needed`. Every key may read, since answers to writes show what is stored. */
const isAllowed = (held: readonly Scope[], needed: Scope): boolean =>
  needed === 'read' ? held.length > 0 : held.includes(needed);

/** The holder of the key that came with a request. */
export interface Actor {
  id: string;
  name: string;
  onBehalfOf: string | null;
  scopes: readonly Scope[];
  expiresAt: string | null;
}

declare module 'fastify' {
  interface FastifyRequest {
    actor: Actor | null;
    /** Whether the request would still be let in: for answers that last longer than a key may. */
    isStillAllowed(): Promise<boolean>;
  }
  interface FastifyContextConfig {
    /** What a caller needs; `public` routes carry no data of the register. */
    scope?: Scope | 'public';
    /** Whether a request for this route needs no key; one that is sent must be valid. */
    isPublic?: ((request: FastifyRequest) => boolean) | undefined;
  }
}

interface GuardOptions {
  /** Whether reads need no key. */
  openReads: boolean;
  /** The holder of a key, or null if the key is not valid now. */
  authenticate: (key: string) => Promise<Actor | null>;
}

const challenge = { 'www-authenticate': 'Bearer realm="attested"' };
const unauthenticated = () =>
  new ApiError('unauthenticated', 'Send a valid API key: Authorization: Bearer att_…', [], {}, challenge);

/** Refuses to start with a route that declares no scope, and holds each request to the scope of its route. */
export function registerGuard(app: FastifyInstance, { openReads, authenticate }: GuardOptions): void {
  app.decorateRequest('actor', null);

  const routes: RouteOptions[] = [];
  app.addHook('onRoute', (route) => void routes.push(route));
  app.addHook('onReady', async () => {
    for (const { method, url, config } of routes) {
      if (!config?.scope && method !== 'OPTIONS') throw new Error(`${method} ${url} declares no scope`);
    }
  });

  app.addHook('onRequest', async (request) => {
    request.actor = await admit(request);
  });

  app.decorateRequest('isStillAllowed', async function (this: FastifyRequest) {
    try {
      await admit(this);
      return true;
    } catch (error) {
      if (error instanceof ApiError && ['unauthenticated', 'forbidden'].includes(error.code)) return false;
      throw error;
    }
  });

  async function admit(request: FastifyRequest): Promise<Actor | null> {
    const { scope, isPublic } = request.routeOptions.config;
    if (request.is404 || request.method === 'OPTIONS' || scope === 'public' || !scope) return null;
    const key = bearerKey(request);
    if (key === null) {
      if ((scope === 'read' && openReads) || isPublic?.(request)) return null;
      throw unauthenticated();
    }
    const actor = await authenticate(key);
    if (!actor) throw unauthenticated();
    if (isAllowed(actor.scopes, scope)) return actor;
    const held = actor.scopes.join(', ');
    throw new ApiError('forbidden', `This needs a key with the scope ${scope}; this key has ${held}.`);
  }
}

/** The bearer token of a request, or null if it sends none. Anything but one well-formed token is refused. */
function bearerKey(request: FastifyRequest): string | null {
  const count = timesSent(request.raw.rawHeaders, 'authorization');
  if (count === 0) return null;
  const token = /^Bearer ([\x21-\x7e]{1,200})$/i.exec(request.headers.authorization ?? '')?.[1];
  if (count > 1 || token === undefined) throw unauthenticated();
  return token;
}

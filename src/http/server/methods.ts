import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { ApiError } from '../../lib/errors.js';
import { nearest } from '../../lib/nearest.js';
import { pathOf } from '../../lib/path.js';
import { acceptPatch } from '../response/media.js';
import { sendProblem } from '../response/problem.js';

/** Steps of a path that are looked at; no route has more. */
const MAX_STEPS = 8;

/** Says that a path leads nowhere and suggests another, also for a path without `/v1`. */
function unknownPath(path: string, routes: Iterable<string>): string {
  const all = [...routes];
  const meant = nearestPath(path, all) ?? nearestPath(`/v1${path}`, all);
  return `There is no resource at this path; ${meant === null ? '/openapi.json lists all paths' : `did you mean ${meant}?`}`;
}

/** The path with the nearest word at each of its steps; null if fewer than two steps have one. */
function nearestPath(path: string, routes: readonly string[]): string | null {
  let candidates = routes.map((url) => url.split('/'));
  const meant: string[] = [];
  for (const [i, sent] of path.replace(/\/+$/, '').split('/').slice(0, MAX_STEPS).entries()) {
    const words = new Set(candidates.flatMap((url) => url[i] ?? []));
    const parameter = [...words].find((word) => word.startsWith(':'));
    const word = words.has(sent) ? sent : (nearest(sent, words) ?? (parameter && sent));
    if (word === undefined) break;
    meant.push(word);
    candidates = candidates.filter((url) => url[i] === word || (word === sent && url[i] === parameter));
  }
  return meant.length > 2 ? meant.join('/') : null;
}

/** Answers requests that no route takes: 405 with `Allow` if the path is known, else 404. */
export function registerMethods(app: FastifyInstance): void {
  const methods = new Map<string, Set<string>>();
  app.addHook('onRoute', ({ url, method }) => {
    const known = methods.get(url) ?? new Set();
    methods.set(url, known);
    for (const name of [method].flat()) known.add(name);
  });

  const patterns: [RegExp, Set<string>][] = [];
  app.addHook('onReady', async () => {
    for (const [url, known] of methods) {
      if (url.includes('*')) continue;
      const pattern = url.replaceAll('.', '\\.').replace(/:\w+/g, '[^/]+');
      patterns.push([new RegExp(`^${pattern}/?$`), known]);
    }
  });

  function methodsAt(request: FastifyRequest): Set<string> | undefined {
    const path = pathOf(request.url);
    return methods.get(path) ?? patterns.find(([pattern]) => pattern.test(path))?.[1];
  }

  function refuse(request: FastifyRequest, reply: FastifyReply) {
    const known = methodsAt(request);
    if (known && !known.has(request.method)) {
      const allow = [...known].sort().join(', ');
      const detail = `${request.method} is not possible here; use ${allow}.`;
      return sendProblem(request, reply, new ApiError('method_not_allowed', detail, [], {}, { allow }));
    }
    const path = pathOf(request.url);
    return sendProblem(request, reply, new ApiError('not_found', unknownPath(path, methods.keys())));
  }

  app.setNotFoundHandler(refuse);
  app.addHook('onRequest', (request, reply, done) => {
    if (request.method === 'OPTIONS' && methodsAt(request)?.has('PATCH')) reply.headers(acceptPatch);
    done();
  });
  /** Whether a route takes the request. `/v1/parties/match` names no party, so `/v1/parties/:id` does not take it. */
  function isTaken(request: FastifyRequest): boolean {
    if (request.is404) return false;
    if (!request.routeOptions.url?.includes(':')) return true;
    const known = methods.get(pathOf(request.url));
    return known === undefined || known.has(request.method);
  }

  // A request that no route takes is refused before its body is read: a fault of the body would hide the real one.
  app.addHook('preParsing', (request, reply, payload, done) => {
    if (!isTaken(request)) refuse(request, reply);
    else done(null, payload);
  });
}

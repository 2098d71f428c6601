import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Failure } from '../lib/errors.js';
import { sendProblem } from './problem.js';

/** Answers what no route takes: 405 with `Allow` where the path is known, else 404. */
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

  function refuse(request: FastifyRequest, reply: FastifyReply) {
    const path = request.url.split('?', 1)[0]!;
    const known = patterns.find(([pattern]) => pattern.test(path))?.[1];
    if (known && !known.has(request.method)) {
      const allow = [...known].sort().join(', ');
      const detail = `${request.method} is not possible here; use ${allow}.`;
      return sendProblem(request, reply, new Failure('method_not_allowed', detail, [], {}, { allow }));
    }
    return sendProblem(request, reply, new Failure('not_found', 'Nothing stands at this address.'));
  }

  app.setNotFoundHandler(refuse);
  // What no route takes is refused unread: a fault of its body would be beside the point.
  app.addHook('preParsing', (request, reply, payload, done) => {
    if (request.is404) refuse(request, reply);
    else done(null, payload);
  });
}

import accepts from '@fastify/accepts';
import cors from '@fastify/cors';
import helmet from '@fastify/helmet';
import Fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify';
import { Failure } from '../lib/errors.js';
import { newId } from '../lib/ids.js';
import { MAX_BODY_BYTES, registerBodies } from './body.js';
import { closeGently } from './closing.js';
import { originForm, refuseRaw, registerFraming } from './framing.js';
import { discreet } from './logging.js';
import { registerMedia } from './media.js';
import { registerMethods } from './methods.js';
import { registerProblems, sendProblem } from './problem.js';
import { readQuery } from './query.js';
import { registerZod } from './zod.js';

export interface ServerOptions {
  logger: FastifyBaseLogger;
  corsOrigins: '*' | string[];
}

/** Fastify as every route here expects it: strict about what comes in, bounded, quiet about secrets. */
export async function buildServer({ logger, corsOrigins }: ServerOptions): Promise<FastifyInstance> {
  const app = Fastify({
    loggerInstance: discreet(logger),
    // Addresses can hold names of people under investigation: the log gets the path alone (see below).
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: MAX_BODY_BYTES,
    requestTimeout: 10_000,
    connectionTimeout: 60_000,
    // Node's own refusal of a missing Host has no body; ours stands in framing.ts.
    http: { headersTimeout: 8_000, connectionsCheckingInterval: 2_000, requireHostHeader: false },
    requestIdHeader: false,
    genReqId: (request) => {
      const given = request.headers['x-request-id'];
      return typeof given === 'string' && /^[\w-]{8,64}$/.test(given) ? given : newId('request');
    },
    routerOptions: { maxParamLength: 500, querystringParser: (text) => readQuery(text) as never },
    frameworkErrors: (error, request, reply) =>
      sendProblem(
        request,
        reply as never,
        error.code === 'FST_ERR_MAX_PARAM_LENGTH'
          ? new Failure('not_found', 'Nothing stands at this address.')
          : new Failure('invalid_query', 'The address is not valid percent-encoded UTF-8.'),
      ),
    clientErrorHandler: refuseRaw,
    rewriteUrl: originForm,
    return503OnClosing: false,
  }) as unknown as FastifyInstance;

  closeGently(app.server);
  registerBodies(app);
  registerZod(app);
  registerMedia(app);
  registerProblems(app);
  registerMethods(app);
  app.addHook('onRequest', async (request, reply) => void reply.header('x-request-id', request.id));
  registerFraming(app);
  app.addHook('onResponse', async (request, reply) => {
    const path = request.url.split('?', 1)[0];
    const ms = Math.round(reply.elapsedTime * 10) / 10;
    request.log.info(
      { method: request.method, path, status: reply.statusCode, ms, key: request.actor?.id },
      'request',
    );
  });
  // We speak plain HTTP: a browser told to upgrade would ask for the page's own files in vain.
  await app.register(helmet, { contentSecurityPolicy: { directives: { upgradeInsecureRequests: null } } });
  await app.register(accepts);
  await app.register(cors, {
    origin: corsOrigins,
    methods: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'],
    exposedHeaders: [
      ...['Link', 'ETag', 'Location', 'Retry-After', 'X-Request-Id', 'Idempotent-Replayed'],
      ...['Content-Location', 'Memento-Datetime'],
    ],
    maxAge: 600,
    strictPreflight: false,
  });
  return app;
}

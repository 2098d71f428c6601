import cors from '@fastify/cors';
import Fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify';
import { ApiError } from '../../lib/errors.js';
import { newId, requestIdPattern } from '../../lib/ids.js';
import { registerDeprecation } from '../openapi/deprecation.js';
import { MAX_BODY_BYTES, registerBodies } from '../request/body.js';
import { readQuery } from '../request/query.js';
import { registerZod } from '../request/zod.js';
import { registerCompression } from '../response/compression.js';
import { registerMedia } from '../response/media.js';
import { type ExportLimits, registerExports } from '../response/open-exports.js';
import { sendProblem } from '../response/problem.js';
import { registerProblems } from './error-handler.js';
import { originForm, refuseRaw, registerHardening } from './hardening.js';
import { registerHostNames } from './host-names.js';
import { discreet, registerRequestLog } from './logging.js';
import { registerMethods } from './methods.js';
import { registerSecurityHeaders } from './security-headers.js';
import { registerShutdown } from './shutdown.js';

export interface ServerOptions {
  logger: FastifyBaseLogger;
  /** Origins whose pages may read answers: any, or some, or none. */
  corsOrigins: '*' | string[];
  /** The host names that requests may name beside those of loopback; null for any. */
  hostNames?: string[] | null | undefined;
  exportLimits?: ExportLimits | undefined;
}

/** Fastify as every route here expects it: strict about what comes in, bounded, quiet about secrets. */
export async function buildServer({
  logger,
  corsOrigins,
  hostNames = null,
  exportLimits,
}: ServerOptions): Promise<FastifyInstance> {
  const app = Fastify({
    loggerInstance: discreet(logger),
    // Addresses can hold names of people under investigation: the log gets the path alone (registerRequestLog).
    logController: new LogController({ disableRequestLogging: true }),
    // A logger made for each request would cost as much as the line that it writes.
    childLoggerFactory: (parent) => parent,
    bodyLimit: MAX_BODY_BYTES,
    requestTimeout: 10_000,
    connectionTimeout: 60_000,
    // Node's own refusal of a missing Host has no body; ours is in hardening.ts.
    http: { headersTimeout: 8_000, connectionsCheckingInterval: 2_000, requireHostHeader: false },
    requestIdHeader: false,
    genReqId: (request) => {
      const given = request.headers['x-request-id'];
      return typeof given === 'string' && requestIdPattern.test(given) ? given : newId('request');
    },
    routerOptions: { maxParamLength: 500, querystringParser: (text) => readQuery(text) as never },
    frameworkErrors: (error, request, reply) =>
      sendProblem(
        request,
        reply as never,
        error.code === 'FST_ERR_MAX_PARAM_LENGTH'
          ? new ApiError('not_found', 'There is no resource at this path.')
          : new ApiError('invalid_query', 'The address is not valid percent-encoded UTF-8.'),
      ),
    clientErrorHandler: refuseRaw,
    rewriteUrl: originForm,
    return503OnClosing: false,
  }) as unknown as FastifyInstance;

  registerShutdown(app.server);
  registerExports(app, exportLimits);
  registerBodies(app);
  registerZod(app);
  registerMedia(app);
  registerDeprecation(app);
  registerProblems(app);
  registerMethods(app);
  app.addHook('onRequest', (request, reply, done) => {
    reply.header('x-request-id', request.id);
    done();
  });
  registerSecurityHeaders(app);
  registerHardening(app);
  if (hostNames) registerHostNames(app, hostNames);
  registerRequestLog(app);
  if (corsOrigins.length > 0) await allowOrigins(app, corsOrigins);
  await registerCompression(app);
  return app;
}

/** Lets pages of other origins send requests and read the answers. */
async function allowOrigins(app: FastifyInstance, origin: '*' | string[]): Promise<void> {
  await app.register(cors, {
    origin,
    methods: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'],
    exposedHeaders: [
      ...[
        'Link',
        'ETag',
        'Location',
        'Retry-After',
        'X-Request-Id',
        'Idempotent-Replayed',
        'Original-Request',
      ],
      ...['Content-Location', 'Memento-Datetime', 'Deprecation', 'Sunset', 'Accept-Patch'],
    ],
    maxAge: 600,
    strictPreflight: false,
  });
}

import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import accepts from '@fastify/accepts';
import cors from '@fastify/cors';
import helmet from '@fastify/helmet';
import Fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify';
import { type Code, Failure } from '../lib/errors.js';
import { newId } from '../lib/ids.js';
import { MAX_BODY_BYTES, registerBodies } from './body.js';
import { registerMethods } from './methods.js';
import { problemBody, problems, registerProblems, sendProblem } from './problem.js';
import { readQuery } from './query.js';
import { registerZod } from './zod.js';

export interface ServerOptions {
  logger: FastifyBaseLogger;
  corsOrigins: '*' | string[];
}

/** Fastify as every route here expects it: strict about what comes in, bounded, quiet about secrets. */
export async function buildServer({ logger, corsOrigins }: ServerOptions): Promise<FastifyInstance> {
  const app = Fastify({
    loggerInstance: logger,
    // Addresses can hold names of people under investigation: the log gets the path alone (see below).
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: MAX_BODY_BYTES,
    requestTimeout: 10_000,
    connectionTimeout: 60_000,
    http: { headersTimeout: 8_000, connectionsCheckingInterval: 2_000 },
    requestIdHeader: false,
    genReqId: (request) => {
      const given = request.headers['x-request-id'];
      return typeof given === 'string' && /^[\w-]{8,64}$/.test(given) ? given : newId('request');
    },
    routerOptions: { maxParamLength: 500, querystringParser: (text) => readQuery(text) as never },
    frameworkErrors: (_error, request, reply) =>
      sendProblem(
        request,
        reply as never,
        new Failure('invalid_query', 'The address is not valid percent-encoded UTF-8.'),
      ),
    clientErrorHandler: refuseRaw,
    forceCloseConnections: 'idle',
  }) as unknown as FastifyInstance;

  registerBodies(app);
  registerZod(app);
  registerProblems(app);
  registerMethods(app);
  app.addHook('onRequest', async (request, reply) => void reply.header('x-request-id', request.id));
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
    exposedHeaders: ['Link', 'ETag', 'Location', 'Retry-After', 'X-Request-Id', 'Idempotent-Replayed'],
    maxAge: 600,
  });
  return app;
}

const rawCodes: Record<string, Code> = {
  ERR_HTTP_REQUEST_TIMEOUT: 'timeout',
  HPE_HEADER_OVERFLOW: 'headers_too_large',
};

/** What never became a request: no reply object exists, so the answer is written to the socket. */
function refuseRaw(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy();
  const code = rawCodes[error.code ?? ''] ?? 'unreadable_body';
  const detail =
    code === 'unreadable_body' ? 'The request is not valid HTTP/1.1.' : problems[code].description;
  const body = JSON.stringify(problemBody(new Failure(code, detail), '', newId('request')));
  const { status } = problems[code];
  socket.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nContent-Type: application/problem+json\r\n` +
      `Content-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
  );
}

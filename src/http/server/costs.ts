import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { isLimitExceeded } from '../../db/store/limits.js';
import type { CostOf } from '../openapi/operation.js';
import { bodyText } from '../request/body.js';
import { addVary } from '../response/headers.js';
import { sendStream } from '../response/open-exports.js';
import { CONTINUE, NEXT } from '../response/slices.js';
import { securityHeaderNames } from './security-headers.js';

declare module 'fastify' {
  interface FastifyContextConfig {
    cost?: CostOf | undefined;
    lasts?: true | undefined;
  }
}

/** A read as it is sent to a worker. */
export interface Asked {
  method: 'GET' | 'POST';
  url: string;
  headers: Record<string, string>;
  /** Null for a GET. */
  body: { type: string; text: string } | null;
}

export interface Answered {
  status: number;
  headers: Record<string, string>;
  body: Uint8Array;
}

export interface Workers {
  /**
   * Runs the same route with more time. Throws a 503 when too many requests wait, unless `patient`. The signal aborts
   * the request, waiting or running. `spent`: milliseconds that it took until now.
   */
  answer(
    asked: Asked,
    signal: AbortSignal,
    options?: { patient?: boolean; spent?: number },
  ): Promise<Answered>;
  /** Starts a worker ahead of the first task, unless one is there. */
  warm(): void;
  close(): Promise<void>;
}

/** The request headers on which answers to reads depend. */
const PASSED_ON = ['accept', 'accept-datetime', 'host', 'if-none-match'] as const;
/** Answers that have no body, and so no type: redirects, and what the client has already. */
const BARE = new Set([303, 304, 308]);
/** Headers that are set here, not taken from the answer of the worker. */
const OWN = new Set([
  'connection',
  'content-length',
  'date',
  'keep-alive',
  'transfer-encoding',
  'vary',
  'x-request-id',
  NEXT,
]);

/** Refuses a read that declares no cost, and answers each on the thread that suits its cost. */
export function registerCosts(app: FastifyInstance, workers: Workers): void {
  app.addHook('onClose', workers.close);
  // The reader of a page soon asks for a picture in it or for the next page; neither should wait for a thread to start.
  app.addHook('onResponse', async ({ routeOptions: { config } }) => {
    if (config.page && config.scope === 'read') workers.warm();
  });
  app.addHook('onRoute', (route) => {
    const { config = {}, handler } = route;
    const { cost, scope } = config;
    if (cost === undefined) {
      if (scope === 'read') throw new Error(`${route.method} ${route.url} declares no cost`);
      return;
    }
    route.handler = async function (request, reply) {
      const from = performance.now();
      if ((typeof cost === 'function' ? cost(request) : cost) === 'scan')
        return handOver(request, reply, from);
      const before = reply.getHeaders();
      try {
        return await handler.call(this, request, reply);
      } catch (error) {
        if (!isLimitExceeded(error)) throw error;
        for (const name of Object.keys(reply.getHeaders())) reply.removeHeader(name);
        reply.headers(before);
        return handOver(request, reply, from);
      }
    };
  });

  /** Answers that last, by their address: a worker ends when it is idle, and takes long to make them. */
  const kept = new Map<string, Answered>();

  async function answerTo(
    request: FastifyRequest,
    asked: Asked,
    signal: AbortSignal,
    from: number,
  ): Promise<Answered> {
    const { url, config } = request.routeOptions;
    const lasts = config.lasts && request.url === url;
    const answer =
      (lasts && kept.get(request.url)) ||
      (await workers.answer(asked, signal, { spent: performance.now() - from }));
    if (lasts && answer.status === 200) kept.set(request.url, answer);
    return answer;
  }

  async function handOver(request: FastifyRequest, reply: FastifyReply, from: number) {
    const signal = hangUpOf(reply);
    const asked: Asked = {
      method: request.method === 'POST' ? 'POST' : 'GET',
      url: request.url,
      headers: { 'x-request-id': request.id },
      body: request.method === 'POST' ? bodyText(request) : null,
    };
    for (const name of PASSED_ON) {
      const value = request.headers[name];
      if (value !== undefined) asked.headers[name] = String(value);
    }
    const { status, headers, body } = await answerTo(request, asked, signal, from);
    for (const [name, value] of Object.entries(headers)) if (!OWN.has(name)) reply.header(name, value);
    // The worker sets them on every answer as well, so one that is not there was left out by its route.
    for (const name of securityHeaderNames) if (!(name in headers)) reply.removeHeader(name);
    for (const name of headers.vary?.split(', ') ?? []) addVary(reply, name);
    reply.code(status);
    const next = headers[NEXT];
    if (next === undefined) return reply.send(BARE.has(status) ? undefined : asBuffer(body));
    const type = headers['content-type']!;
    // HEAD tells what GET would, its coding too, for which something has to be there: the rest is not made.
    const rest = request.method === 'HEAD' ? undefined : next;
    return sendStream(reply, type, slices(asked, asBuffer(body), rest, signal));
  }

  /** A long answer. What fails after it has begun cuts it off. */
  async function* slices(asked: Asked, first: Buffer, then: string | undefined, signal: AbortSignal) {
    yield first;
    for (let next = then; next !== undefined; ) {
      const headers: Record<string, string> = { ...asked.headers, [CONTINUE]: next };
      const answer = await workers.answer({ ...asked, headers }, signal, { patient: true });
      if (answer.status !== 200) throw new Error(`a long answer ended early with ${answer.status}`);
      yield asBuffer(answer.body);
      next = answer.headers[NEXT];
    }
  }
}

/** The same bytes, not a copy. */
const asBuffer = ({ buffer, byteOffset, byteLength }: Uint8Array): Buffer =>
  Buffer.from(buffer, byteOffset, byteLength);

/** Aborted when the client hangs up before it has the answer. */
function hangUpOf({ raw }: FastifyReply): AbortSignal {
  const gone = new AbortController();
  raw.once('close', () => {
    if (!raw.writableFinished) gone.abort();
  });
  if (raw.destroyed) gone.abort();
  return gone.signal;
}

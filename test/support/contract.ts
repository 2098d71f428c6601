import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { problemResponses, type ResponseDoc, type Responses } from '../../src/http/openapi/answers.js';
import type { Code } from '../../src/lib/errors.js';
import { headerFaults, readerOf } from './answer-faults.js';

/** What is answered where no route is, or before the address is understood. */
const refusals = problemResponses([
  'invalid_query',
  'invalid_header',
  'not_found',
  'method_not_allowed',
  'headers_too_large',
]);

const perhaps = z.string().optional();

const preflight: Responses = {
  204: {
    description: 'What pages of other origins may send.',
    headers: {
      'x-request-id': z.string(),
      vary: perhaps,
      'access-control-allow-methods': z.string(),
      'access-control-allow-headers': perhaps,
      'access-control-max-age': z.string(),
      'accept-patch': perhaps,
    },
  },
};

type Query = Record<string, string>;
type Sent = Partial<Pick<FastifyRequest, 'query' | 'body'>>;

interface Answer {
  /** Method, address and status. */
  name: string;
  method: string;
  status: number;
  headers: Record<string, unknown>;
}

/** Answers that do not keep what their routes declare. */
export class Contract {
  private readonly violations: string[] = [];
  private readonly seen = new WeakSet<IncomingMessage>();

  /** Throws the violations that were not thrown yet. */
  readonly settle = (): void => {
    if (this.violations.length > 0) throw new Error(this.violations.splice(0).join('\n'));
  };

  /**
   * Holds every answer of the app to what its route declares: status, media type, headers and body, be it a text,
   * a buffer or a stream. A violation is thrown to whoever injected the request, else by `settle`.
   */
  hold(app: FastifyInstance): void {
    app.addHook('onSend', async (request, reply, payload) => {
      this.seen.add(request.raw);
      const type = String(reply.getHeader('content-type') ?? '');
      if (request.routeOptions.config.page || (request.is404 && type.startsWith('text/html'))) {
        this.checkPage(`${request.method} ${request.url} → ${reply.statusCode}`, reply.getHeaders(), payload);
        return;
      }
      const answer: Answer = {
        name: `${request.method} ${request.url} → ${reply.statusCode}`,
        method: request.method,
        status: reply.statusCode,
        headers: reply.getHeaders(),
      };
      this.checkCode(request, answer, payload);
      this.check(responsesOf(request, answer.status), answer, payload, request);
    });

    const inject = app.inject.bind(app) as (options: unknown) => ReturnType<typeof app.inject>;
    const injectAndSettle = async (options: unknown) => {
      const sent = await inject(options);
      const { req } = sent.raw;
      // Addresses that cannot be read pass no hook.
      if (!this.seen.has(req)) {
        const { statusCode: status, headers } = sent;
        const name = `${req.method} ${req.url} → ${status}`;
        this.check(refusals, { name, method: req.method!, status, headers }, sent.body);
      }
      this.settle();
      return sent;
    };
    app.inject = injectAndSettle as typeof app.inject;
  }

  /** The code of a problem must be among those of the operation, which its description names. */
  private checkCode({ is404, routeOptions }: FastifyRequest, answer: Answer, payload: unknown): void {
    const { operation } = routeOptions.config;
    if (
      answer.status < 400 ||
      answer.status === 405 ||
      is404 ||
      !operation ||
      typeof payload !== 'string' ||
      payload === ''
    )
      return;
    const code = /"code":"(\w+)","request_id"/.exec(payload)?.[1];
    if (code && !operation.problems.includes(code as Code))
      this.violations.push(`${answer.name}: ${code} is not declared`);
  }

  /** Pages are no operations, and the document leaves them out; all of them are held to the same. */
  private checkPage(name: string, headers: Record<string, unknown>, payload: unknown): void {
    const type = String(headers['content-type'] ?? '');
    const fault = (what: string) => this.violations.push(`${name}: ${what}`);
    if (isEmpty(payload) && type === '') return;
    if (!/^(text\/(html|css|javascript)|image\/svg\+xml); charset=utf-8$/.test(type))
      fault(`a page is not ${type}`);
    if (!type.startsWith('text/html')) return;
    const policy = String(headers['content-security-policy'] ?? '');
    if (!policy.startsWith("default-src 'none'") || policy.includes('unsafe'))
      fault(`its policy is ${policy}`);
    const text = String(payload);
    if (!isEmpty(payload) && !isStream(payload) && !text.startsWith('<!doctype html>\n<html lang="en">'))
      fault('it is no HTML document');
  }

  private check(
    responses: Responses | null,
    answer: Answer,
    payload: unknown,
    { query = {}, body }: Sent = {},
  ): void {
    const add = (faults: string[]) => {
      for (const fault of faults) this.violations.push(`${answer.name}: ${fault}`);
    };
    const { status, headers, method } = answer;
    const declared = forQuery(responses?.[status], query as Query, body);
    if (!declared) {
      add([`the ${responses ? 'status' : 'route'} is not declared (${String(payload).slice(0, 300)})`]);
      return;
    }
    add(headerFaults(declared, headers));
    const reader = readerOf(declared, headers['content-type']);
    const withheld = method === 'HEAD' && (isEmpty(payload) || isStream(payload));
    if (typeof reader === 'string') add([reader]);
    else if (withheld) return;
    else if (isStream(payload)) {
      if (payload.readableLength > 0) add(['the stream had begun before it could be read along']);
      tap(payload, (text) => add(text === null ? reader.end() : reader.push(text)));
    } else if (!isEmpty(payload)) add([...reader.push(String(payload)), ...reader.end()]);
    else if (declared.schema ?? declared.media) add(['a body is declared, none was sent']);
  }
}

/** The answer that a route declares to this query, where what was sent asks for another body than the documented one. */
function forQuery(declared: ResponseDoc | undefined, query: Query, body: unknown): ResponseDoc | undefined {
  const variant = declared?.variant?.(query, body);
  if (!declared || !variant) return declared;
  const { schema, media = {} } = declared;
  if (schema) return { ...declared, schema: variant };
  return { ...declared, media: Object.fromEntries(Object.keys(media).map((type) => [type, variant])) };
}

const isEmpty = (payload: unknown) => payload === undefined || payload === null || payload === '';

function responsesOf({ is404, method, routeOptions }: FastifyRequest, status: number): Responses | null {
  // A method that a path does not take belongs to no operation, be there one for a path with a parameter.
  if (is404 || status === 405) return refusals;
  const { operation } = routeOptions.config;
  return operation?.responses ?? (method === 'OPTIONS' ? preflight : null);
}

const isStream = (payload: unknown): payload is Readable =>
  typeof (payload as Readable | null)?.pipe === 'function';

/** Hears all that a stream is given to send, and its end (null). When it flows is left as it is. */
function tap(stream: Readable, take: (text: string | null) => void): void {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  const push = stream.push.bind(stream);
  stream.push = (chunk, encoding) => {
    const text =
      typeof chunk === 'string' || chunk === null ? chunk : decoder.decode(chunk, { stream: true });
    take(text);
    return push(chunk, encoding);
  };
}

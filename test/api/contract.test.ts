import { channel } from 'node:diagnostics_channel';
import type { AddressInfo } from 'node:net';
import { PassThrough, Readable } from 'node:stream';
import Fastify, { type FastifyInstance, type FastifyReply } from 'fastify';
import { pino } from 'pino';
import { afterAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { operation } from '../../src/http/openapi/operation.js';
import { CSV, EVENTS, eventsOf, linesOf, NDJSON, tableOf } from '../../src/http/response/media.js';
import { buildServer } from '../../src/http/server/server.js';
import { testApp } from '../support/app.js';
import { Contract } from '../support/contract.js';

/** Violations planted in answers of each kind: the harness that holds all suites to the document sees them. */

const Thing = z.strictObject({ id: z.string(), size: z.int() });
const PROBLEM = 'application/problem+json';

type Sent = (reply: FastifyReply) => unknown;
let answer: Sent = () => '';

const app = await buildServer({ logger: pino({ level: 'silent' }), corsOrigins: '*' });
const declared = { scope: 'public', tag: 'Service', summary: 'A thing', problems: ['not_found'] } as const;
app.get('/thing', {
  ...operation({
    ...declared,
    operationId: 'getThing',
    success: {
      200: {
        description: 'A thing.',
        schema: Thing,
        media: {
          'text/plain; charset=utf-8': z.string().max(10),
          [NDJSON]: linesOf(Thing, 'Things.'),
          [CSV]: tableOf([{ name: 'id' }, { name: 'size' }]),
          [EVENTS]: eventsOf(Thing, 'Things.'),
        },
        headers: { 'x-told': z.enum(['yes', 'no']), 'x-perhaps': z.string().optional() },
      },
      204: { description: 'Nothing.' },
    },
  }),
  handler: (_request, reply) => answer(reply),
});
app.get('/undeclared', { handler: async () => 'text' });
app.delete('/thing', {
  ...operation({ ...declared, operationId: 'removeThing', success: { 204: { description: 'Gone.' } } }),
  handler: (_request, reply) => answer(reply),
});
const contract = new Contract();
contract.hold(app);
await app.listen({ host: '127.0.0.1', port: 0 });
const base = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`;
afterAll(() => app.close());

const thing = { id: 'a', size: 1 };
const problem = {
  type: '/problems/not_found',
  title: 'Not found',
  status: 404,
  detail: 'x',
  instance: '/thing',
  code: 'not_found',
  request_id: 'x',
  errors: [],
};

interface Kind {
  type: string;
  status?: number;
  /** What is declared, as an example. */
  good: Record<string, unknown>;
  /** Sends a JSON document, behind one that keeps what is declared where there can be several. */
  send: (document: string) => unknown;
  otherType: string;
}

const streamed = (text: string) => Readable.from([text.slice(0, 7), text.slice(7)]);
const json = JSON.stringify;
const event = (data: string) => `id: 1\nevent: thing\ndata: ${data}\n\n`;

const kinds: Record<string, Kind> = {
  'a text': {
    type: 'application/json',
    good: thing,
    send: (text) => text,
    otherType: 'application/vnd.x+json',
  },
  'a buffer': {
    type: 'application/json',
    good: thing,
    send: (text) => Buffer.from(text),
    otherType: 'application/vnd.x+json',
  },
  'a stream of JSON': {
    type: 'application/json',
    good: thing,
    send: streamed,
    otherType: 'application/ld+json',
  },
  'a stream of NDJSON': {
    type: NDJSON,
    good: thing,
    send: (text) => streamed(`${json(thing)}\n${text}\n`),
    otherType: 'application/ndjson',
  },
  'a stream of events': {
    type: EVENTS,
    good: thing,
    send: (text) => streamed(`retry: 1\n\n: still here\nid: 1\n\n${event(json(thing))}${event(text)}`),
    otherType: 'text/event-stream',
  },
  'a problem': {
    type: PROBLEM,
    status: 404,
    good: problem,
    send: (text) => text,
    otherType: 'application/json',
  },
};

const told = (kind: Kind, reply: FastifyReply) => {
  if (!kind.status) reply.header('x-told', 'yes');
  return reply.code(kind.status ?? 200).type(kind.type);
};

/** Injects one request; gives what the harness has against the answer. */
async function violation(sent: Sent, method: 'GET' | 'HEAD' | 'DELETE' = 'GET', url = '/thing') {
  answer = sent;
  try {
    await app.inject({ method, url });
  } catch (error) {
    return (error as Error).message;
  }
  return null;
}

describe.each(Object.entries(kinds))('in %s', (name, kind) => {
  const body = kind.good;
  const [last = ''] = Object.keys(body).slice(-1);
  const sendText = (text: string) => violation((reply) => told(kind, reply).send(kind.send(text)));
  const send = (planted: object) => sendText(json(planted));
  const sendAs = (change: (reply: FastifyReply) => unknown) =>
    violation((reply) => {
      change(told(kind, reply));
      return reply.send(kind.send(json(body)));
    });

  it('what is declared passes', async () => {
    expect(await send(body)).toBeNull();
    expect(await sendAs((reply) => !kind.status && reply.header('x-perhaps', 'x'))).toBeNull();
  });

  it('an undeclared member is seen', async () => {
    expect(await send({ ...body, more: 1 })).toMatch(/GET \/thing → \d+: .*unrecognized_keys.*"more"/);
  });

  it('a missing member is seen', async () => {
    const { [last]: _, ...rest } = body;
    expect(await send(rest)).toMatch(new RegExp(`invalid_type.*"${last}"`));
  });

  it('a wrong type is seen', async () => {
    expect(await send({ ...body, [last]: '1' })).toMatch(new RegExp(`invalid_type.*"${last}"`));
  });

  it('what is no JSON is seen', async () => {
    expect(await sendText('{"id":')).toContain('no JSON: {"id":');
  });

  it('an undeclared status is seen', async () => {
    const status = kind.status ? 409 : 202;
    expect(await sendAs((reply) => reply.code(status))).toContain(`→ ${status}: the status is not declared`);
  });

  it('an undeclared media type is seen', async () => {
    const seen = await sendAs((reply) => reply.type(kind.otherType));
    expect(seen).toContain(`the media type ${kind.otherType} is not declared`);
  });

  it('a parameter that is not declared is seen, and one that is missing', async () => {
    const other = kind.type.includes(';') ? kind.type.split(';')[0]! : `${kind.type};charset=utf-8`;
    expect(await sendAs((reply) => reply.type(other))).toContain(`the media type ${other} is not declared`);
  });

  it('an undeclared header is seen', async () => {
    const seen = await sendAs((reply) => reply.header('x-more', '1'));
    expect(seen).toContain('the header x-more is not declared');
  });

  it('a declared header that is missing, or wrong, is seen', async () => {
    const required = kind.status ? 'x-request-id' : 'x-told';
    const seen = await sendAs((reply) => reply.removeHeader(required));
    expect(seen).toContain(`the header ${required} is undefined`);
    if (kind.status) return;
    expect(await sendAs((reply) => reply.header('x-told', 'maybe'))).toContain('the header x-told is maybe');
  });

  it('a violation is kept until it is asked for, where the request came over a socket', async () => {
    answer = (reply) => told(kind, reply).send(kind.send(json({ ...body, more: 1 })));
    await (await fetch(`${base}/thing`)).text();
    expect(contract.settle, name).toThrow('"more"');
    expect(contract.settle).not.toThrow();
  });
});

/** Sends a text as it is, in two pieces. */
const sendPieces = (type: string, text: string) =>
  violation((reply) => reply.type(type).header('x-told', 'no').send(streamed(text)));

describe('in a stream', () => {
  it.each([
    ['id,size\na,1\n', null],
    ['size\n1\n', null],
    ['id,size\n"a\nb",1\n', null],
    ['id,more\na,1\n', 'the column "more" is not declared'],
    ['id,size\na,1\nb\n', '1 cells under 2 names: b'],
    ['id,size\na,1,2\n', '3 cells under 2 names: a,1,2'],
    ['id,size\n"a"b,1\n', 'no CSV: stray character'],
    ['', 'a CSV without a header'],
  ])('the CSV %j: %s', async (text, fault) => {
    const seen = await sendPieces(CSV, text);
    if (fault) expect(seen).toContain(fault);
    else expect(seen).toBeNull();
  });

  it.each([
    [NDJSON, `${json(thing)}\n${json(thing)}`, 'the end is cut off: {"id":"a"'],
    [NDJSON, `${json(thing)}\n\n`, 'no JSON'],
    [EVENTS, event(json(thing)).trimEnd(), 'the end is cut off: id: 1'],
    [EVENTS, `event: thing\ndata: ${json(thing)}\n\n`, 'an event lacks its id or type'],
    [EVENTS, `id: 1\ndata: ${json(thing)}\n\n`, 'an event lacks its id or type'],
    [EVENTS, 'id: 1\nevent: thing\n\n', 'the event thing has no data'],
    [EVENTS, `id: 1\nevnt: thing\ndata: ${json(thing)}\n\n`, 'an event has the line evnt: thing'],
    ['text/plain; charset=utf-8', 'more than ten', 'too_big'],
  ])('of %s: %j', async (type, text, fault) => {
    expect(await sendPieces(type, text)).toContain(fault);
  });

  it('letters that two pieces share are read whole', async () => {
    // Ten letters, as many as may be; read piece by piece there would be eleven.
    const bytes = Buffer.from('123456789ü');
    const halves = Readable.from([bytes.subarray(0, 10), bytes.subarray(10)], { objectMode: false });
    const type = 'text/plain; charset=utf-8';
    expect(await violation((reply) => reply.type(type).header('x-told', 'no').send(halves))).toBeNull();
  });

  it('what was given before the harness could hear it is seen', async () => {
    const begun = new PassThrough();
    begun.push(json(thing));
    begun.push(null);
    const seen = await violation((reply) =>
      reply.type('application/json').header('x-told', 'no').send(begun),
    );
    expect(seen).toContain('the stream had begun');
  });

  it('without end, a violation is seen as soon as it is sent', async () => {
    async function* endless() {
      yield event(json({ id: 'a' }));
      await new Promise(() => {});
    }
    answer = (reply) => reply.type(EVENTS).header('x-told', 'no').send(Readable.from(endless()));
    const abort = new AbortController();
    const opened = await fetch(`${base}/thing`, { signal: abort.signal });
    await opened.body!.getReader().read();
    expect(contract.settle).toThrow('"size"');
    abort.abort();
  });
});

describe('without a body', () => {
  it('an empty answer passes where none is declared', async () => {
    expect(await violation((reply) => reply.code(204).send(), 'DELETE')).toBeNull();
  });

  it('a body that is not declared is seen', async () => {
    const seen = await violation((reply) => reply.code(204).type('text/plain').send('x'), 'DELETE');
    expect(seen).toContain('the media type text/plain is not declared');
    const bare = await violation((reply) => reply.code(204).send(Readable.from(['x'])), 'DELETE');
    expect(bare).toContain('no body is declared');
  });

  it('a body that is declared and not sent is seen', async () => {
    const seen = await violation((reply) => reply.type('application/json').header('x-told', 'no').send(''));
    expect(seen).toContain('a body is declared, none was sent');
  });

  it('HEAD is held to the status, media type and headers of GET', async () => {
    const head = (sent: Sent) => violation(sent, 'HEAD');
    const good = (reply: FastifyReply) => reply.header('x-told', 'no').type(NDJSON);
    expect(await head((reply) => good(reply).send(streamed(`${json(thing)}\n`)))).toBeNull();
    expect(await head((reply) => good(reply).code(202).send(streamed('')))).toContain('the status');
    expect(await head((reply) => good(reply).type('text/html').send(streamed('')))).toContain('text/html');
    expect(await head((reply) => good(reply).header('x-more', 1).send(streamed('')))).toContain('x-more');
    expect(await head((reply) => reply.type(NDJSON).send(streamed('')))).toContain('x-told');
  });
});

describe('where no operation is', () => {
  it.each([
    ['GET', '/nowhere', 404],
    ['PATCH', '/thing', 405],
    ['GET', '/%zz', 400],
    ['OPTIONS', '/thing', 204],
  ] as const)('%s %s is refused in the declared way: %i', async (method, url, status) => {
    const headers = method === 'OPTIONS' ? { origin: 'x', 'access-control-request-method': 'PUT' } : {};
    expect((await app.inject({ method, url, headers })).statusCode).toBe(status);
  });

  it('a wrong answer to an address that cannot be read, which passes no hook, is seen', async () => {
    const careless = Fastify({
      frameworkErrors: (_error, _request, reply) => void reply.raw.writeHead(400).end(),
    });
    new Contract().hold(careless);
    await expect(careless.inject('/%zz')).rejects.toThrow('the header x-request-id is undefined');
  });

  it('a route that declares nothing is seen', async () => {
    expect(await violation(() => '', 'GET', '/undeclared')).toContain('→ 200: the route is not declared');
  });
});

describe('an app of the tests', async () => {
  // Each answer to a request with this header gets one that no route declares.
  const created = channel('fastify.initialization');
  const plant = (message: unknown) => {
    (message as { fastify: FastifyInstance }).fastify.addHook('onSend', async ({ headers }, reply) => {
      if (headers['x-plant']) reply.header('x-more', '1');
    });
  };
  created.subscribe(plant);
  const planted = { 'x-plant': '1' };
  const t = await testApp();
  const other = await testApp();
  created.unsubscribe(plant);
  const fault = 'GET /v1/parties → 200: the header x-more is not declared';
  const overSocket = async ({ app }: typeof t) => {
    if (!app.server.listening) await app.listen({ host: '127.0.0.1', port: 0 });
    const { port } = app.server.address() as AddressInfo;
    return (await fetch(`http://127.0.0.1:${port}/v1/parties`, { headers: planted })).status;
  };

  it('fails the request that is answered wrongly, and no other', async () => {
    await expect(t.send('GET', '/v1/parties', undefined, planted)).rejects.toThrow(fault);
    await expect(t.app.inject({ url: '/v1/parties', headers: planted })).rejects.toThrow(fault);
    expect((await t.send('GET', '/v1/parties')).status).toBe(200);
    expect((await t.app.inject('/v1/parties')).statusCode).toBe(200);
  });

  it('fails the next request when the answer went over a socket', async () => {
    expect(await overSocket(t)).toBe(200);
    await expect(t.send('GET', '/v1/parties')).rejects.toThrow(fault);
  });

  it.fails('fails the test itself when there is no next request', async () => {
    await overSocket(t);
  });

  it('fails at its end at the latest', async () => {
    await overSocket(other);
    await expect(other.close()).rejects.toThrow(fault);
  });
});

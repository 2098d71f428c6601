import Fastify, { type InjectOptions } from 'fastify';
import { afterAll, describe, expect, it } from 'vitest';
import type { Limits } from '../../src/db/store/limits.js';
import { operation } from '../../src/http/openapi/operation.js';
import { registerCosts } from '../../src/http/server/costs.js';
import { appReading, testApp } from '../support/app.js';
import { boundless, readsHere } from '../support/reads.js';

const t = await testApp({ register: 'sample' });
/** A form as it is sent. */
const form = (fields: Record<string, string>) => ({
  payload: new URLSearchParams(fields).toString(),
  headers: { 'content-type': 'application/x-www-form-urlencoded' },
});
const never = { answer: () => Promise.reject(new Error('not asked')), warm() {}, close: async () => {} };

describe('registerCosts', () => {
  it('a read that declares no cost does not register', () => {
    const app = Fastify();
    registerCosts(app, never);
    const declared = {
      scope: 'read',
      tag: 'Claims',
      operationId: 'x',
      summary: 'x',
      success: {},
      problems: [],
    } as const;
    const route = (path: string, cost?: 'point') =>
      app.get(path, { ...operation({ ...declared, ...(cost && { cost }) }), handler: async () => 'x' });
    expect(() => route('/without')).toThrow('GET /without declares no cost');
    expect(() => route('/with', 'point')).not.toThrow();
  });

  it('a page has a worker started for what its reader asks for next, an answer for programs has none', async () => {
    const app = Fastify();
    let started = 0;
    registerCosts(app, { ...never, warm: () => void started++ });
    for (const page of [true, undefined]) {
      const config = { scope: 'read', cost: 'point', ...(page && { page }) } as const;
      app.get(`/${page}`, { config }, async () => 'x');
    }
    const startedAfter = async (url: string) => {
      await app.inject({ url });
      return started;
    };
    expect([
      await startedAfter('/undefined'),
      await startedAfter('/true'),
      await startedAfter('/undefined'),
    ]).toEqual([0, 1, 1]);
  });
});

/** The reads that an app leaves to workers, which answer nothing. */
async function handing(limits: Limits) {
  const handed: string[] = [];
  const answered = async ({ url }: { url: string }) => {
    handed.push(url);
    return { status: 200, headers: {}, body: new Uint8Array() };
  };
  const app = await appReading(t.store, { limits, workers: { ...never, answer: answered } });
  return { app, handed };
}

it('a page of much text is left to a worker, however few its rows are', async () => {
  const { app, handed } = await handing({ ...boundless, characters: 10_000 });
  const [short, long] = ['/v1/claims?limit=2', '/v1/claims?limit=50'];
  for (const url of [short, long, '/v1/sources?limit=1', '/v1/claims?limit=30&include=attributions']) {
    expect((await app.inject({ url })).statusCode).toBe(200);
  }
  expect(handed).toEqual([long, '/v1/claims?limit=30&include=attributions']);
  await app.close();
});

it('what takes long in one step is left to a worker', async () => {
  const { app, handed } = await handing(boundless);
  const documents = ['/openapi.json', '/openapi-3.0.json', '/docs', '/docs/claims', '/docs/schemas/Claim'];
  const words = ['/search?q=stipend', '/claims?q=stipend', '/v1/claims?q=stipend', '/v1/search?q=stipend'];
  for (const url of ['/search', '/claims', '/v1/claims', ...documents, ...words]) {
    expect((await app.inject({ url })).statusCode).toBe(200);
  }
  expect(handed).toEqual([...documents, ...words]);
  await app.close();
});

it('what a worker made that lasts is kept, but no answer to another address', async () => {
  const { limits, workers } = readsHere(t.store);
  const asked: string[] = [];
  const app = await appReading(t.store, {
    limits,
    workers: {
      ...workers,
      answer(read, signal) {
        asked.push(read.url);
        return workers.answer(read, signal);
      },
    },
  });
  const get = async (url: string, method: 'GET' | 'HEAD' = 'GET') => {
    const { statusCode, headers, body } = await app.inject({ url, method });
    const { 'x-request-id': id, date: _date, ...lasting } = headers;
    return { id, answer: { statusCode, lasting, body } };
  };
  const [first, second, other] = [
    await get('/openapi.json'),
    await get('/openapi.json'),
    await get('/openapi-3.0.json'),
  ];
  expect(second.answer).toEqual(first.answer);
  expect(second.id).not.toBe(first.id);
  expect(JSON.parse(other.answer.body).openapi).toBe('3.0.3');
  const head = await get('/openapi.json', 'HEAD');
  expect(head.answer).toEqual({ ...first.answer, body: '' });
  expect((await get('/openapi.json?x=1')).answer.statusCode).toBe(400);
  expect(asked).toEqual(['/openapi.json', '/openapi-3.0.json']);
  for (const url of ['/docs', '/docs']) await get(url);
  expect(asked.slice(2)).toEqual(['/docs', '/docs']);
  await app.close();
});

describe('a read that exceeds what it may take here is answered by a worker', async () => {
  const app = (on: boolean) =>
    appReading(
      t.store,
      readsHere(t.store, { limits: on ? { ...boundless, isCancelled: () => true } : boundless }),
    );
  const [strict, free] = [await app(true), await app(false)];
  afterAll(() => Promise.all([strict.close(), free.close()]));

  it('which is told under which name the service was asked', async () => {
    const { body } = await free.inject({ url: '/docs', headers: { host: 'register.example.org' } });
    expect(body).toContain('http://register.example.org/v1/claims');
  });

  it('but the list of keys, of which workers know nothing', async () => {
    const authorization = `Bearer ${await t.newKey(['admin'])}`;
    const answer = await strict.inject({ url: '/v1/keys', headers: { authorization } });
    expect([answer.statusCode, answer.json().items.length]).toEqual([200, 2]);
  });

  const { etag } = (await t.send('GET', '/v1/claims/ttp-leader-family-stipend')).headers;
  const { id } = (await t.send('GET', '/v1/parties/ttp')).json;
  const requests: InjectOptions[] = [
    { url: '/openapi.json' },
    { url: '/docs/claims', headers: { host: 'register.example.org' } },
    { url: `/reconcile/entities/${id}` },
    { url: '/' },
    { url: '/claims/ttp-leader-family-stipend' },
    { url: '/parties/ttp', headers: { accept: 'text/html' } },
    { url: '/search?q=stipend' },
    { url: '/parties/nobody' },
    { url: '/v1/claims?limit=3&sort=-occurred' },
    { url: '/v1/claims?count=exact&limit=1' },
    { url: '/v1/claims/ttp-leader-family-stipend' },
    { url: '/v1/claims/ttp-leader-family-stipend', headers: { 'if-none-match': String(etag) } },
    { url: '/v1/claims/ttp-leader-family-stipend', method: 'HEAD' },
    { url: '/v1/claims/nobody' },
    { url: '/v1/claims?as_of=2026-03-01T00:00:00Z&limit=1' },
    { url: '/v1/claims', headers: { 'accept-datetime': 'Sun, 01 Mar 2026 00:00:00 GMT' } },
    { url: '/v1/claims.csv' },
    { url: '/v1/claims.ndjson', method: 'HEAD' },
    { url: '/v1/sources.csl.json' },
    { url: '/v1/changes.ndjson' },
    { url: '/v1/claims/ttp-leader-family-stipend/provenance.svg' },
    { url: '/v1/parties/match', method: 'POST', payload: { queries: [{ name: 'TTP' }] } },
    { url: '/v1/parties/match', method: 'POST', payload: { queries: [] } },
    { url: '/reconcile', method: 'POST', ...form({ queries: '{"q":{"query":"تحریک طالبان & TTP=1+1"}}' }) },
    { url: '/reconcile', method: 'POST', ...form({ queries: '{"q":{"query":"TTP","limit":0}}' }) },
    { url: '/reconcile', method: 'POST', ...form({ extend: '{"ids":[],"properties":[]}' }) },
    { url: `/reconcile?${form({ queries: '{"q":{"query":"TTP"}}' }).payload}` },
  ];
  it.each(requests.map((request) => [`${request.method ?? 'GET'} ${request.url}`, request] as const))(
    '%s',
    async (_name, request) => {
      const headers = { ...request.headers, 'x-request-id': 'the-same-request' };
      const answered = async (of: typeof strict) => {
        const answer = await of.inject({ ...request, headers });
        const {
          date: _date,
          'transfer-encoding': _coding,
          'content-length': _length,
          ...rest
        } = answer.headers;
        return { status: answer.statusCode, headers: rest, body: answer.body };
      };
      const theirs = await answered(strict);
      expect(theirs.status).toBeLessThan(500);
      expect(theirs).toEqual(await answered(free));
    },
  );
});

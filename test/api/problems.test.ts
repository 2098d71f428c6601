import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { sql } from 'drizzle-orm';
import type { InjectOptions } from 'fastify';
import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { buildApp } from '../../src/app.js';
import type { Store } from '../../src/db/store/store.js';
import { problems } from '../../src/http/response/problem.js';
import { type Code, codes } from '../../src/lib/errors.js';
import { newId } from '../../src/lib/ids.js';
import { type TestApp, testApp } from '../support/app.js';
import { Contract } from '../support/contract.js';
import { openRegister } from '../support/engines.js';
import { boundless, readsHere } from '../support/reads.js';

/** Each kind of problem is provoked for real; the table knows all of them, or it does not compile. */

const t = await testApp({ register: 'sample' });

interface Seen {
  status: number;
  headers: Record<string, unknown>;
  text: string;
}
type Provocation = () => Promise<Seen>;

const party = { kind: 'other', name: 'Somebody' };
const post = (body: unknown, headers: Record<string, string> = {}) =>
  t.send('POST', '/v1/parties', body, headers);

/** An app on a store some of whose functions fail, once the app is there. */
async function failing(
  faults: Partial<Store>,
  request: InjectOptions | string,
  reads: Parameters<typeof readsHere>[1] = {},
): Promise<Seen> {
  const config = { openReads: true, corsOrigins: [], hostNames: [] };
  const clock = () => new Date().toISOString();
  const logger = pino({ level: 'silent' });
  let live = t.store;
  const store: Store = {
    ...t.store,
    read: (fn, options) => live.read(fn, options),
    check: () => live.check(),
  };
  const app = await buildApp({ config, store, clock, ids: newId, logger, ...readsHere(store, reads) });
  new Contract().hold(app);
  live = { ...t.store, ...faults };
  const { statusCode, headers, body } = await app.inject(request);
  await app.close();
  return { status: statusCode, headers, text: body };
}

const refuse = async () => {
  throw new TypeError('a fault of ours, in secret/file.ts');
};

/** What no injected request can bring about, and the test that sends it over a socket. */
const elsewhere: Partial<Record<Code, { file: string; status: number }>> = {
  timeout: { file: '../process/transport.test.ts', status: 408 },
};

const provocations: Record<Exclude<Code, 'timeout'>, Provocation> = {
  invalid_query: () => t.send('GET', '/v1/parties?nix=1'),
  unreadable_body: () => post('{"kind":'),
  invalid_body: () => post({ kind: 'army' }),
  batch_failed: () =>
    t.send('POST', '/v1/batch', { operations: [{ method: 'DELETE', type: 'party', id: 'nobody' }] }),
  invalid_header: () => post(party, { 'idempotency-key': '"' }),
  unauthenticated: () => t.send('GET', '/v1/me', undefined, { authorization: 'Bearer att_x' }),
  forbidden: () => t.send('GET', '/v1/keys', undefined, { authorization: `Bearer ${t.key}` }),
  not_found: () => t.send('GET', '/v1/parties/nobody'),
  method_not_allowed: () => t.send('PUT', '/v1/parties', party),
  key_taken: () => post({ ...party, key: 'ttp' }),
  in_use: () => t.send('DELETE', '/v1/parties/ttp', undefined, { 'if-match': '*' }),
  patch_conflict: () =>
    t.send('PATCH', '/v1/parties/ttp', [{ op: 'test', path: '/name', value: 'x' }], {
      ...{ 'if-match': '*', 'content-type': 'application/json-patch+json' },
    }),
  async revert_conflict() {
    const whole = (await post(party)).json.id;
    const { id } = (await post({ ...party, part_of: whole })).json;
    await t.send('PATCH', `/v1/parties/${id}`, { part_of: null }, { 'if-match': '*' });
    await t.send('DELETE', `/v1/parties/${whole}`, undefined, { 'if-match': '*' });
    return t.send('POST', `/v1/parties/${id}/revert`, { to_version: 1 }, { 'if-match': '*' });
  },
  async similar_exists() {
    await post(party);
    return t.send('POST', '/v1/parties?if_similar=reject', party);
  },
  async merged_into() {
    const [{ id }, into] = [(await post(party)).json, (await post(party)).json];
    const review = { authorization: `Bearer ${await t.newKey(['write', 'review'])}`, 'if-match': '*' };
    await t.send('POST', `/v1/parties/${id}/merges`, { into: into.id }, review);
    return t.send('DELETE', `/v1/parties/${id}`, undefined, { 'if-match': '*' });
  },
  async merge_conflict() {
    const whole = (await post(party)).json.id;
    const { id } = (await post({ ...party, part_of: whole })).json;
    const review = { authorization: `Bearer ${await t.newKey(['write', 'review'])}`, 'if-match': '*' };
    return t.send('POST', `/v1/parties/${whole}/merges`, { into: id }, review);
  },
  async gone() {
    const { id } = (await post(party)).json;
    await t.send('DELETE', `/v1/parties/${id}`, undefined, { 'if-match': '*' });
    return t.send('GET', `/v1/parties/${id}`);
  },
  misdirected_request: () => failing({}, { url: '/livez', headers: { host: 'elsewhere.test' } }),
  precondition_failed: () => t.send('PATCH', '/v1/parties/ttp', { country: 'PK' }, { 'if-match': '"99"' }),
  precondition_required: () => t.send('PATCH', '/v1/parties/ttp', { country: 'PK' }),
  body_too_large: () => post({ ...party, description: 'x'.repeat(1_048_576) }),
  unsupported_media_type: () => post('kind: other', { 'content-type': 'application/yaml' }),
  async idempotency_mismatch() {
    await post(party, { 'idempotency-key': 'mismatch' });
    return post({ ...party, name: 'Another' }, { 'idempotency-key': 'mismatch' });
  },
  headers_too_large() {
    const many = Object.fromEntries(Array.from({ length: 250 }, (_, i) => [`x-${i}`, 'y']));
    return t.send('GET', '/v1/parties', undefined, many);
  },
  internal: () => failing({ read: refuse }, '/v1/parties'),
  unavailable: () => failing({ check: refuse }, '/readyz'),
  query_too_broad: () =>
    failing({}, '/v1/claims?published_from=2000&sort=said', {
      limits: { ...boundless, isCancelled: () => true },
      ofWorkers: { ...boundless, isCancelled: () => true },
    }),
  async storage_full() {
    const full = await testApp({ on: await openRegister('sqlite') });
    await full.store.write((tx) => tx.rows(sql`pragma max_page_count = 1`));
    return untilRefused(full);
  },
};

/** Creates long parties until one is refused. */
async function untilRefused(full: TestApp): Promise<Seen> {
  for (let i = 0; i < 500; i++) {
    const before = await full.fingerprint();
    const answer = await full.send('POST', '/v1/parties', { ...party, description: 'x'.repeat(5_000) });
    if (answer.status === 201) continue;
    expect((await full.fingerprint()) === before, 'the refused party left something').toBe(true);
    expect((await full.send('GET', '/v1/parties')).status, 'reads still work').toBe(200);
    await full.store.write((tx) => tx.rows(sql`pragma max_page_count = 100000`));
    expect((await full.send('POST', '/v1/parties', party)).status, 'room again').toBe(201);
    return answer;
  }
  throw new Error('the storage never filled up');
}

describe('every kind of problem', () => {
  it.each(codes)('GET /problems/%s describes it', async (code) => {
    const answer = await t.send('GET', `/problems/${code}`);
    expect(answer.status).toBe(200);
    expect(answer.json).toEqual({ code, ...problems[code] });
    expect(problems[code].status).toBeGreaterThanOrEqual(400);
    expect(problems[code].description).toMatch(/^[A-Z].{15,}\.$/);
  });

  it('GET /problems lists it', async () => {
    const { items } = (await t.send('GET', '/problems')).json;
    expect(items.map((item: { code: string }) => item.code)).toEqual([...codes]);
  });

  it.each(Object.entries(provocations))('%s can be provoked, and says what it is', async (code, provoke) => {
    const { status, headers, text } = await provoke();
    const problem = JSON.parse(text);
    const { status: expected, title } = problems[code as Code];
    expect([status, problem.code], text).toEqual([expected, code]);
    expect(headers['content-type']).toMatch(/^application\/problem\+json/);
    expect(headers['cache-control']).toBe('no-store');
    expect(problem).toMatchObject({ title, status: expected, request_id: headers['x-request-id'] });
    expect(problem.detail).toMatch(/\w{3}/);
    expect(text).not.toMatch(/secret|node_modules|\.ts\b|SQLITE/);
    expect((await t.send('GET', problem.type)).json.code).toBe(code);
    if (status === 405) expect(headers.allow).toBe('GET, HEAD, POST');
    if (status === 401) expect(headers['www-authenticate']).toMatch(/^Bearer/);
    if (status === 503 || status === 507) expect(Number(headers['retry-after'])).toBeGreaterThan(0);
    if (status === 410) expect(problem.tombstone).toMatchObject({ version: 2 });
  });

  it('is provoked by a test here or over a socket, or is kept for later', () => {
    const known = [...Object.keys(provocations), ...Object.keys(elsewhere)];
    expect(known.sort()).toEqual([...codes].sort());
    for (const [code, { file, status }] of Object.entries(elsewhere)) {
      const text = readFileSync(fileURLToPath(new URL(file, import.meta.url)), 'utf8');
      expect(problems[code as Code].status).toBe(status);
      expect(text).toMatch(new RegExp(`\\b${status}\\b`));
    }
  });
});

describe('POST, GET: an answer to very many faults is short', () => {
  const claim = (more: object) => ({ text: 'x', ...more });
  const times = <T>(n: number, item: (i: number) => T) => Array.from({ length: n }, (_, i) => item(i));
  const keysOf = (n: number, name: (i: number) => string) =>
    Object.fromEntries(times(n, (i) => [name(i), 1]));
  const attribution = { party: 'ttp', stance: 'asserts' };

  it.each<[string, string, unknown]>([
    ['200,000 wrong items', '/v1/claims', claim({ topics: times(200_000, () => 1) })],
    ['200,000 wrong items where objects belong', '/v1/claims', claim({ places: times(200_000, () => 1) })],
    ['100,000 unknown members', '/v1/parties', { ...party, ...keysOf(100_000, (i) => `_${i.toString(36)}`) }],
    ['49,000 unknown members', '/v1/parties', { ...party, ...keysOf(49_000, (i) => `m${i}`) }],
    ['49,000 unknown members further in', '/v1/claims', claim({ value: keysOf(49_000, (i) => `m${i}`) })],
    [
      '20 unknown members with names of 36,000',
      '/v1/parties',
      keysOf(20, (i) => `${i}${'~/é'.repeat(12_000)}`),
    ],
    ['a text of a million', '/v1/parties', { ...party, name: 'x'.repeat(1_000_000) }],
    ['a kind of a million', '/v1/parties', { ...party, kind: '\u0301'.repeat(500_000) }],
    ['a date of 100,000', '/v1/claims', claim({ occurred: '2'.repeat(100_000) })],
    ['a number of 100,000', '/v1/claims', claim({ value: { type: 'quantity', value: '9'.repeat(100_000) } })],
    [
      '1,000 references that lead nowhere',
      '/v1/claims',
      claim({ attributions: times(1_000, (i) => ({ ...attribution, party: `nobody-${i}` })) }),
    ],
    [
      '1,000 relays that lead nowhere',
      '/v1/claims',
      claim({ attributions: [{ ...attribution, relays: times(1_000, (i) => `@x${i}`) }] }),
    ],
    [
      '1,000 names twice',
      '/v1/claims',
      claim({ attributions: times(1_000, () => ({ ...attribution, local_id: 'a' })) }),
    ],
    ['a whole array in place of an object', '/v1/parties', times(200_000, () => 1)],
  ])('of %s', async (_name, url, body) => {
    const { status, text, json } = await t.send('POST', url, body);
    expect(status, text.slice(0, 300)).toBe(422);
    expect(json.errors.length).toBeGreaterThan(0);
    expect(json.errors.length).toBeLessThanOrEqual(20);
    expect(Buffer.byteLength(text)).toBeLessThan(65_536);
  });

  it.each([
    ['50 unknown parameters', `?${times(50, (i) => `${'n'.repeat(200)}${i}=1`).join('&')}`],
    ['1,000 parameters', `?${times(1_000, (i) => `p${i}=1`).join('&')}`],
    [
      '50 references that lead nowhere',
      `?part_of=${times(50, (i) => `nobody-${'x'.repeat(90)}-${i}`).join(',')}`,
    ],
    ['a long value', `?sort=${'x'.repeat(10_000)}`],
  ])('of %s in a query', async (_name, query) => {
    const { status, text, json } = await t.send('GET', `/v1/parties${query}`);
    expect(status, text.slice(0, 300)).toBe(400);
    expect(json.errors.length).toBeLessThanOrEqual(20);
    expect(Buffer.byteLength(text)).toBeLessThan(65_536);
  });
});

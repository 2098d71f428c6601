import { type AddressInfo, connect } from 'node:net';
import { describe, expect, it } from 'vitest';
import type { Store, Tx } from '../../src/db/store/store.js';
import { newId } from '../../src/lib/ids.js';
import { nouns, services } from '../../src/resource-types/services.js';
import { findRowByKey } from '../../src/resources/resources.store.js';
import { testApp } from '../support/app.js';
import { chosenEngine, openRegister } from '../support/engines.js';

/** What a large write leaves to others, how often it computes, and what becomes of it when its client hangs up. */

const register = await openRegister(chosenEngine);
/** What the writes of a test do to what they are given. */
let watch: (tx: Tx, signal: AbortSignal | undefined) => Tx = (tx) => tx;
const write: Store['write'] = (fn, now, signal) =>
  register.store.write((tx, at) => fn(watch(tx, signal), at), now, signal);
const t = await testApp({ on: { store: { ...register.store, write }, close: register.close } });
for (const key of ['p', 'q']) await t.send('PUT', `/v1/parties/${key}`, { kind: 'other', name: key });

const said = (size: number, more: object = {}) =>
  Array.from({ length: size }, (_, i) => ({ local_id: `s${i}`, party: 'p', stance: 'asserts', ...more }));
const circle = (size: number) =>
  said(size).map((one, i, all) => ({
    ...one,
    relays: all.filter((_, n) => n !== i).map(({ local_id }) => `@${local_id}`),
  }));
const post = (type: string, body: object) => ({ method: 'POST', type, body });

/** Runs something and tells which share of its time the longest turn of the event loop took. */
async function longestShare(run: () => Promise<unknown>): Promise<number> {
  let running = true;
  let longest = 0;
  const from = performance.now();
  let last = from;
  const look = () => {
    const now = performance.now();
    longest = Math.max(longest, now - last);
    last = now;
    if (running) setImmediate(look);
  };
  setImmediate(look);
  await run();
  running = false;
  return Math.max(longest, performance.now() - last) / (performance.now() - from);
}

/** Other engines take ten times as long for the same. */
const [WIDE, CIRCLE, OPERATIONS] = chosenEngine === 'sqlite' ? [600, 150, 300] : [60, 30, 40];

describe('a large write leaves others their turn', () => {
  const heavy: [what: string, method: string, path: string, body: object | undefined, status: number][] = [
    [
      'a claim with many attributions',
      'PUT',
      '/v1/claims/wide',
      { text: 'Wide.', attributions: said(WIDE) },
      201,
    ],
    [
      'other attributions in place of them',
      'PUT',
      '/v1/claims/wide',
      { text: 'Wide.', attributions: said(WIDE, { said: '2024' }) },
      200,
    ],
    ['the removal of it', 'DELETE', '/v1/claims/wide', undefined, 204],
    [
      'a claim whose attributions relay each other',
      'PUT',
      '/v1/claims/circle',
      { text: 'Circle.', attributions: circle(CIRCLE) },
      201,
    ],
    [
      'a batch of claims and parties',
      'POST',
      '/v1/batch',
      {
        operations: Array.from({ length: OPERATIONS }, (_, i) =>
          i % 2
            ? post('claim', { text: 'x', attributions: said(3) })
            : post('party', { kind: 'other', name: `${i}` }),
        ),
      },
      200,
    ],
  ];
  it.each(heavy)('%s', async (_what, method, path, body, status) => {
    const share = await longestShare(async () => {
      const headers: Record<string, string> = status === 201 ? {} : { 'if-match': '*' };
      expect((await t.send(method, path, body, headers)).status).toBe(status);
    });
    // A share, since a machine that does other things makes all of it take longer; in one step it is nearly all.
    expect(share).toBeLessThan(0.75);
  });
});

it('POST /v1/batch: the standing of each claim is stored once, and is right for all that the batch did', async () => {
  let stored = 0;
  watch = (tx) => {
    const update: Tx['db']['update'] = (table) => {
      if ((table as unknown) === tx.tables.claims) stored += 1;
      return tx.db.update(table);
    };
    const { db } = tx;
    return {
      ...tx,
      db: new Proxy(db, { get: (of, name) => (name === 'update' ? update : Reflect.get(of, name, of)) }),
    };
  };
  const attributions = Array.from({ length: 40 }, (_, i) =>
    post('attribution', { claim: `once-${i % 2}`, key: `once-said-${i}`, party: 'q', stance: 'asserts' }),
  );
  const { json, status } = await t.send('POST', '/v1/batch', {
    operations: [
      post('claim', { key: 'once-0', text: 'One.' }),
      post('claim', { key: 'once-1', text: 'Another.' }),
      ...attributions,
      { method: 'DELETE', type: 'attribution', id: 'once-said-0', if_match: '1' },
      { method: 'PATCH', type: 'party', id: 'q', if_match: '*', body: { independent_voice: true } },
    ],
  });
  watch = (tx) => tx;
  // The standing of two claims, and in one statement when anything of them last changed.
  expect([status, json.failed, stored]).toEqual([200, 0, 3]);
  const counts = await Promise.all(
    ['once-0', 'once-1'].map(async (key) => (await t.send('GET', `/v1/claims/${key}`)).json),
  );
  expect(counts.map(({ attribution_count, standing }) => [attribution_count, standing.asserting])).toEqual([
    [19, 1],
    [20, 1],
  ]);
});

describe('a client that hangs up', async () => {
  if (!t.app.server.listening) await t.app.listen({ port: 0, host: '127.0.0.1' });
  const { port } = t.app.server.address() as AddressInfo;
  const claim = (key: string) => ({ key, text: 'Left.', attributions: said(10) });
  const requests: [what: string, path: string, body: (key: string) => object][] = [
    ['a claim', '/v1/claims', claim],
    [
      'a batch',
      '/v1/batch',
      (key) => ({
        atomic: false,
        operations: [post('claim', claim(key)), post('party', { key, kind: 'other', name: 'x' })],
      }),
    ],
  ];

  it.each(requests)('in the middle of %s leaves nothing', async (what, path, body) => {
    let steps = 0;
    // What works in the background has no signal.
    watch = (tx, signal) =>
      signal
        ? {
            ...tx,
            yield: async () => {
              steps += 1;
            },
          }
        : tx;
    expect((await t.send('POST', path, body(`${what[2]}-kept`))).status).toBeLessThan(300);
    const before = await t.dump();
    const all = steps;
    steps = 0;

    const text = JSON.stringify(body(`${what[2]}-left`));
    const socket = connect(port, '127.0.0.1');
    const aborted = new Promise<void>((resolve) => {
      const counting = (tx: Tx, signal: AbortSignal): Tx => ({
        ...tx,
        async yield() {
          steps += 1;
          // Shortly before the end: the rows are there.
          if (steps === all - 3) {
            signal.addEventListener('abort', () => resolve());
            socket.destroy();
            await aborted;
          }
          await tx.yield();
        },
      });
      watch = (tx, signal) => (signal ? counting(tx, signal) : tx);
    });
    socket.write(
      `POST ${path} HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${t.key}\r\n` +
        `content-type: application/json\r\ncontent-length: ${Buffer.byteLength(text)}\r\n\r\n${text}`,
    );
    await aborted;
    watch = (tx) => tx;
    // Writes follow one another: when this one is done, so is the other.
    await register.store.write(async () => undefined);
    // Compared here, since the difference of texts this long takes minutes to show.
    expect((await t.dump()) === before).toBe(true);
    expect((await t.send('POST', path, body(`${what[2]}-left`))).status).toBeLessThan(300);
  });
});

it('POST /v1/batch: what takes too long is undone', async () => {
  const hurried = await testApp({ writeMs: 1 });
  const before = await hurried.dump();
  const operations = Array.from({ length: 200 }, (_, i) => post('claim', { text: `Said ${i} times.` }));
  const { status, json } = await hurried.send('POST', '/v1/batch', { operations });
  expect([status, json.code]).toEqual([413, 'body_too_large']);
  expect(json.detail).toContain('longer than 0.001 s');
  expect((await hurried.dump()) === before).toBe(true);
});

it('POST /v1/batch: attributions and relays are limited in all operations together', async () => {
  const many = post('claim', { text: 'x', attributions: said(1_000) });
  const relaying = { party: 'p', stance: 'reports', relays: Array(1_000).fill('a') };
  for (const [operations, code] of [
    [Array(6).fill(many), 'too_many_attributions'],
    [Array(161).fill(post('claim', { text: 'x', attributions: [relaying] })), 'too_many_relays'],
    [Array(41).fill(post('attribution', { claim: 'x', ...relaying })), 'too_many_relays'],
  ] as const) {
    const { status, json } = await t.send('POST', '/v1/batch', { dry_run: true, operations });
    expect([
      status,
      json.errors.map(({ code, pointer }: { code: string; pointer: string }) => [code, pointer]),
    ]).toEqual([422, [[code, '/operations']]]);
  }
});

it('POST /v1/batch: attributions that come back with their claims are limited, too', async () => {
  const going = ['going', 'gone'].map((key) => ({ key, path: `/v1/claims/${key}` }));
  for (const { path } of going) {
    expect((await t.send('PUT', path, { text: 'Going.', attributions: said(1_000) })).status).toBe(201);
    expect((await t.send('DELETE', path, undefined, { 'if-match': '*' })).status).toBe(204);
  }
  const back = going.map(({ key: id }) => ({
    ...{ method: 'PUT', type: 'claim', id, if_match: '"2"', body: { text: 'Going.' } },
  }));
  // They count, although none of them can be written.
  const wrong = (size: number) => post('claim', { text: 'Wrong.', attributions: Array(size).fill({}) });
  const batch = async (operations: object[]) => {
    const { json } = await t.send('POST', '/v1/batch', { atomic: false, operations });
    return json.items;
  };
  const most = Array(3).fill(wrong(1_000));
  const [first, second] = await batch([...back, ...most, wrong(1)]);
  expect(first).toMatchObject({ status: 200 });
  expect(second).toMatchObject({ status: 422, problem: { errors: [{ code: 'too_many_attributions' }] } });
  const [, gone] = going;
  expect((await t.send('GET', gone!.path)).status).toBe(410);
  expect((await batch([back[1]!, ...most]))[0]).toMatchObject({ status: 200 });
  expect((await t.send('GET', gone!.path)).json.attribution_count).toBe(1_000);
});

it('POST /v1/batch: relays that attributions have are limited, but for those of which the version is another', async () => {
  const attributions = said(1_000).map((one, i, all) => ({
    ...{ ...one, key: `relaying-${i}`, stance: 'reports' },
    relays: i > 40 ? [] : all.filter((_, n) => n !== i).map(({ local_id }) => `@${local_id}`),
  }));
  expect((await t.send('PUT', '/v1/claims/relaying', { text: 'Relaying.', attributions })).status).toBe(201);
  const stored = await register.store.read((tx) => findRowByKey(tx, nouns.claim, 'relaying'));
  const { extent } = services(newId).claims;
  const found = await register.store.read((tx) => extent!(tx, stored!));
  expect(found).toEqual({ attributions: 1_000, relays: 41 * 999 });

  const noted = (note: string, first: string) =>
    Array.from({ length: 41 }, (_, i) => ({
      ...{ method: 'PATCH', type: 'attribution', id: `relaying-${i}`, body: { note } },
      if_match: i === 0 ? first : '*',
    }));
  const statuses = async (operations: object[]) => {
    const { json } = await t.send('POST', '/v1/batch', { atomic: false, operations });
    return json.items.map(({ status }: { status: number }) => status);
  };
  expect(await statuses(noted('One is stale.', '7'))).toEqual([412, ...Array(40).fill(200)]);
  expect(await statuses(noted('All are meant.', '*'))).toEqual([...Array(40).fill(200), 422]);
});

it('POST /v1/claims: the relays of all attributions together are limited', async () => {
  const names = Array.from({ length: 1_000 }, (_, i) => i.toString(36));
  const attributions = names.map((local_id) => ({
    ...{ local_id, party: 'p', stance: 'reports' },
    relays: names.slice(0, 162).flatMap((name) => (name === local_id ? [] : [`@${name}`])),
  }));
  const before = await t.dump();
  for (const [method, path] of [
    ['POST', '/v1/claims'],
    ['PUT', '/v1/claims/a-thousand-outlets'],
  ] as const) {
    const { status, json } = await t.send(method, path, { text: 'x', attributions });
    const detail = expect.stringMatching(
      /^there are 161838 relays in all, and a claim is sent with 160000 at most; /,
    );
    expect([status, json.errors]).toEqual([
      422,
      [{ pointer: '/attributions', code: 'too_many_relays', detail }],
    ]);
  }
  expect((await t.dump()) === before).toBe(true);
});

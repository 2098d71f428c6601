import { type AddressInfo, connect, type Socket } from 'node:net';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, it, vi } from 'vitest';
import { testApp } from '../support/app.js';
import { chosenEngine, openRegister } from '../support/engines.js';
import { openEvents } from '../support/events.js';
import { LIMIT_MS, until } from '../support/until.js';

/** Who may hold a stream of changes, and for how long. */

describe('GET /v1/changes, /v1/changes/stream where reads are keyed', async () => {
  const t = await testApp({ openReads: false });
  if (!t.app.server.listening) await t.app.listen({ port: 0, host: '127.0.0.1' });
  const { port } = t.app.server.address() as AddressInfo;
  const follow = (key: string) =>
    openEvents(`http://127.0.0.1:${port}/v1/changes/stream`, { authorization: `Bearer ${key}` });
  const add = (name: string) => t.send('POST', '/v1/parties', { kind: 'other', name });

  it('the feed needs a key, at its start and behind a cursor', async () => {
    expect((await t.send('GET', '/v1/changes')).status).toBe(401);
    const headers = { authorization: `Bearer ${t.key}` };
    const { status, json } = await t.send('GET', '/v1/changes', undefined, headers);
    expect([status, json.items, json.has_more]).toEqual([200, [], false]);
    const url = `/v1/changes?after=${json.next_cursor}`;
    expect((await t.send('GET', url)).status).toBe(401);
    expect((await t.send('GET', url, undefined, headers)).status).toBe(200);
  });

  it('the stream ends when the key is revoked, and shows nothing that came later', async () => {
    const key = await t.newKey(['read']);
    const stream = await follow(key);
    await add('Before');
    await until(() => stream.events.length === 1);
    const admin = { authorization: `Bearer ${await t.newKey(['admin'])}` };
    const id = key.slice('att_'.length).split('_')[0];
    expect((await t.send('DELETE', `/v1/keys/apikey_${id}`, undefined, admin)).status).toBe(204);
    await add('After');
    expect(await stream.ended).toBe('ended');
    expect(stream.events.map(({ data }) => JSON.parse(data).object.name)).toEqual(['Before']);
    expect(stream.comments).toEqual(['the key is not valid any more']);
    expect((await follow(key)).status).toBe(401);
  });

  it('the stream ends when the key expires; others go on', async () => {
    const short = await follow(await t.newKey(['read'], { expires_at: '2100-01-01T00:00:00.000Z' }));
    const long = await follow(await t.newKey(['read']));
    await add('Before');
    await until(() => short.events.some(({ data }) => data.includes('Before')));
    t.setClock('2100-01-01T00:00:00.001Z');
    await add('After expiry');
    expect(await short.ended).toBe('ended');
    expect(short.events.some(({ data }) => data.includes('After expiry'))).toBe(false);
    await until(() => long.events.some(({ data }) => data.includes('After expiry')));
    long.kill();
  });
});

describe('GET /v1/changes/stream with Last-Event-ID', async () => {
  const t = await testApp();
  if (!t.app.server.listening) await t.app.listen({ port: 0, host: '127.0.0.1' });
  const { port } = t.app.server.address() as AddressInfo;
  const add = (name: string) => t.send('POST', '/v1/parties', { kind: 'other', name });
  const names = (events: { data: string }[]) => events.map(({ data }) => JSON.parse(data).object.name);

  it('goes on behind the last event that the client saw, whatever `after` in its address says', async () => {
    for (const name of ['One', 'Two', 'Three']) await add(name);
    const [one, two] = (await t.send('GET', '/v1/changes')).json.items;
    const url = `http://127.0.0.1:${port}/v1/changes/stream`;
    const begun = await openEvents(`${url}?after=${one.cursor}`);
    await until(() => begun.events.length === 2);
    expect(names(begun.events)).toEqual(['Two', 'Three']);
    begun.kill();
    const resumed = await openEvents(`${url}?after=${one.cursor}`, { 'last-event-id': two.cursor });
    await add('Four');
    await until(() => names(resumed.events).includes('Four'));
    expect(names(resumed.events)).toEqual(['Three', 'Four']);
    resumed.kill();
  });
});

describe('GET /v1/changes/stream, to clients that hang up', async () => {
  const MOST = 200;
  const register = await openRegister(chosenEngine);
  let waiting = 0;
  let gate = Promise.resolve();
  const gated: typeof register.store.read = async (...args) => {
    const result = await register.store.read(...args);
    waiting += 1;
    await gate;
    return result;
  };
  const t = await testApp({ on: { store: { ...register.store, read: gated }, close: register.close } });
  if (!t.app.server.listening) await t.app.listen({ port: 0, host: '127.0.0.1' });
  const { port } = t.app.server.address() as AddressInfo;
  const ask = 'GET /v1/changes/stream HTTP/1.1\r\nhost: x\r\n\r\n';
  const connections = () =>
    new Promise<number>((resolve, reject) => {
      t.app.server.getConnections((error, count) => (error ? reject(error) : resolve(count)));
    });

  it('before the stream begins leaves the place free', async () => {
    let open = () => {};
    gate = new Promise((resolve) => {
      open = resolve;
    });
    waiting = 0;
    let asked = 0;
    t.app.server.on('request', () => {
      asked += 1;
    });
    const clients = Array.from({ length: MOST }, () =>
      connect(port, '127.0.0.1', function (this: Socket) {
        this.write(ask);
      }),
    );
    await until(() => asked === MOST && waiting >= MOST);
    for (const client of clients) client.destroy();
    await until(async () => (await connections()) === 0);
    open();
    // Each request reads where it begins, then whether that place is ours, and then decides.
    await until(() => waiting >= 2 * MOST);
    for (let turns = 0; turns < 100; turns++) await nextTurn();
    const stream = await openEvents(`http://127.0.0.1:${port}/v1/changes/stream`);
    expect(stream.status).toBe(200);
    stream.kill();
  });
});

describe('GET /v1/changes/stream, to many at once', async () => {
  const STREAMS = 20;
  const register = await openRegister(chosenEngine);
  // Looks at whether anything is new go on for as long as the streams are open: only what was read counts.
  let pages = 0;
  const counted: typeof register.store.read = async (...args) => {
    const found = await register.store.read(...args);
    if ((found as { items?: unknown[] } | undefined)?.items?.length) pages += 1;
    return found;
  };
  const t = await testApp({ on: { store: { ...register.store, read: counted }, close: register.close } });
  if (!t.app.server.listening) await t.app.listen({ port: 0, host: '127.0.0.1' });
  const { port } = t.app.server.address() as AddressInfo;
  const follow = (filter = '') => openEvents(`http://127.0.0.1:${port}/v1/changes/stream${filter}`);

  it('reads what a write changed once for all streams, and sends each what it asked for', async () => {
    await t.send('PUT', '/v1/parties/first', { kind: 'other', name: 'First' });
    await t.send('PUT', '/v1/parties/second', { kind: 'other', name: 'Second' });
    const streams = await Promise.all(Array.from({ length: STREAMS }, () => follow()));
    const parties = await follow('?type=party');
    const concerned = await follow('?subject=first');
    const both = await follow('?subject=first&type=claim');
    const all = [...streams, parties, concerned, both];
    const arrived = (each: number, ...filtered: number[]) =>
      vi.waitFor(
        () => {
          const expected = [...streams.map(() => each), ...filtered];
          expect(all.map(({ events }) => events.length)).toEqual(expected);
        },
        { timeout: LIMIT_MS, interval: 5 },
      );
    await arrived(2, 2, 1, 0);
    for (const stream of all) stream.events.length = 0;

    const claims = Array.from({ length: 150 }, (_, i) => ({
      method: 'POST',
      type: 'claim',
      body: { text: `Claim ${i}.`, subject: i % 2 ? 'first' : 'second' },
    }));
    const party = { method: 'PATCH', type: 'party', id: 'first', if_match: '*', body: { description: 'x' } };
    const before = pages;
    expect((await t.send('POST', '/v1/batch', { operations: [...claims, party] })).status).toBe(200);
    await arrived(151, 1, 76, 75);
    // Two pages at the least; a stream that opened late may read them from another place.
    expect(pages - before).toBeLessThan(STREAMS / 2);
    const { items } = (await t.send('GET', '/v1/changes?limit=200')).json;
    const expected = items.slice(2).map(({ cursor }: { cursor: string }) => cursor);
    for (const { events } of streams) expect(events.map(({ id }) => id)).toEqual(expected);
    for (const stream of all) stream.kill();
  });
});

import { type AddressInfo, connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, inject, it } from 'vitest';
import { testApp } from '../support/app.js';
import { chosenEngine, openRegister } from '../support/engines.js';
import { openEvents } from '../support/events.js';

/** Who may hold a stream of changes, and for how long. */

async function until(holds: () => boolean): Promise<void> {
  const deadline = Date.now() + 10_000;
  while (!holds()) {
    if (Date.now() > deadline) throw new Error('it took too long');
    await sleep(5);
  }
}

describe('a stream with a key', async () => {
  const t = await testApp({ openReads: false });
  if (!t.app.server.listening) await t.app.listen({ port: 0, host: '127.0.0.1' });
  const { port } = t.app.server.address() as AddressInfo;
  const follow = (key: string) =>
    openEvents(`http://127.0.0.1:${port}/v1/changes/stream`, { authorization: `Bearer ${key}` });
  const add = (name: string) => t.send('POST', '/v1/parties', { kind: 'other', name });

  it('ends when the key is revoked, and shows nothing that came later', async () => {
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

  it('ends when the key expires; others go on', async () => {
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

describe('a client that hangs up', async () => {
  const MOST = 200;
  const register = await openRegister(chosenEngine, inject('chosenTemplates').empty);
  let delay = 0;
  const slow: typeof register.store.read = async (...args) => {
    const result = await register.store.read(...args);
    await sleep(delay);
    return result;
  };
  const t = await testApp({ on: { store: { ...register.store, read: slow }, close: register.close } });
  if (!t.app.server.listening) await t.app.listen({ port: 0, host: '127.0.0.1' });
  const { port } = t.app.server.address() as AddressInfo;
  const ask = 'GET /v1/changes/stream HTTP/1.1\r\nhost: x\r\n\r\n';

  it('before its stream begins leaves the place free', async () => {
    let asked = 0;
    t.app.server.on('request', () => {
      asked += 1;
    });
    delay = 300;
    const clients = Array.from({ length: MOST }, () =>
      connect(port, '127.0.0.1', function (this: Socket) {
        this.write(ask);
      }),
    );
    await until(() => asked === MOST);
    for (const client of clients) client.destroy();
    await sleep(1_000);
    delay = 0;
    const stream = await openEvents(`http://127.0.0.1:${port}/v1/changes/stream`);
    expect(stream.status).toBe(200);
    stream.kill();
  });
});

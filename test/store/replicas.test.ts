import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openStore } from '../../src/db/open.js';
import { shared } from '../../src/db/postgres/replicas.js';
import type { Store } from '../../src/db/store/store.js';
import { type TestApp, testApp } from '../support/app.js';
import { effort } from '../support/effort.js';
import { engines } from '../support/engines.js';
import { type PostgresServer, postgresServer } from '../support/postgres-server.js';

/** Reads on streaming replicas: they take the load, and nobody can tell. */

it('shared: a call that is running does not answer one that came later', async () => {
  const answers: ((value: number) => void)[] = [];
  const ask = shared(() => new Promise<number>((resolve) => answers.push(resolve)));
  const first = [ask(), ask()];
  await sleep(1);
  const second = [ask(), ask()];
  await sleep(1);
  expect(answers).toHaveLength(1);
  answers[0]!(1);
  await sleep(1);
  expect(answers).toHaveLength(2);
  answers[1]!(2);
  expect(await Promise.all([...first, ...second])).toEqual([1, 1, 2, 2]);
});

it('shared: a call that failed is made again', async () => {
  let n = 0;
  const ask = shared(async () => {
    if (++n === 1) throw new Error('away');
    return n;
  });
  await expect(ask()).rejects.toThrow('away');
  expect(await ask()).toBe(2);
});

describe.runIf(engines.includes('postgres'))('Store.read with a replica', () => {
  let primary: PostgresServer;
  let replica: PostgresServer;
  const instances: TestApp[] = [];
  const stores: Store[] = [];
  const onFatal = (error: Error) => {
    throw error;
  };
  const on = async (server: PostgresServer, text: string) => {
    const client = new pg.Client(server.url);
    await client.connect();
    const { rows } = await client.query(text);
    await client.end();
    return rows;
  };
  const readsReplica = (store: Store) =>
    store.read(async (tx) => {
      const [row] = await tx.rows<{ standby: boolean }>(sql`select pg_is_in_recovery() as standby`);
      return row!.standby;
    });
  const until = async (condition: () => Promise<boolean>) => {
    for (let tries = 0; tries < 100; tries += 1) {
      if (await condition()) return;
      await sleep(100);
    }
    expect.unreachable('it did not come to that');
  };
  const party = (name: string) => ({ kind: 'other', name });

  beforeAll(async () => {
    primary = await postgresServer();
    replica = await primary.standby();
    for (let i = 0; i < 2; i += 1) {
      const store = await openStore({ url: primary.url, replicaUrls: [replica.url], poolSize: 5, onFatal });
      stores.push(store);
      instances.push(await testApp({ on: { store, close: store.close } }));
    }
  });
  afterAll(async () => {
    await Promise.all(instances.map((t) => t.close()));
    await replica.remove();
    await primary.remove();
  });

  it('reads go to the replica', async () => {
    await until(() => readsReplica(stores[0]!));
  });

  it('a replica without a free connection is read again as soon as one is free', async () => {
    const store = await openStore({ url: primary.url, replicaUrls: [replica.url], poolSize: 2, onFatal });
    let finish = () => {};
    const finished = new Promise<void>((resolve) => {
      finish = resolve;
    });
    const long: Promise<void>[] = [];
    // The primary serves a read when the replica happens to be a little behind: such a read is not held.
    const holdsReplica = () =>
      new Promise<boolean>((answer) => {
        long.push(
          store.read(async (tx) => {
            const [row] = await tx.rows<{ standby: boolean }>(sql`select pg_is_in_recovery() as standby`);
            answer(row!.standby);
            if (row!.standby) await finished;
          }),
        );
      });
    await until(holdsReplica);
    await until(holdsReplica);
    expect(await readsReplica(store)).toBe(false);
    finish();
    await Promise.all(long);
    await until(() => readsReplica(store));
    await store.close();
  });

  it('every client reads its own writes through any instance', async () => {
    let onReplica = 0;
    for (let round = 0; round < effort(150, 300); round += 1) {
      const writer = instances[round % 2]!;
      const reader = instances[(round >> 1) % 2]!;
      const { json } = await writer.send('POST', '/v1/parties', party(`Someone ${round}`));
      const read = await reader.send('GET', `/v1/parties/${json.id}`);
      expect([read.status, read.json?.name], `round ${round}`).toEqual([200, `Someone ${round}`]);
      if (await readsReplica(reader.store)) onReplica += 1;
    }
    // Else it would say nothing about replicas.
    expect(onReplica).toBeGreaterThan(effort(50, 100));
  });

  it('a key that was revoked through one instance is refused by the other', async () => {
    const [first, second] = instances as [TestApp, TestApp];
    const admin = { authorization: `Bearer ${await first.newKey(['admin'])}` };
    const { json } = await first.send('POST', '/v1/keys', { name: 'x', scopes: ['read'] }, admin);
    const me = () => second.send('GET', '/v1/me', undefined, { authorization: `Bearer ${json.key}` });
    expect((await me()).status).toBe(200);
    await first.send('DELETE', `/v1/keys/${json.id}`, undefined, admin);
    expect((await me()).status).toBe(401);
  });

  it('reads go to the primary while the replica is behind', async () => {
    const [first, second] = instances as [TestApp, TestApp];
    await on(replica, 'SELECT pg_wal_replay_pause()');
    const { json } = await first.send('POST', '/v1/parties', party('Not there yet'));
    for (const t of [first, second]) {
      expect((await t.send('GET', `/v1/parties/${json.id}`)).status).toBe(200);
      expect(await readsReplica(t.store)).toBe(false);
    }
    expect((await on(replica, `SELECT 1 FROM parties WHERE id = '${json.id}'`)).length).toBe(0);
    await on(replica, 'SELECT pg_wal_replay_resume()');
    await until(() => readsReplica(stores[1]!));
    expect((await second.send('GET', `/v1/parties/${json.id}`)).status).toBe(200);
  });

  it('a read that the replica breaks off is repeated on the primary', async () => {
    const store = stores[0]!;
    const servers: boolean[] = [];
    const read = () =>
      store.read(async (tx) => {
        const [row] = await tx.rows<{ standby: boolean; pid: number }>(
          sql`select pg_is_in_recovery() as standby, pg_backend_pid() as pid`,
        );
        servers.push(row!.standby);
        if (row!.standby) await on(replica, `SELECT pg_terminate_backend(${row!.pid})`);
        return tx.rows<{ one: number }>(sql`select 1 as one`);
      });
    let answer: { one: number }[] = [];
    await until(async () => {
      servers.length = 0;
      answer = await read();
      return servers[0]!;
    });
    expect(answer).toEqual([{ one: 1 }]);
    expect(servers).toEqual([true, false]);
  });

  it('no request fails when the replica dies, and reads return to it when it is back', async () => {
    const [t] = instances as [TestApp];
    const statuses = new Set<number>();
    let going = true;
    const readers = Array.from({ length: 4 }, async () => {
      while (going) statuses.add((await t.send('GET', '/v1/parties?limit=5')).status);
    });
    await sleep(200);
    await replica.halt('SIGKILL');
    await sleep(300);
    expect((await t.send('POST', '/v1/parties', party('Meanwhile'))).status).toBe(201);
    expect((await t.send('GET', '/readyz')).status).toBe(200);
    await replica.start();
    await until(() => readsReplica(t.store));
    going = false;
    await Promise.all(readers);
    expect([...statuses]).toEqual([200]);
  });

  it('a replica that was promoted is not read', async () => {
    await on(replica, 'SELECT pg_promote()');
    await on(replica, "UPDATE parties SET name = 'Astray', valid_from = (SELECT at FROM commit_clock)");
    await sleep(200);
    for (const store of stores) expect(await readsReplica(store)).toBe(false);
    const { json } = await instances[0]!.send('GET', '/v1/parties?limit=200');
    expect(json.items.map(({ name }: { name: string }) => name)).not.toContain('Astray');
  });
});

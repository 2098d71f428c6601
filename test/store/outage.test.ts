import { setTimeout as sleep } from 'node:timers/promises';
import { eq, sql } from 'drizzle-orm';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { openStore } from '../../src/db/open.js';
import { openPool, type PgPool } from '../../src/db/postgres/pool.js';
import { openPostgres } from '../../src/db/postgres/postgres.js';
import type { Store, Tx } from '../../src/db/store/store.js';
import { ApiError } from '../../src/lib/errors.js';
import { testApp } from '../support/app.js';
import { engines } from '../support/engines.js';
import { type PostgresServer, postgresServer } from '../support/postgres-server.js';

/** What happens when PostgreSQL is slow, in the way, or gone. */

const put = (tx: Tx, name: string, value = 'x') => tx.db.insert(tx.tables.settings).values({ name, value });
const value = async (tx: Tx, name: string) => {
  const { settings: t } = tx.tables;
  return (await tx.db.select().from(t).where(eq(t.name, name)))[0]?.value;
};

async function unavailableFrom(promise: Promise<unknown>): Promise<ApiError> {
  const error = await promise.then(
    () => expect.unreachable('it did not fail'),
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(ApiError);
  const failure = error as ApiError;
  expect([failure.code, failure.headers['retry-after']]).toEqual(['unavailable', '1']);
  return failure;
}

it('Store.write: a commit without an answer is reported as in doubt', async () => {
  const settings = { server_version_num: '150000', server_encoding: 'UTF8', synchronous_commit: 'on' };
  let commits = 0;
  const pool: PgPool = {
    end: async () => {},
    connect: async () => ({
      release: () => {},
      async query(query) {
        const text = typeof query === 'string' ? query : query.text;
        if (text === 'COMMIT' && ++commits > 1) throw new Error('Connection terminated unexpectedly');
        return { rows: text.includes('current_setting') ? [settings] : [] };
      },
    }),
  };
  const store = await openPostgres(pool);
  const failure = await unavailableFrom(store.write((tx) => put(tx, 'in-doubt')));
  expect(failure.message).toContain('whether the write was kept is unknown');
  expect(commits).toBe(2);
});

describe.runIf(engines.includes('postgres'))('Store on a server', () => {
  let server: PostgresServer;
  let store: Store;
  const onFatal = (error: Error) => {
    throw error;
  };
  const stores: Store[] = [];
  /** The register through connections with other settings. */
  const tuned = async (parameters: string) => {
    const opened = await openStore({ url: `${server.url}?${parameters}`, poolSize: 3, onFatal });
    stores.push(opened);
    return opened;
  };
  const administrator = async (text: string) => {
    const client = new pg.Client(server.url);
    client.on('error', () => undefined);
    await client.connect();
    await client.query(text);
    await client.end();
  };

  beforeAll(async () => {
    server = await postgresServer();
    store = await openStore({ url: server.url, onFatal });
    stores.push(store);
  });
  afterAll(async () => {
    await Promise.all(stores.map((opened) => opened.close()));
    await server.remove();
  });

  it('connections are named attested', async () => {
    const rows = await store.read((tx) =>
      tx.rows(sql`select application_name as name from pg_stat_activity where pid = pg_backend_pid()`),
    );
    expect(rows).toEqual([{ name: 'attested' }]);
  });

  it('a statement that takes too long is unavailable', async () => {
    const impatient = await tuned('statement_timeout=1000');
    await unavailableFrom(impatient.read((tx) => tx.rows(sql`select pg_sleep(5)`)));
    await unavailableFrom(
      impatient.write(async (tx) => {
        await put(tx, 'too-long');
        await tx.rows(sql`select pg_sleep(5)`);
      }),
    );
    expect(await impatient.read((tx) => value(tx, 'too-long'))).toBeUndefined();
  });

  it('a transaction that is idle for too long is unavailable, and the next one works', async () => {
    const impatient = await tuned('idle_in_transaction_session_timeout=1000');
    const isThere = (pid: number) =>
      store.read(
        async (tx) => (await tx.rows(sql`select 1 from pg_stat_activity where pid = ${pid}`)).length > 0,
      );
    const idle = impatient.write(async (tx) => {
      await put(tx, 'idle');
      const [{ pid }] = (await tx.rows(sql`select pg_backend_pid() as pid`)) as [{ pid: number }];
      while (await isThere(pid)) await sleep(50);
      await put(tx, 'idle-2');
    });
    await unavailableFrom(idle);
    await impatient.write((tx) => put(tx, 'after-idle'));
    expect(await impatient.read((tx) => value(tx, 'idle'))).toBeUndefined();
  });

  it('a write that waits too long for one of another instance is unavailable', async () => {
    const other = await tuned('lock_timeout=200');
    let failed: Promise<unknown> = Promise.resolve();
    await store.write(async (tx) => {
      await put(tx, 'long');
      failed = unavailableFrom(other.write((late) => put(late, 'late')));
      await failed;
      // Reads wait for nobody.
      expect(await other.read((reading) => value(reading, 'long'))).toBeUndefined();
    });
    await other.write((tx) => put(tx, 'late'));
  });

  it('a write that conflicts with another change is undone and run again', async () => {
    await store.write((tx) => put(tx, 'counter', '0'));
    let tries = 0;
    await store.write(async (tx) => {
      const { settings: t } = tx.tables;
      const before = Number(await value(tx, 'counter'));
      tries += 1;
      if (tries < 3)
        await administrator("UPDATE settings SET value = value::int + 10 WHERE name = 'counter'");
      await tx.db
        .update(t)
        .set({ value: `${before + 1}` })
        .where(eq(t.name, 'counter'));
    });
    expect(tries).toBe(3);
    expect(await store.read((tx) => value(tx, 'counter'))).toBe('21');
  });

  it('a write that conflicts ten times is unavailable', async () => {
    let tries = 0;
    const failure = await unavailableFrom(
      store.write(async (tx) => {
        const { settings: t } = tx.tables;
        await value(tx, 'counter');
        tries += 1;
        await administrator("UPDATE settings SET value = value::int + 1 WHERE name = 'counter'");
        await tx.db.update(t).set({ value: '0' }).where(eq(t.name, 'counter'));
      }),
    );
    expect(tries).toBe(10);
    expect(failure.message).toContain('busy');
    expect(await store.read((tx) => value(tx, 'counter'))).toBe('31');
  });

  it('a write whose connection ends is unavailable and undone, and the next one works', async () => {
    await unavailableFrom(
      store.write(async (tx) => {
        await put(tx, 'cut');
        const [{ pid }] = (await tx.rows(sql`select pg_backend_pid() as pid`)) as [{ pid: number }];
        await administrator(`SELECT pg_terminate_backend(${pid})`);
        await put(tx, 'cut-2');
      }),
    );
    await store.write((tx) => put(tx, 'after-cut'));
    expect(await store.read((tx) => value(tx, 'cut'))).toBeUndefined();
  });

  it('a read-only server is unavailable and not ready until it accepts writes again', async () => {
    const end = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'attested'";
    await administrator('ALTER DATABASE postgres SET default_transaction_read_only = on');
    await administrator(end);
    await unavailableFrom(store.write((tx) => put(tx, 'read-only')));
    // A connection may not have heard yet that it was ended.
    await vi.waitFor(() => expect(store.check()).rejects.toThrow('takes no writes'), 120_000);
    await administrator(
      'SET transaction_read_only = off; ALTER DATABASE postgres SET default_transaction_read_only = off',
    );
    await administrator(end);
    await vi.waitFor(() => store.check(), 120_000);
    await vi.waitFor(() => store.write((tx) => put(tx, 'read-only')), 120_000);
  });

  it.each(['SIGINT', 'SIGQUIT'] as const)(
    'requests are 503 while the server is gone (%s), and work again without a restart',
    async (signal) => {
      const on = await openPostgres(openPool(server.url, 5));
      const t = await testApp({ on: { store: on, close: on.close } });
      const party = { kind: 'other', name: 'Someone' };
      const ready = async () => (await t.send('GET', '/readyz')).status;
      expect(
        (await t.send('POST', '/v1/parties', { ...party, key: `before-${signal.toLowerCase()}` })).status,
      ).toBe(201);
      expect(await ready()).toBe(200);

      await server.halt(signal);
      for (const [method, url, body] of [
        ['GET', '/v1/parties', undefined],
        ['POST', '/v1/parties', party],
        ['GET', '/v1/me', undefined],
      ] as const) {
        const authorization = `Bearer ${t.key}`;
        const answer = await t.send(method, url, body, { authorization });
        expect([answer.status, answer.json.code, answer.headers['retry-after']]).toEqual([
          503,
          'unavailable',
          '1',
        ]);
      }
      expect(await ready()).toBe(503);
      expect((await t.send('GET', '/livez')).status).toBe(200);

      await server.start();
      expect(await ready()).toBe(200);
      expect((await t.send('GET', `/v1/parties/before-${signal.toLowerCase()}`)).status).toBe(200);
      expect((await t.send('POST', '/v1/parties', party)).status).toBe(201);
      await t.close();
    },
  );
});

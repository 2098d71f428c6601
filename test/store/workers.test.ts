import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { sql } from 'drizzle-orm';
import { pino } from 'pino';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { LimitExceeded } from '../../src/db/store/limits.js';
import { cursorSecret } from '../../src/db/store/settings.js';
import type { Answered } from '../../src/http/server/costs.js';
import type * as Pool from '../../src/workers/pool.js';
import { testApp } from '../support/app.js';
import { engines, openRegister, openSample } from '../support/engines.js';
import { boundless } from '../support/reads.js';
import { program } from '../support/shared.js';

/** Reads that take long: what ends them, and that their connections and threads serve others then. */

/** Takes longer than any test. */
const endless = sql`select count(*) as n from attributions a, attributions b, attributions c, attributions d, claims`;

// PGlite, being inside of this process, can be neither timed nor interrupted.
const elsewhere = engines.filter((engine) => engine !== 'pglite');

describe.each(elsewhere)('Store.read on %s', (engine) => {
  it('ends a query in the database at its limit, and serves the next one', async () => {
    const { store, close } = await openSample(engine);
    const limits = { ...boundless, milliseconds: () => 100 };
    const began = performance.now();
    await expect(store.read((tx) => tx.rows(endless), { limits })).rejects.toThrow(LimitExceeded);
    expect(performance.now() - began).toBeLessThan(20_000);
    const { claims } = await store.read(async (tx) => tx.tables);
    expect(await store.read((tx) => tx.db.$count(claims), { limits })).toBeGreaterThan(10);
    await close();
  });

  it('ends a query that nobody waits for any more', async () => {
    const { store, close } = await openSample(engine);
    const gone = new AbortController();
    const hungUpAt = performance.now() + 100;
    setTimeout(() => gone.abort(), 100);
    const limits = { ...boundless, isCancelled: () => performance.now() > hungUpAt, signal: gone.signal };
    await expect(store.read((tx) => tx.rows(endless), { limits })).rejects.toThrow();
    expect(performance.now() - hungUpAt).toBeLessThan(20_000);
    await close();
  });
});

it.each(elsewhere)(
  'Store.read on %s: ends at its limit what computes in steps between statements',
  async (engine) => {
    const { store, close } = await openSample(engine);
    // On PostgreSQL one limit holds for both.
    const limits = {
      ...boundless,
      ...(engine !== 'sqlite' && { milliseconds: () => 50 }),
      inSteps: () => 50,
    };
    const computing = store.read(
      async (tx) => {
        for (;;) await tx.yield();
      },
      { limits },
    );
    await expect(computing).rejects.toThrow(LimitExceeded);
    expect(await store.read((tx) => tx.db.$count(tx.tables.claims), { limits })).toBeGreaterThan(10);
    await close();
  },
);

it('Store.read on SQLite: rows are limited, those of joins, subqueries and sorts included', async () => {
  const { store, close } = await openSample('sqlite');
  const visits = async (query: ReturnType<typeof sql>, rows: number) =>
    store.read((tx) => tx.rows(query), { limits: { ...boundless, rows } });
  const { n } = (await visits(sql`select count(*) as n from claims`, 10_000))[0] as { n: number };
  for (const [query, rows] of [
    [sql`select id from claims order by text`, n],
    [sql`select id from claims where text like '%nothing%'`, n],
    [sql`select 1 from claims a, claims b where a.text = b.text || '.'`, n + n * n],
    [sql`select 1 where exists (select 1 from claims where text = '.')`, n],
    [sql`select count(*) from (select kind from claims group by kind) kinds`, n],
  ] as const) {
    await expect(visits(query, rows - 1)).rejects.toThrow(LimitExceeded);
    await visits(query, rows);
  }
  await close();
});

describe.each(elsewhere)('workers on %s', async (engine) => {
  const CLAIMS = 300;
  const register = await openRegister(engine);
  const t = await testApp({ on: register });
  await t.send('PUT', '/v1/parties/ttp', { kind: 'armed_group', name: 'TTP' });
  const strength = { label: 'strength', value_type: 'quantity', unit: 'fighters', functional: true };
  await t.send('PUT', '/v1/predicates/strength', strength);
  const operations = Array.from({ length: CLAIMS }, (_, i) => ({
    method: 'POST',
    type: 'claim',
    body: {
      text: `There are ${i} fighters.`,
      ...{ subject: 'ttp', predicate: 'strength', occurred: '2024' },
      value: { type: 'quantity', value: String(i) },
    },
  }));
  expect((await t.send('POST', '/v1/batch', { operations })).status).toBe(200);
  const setup = {
    databaseUrl: register.url!,
    replicaUrls: [],
    cursorSecret: await cursorSecret(t.store),
    logLevel: 'silent',
  };
  const compiled = pathToFileURL(join(await program(), 'dist', 'workers', 'pool.js'));
  expect(existsSync(compiled)).toBe(true);
  const { openWorkers }: typeof Pool = await import(compiled.href);
  const logger = pino({ level: 'silent' });
  // Longer than any answer takes, and less than that after which a worker is stopped.
  const one = openWorkers(setup, logger, { workers: 1, milliseconds: 14_000 });
  const hurried = openWorkers(setup, logger, { workers: 1, milliseconds: 20 });
  afterAll(async () => Promise.all([one.close(), hurried.close()]));

  const never = new AbortController().signal;
  const json = ({ body }: Answered) => JSON.parse(Buffer.from(body).toString());
  /** Thousands of comparisons, of which none is meant. */
  const get = { method: 'GET', headers: {}, body: null } as const;
  const long = { ...get, url: '/v1/conflicts?kind=different_scope&subject=ttp' };
  const short = { ...get, url: '/v1/claims?limit=2' };

  it('answer as the app does, byte for byte', async () => {
    const urls = [
      '/v1/claims?count=exact&sort=-value',
      '/v1/claims.csv?limit=20',
      '/v1/claims?limit=x',
      '/v1/nothing',
    ];
    for (const url of urls) {
      const headers = { 'x-request-id': 'the-same-request' };
      const ours = await t.send('GET', url, undefined, headers);
      const theirs = await one.answer({ ...get, url, headers }, never);
      expect([theirs.status, Buffer.from(theirs.body).toString()]).toEqual([ours.status, ours.text]);
      expect(theirs.headers.etag).toBe(ours.headers.etag);
    }
  });

  it('end an answer at its deadline, say what would narrow it, and answer the next', async () => {
    await hurried.answer(short, never);
    const answer = await hurried.answer(long, never);
    expect(answer.status).toBe(503);
    expect(json(answer)).toMatchObject({
      code: 'query_too_broad',
      errors: [{ parameter: 'kind' }, { parameter: 'subject', code: 'too_broad' }],
    });
    expect((await one.answer(short, never)).status).toBe(200);
  });

  it('count the time that a request took until then, and say so where it left little', async () => {
    await one.answer(short, never);
    await expect(one.answer(long, never, { spent: 13_990 })).rejects.toMatchObject({
      code: 'unavailable',
      headers: { 'retry-after': '2' },
    });
    const answer = await hurried.answer(long, never, { spent: 5 });
    expect([answer.status, json(answer).code]).toEqual([503, 'query_too_broad']);
    expect((await one.answer(long, never, { spent: 10 })).status).toBe(200);
  });

  it('end what a client that hung up asked for, and answer the next', async () => {
    await one.answer(short, never);
    const gone = new AbortController();
    const answer = one.answer(long, gone.signal);
    await sleep(10);
    gone.abort();
    const next = one.answer(short, never);
    expect((await answer).status).toBe(503);
    expect((await next).status).toBe(200);
    expect((await one.answer(long, never)).status).toBe(200);
  });

  it('are busy for whoever waits for one that does not end', async () => {
    // The limit after which a worker is stopped, passed already.
    const timeout = vi.spyOn(AbortSignal, 'timeout').mockReturnValue(AbortSignal.abort());
    const answer = one.answer(short, never);
    await expect(answer.finally(() => timeout.mockRestore())).rejects.toMatchObject({ code: 'unavailable' });
    expect((await one.answer(short, never)).status).toBe(200);
  });

  it('start ahead of their first task, which needs no other one', async () => {
    let started = 0;
    const count = () => void started++;
    process.on('worker', count);
    const ahead = openWorkers(setup, logger);
    ahead.warm();
    ahead.warm();
    expect((await ahead.answer(short, never)).status).toBe(200);
    ahead.warm();
    await ahead.close();
    process.off('worker', count);
    expect(started).toBe(1);
  });

  it('refuse what is more than may wait, also while the first starts', async () => {
    const flooded = openWorkers(setup, logger, { workers: 1 });
    const ended: unknown[] = [];
    const note = (answer: unknown) => void ended.push(answer);
    await Promise.all(Array.from({ length: 60 }, () => flooded.answer(short, never).then(note, note)));
    await flooded.close();
    const refused = ended.slice(0, 10).map((error) => (error as { code?: string }).code);
    expect(refused).toEqual(Array(10).fill('unavailable'));
  });

  it('finish what they do before they close', async () => {
    const closing = openWorkers(setup, logger, { workers: 1 });
    // Closing does not wait for a worker to start for longer than a while.
    await closing.answer(short, never);
    const answer = closing.answer(short, never);
    await closing.close();
    expect((await answer).status).toBe(200);
  });
});

import { eq, getTableColumns, sql } from 'drizzle-orm';
import { pino } from 'pino';
import { afterAll, describe, expect, it } from 'vitest';
import { buildApp } from '../../src/app.js';
import { newId } from '../../src/lib/ids.js';
import { testApp } from '../support/app.js';
import { openRegister } from '../support/engines.js';
import { boundless } from '../support/reads.js';

/** What SQLite visits for a page must not grow with the claims that match: it is counted, and bounded here. */

/** More than are counted. */
const CLAIMS = 10_000;
/** Matches that are counted to decide for an index or for the order. */
const COUNTED = 2_001;
/** A page of 50 with its documents, names and look-ups of references. */
const OF_A_PAGE = 400;

describe('GET /v1/claims on SQLite, where each filter matches thousands', async () => {
  const t = await testApp({ on: await openRegister('sqlite') });
  await t.send('PUT', '/v1/parties/subject', { kind: 'other', name: 'Somebody' });
  await t.send('PUT', '/v1/predicates/number', { label: 'number', value_type: 'quantity', unit: 'persons' });
  const claim = {
    ...{ text: 'There are 5.', language: 'en', subject: 'subject', predicate: 'number', occurred: '2024' },
    value: { type: 'quantity', value: '5', unit: 'persons' },
  };
  expect((await t.send('PUT', '/v1/claims/first', claim)).status).toBe(201);
  await t.store.write(async (tx) => {
    const names = Object.values(getTableColumns(tx.tables.claims)).map(({ name }) => name);
    const values = names.map((name) =>
      name === 'id' ? `'claim_' || printf('%026d', n.i)` : name === 'key' ? 'NULL' : `claims.${name}`,
    );
    const numbers = `WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${CLAIMS})`;
    const insert = `INSERT INTO claims (${names}) ${numbers} SELECT ${values} FROM n, claims RETURNING 1`;
    await tx.rows(sql.raw(insert));
  });
  const app = (rows: number) =>
    buildApp({
      config: { openReads: true, corsOrigins: [] },
      store: t.store,
      clock: () => '2026-01-31T00:00:00.000Z',
      ids: newId,
      logger: pino({ level: 'silent' }),
      limits: { ...boundless, rows },
      workers: {
        answer: () => Promise.reject(new Error('more rows than that')),
        warm() {},
        close: async () => {},
      },
    });
  const apps = [await app(COUNTED + OF_A_PAGE), await app(2 * COUNTED + OF_A_PAGE)];
  afterAll(() => Promise.all(apps.map((each) => each.close())));

  const filters = [
    'kind=fact',
    'subject=subject',
    'predicate=number',
    'unit=persons',
    'support=none',
    'contested=false',
  ];
  const sorts = [
    'id',
    '-id',
    'occurred',
    '-occurred',
    'said',
    'value',
    '-value',
    'created',
    '-created',
    'updated',
  ];
  it.each(['', ...filters, 'min_origins=0', 'language=en', 'kind=fact,opinion', 'kind=fact&support=none'])(
    '%s in any order',
    async (query) => {
      for (const sort of sorts) {
        const { statusCode, body } = await apps[query.includes('&') ? 1 : 0]!.inject(
          `/v1/claims?${query}&sort=${sort}`,
        );
        expect([sort, statusCode]).toEqual([sort, 200]);
        expect(JSON.parse(body).items).toHaveLength(50);
      }
    },
  );

  it('count=exact counts to 10,000, then says that there are at least as many', async () => {
    const counted = async (query: string) => {
      const { total, total_at_least } = (await t.send('GET', `/v1/claims?count=exact&limit=1&${query}`)).json;
      return { total, total_at_least };
    };
    expect(await counted('')).toEqual({ total_at_least: 10_000 });
    expect(await counted('key=first')).toEqual({ total: 1 });
    const first = 'claim_00000000000000000000000001';
    await t.store.write((tx) => tx.db.delete(tx.tables.claims).where(eq(tx.tables.claims.id, first)));
    expect(await counted('')).toEqual({ total: 10_000 });
  });
});

import { sql } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import type { Store, Tx } from '../../src/db/store/store.js';
import { PageCache } from '../../src/pages/frame/page-cache.service.js';
import { partyType } from '../../src/parties/party.js';
import { findRowByKey } from '../../src/resources/resources.store.js';
import { testApp } from '../support/app.js';
import { engines, openSample } from '../support/engines.js';

describe.each(engines)('pages that are kept, on %s', async (engine) => {
  const register = await openSample(engine);
  const t = await testApp({ on: register });
  // All writes are of one instant.
  t.setClock('2026-03-01T00:00:00.000Z');
  const cache = new PageCache();
  let made = 0;
  const page = (
    address: string,
    { length = 10, isPresent = true, asOf = '', read = async (_tx: Tx): Promise<unknown> => null } = {},
  ) =>
    cache.page(t.store, address, async (store: Store) => {
      await store.read(read, { asOf });
      return { html: `${++made} `.padEnd(length), links: '', isPresent };
    });
  const timesMade = async (...pages: (() => Promise<unknown>)[]) => {
    const before = made;
    for (const one of pages) await one();
    return made - before;
  };
  const twice = (options?: Parameters<typeof page>[1]) => {
    const address = `/${made}`;
    return timesMade(
      () => page(address, options),
      () => page(address, options),
    );
  };

  it.each([
    ['in no query', async () => null, 1],
    ['in a prepared query', (tx: Tx) => findRowByKey(tx, partyType, 'ttp'), 2],
    ['in a query as text', (tx: Tx) => tx.rows(sql`select name from parties where key = 'ttp'`), 2],
    ['in rows that the reader changes', async (tx: Tx) => (await tx.rows(sql`select 1 as one`)).pop(), 1],
    ['in a query that cannot be run again', async (tx: Tx) => tx.db.select().from(tx.tables.predicates), 3],
  ])('are made again after a write that changed what was read %s', async (what, read, times) => {
    const shown = () => page(what, { read });
    const rename = (key: string) =>
      t.send('PATCH', `/v1/parties/${key}`, { name: what }, { 'if-match': '*' });
    expect(
      await timesMade(
        shown,
        shown,
        () => rename('taliban'),
        shown,
        () => rename('ttp'),
        shown,
        shown,
      ),
    ).toBe(times);
  });

  it('are made anew where they are of an instant, very long, or of a register that is still worked on', async () => {
    expect(await twice({ isPresent: false })).toBe(2);
    expect(await twice({ asOf: '2026-01-31T08:00:00.000Z' })).toBe(2);
    expect(await twice({ length: 400_000 })).toBe(2);
    await register.sql(
      "INSERT INTO standing_queue (kind, object_id, position, valid_from) VALUES ('all', '', '', 0)",
    );
    expect(await twice()).toBe(2);
    await register.sql('DELETE FROM standing_queue');
    expect(await twice()).toBe(1);
  });

  it('show each write at once, also of objects that they are not about', async () => {
    const claim = '/claims/ttp-strength-10000';
    const shows = async (url: string, text: string) => (await t.send('GET', url)).text.includes(text);
    const send = async (method: 'PATCH' | 'POST' | 'DELETE', url: string, body?: object) => {
      const { status, text } = await t.send(method, url, body, { 'if-match': '*' });
      expect(status, text).toBeLessThan(300);
    };
    const seen = async (url: string, text: string, write: () => Promise<void>) => {
      expect([await shows(url, text), await shows(url, text)]).toEqual([false, false]);
      await write();
      expect(await shows(url, text), text).toBe(true);
    };
    await seen(claim, 'A name just given', () =>
      send('PATCH', '/v1/parties/ttp', { name: 'A name just given' }),
    );
    await seen(claim, 'A label just given', () =>
      send('PATCH', '/v1/predicates/fighter-strength', { label: 'A label just given' }),
    );
    await seen(claim, 'Who denies or withdraws it', () =>
      send('POST', '/v1/attributions', { claim: 'ttp-strength-10000', party: 'taliban', stance: 'denies' }),
    );
    await seen('/', 'A claim just made', () => send('POST', '/v1/claims', { text: 'A claim just made' }));
    await seen(claim, 'A note just given', () =>
      send('POST', '/v1/relations', {
        from: 'ttp-strength-10000',
        type: 'refines',
        to: 'ttp-leader-family-stipend',
        note: 'A note just given',
      }),
    );
    await seen('/parties?sort=-id', 'Somebody new', () =>
      send('POST', '/v1/parties', { key: 'new-one', kind: 'other', name: 'Somebody new' }),
    );
    await seen('/parties/new-one', 'What was here', () => send('DELETE', '/v1/parties/new-one'));
  });

  it('answer for an instant with the headers of a memento, also when that is now', async () => {
    const url = '/claims/ttp-leader-family-stipend';
    const asked = { 'accept-datetime': 'Sat, 31 Jan 2026 12:00:00 GMT' };
    for (const headers of [{}, {}, asked, asked]) {
      const answer = await t.send('GET', url, undefined, headers);
      expect([answer.status, answer.headers.vary]).toEqual([200, expect.stringContaining('Accept-Datetime')]);
      expect(answer.headers['memento-datetime'] !== undefined).toBe(headers === asked);
    }
    for (const address of [`${url}@1`, `${url}@1`, `${url}?as_of=2026-01-31T09:00:00Z`]) {
      expect((await t.send('GET', address)).headers['memento-datetime']).toBeDefined();
    }
  });
});

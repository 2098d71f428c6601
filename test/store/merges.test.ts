import { describe, expect, it } from 'vitest';
import { referringSince, referringTo } from '../../src/merges/merges.store.js';
import type { ReferringColumn } from '../../src/merges/referrers.js';
import { testApp } from '../support/app.js';
import { engines, openRegister } from '../support/engines.js';

/** What is moved when a merge is undone, also where very many objects refer to the survivor: more than one page of them. */

const PUBLISHED: ReferringColumn = { noun: 'source', table: 'sources', column: 'publisher_id', from: 'id' };
const WRITTEN: ReferringColumn = {
  ...{ noun: 'source', table: 'source_authors' },
  ...{ column: 'party_id', from: 'source_id' },
};

describe.each(engines)('objects that refer to another on %s', async (engine) => {
  const register = await openRegister(engine);
  const t = await testApp({ on: register });
  const day = (n: number) => `2030-01-0${n}T00:00:00.000Z`;
  const batch = async (n: number, operations: object[]) => {
    t.setClock(day(n));
    expect((await t.send('POST', '/v1/batch', { operations })).status).toBe(200);
  };
  const source = (key: string, more: object) => ({
    ...{ method: 'POST', type: 'source' },
    body: { key, type: 'report', title: key, ...more },
  });
  const times = (n: number, name: string) => Array.from({ length: n }, (_, i) => `${name}-${i}`);
  const [older, newer] = [times(600, 'older'), times(900, 'newer')];
  const isOdd = (key: string) => Number(key.slice(6)) % 2 === 1;

  await batch(
    1,
    ['a', 'b'].map((key) => ({ method: 'POST', type: 'party', body: { key, kind: 'other', name: key } })),
  );
  await batch(
    2,
    older.map((key) => source(key, { publisher: 'a', authors: ['a', 'b'] })),
  );
  await batch(
    3,
    newer.map((key) =>
      source(key, { publisher: isOdd(key) ? 'a' : 'b', authors: isOdd(key) ? ['b'] : ['a'] }),
    ),
  );
  const changed = times(400, 'older');
  await batch(
    4,
    changed.map((id) => ({ method: 'PATCH', type: 'source', id, if_match: '*', body: { language: 'fr' } })),
  );

  const keysOf = async (found: (id: string) => Promise<string[]>) => {
    const { id } = (await t.send('GET', '/v1/parties/a')).json;
    const ids = await found(id);
    expect(new Set(ids).size).toBe(ids.length);
    const rows = await t.store.read((tx) => tx.db.select().from(tx.tables.sources));
    const keys = new Map(rows.map((row) => [row.id, row.key]));
    return ids.map((one) => keys.get(one)).sort();
  };
  const since = (column: ReferringColumn, at: string) =>
    keysOf((id) =>
      t.store.read(async (tx) => {
        const found: string[] = [];
        for await (const some of referringSince(tx, column, id, at)) found.push(...some);
        return found;
      }),
    );

  it.each<[string, ReferringColumn, (key: string) => boolean]>([
    ['a column of their own', PUBLISHED, isOdd],
    ['a table of links', WRITTEN, (key) => !isOdd(key)],
  ])('in %s are found', async (_where, column, isOf) => {
    expect(await keysOf((id) => t.store.read((tx) => referringTo(tx, column, id)))).toEqual(
      [...older, ...newer.filter(isOf)].sort(),
    );
    expect(await since(column, day(2))).toEqual([...older, ...newer.filter(isOf)].sort());
    expect(await since(column, day(3))).toEqual([...changed, ...newer.filter(isOf)].sort());
    expect(await since(column, day(4))).toEqual([...changed].sort());
    expect(await since(column, day(5))).toEqual([]);
  });
});

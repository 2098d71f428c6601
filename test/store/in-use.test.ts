import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Tx } from '../../src/db/store/store.js';
import { partyType } from '../../src/parties/party.js';
import { countUses, findUses, isInUse } from '../../src/resources/in-use.store.js';
import { type TestApp, testApp } from '../support/app.js';
import { engines, openRegister } from '../support/engines.js';

/** How many objects refer to another, each once, whatever it does so by: in pages on SQLite, by one query on PostgreSQL. */

const post = (type: string, body: object) => ({ method: 'POST', type, body });
const some = (count: number) => Array.from({ length: count }, (_, i) => i);

describe.each(engines)('what refers to a party on %s', (engine) => {
  let t: TestApp;
  let hub: string;
  let ids: Map<string, string>;
  beforeAll(async () => {
    t = await testApp({ on: await openRegister(engine) });
    const party = { type: 'party', party: 'hub' };
    const roles = ['giver', 'taker', 'seller'].map((role) => ({ party: 'hub', role }));
    const operations = [
      post('party', { key: 'hub', kind: 'other', name: 'Hub' }),
      post('party', { key: 'free', kind: 'other', name: 'Free' }),
      ...some(3).map((i) => post('party', { key: `p-${i}`, kind: 'other', name: `P ${i}`, part_of: 'hub' })),
      // By several members, and by one several times.
      ...some(9).map((i) =>
        post('claim', {
          ...{ key: `c-${i}`, text: 'x', subject: i % 2 ? 'hub' : 'p-0' },
          ...{ ...(i % 3 > 0 && { value: party }), participants: i < 6 ? roles : [] },
        }),
      ),
    ];
    const { status, json, text } = await t.send('POST', '/v1/batch', { operations });
    expect(status, text).toBe(200);
    ids = new Map(json.items.map(({ id, key }: { id: string; key: string }) => [key, id]));
    hub = ids.get('hub')!;
  });
  afterAll(() => t.close());

  const write = <T>(rowsAtOnce: number, fn: (tx: Tx) => Promise<T>) =>
    t.store.write((tx) => fn({ ...tx, dialect: { ...tx.dialect, rowsAtOnce } }));

  it.each([1, 2, 4, 100])('is counted in pages of %d', async (size) => {
    const none = new Set<string>();
    // One of the claims names another.
    const all = await write(size, (tx) => countUses(tx, partyType, hub, none));
    expect([...all]).toEqual([
      ['party', 3],
      ['claim', 8],
    ]);
    const except = new Set(['p-0', 'p-1', 'c-0', 'c-7'].map((key) => ids.get(key)!));
    const others = await write(size, (tx) => countUses(tx, partyType, hub, except));
    expect([...others.values()]).toEqual([1, 6]);
    const uses = await write(size, (tx) => findUses(tx, partyType, hub, 5, { of: all, except: none }));
    expect(uses.map(({ key, member }) => `${key} ${member}`)).toEqual(
      ['p-0', 'p-1', 'p-2'].map((key) => `${key} part_of`).concat(['c-1 subject', 'c-3 subject']),
    );
    expect(await write(size, (tx) => isInUse(tx, partyType, hub, none))).toBe(true);
    expect(await write(size, (tx) => isInUse(tx, partyType, hub, new Set(ids.values())))).toBe(false);
    expect(await write(size, (tx) => isInUse(tx, partyType, ids.get('free')!, none))).toBe(false);
  });

  it('is read in pages with a turn before each on SQLite', async () => {
    let turns = 0;
    const counting = async () => {
      turns += 1;
    };
    const turnsWith = (rowsAtOnce: number) =>
      write(rowsAtOnce, async (tx) => {
        turns = 0;
        await countUses({ ...tx, yield: counting }, partyType, hub, new Set());
        return turns;
      });
    const [few, many] = [await turnsWith(1), await turnsWith(100)];
    if (engine === 'sqlite') expect(few).toBeGreaterThan(many + 10);
    else expect(few).toBe(many);
  });
});

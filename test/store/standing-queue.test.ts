import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { drainStep } from '../../src/provenance/standing/standing.service.js';
import {
  advance,
  enqueue,
  nextDependingClaims,
  nextQueued,
  standingPending,
} from '../../src/provenance/standing/standing.store.js';
import { testApp } from '../support/app.js';
import { engines, openRegister, type TestRegister } from '../support/engines.js';

/** What is left to the queue: changes of one kind are worked off together. */

const later = (n: number) => new Date(Date.parse('2026-02-01T00:00:00.000Z') + n).toISOString();

describe.each(engines)('the queue of standings on %s', (engine) => {
  let register: TestRegister;
  let ids: Map<string, string>;
  const idOf = (key: string) => ids.get(key) as string;
  const named = (keys: readonly string[]) => keys.map(idOf).sort();

  beforeAll(async () => {
    register = await openRegister(engine);
    const t = await testApp({ on: register });
    t.setClock('2026-01-01T00:00:00.000Z');
    const post = (type: string, body: object) => ({ method: 'POST', type, body });
    const keys = Array.from({ length: 12 }, (_, i) => i);
    const operations = [
      ...keys.map((i) => post('party', { key: `p-${i}`, kind: 'other', name: `P ${i}` })),
      ...keys.map((i) =>
        post('claim', {
          key: `c-${i}`,
          text: `Claim ${i}.`,
          attributions: [{ party: `p-${i}`, stance: 'asserts', lineage: 'originates' }],
        }),
      ),
    ];
    const { status, json, text } = await t.send('POST', '/v1/batch', { operations });
    expect(status, text).toBe(200);
    ids = new Map(json.items.map(({ id, key }: { id: string; key: string }) => [key, id]));
    // Else the service would work the queue off as well.
    await t.app.close();
  });
  afterAll(() => register.close());

  it('changes of several parties are worked off in one pass', async () => {
    await register.store.write(
      (tx) => tx.db.update(tx.tables.claims).set({ support: 'none', valid_from: tx.at }),
      later(0),
    );
    await register.store.write((tx) => enqueue(tx, 'party', named(['p-1', 'p-2', 'p-4'])), later(1));
    expect(await register.store.read(standingPending)).toBe(true);
    await drainStep(register.store, () => later(2));
    expect(await register.store.read(standingPending)).toBe(false);
    const rows = await register.store.read((tx) => {
      const { key, support } = tx.tables.claims;
      return tx.db.select({ key, support }).from(tx.tables.claims);
    });
    const renewed = rows.filter(({ support }) => support !== 'none').map(({ key }) => key);
    expect(renewed.sort()).toEqual(['c-1', 'c-2', 'c-4']);
  });

  it('a change that comes meanwhile waits for its own turn', async () => {
    await register.store.write((tx) => enqueue(tx, 'party', named(['p-0', 'p-3'])), later(10));
    const first = await register.store.read(nextQueued);
    await register.store.write((tx) => enqueue(tx, 'party', [idOf('p-5')]), later(11));
    await register.store.write((tx) => advance(tx, first as never, idOf('c-2')), later(12));
    expect(await register.store.read(nextQueued)).toEqual({ ...first, position: idOf('c-2') });
    await register.store.write((tx) => advance(tx, first as never, null), later(13));
    expect(await register.store.read(nextQueued)).toMatchObject({ objectIds: [idOf('p-5')], position: '' });
    while (await drainStep(register.store, () => later(14)));
    expect(await register.store.read(standingPending)).toBe(false);
  });

  it('as few claims are examined at once as have few attributions, and others have their turn between', async () => {
    await register.store.write(
      (tx) => tx.db.update(tx.tables.claims).set({ attribution_count: 15_000, valid_from: tx.at }),
      later(20),
    );
    const queued = { seqs: [1], kind: 'party' as const, objectIds: named(['p-0', 'p-5']) };
    const seen: string[] = [];
    for (let position = ''; ; ) {
      const { claims, last } = await register.store.read((tx) =>
        nextDependingClaims(tx, { ...queued, position }),
      );
      seen.push(...claims.map(({ id }) => id));
      if (last === null) break;
      expect(last > position).toBe(true);
      position = last;
    }
    expect(seen).toEqual(named(['c-0', 'c-5']));
    let turns = 0;
    const { last } = await register.store.read((tx) => {
      const counted = { ...tx, yield: async () => void turns++ };
      return nextDependingClaims(counted, { ...queued, position: '' });
    });
    const all = Array.from({ length: 12 }, (_, i) => `c-${i}`);
    expect(last).toBe(named(all)[7]);
    // Eight pieces, two statements each.
    expect(turns).toBeGreaterThanOrEqual(16);
  });
});

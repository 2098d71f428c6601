import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { Pending } from '../../src/db/store/pending.js';
import type { Tx } from '../../src/db/store/store.js';
import { misfits, unitCounts } from '../../src/predicates/predicates.store.js';
import { type TestApp, testApp } from '../support/app.js';
import { engines, openRegister, type TestRegister } from '../support/engines.js';

/** What is found out about the claims of a predicate that changes: in pages, and no more often than claims are written. */

const values = [
  { type: 'quantity', value: '1' },
  { type: 'unknown' },
  { type: 'quantity', value: '2', unit: 'people' },
  { type: 'quantity', value: '3', unit: 'hours' },
  { type: 'no_value' },
  { type: 'quantity', value: '4', unit: 'people' },
  { type: 'quantity', value: '5' },
];
const post = (type: string, body: object) => ({ method: 'POST', type, body });
const patch = (id: string, body: object) => ({
  ...{ method: 'PATCH', type: 'predicate', id, if_match: '*', body },
});

describe.each(engines)('the claims of a predicate on %s', (engine) => {
  let t: TestApp;
  let register: TestRegister;
  let ids: string[];
  beforeAll(async () => {
    register = await openRegister(engine);
    t = await testApp({ on: register });
    const { json } = await t.send('POST', '/v1/batch', {
      operations: [
        post('predicate', { key: 'size', label: 'size', value_type: 'quantity' }),
        post('predicate', { key: 'other', label: 'other', value_type: 'quantity' }),
        ...values.map((value, i) => post('claim', { key: `c-${i}`, text: 'x', predicate: 'size', value })),
        post('claim', { text: 'x', predicate: 'other', value: values[2] }),
      ],
    });
    ids = json.items.slice(2, -1).map(({ id }: { id: string }) => id);
  });
  afterEach(() => vi.restoreAllMocks());
  afterAll(() => t.close());

  /** Reads a few rows at once, on a connection that has not made its statements ready, and counts the turns that it leaves. */
  async function inPagesOf<T>(rowsAtOnce: number, fn: (tx: Tx) => Promise<T>) {
    let turns = 0;
    const store = await register.another();
    const found = await store.write((tx) =>
      fn({
        ...{ ...tx, dialect: { ...tx.dialect, rowsAtOnce } },
        yield: async () => {
          turns += 1;
        },
      }),
    );
    await store.close();
    return { found, turns };
  }

  it.each([1, 2, 3, 7, 100])('are counted in pages of %d', async (size) => {
    const pages = Math.floor(values.length / size) + 1;
    const of = (...places: number[]) => places.map((i) => ids[i]!);
    const units = await inPagesOf(size, (tx) => unitCounts(tx, 'size'));
    expect(units.turns).toBe(pages);
    expect(units.found).toEqual([
      { form: '@size', n: 2, first: of(0, 6) },
      { form: 'people', n: 2, first: of(2, 5) },
      { form: 'hour', n: 1, first: of(3) },
    ]);
    const unfit = await inPagesOf(size, (tx) => misfits(tx, 'size', 'money'));
    expect(unfit).toEqual({ found: { count: 5, first: 'c-0' }, turns: pages + 1 });
    expect((await inPagesOf(size, (tx) => misfits(tx, 'size', 'quantity'))).found).toBe(null);
    expect((await inPagesOf(size, (tx) => misfits(tx, 'none', 'money'))).found).toBe(null);
  });

  it('are read only for what a change can affect, and once until a claim is written', async () => {
    const questions: string[] = [];
    const { once } = Pending.prototype;
    vi.spyOn(Pending.prototype, 'once').mockImplementation(function (this: Pending, noun, question, find) {
      return once.call(this, noun, question, () => {
        if (noun === 'claim') questions.push(question);
        return find();
      }) as ReturnType<typeof find>;
    });
    const batch = async (operations: object[], atomic = true) => {
      questions.length = 0;
      const { status, json } = await t.send('POST', '/v1/batch', { operations, atomic });
      return { status, codes: json.items?.map((item: { status: number }) => item.status) };
    };
    const some = [0, 1, 2, 3];
    const functional = some.map((i) => patch('size', { functional: i % 2 === 0, label: `l-${i}` }));
    expect((await batch(functional)).status).toBe(200);
    expect(questions).toEqual([]);
    expect((await batch(some.map((i) => patch('size', { unit: `unit ${i}` })))).status).toBe(200);
    expect(questions).toEqual(['size']);
    // What is refused writes nothing.
    const retyped = some.map((i) => patch(i % 2 ? 'size' : 'other', { value_type: 'money' }));
    expect((await batch(retyped, false)).codes).toEqual([409, 409, 409, 409]);
    expect(questions).toEqual(['other money', 'size money']);
    const claim = post('claim', { text: 'y', predicate: 'size', value: values[0] });
    await batch([patch('size', { unit: 'a' }), claim, patch('size', { unit: 'b' })]);
    expect(questions).toEqual(['size', 'size']);
  });
});

describe('what is found out about all objects of a noun', () => {
  const undone = () => Promise.reject(new Error('undone'));

  it('holds until one is written, and no longer than the part of the write that wrote it', async () => {
    const pending = new Pending();
    let answer = 0;
    const found = (noun = 'claim') => pending.once(noun, 'how many', async () => ++answer);
    expect([await found(), await found(), await found('party')]).toEqual([1, 1, 2]);
    pending.changed(['claim', 'source']);
    expect([await found(), await found('party')]).toEqual([3, 2]);
    // A part that only asked.
    await expect(pending.within(async () => [await found(), await undone()])).rejects.toThrow('undone');
    expect(await found()).toBe(3);
    const part = pending.within(async () => {
      pending.changed(['claim']);
      expect(await found()).toBe(4);
      return undone();
    });
    await expect(part).rejects.toThrow('undone');
    expect(await found()).toBe(5);
  });

  it('is forgotten where anything is written, or undone', async () => {
    const pending = new Pending();
    const kept = () => pending.lookedUp('names').get('party:x');
    const keep = () => pending.lookedUp('names').set('party:x', 'X');
    keep();
    await expect(pending.within(undone)).rejects.toThrow('undone');
    expect(kept()).toBe('X');
    pending.changed(['claim']);
    expect([kept(), pending.hasChanged('claim'), pending.hasChanged('party')]).toEqual([
      undefined,
      true,
      false,
    ]);
    const part = pending.within(async () => {
      pending.changed(['party']);
      keep();
      return undone();
    });
    await expect(part).rejects.toThrow('undone');
    expect([kept(), pending.hasChanged('party')]).toEqual([undefined, true]);
  });
});

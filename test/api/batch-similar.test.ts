import { describe, expect, it } from 'vitest';
import type { Tx } from '../../src/db/store/store.js';
import { testApp } from '../support/app.js';
import { batchSender, claim, each, type Operation, party, statuses } from '../support/batch.js';
import { effort } from '../support/effort.js';
import { chosenEngine, openRegister } from '../support/engines.js';
import { type Random, seeded } from '../support/random.js';
import { twinRegisters } from '../support/twin-registers.js';

/** Batches in which objects that may be there already are refused. */

const REJECT = { if_similar: 'reject' };
const twins = await twinRegisters();

describe('operations of which many are refused for others like them', () => {
  it.each(Array.from({ length: effort(3, 20) }, (_, i) => i))(
    'leave and tell the same as one by one (seed %i)',
    { timeout: 60_000 },
    async (seed) => {
      const random = seeded(seed);
      let written = 0;
      let refused = 0;
      for (let round = 0; round < 6; round++) {
        const keyed = (i: number) => `s${seed}-${round}-${i}`;
        const operations = Array.from({ length: 30 }, (_, i) => operation(random, keyed, i));
        const instant = new Date(Date.UTC(2026, 0, 1 + seed, round)).toISOString();
        const items = await twins.send(operations, instant, REJECT);
        written += items.filter(({ status }) => status < 400).length;
        refused += items.filter(({ status }) => status === 409).length;
      }
      expect([written > 20, refused > 60]).toEqual([true, true]);
      await twins.expectSame();
    },
  );
});

/** Mostly one of few parties, claims or sources, which may refer to one before it, be that refused. */
function operation(random: Random, keyed: (i: number) => string, i: number): Operation {
  const key = keyed(i);
  const before = i > 0 && random.chance(0.15) ? keyed(random.below(i)) : null;
  const number = random.below(random.chance(0.8) ? 4 : 60);
  switch (random.below(12)) {
    case 0:
      return {
        method: 'PUT',
        type: 'party',
        id: key,
        body: { kind: 'person', name: `Ahmad Hassan ${number}` },
      };
    case 1:
      return party({ key, kind: 'person', name: `Ahmad Hassan ${number}`, part_of: 'nobody' });
    case 2:
    case 3:
      return claim({ key, text: `The bridge number ${number} was blown up.`, subject: before });
    case 4: {
      const body = { key, type: 'report', title: `Report ${number} of the panel`, published: '2024' };
      return { method: 'POST', type: 'source', body: { ...body, publisher: before } };
    }
    default:
      return party({ key, kind: 'person', name: `Mohammed Hassan ${number}`, part_of: before });
  }
}

describe('what a batch looks up', () => {
  it('is tried for many objects at once, also where each of them is refused', async () => {
    const register = await openRegister(chosenEngine);
    let parts = 0;
    const { store } = register;
    const counting = (tx: Tx): Tx => ({
      ...tx,
      savepoint: (part) => {
        parts += 1;
        return tx.savepoint(part);
      },
    });
    const write: typeof store.write = (fn, ...more) => store.write((tx, at) => fn(counting(tx), at), ...more);
    const t = await testApp({ on: { ...register, store: { ...store, write } } });
    const batch = await batchSender(t);
    const persons = Array.from({ length: 200 }, (_, i) =>
      party({ kind: 'person', name: `Zalmay Noor ${i}` }),
    );
    expect(new Set(statuses(await batch(persons)))).toEqual(new Set([201]));
    parts = 0;
    const again = await batch(persons, { ...each, ...REJECT });
    expect(new Set(statuses(again))).toEqual(new Set([409]));
    expect(parts).toBeLessThan(10);
  });

  it('holds until something is written', async () => {
    const t = await testApp();
    const batch = await batchSender(t);
    const part = { kind: 'other', name: 'A part', part_of: 'whole' };
    const whole = { kind: 'other', name: 'The whole' };
    const answer = await batch(
      [
        party(part),
        party(part),
        party({ ...whole, key: 'whole' }),
        party(part),
        { method: 'DELETE', type: 'party', id: 'nobody', if_match: '*' },
        { method: 'PATCH', type: 'party', id: 'whole', body: { name: 'Renamed' }, if_match: '*' },
        party({ kind: 'other', name: 'Renamed' }),
      ],
      each,
    );
    expect(statuses(answer)).toEqual([422, 422, 201, 201, 404, 200, 201]);
    const [duplicate] = answer.json.items[6].possible_duplicates;
    expect(duplicate.object).toMatchObject({ key: 'whole', name: 'Renamed' });
  });
});

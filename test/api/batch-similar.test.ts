import { describe, expect, it } from 'vitest';
import { testApp } from '../support/app.js';
import { batchSender, claim, each, type Operation, party, statuses } from '../support/batch.js';
import { effort } from '../support/effort.js';
import { type Random, seeded } from '../support/random.js';
import { twinRegisters } from '../support/twin-registers.js';
import { watchedApp } from '../support/watched-app.js';

/** Batches in which objects that may be there already are refused. */

const REJECT = { if_similar: 'reject' };
const twins = await twinRegisters();

describe('operations of which many are refused for others like them', () => {
  it.each(Array.from({ length: effort(3, 20) }, (_, i) => i))(
    'leave and tell the same as one by one (seed %i)',
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

describe('what a batch refuses', () => {
  it.each(['claim', 'source'])('is every %s like one of the same batch', async (type) => {
    const t = await testApp();
    const batch = await batchSender(t);
    const text = 'The old bridge near Kunduz was blown up.';
    const body = type === 'claim' ? { text } : { type: 'report', title: text, published: '2024' };
    const operations = Array.from({ length: 100 }, () => ({ method: 'POST', type, body }));
    const answer = await batch(operations, { ...each, ...REJECT });
    expect(statuses(answer)).toEqual([201, ...Array(99).fill(409)]);
  });

  it('is told of the same others where others of the batch crowd what is looked at', async () => {
    const sameAs = (i: number, value: number) =>
      claim({
        ...{ key: `crowd-${i}`, text: `Wordings${String.fromCharCode(97 + (i % 26), 97 + i / 26)} differ.` },
        ...{
          subject: null,
          predicate: 'crowded',
          value: { type: 'quantity', value: `${value}`, unit: 'men' },
        },
      });
    const predicate = { label: 'Crowded', value_type: 'quantity' };
    const subject = 'crowd';
    const about = (one: Operation) => ({ ...one, body: { ...(one.body as object), subject } });
    const first = Array.from({ length: 99 }, (_, i) => about(sameAs(i, i === 0 || i === 98 ? 7 : 1_000 + i)));
    const ground = [
      { method: 'PUT', type: 'predicate', id: 'crowded', body: predicate },
      party({ key: subject, name: 'A crowd' }),
    ];
    await twins.send([...ground, ...first], '2026-03-01T00:00:00Z');
    const again = Array.from({ length: 10 }, (_, i) => about(sameAs(200 + i, 7)));
    const items = await twins.send(again, '2026-03-02T00:00:00Z', REJECT);
    expect(new Set(items.map(({ status }) => status))).toEqual(new Set([409]));
  });

  it('is the same where a batch has compared as many names as it may', async () => {
    const random = seeded(900);
    const first = ['Mohammed', 'Ahmad', 'Zalmay', 'Hamid', 'Gul', 'Abdul', 'Rashid', 'Noor'];
    const last = ['Hassan', 'Khan', 'Noori', 'Karzai', 'Agha', 'Dostum', 'Omar', 'Haqqani'];
    const name = (i: number) => `${first[i % 8]} ${last[(i >> 3) % 8]} ${'abcdefgh'[(i >> 6) % 8]}li`;
    const person = (key: string, name: string) => party({ key, kind: 'person', name });
    const known = Array.from({ length: 100 }, (_, i) => person(`known-${i}`, name(i)));
    await twins.send(known, '2026-04-01T00:00:00Z');
    const operations = Array.from({ length: 150 }, (_, i) => {
      const of = name(random.chance(0.8) ? random.below(100) : 100 + random.below(400));
      return person(`again-${i}`, random.chance(0.3) ? of.replace('mm', 'm').replace('q', 'k') : of);
    });
    const items = await twins.send(operations, '2026-04-02T00:00:00Z', REJECT);
    expect(items.filter(({ status }) => status === 409).length).toBeGreaterThan(100);
    await twins.expectSame();
  });
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
    const { t, watched } = await watchedApp();
    const batch = await batchSender(t);
    const persons = Array.from({ length: 200 }, (_, i) =>
      party({ kind: 'person', name: `Zalmay Noor ${i}` }),
    );
    expect(new Set(statuses(await batch(persons)))).toEqual(new Set([201]));
    watched.savepoints = 0;
    const again = await batch(persons, { ...each, ...REJECT });
    expect(new Set(statuses(again))).toEqual(new Set([409]));
    expect(watched.savepoints).toBeLessThan(10);
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

import { describe, expect, it } from 'vitest';
import type { Operation } from '../support/batch.js';
import { effort } from '../support/effort.js';
import { seeded } from '../support/random.js';
import { twinRegisters } from '../support/twin-registers.js';

/** Objects that are removed and come back together, each with what went along, as they would one by one. */

const twins = await twinRegisters();

/** Claims of one speaker, which relate to each other, are assessed, and are judged together with their attributions. */
class Register {
  private hour = 0;
  private readonly versions = new Map<string, number>();

  constructor(
    private readonly prefix: string,
    private readonly seed: number,
  ) {}

  key = (name: string): string => `${this.prefix}-${name}`;

  create = (type: string, key: string, body: object): Operation => ({
    ...{ method: 'POST', type, body: { key: this.key(key), ...body } },
  });

  async send(operations: readonly Operation[]): Promise<number> {
    const at = new Date(Date.UTC(2026, 0, 1 + this.seed, this.hour++)).toISOString();
    const items = await twins.send(operations, at);
    for (const [i, { type, id }] of operations.entries()) {
      const { version } = items[i]!;
      if (id !== undefined && version !== null) this.versions.set(`${type} ${id}`, version);
    }
    return items.filter(({ status }) => status < 300).length;
  }

  remove = (type: string, key: string): Operation => ({
    ...{ method: 'DELETE', type, id: this.key(key), if_match: '*' },
  });

  /** Brings back what was removed last. */
  restore(type: string, key: string, body: object, reason: string | null = null): Operation {
    const id = this.key(key);
    const if_match = `"${this.versions.get(`${type} ${id}`)}"`;
    return { method: 'PUT', type, id, if_match, body, ...(reason && { reason }) };
  }
}

const CLAIMS = 8;
const text = (i: number) => ({ text: `Said of number ${i}.` });

describe('What was removed', () => {
  it.each(Array.from({ length: effort(3, 40) }, (_, i) => i))(
    'comes back together as one by one (seed %i)',
    async (seed) => {
      const random = seeded(seed);
      const register = new Register(`s${seed}`, seed);
      const { key } = register;
      const all = Array.from({ length: CLAIMS }, (_, i) => i);
      const two = () => random.some(all, 2, 2) as [number, number];
      const said = (i: number, n: number) => ({
        ...{ key: key(`a-${i}-${n}`), party: key('speaker'), stance: 'asserts' },
        ...(n > 0 && random.chance(0.4) && { relays: [key(`a-${i}-0`)] }),
      });
      await register.send([
        register.create('party', 'speaker', { kind: 'person', name: 'Speaker' }),
        ...all.map((i) =>
          register.create('claim', `c-${i}`, { ...text(i), attributions: [said(i, 0), said(i, 1)] }),
        ),
        ...all.map((i) => {
          const [from, to] = two();
          const ends = { from: key(`c-${from}`), to: key(`c-${to}`) };
          return register.create('relation', `r-${i}`, { ...ends, type: 'supports' });
        }),
        ...all.map((i) =>
          register.create('assessment', `s-${i}`, { claim: key(`c-${random.pick(all)}`), credibility: 3 }),
        ),
        ...all.map((i) => {
          const [one, other] = two().map((n) => (i % 2 === 0 ? `c-${n}` : `a-${n}-${random.below(2)}`));
          const noun = i % 2 === 0 ? 'claim' : 'attribution';
          const pair = { noun, one: key(one!), other: key(other!), judgement: 'unsure' };
          return register.create('judgement', `j-${i}`, pair);
        }),
      ]);
      for (let round = 0; round < 3; round++) {
        const gone = random.some(all, 4, CLAIMS);
        const alone = random.chance(0.5) ? [register.remove('attribution', `a-${gone[0]}-1`)] : [];
        const removals = [...alone, ...gone.map((i) => register.remove('claim', `c-${i}`))];
        expect(await register.send(removals)).toBeGreaterThan(3);
        const back = random.some(gone, 3, gone.length).map((i) => {
          const set = random.chance(0.2) && { attributions: [said(i, 0), said(i, 2)] };
          return register.restore('claim', `c-${i}`, { ...text(i), ...set }, random.pick([null, 'Needed.']));
        });
        expect(await register.send(back)).toBeGreaterThan(2);
        await register.send(gone.map((i) => register.restore('claim', `c-${i}`, text(i))));
      }
      await twins.expectSame();
    },
  );
});

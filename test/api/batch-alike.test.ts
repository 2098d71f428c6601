import { describe, expect, it } from 'vitest';
import { type ResourceName, resourceNames } from '../../src/lib/ids.js';
import { zip } from '../../src/lib/zip.js';
import type { Operation } from '../support/batch.js';
import { effort } from '../support/effort.js';
import { type Random, seeded } from '../support/random.js';
import { type Item, twinRegisters } from '../support/twin-registers.js';

/** The same operations together and one by one. */

const twins = await twinRegisters();

describe('operations of batches in a random order', () => {
  it.each(Array.from({ length: effort(4, 30) }, (_, i) => i))(
    'leave the same as one by one (seed %i)',
    async (seed) => {
      const random = seeded(seed);
      const world = new World(random, `s${seed}`);
      let done = 0;
      for (let round = 0; round < 8; round++) {
        const operations =
          round === 0 ? world.first() : Array.from({ length: 6 }, () => world.alike()).flat();
        const sent = operations.map((one, n) => ({ ...one, reason: `Why ${Math.floor(n / 4) % 3}.` }));
        const items = await twins.send(sent, new Date(Date.UTC(2026, 0, 1 + seed, round)).toISOString());
        world.learn(operations, items);
        done += items.filter(({ status }) => status < 400).length;
      }
      expect(done).toBeGreaterThan(40);
      await twins.expectSame();
    },
  );
});

/** Makes operations that follow each other and are alike, on few objects, so that many depend on each other. */
class World {
  private readonly keys = new Map<ResourceName, string[]>();
  /** Of attributions that claims were sent with, by the key of the claim. */
  private readonly sets = new Map<string, string[]>();
  /** Keys of what was removed, by noun, with the versions of the removals. */
  private readonly gone = new Map<string, Map<string, number>>();
  /** Keys of what the batch names itself. */
  private readonly named = new Set<string>();
  private count = 0;

  constructor(
    private readonly random: Random,
    private readonly prefix: string,
  ) {}

  first(): Operation[] {
    return resourceNames.flatMap((noun) => Array.from({ length: 4 }, () => this.operation('POST', noun)));
  }

  alike(): Operation[] {
    const { random } = this;
    if (random.chance(0.3)) {
      const nouns = random.some(resourceNames, 2, 4);
      return Array.from({ length: 8 }, (_, i) => this.operation('PATCH', nouns[i % nouns.length]!));
    }
    if (random.chance(0.2)) {
      const nouns = random.some(resourceNames, 2, 4);
      return Array.from({ length: 8 }, (_, i) => this.operation('POST', nouns[i % nouns.length]!));
    }
    const noun = random.pick(resourceNames);
    if (random.chance(0.4)) {
      const methods = random.some(['POST', 'PUT', 'PUT', 'RESTORE', 'PATCH', 'DELETE'], 2, 4);
      return Array.from({ length: 8 }, () => this.operation(random.pick(methods), noun));
    }
    const method = random.pick(['POST', 'POST', 'PATCH', 'PATCH', 'PATCH', 'PUT', 'PUT', 'DELETE']);
    return Array.from({ length: 1 + random.below(6) }, () => this.operation(method, noun));
  }

  private operation(method: string, type: ResourceName): Operation {
    const { random } = this;
    if (method === 'RESTORE') return this.restoration(type);
    const isNew = method === 'POST' || this.some(type) === null;
    if (isNew) {
      const key = `${this.prefix}-${type}-${this.count++}`;
      const body = { key, ...this.body(type, key) };
      this.keys.set(type, [...(this.keys.get(type) ?? []), key]);
      const how = random.chance(0.3) ? { method: 'PUT', id: key } : { method: 'POST' };
      const named = random.chance(0.5);
      if (named) this.named.add(key);
      return { ...how, type, ...(named && { local_id: key }), body };
    }
    const of = { type, id: this.some(type)!, if_match: '*' };
    if (method === 'DELETE') {
      // Mostly it is gone then, and not named any more.
      if (random.chance(0.8))
        this.keys.set(
          type,
          this.keys.get(type)!.filter((key) => key !== of.id),
        );
      return { method, ...of };
    }
    const whole = this.body(type, of.id);
    if (method === 'PUT') return { method, ...of, body: whole };
    const member = random.pick(Object.keys(whole));
    return { method, ...of, body: { [member]: whole[member] } };
  }

  /** Brings one back that was removed, if there is any, mostly with what it was. */
  private restoration(type: ResourceName): Operation {
    const removals = [...(this.gone.get(type) ?? [])];
    if (removals.length === 0) return this.operation('POST', type);
    const [key, version] = this.random.pick(removals);
    this.keys.set(type, [...(this.keys.get(type) ?? []), key]);
    return { method: 'PUT', type, id: key, if_match: `"${version}"`, body: this.body(type, key) };
  }

  /** Notes what became of operations. */
  learn(operations: readonly Operation[], items: readonly Item[]): void {
    this.named.clear();
    for (const [{ method, type, id }, { status, version }] of zip(operations, items)) {
      if (status >= 400 || typeof id !== 'string' || id.startsWith('@')) continue;
      const gone = this.gone.get(type) ?? new Map<string, number>();
      this.gone.set(type, gone);
      if (method === 'DELETE') gone.set(id, version!);
      else gone.delete(id);
    }
  }

  /** One of the newest of a noun, which may be gone by now. */
  private some(type: ResourceName): string | null {
    const keys = (this.keys.get(type) ?? []).slice(-6);
    if (keys.length === 0) return null;
    const key = this.random.pick(keys);
    return this.named.has(key) && this.random.chance(0.5) ? `@${key}` : key;
  }

  private body(type: ResourceName, key: string): Record<string, unknown> {
    const { random } = this;
    const now = (noun: ResourceName) => (random.chance(0.6) ? this.some(noun) : null);
    const must = (noun: ResourceName) => this.some(noun) ?? 'nothing';
    const list = (noun: ResourceName) => (random.chance(0.2) ? [must(noun)] : []);
    const quantity = { type: 'quantity', value: `${random.below(3)}`, unit: 'tanks' };
    const value = random.pick([quantity, quantity, { type: 'unknown' }]);
    switch (type) {
      case 'party':
        return { kind: 'other', name: `Name ${random.below(4)}`, part_of: now('party') };
      case 'source':
        return {
          ...{
            type: 'report',
            title: `Title ${random.below(3)} of it`,
            published: random.pick(['2024', null]),
          },
          ...{ part_of: now('source'), derived_from: list('source'), supersedes: list('source') },
          publisher: now('party'),
        };
      case 'predicate':
        return {
          label: `Label ${random.below(3)}`,
          value_type: random.pick(['quantity', 'quantity', 'quantity', 'text']),
        };
      case 'claim':
        return {
          ...{
            text: `Claim ${random.below(5)} of it.`,
            subject: now('party'),
            predicate: now('predicate'),
            value,
          },
          ...(random.chance(0.5) && { attributions: this.said(key) }),
        };
      case 'attribution':
        return {
          ...(random.chance(0.7) ? { claim: must('claim') } : { about_source: must('source') }),
          ...{ party: must('party'), stance: random.pick(['asserts', 'denies', 'denies', 'retracts']) },
          ...{ relays: list('attribution'), in_reply_to: random.chance(0.1) ? must('attribution') : null },
        };
      case 'relation':
        return { from: must('claim'), type: 'supports', to: must('claim') };
      case 'assessment':
        return { claim: must('claim'), credibility: 1 + random.below(5) };
      case 'judgement': {
        const noun = random.pick(['party', 'claim', 'attribution'] as const);
        return { noun, one: must(noun), other: must(noun), judgement: 'not_the_same' };
      }
    }
  }

  /** Of those that a claim was sent with before some are sent again, be they removed by now. */
  private said(claim: string): object[] {
    const { random } = this;
    const before = this.sets.get(claim) ?? [];
    const again = before.filter(() => random.chance(0.6));
    const keys = Array.from({ length: random.below(3) }, () => `${this.prefix}-attribution-${this.count++}`);
    this.sets.set(claim, [...before, ...keys]);
    this.keys.set('attribution', [...(this.keys.get('attribution') ?? []), ...keys]);
    return [...again, ...keys].map((key) => ({
      ...{ key, party: this.some('party') ?? 'nobody', stance: 'asserts' },
      ...(again.length > 0 && random.chance(0.2) && { relays: [random.pick(again)] }),
    }));
  }
}

import { describe, expect, it } from 'vitest';
import { tableOf } from '../../src/db/schema/object-tables.js';
import { groupBy } from '../../src/lib/collections.js';
import { type ResourceName, resourceNames } from '../../src/lib/ids.js';
import { type TestApp, testApp } from '../support/app.js';
import { each, type Operation } from '../support/batch.js';
import { currentRegister } from '../support/current-register.js';
import { effort } from '../support/effort.js';
import { type Random, seeded } from '../support/random.js';

/** The same operations on two registers: on one of them each is followed by one that fails, so that none is done together with another. */

const [together, apart] = [await testApp(), await testApp()];
/** Text of a register with keys in the place of ids, which differ between the two. */
async function withKeys(t: TestApp): Promise<(text: string) => string> {
  const keys = new Map<string, string>();
  const lists = resourceNames.map((noun) => t.send('GET', `/v1/${tableOf[noun]}.ndjson`));
  const changes = await t.send('GET', '/v1/changes.ndjson');
  for (const { text } of [...(await Promise.all(lists)), changes]) {
    for (const [, id, key] of text.matchAll(/"id":"(\w+_[0-9a-z]{26})","key":"([^"]*)"/g))
      keys.set(id!, key!);
  }
  return (text) => text.replace(/\w+_[0-9a-z]{26}/g, (id) => keys.get(id) ?? id.slice(0, id.indexOf('_')));
}

/** What each version is of, and which parties it concerns, in their order. */
async function versions(t: TestApp): Promise<string[]> {
  const named = await withKeys(t);
  const concerned = await t.store.read((tx) => tx.db.select().from(tx.tables.history_subjects));
  const bySeq = groupBy(concerned, ({ seq }) => seq);
  const { text } = await t.send('GET', '/v1/changes.ndjson');
  return text
    .trimEnd()
    .split('\n')
    .map((line) => {
      const { seq, type, id, version, operation, reason } = JSON.parse(line);
      const parties = (bySeq.get(seq) ?? []).map(({ party_id }) => named(party_id));
      return named(`${operation} ${type} ${id} ${version} ${reason} ${parties.sort()}`);
    });
}

interface Item {
  status: number;
  version: number | null;
  problem?: { errors: object[]; detail: string };
}

const FAILING: Operation = { method: 'DELETE', type: 'predicate', id: 'no-such', if_match: '*' };

/** A text with the numbers of operations as they are without those that fail. */
const placed = (text: string, each: number): string =>
  text.replace(/(\/operations\/|operation )(\d+)/g, (_, before, n) => `${before}${Number(n) / each}`);

const sorted = (lines: string[]) => [...lines].sort();

describe('operations of batches in a random order', () => {
  it.each(Array.from({ length: effort(4, 30) }, (_, i) => i))(
    'leave the same as one by one (seed %i)',
    { timeout: 60_000 },
    async (seed) => {
      const random = seeded(seed);
      const world = new World(random, `s${seed}`);
      const admins = await Promise.all(
        [together, apart].map(async (t) => ({
          authorization: `Bearer ${await t.newKey(['read', 'write', 'review', 'admin'])}`,
        })),
      );
      let done = 0;
      for (let round = 0; round < 8; round++) {
        const operations =
          round === 0 ? world.first() : Array.from({ length: 6 }, () => world.alike()).flat();
        const answers = [];
        for (const [i, t] of [together, apart].entries()) {
          t.setClock(new Date(Date.UTC(2026, 0, 1 + seed, round)).toISOString());
          const sent = operations.flatMap((operation, n) => {
            const own = { ...operation, reason: `Why ${Math.floor(n / 4) % 3}.` };
            return i === 0 ? [own] : [own, FAILING];
          });
          const { status, json, text } = await t.send(
            'POST',
            '/v1/batch',
            { operations: sent, ...each },
            admins[i],
          );
          expect([200, 207], text).toContain(status);
          const named = await withKeys(t);
          answers.push(
            json.items
              .filter((_: Item, n: number) => i === 0 || n % 2 === 0)
              .map(({ status, version, problem }: Item) =>
                placed(
                  named(
                    JSON.stringify({ status, version, errors: problem?.errors, detail: problem?.detail }),
                  ),
                  i + 1,
                ),
              ),
          );
        }
        const [one, other] = answers;
        expect(one, JSON.stringify(operations)).toEqual(other);
        done += one.filter((item: string) => !item.includes('"status":4')).length;
      }
      expect(done).toBeGreaterThan(40);
      const [one, other] = await Promise.all(
        [together, apart].map(async (t) => {
          const named = await withKeys(t);
          return sorted(
            (await currentRegister(t)).map((line) =>
              named(line.replace(/"(created_at|recorded_at)":"[^"]*"/g, '')),
            ),
          );
        }),
      );
      expect(one).toEqual(other);
      expect(await versions(together)).toEqual(await versions(apart));
    },
  );
});

/** Makes operations that follow each other and are alike, on few objects, so that many depend on each other. */
class World {
  private readonly keys = new Map<ResourceName, string[]>();
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
    const noun = random.pick(resourceNames);
    const method = random.pick(['POST', 'POST', 'PATCH', 'PATCH', 'PATCH', 'PUT', 'DELETE']);
    return Array.from({ length: 1 + random.below(6) }, () => this.operation(method, noun));
  }

  private operation(method: string, type: ResourceName): Operation {
    const { random } = this;
    const isNew = method === 'POST' || this.some(type) === null;
    if (isNew) {
      const key = `${this.prefix}-${type}-${this.count++}`;
      const body = { key, ...this.body(type) };
      this.keys.set(type, [...(this.keys.get(type) ?? []), key]);
      return { method: 'POST', type, body };
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
    const whole = this.body(type);
    if (method === 'PUT') return { method, ...of, body: whole };
    const member = random.pick(Object.keys(whole));
    return { method, ...of, body: { [member]: whole[member] } };
  }

  /** One of the newest of a noun, which may be gone by now. */
  private some(type: ResourceName): string | null {
    const keys = (this.keys.get(type) ?? []).slice(-6);
    return keys.length === 0 ? null : this.random.pick(keys);
  }

  private body(type: ResourceName): Record<string, unknown> {
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
          ...(random.chance(0.5) && { attributions: this.said() }),
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

  private said(): object[] {
    return Array.from({ length: this.random.below(3) }, () => {
      const key = `${this.prefix}-attribution-${this.count++}`;
      this.keys.set('attribution', [...(this.keys.get('attribution') ?? []), key]);
      return { key, party: this.some('party') ?? 'nobody', stance: 'asserts' };
    });
  }
}

import { describe, expect, it } from 'vitest';
import { testApp } from '../support/app.js';
import { batchSender, claim, each, type Operation, statuses } from '../support/batch.js';

/** Creations that follow each other are done together, which nobody can tell from the answer or the register. */

const t = await testApp();
const batch = await batchSender(t);
const COUNT = 20;
const many = (make: (i: number) => Operation) => Array.from({ length: COUNT }, (_, i) => make(i));
const put = (id: string, body: object): Operation => ({ method: 'PUT', type: 'claim', id, body });
const said = (...parties: string[]) => parties.map((one) => ({ party: one, stance: 'asserts' }));

async function newestChanges(count: number): Promise<{ type: string; id: string }[]> {
  const { text } = await t.send('GET', '/v1/changes.ndjson');
  const lines = text.trimEnd().split('\n');
  return lines.slice(-count).map((line) => JSON.parse(line));
}

describe('creations that follow each other', () => {
  it('are recorded one after the other, each with what was sent in it', async () => {
    const operations = many((i) =>
      claim({ text: `Word${i} alone.`, attributions: said('ttp', 'ttp', 'ttp') }),
    );
    const { json } = await batch(operations);
    const items = await newestChanges(4 * COUNT);
    const ofEach = json.items.map(({ id }: { id: string }) => [
      id,
      'attribution',
      'attribution',
      'attribution',
    ]);
    expect(items.map(({ type, id }) => (type === 'claim' ? id : type))).toEqual(ofEach.flat());
  });

  it('warn of those before them, and of none behind them', async () => {
    await t.send('PUT', '/v1/predicates/counted', { label: 'counted', value_type: 'quantity' });
    const alike = (occurred: string) =>
      claim({ text: `Of ${occurred}.`, subject: 'ttp', predicate: 'counted', occurred });
    const { json } = await batch([alike('1900'), alike('2000'), alike('1901')]);
    expect(json.items.map(({ warnings }: { warnings?: { code: string }[] }) => warnings?.[0]?.code)).toEqual([
      undefined,
      'far_year',
      undefined,
    ]);
  });

  it('name a copy before them as a possible duplicate, and none behind them', async () => {
    const { json } = await batch(
      [1, 2, 3].map(() => claim({ text: 'The convoy went to the northern border.' })),
    );
    const [first, second] = json.items;
    expect(first.possible_duplicates).toBeUndefined();
    expect(second.possible_duplicates.map(({ object }: { object: { id: string } }) => object.id)).toEqual([
      first.id,
    ]);
    expect(json.items[2].possible_duplicates).toHaveLength(2);
  });

  it('fail one by one, each for its own fault', async () => {
    const operations = many((i) => claim({ key: `apart-${i % 19}`, ...(i === 7 && { subject: 'nobody' }) }));
    const answer = await batch(operations, each);
    expect(statuses(answer)).toEqual(
      Array.from({ length: COUNT }, (_, i) => ({ 7: 422, 19: 409 })[i] ?? 201),
    );
  });

  it('may be PUT under keys that are free, beside others that are not', async () => {
    const operations = many((i) => put(`put-${i}`, { text: `Put ${i}.` }));
    const some = operations.filter((_, i) => i % 3 === 1);
    expect(new Set(statuses(await batch(some)))).toEqual(new Set([201]));
    expect(statuses(await batch(operations))).toEqual(
      operations.map((one) => (some.includes(one) ? 200 : 201)),
    );
    const [one] = operations;
    const changed = { ...one!, body: { text: 'Put otherwise.' } };
    expect(statuses(await batch([put('put-new', { text: 'New.' }), changed], each))).toEqual([201, 428]);
  });
});

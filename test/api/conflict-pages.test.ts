import { beforeAll, describe, expect, it } from 'vitest';
import { testApp } from '../support/app.js';

const t = await testApp();

beforeAll(async () => {
  const strength = { label: 'strength', value_type: 'quantity', unit: 'fighters', functional: true };
  await t.send('PUT', '/v1/predicates/strength', strength);
  for (const [subject, count] of [
    ['ttp', 7],
    ['isil-k', 4],
    ['alone', 1],
  ] as const) {
    await t.send('PUT', `/v1/parties/${subject}`, { kind: 'armed_group', name: subject });
    for (let i = 0; i < count; i++) {
      // Two of the years meet, so that there are kinds to filter by.
      const { status } = await t.send('PUT', `/v1/claims/${subject}-${i}`, {
        text: `${subject} has ${i} thousand fighters.`,
        ...{ subject, predicate: 'strength', occurred: i < 5 ? '2024' : '2025' },
        value: { type: 'quantity', value: `${i + 1}000` },
      });
      expect(status).toBe(201);
    }
  }
});

type Page = { items: object[]; next_cursor: string | null; prev_cursor: string | null; has_more: boolean };

const pairsOf = ({ items }: Page) =>
  items.map((item) => {
    const { kind, sides } = item as { kind: string; sides: { claim: { key: string } }[] };
    return `${kind} ${sides.map(({ claim }) => claim.key).join(' ')}`;
  });

async function page(path: string, cursor?: string | null): Promise<Page> {
  const { status, json, text } = await t.send('GET', path + (cursor ? `&cursor=${cursor}` : ''));
  expect(status, text).toBe(200);
  return json;
}

describe.each([
  ['/v1/conflicts?', 7 * 3 + 6],
  ['/v1/conflicts?kind=contradiction&', 10 + 1 + 6],
  ['/v1/conflicts?subject=isil-k&', 6],
  ['/v1/conflicts?subject=alone&', 0],
  ['/v1/claims/ttp-3/conflicts?', 6],
  ['/v1/claims/ttp-3/conflicts?kind=different_time&', 2],
])('GET %s', (path, total) => {
  it.each([1, 3])('is paged to the end and back, %i at a time', async (limit) => {
    const address = `${path}limit=${limit}`;
    const all = pairsOf(await page(`${path}limit=200`));
    expect(all).toHaveLength(total);
    expect(new Set(all).size).toBe(total);

    let at = await page(address);
    expect(at.prev_cursor).toBeNull();
    const forth = pairsOf(at);
    while (at.has_more) {
      at = await page(address, at.next_cursor);
      forth.push(...pairsOf(at));
    }
    expect(forth).toEqual(all);
    expect(at.next_cursor).toBeNull();

    const back = pairsOf(at);
    while (at.prev_cursor) {
      at = await page(address, at.prev_cursor);
      back.unshift(...pairsOf(at));
    }
    expect(back).toEqual(all);
  });

  it('leads from a page on and back to the same page', async () => {
    const first = await page(`${path}limit=2`);
    if (!first.next_cursor) return expect(total).toBeLessThanOrEqual(2);
    const second = await page(`${path}limit=2`, first.next_cursor);
    const again = await page(`${path}limit=2`, second.prev_cursor);
    expect(pairsOf(again)).toEqual(pairsOf(first));
    expect(pairsOf(await page(`${path}limit=2`, again.next_cursor))).toEqual(pairsOf(second));
  });
});

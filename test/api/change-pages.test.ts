import { describe, expect, it } from 'vitest';
import { testApp } from '../support/app.js';

const t = await testApp();
const feed = (query: string) => t.send('GET', `/v1/changes${query}`);

describe('GET /v1/changes: a page', () => {
  it('looks at so many changes of a party only, and misses none of those asked for', async () => {
    const create = (type: string, key: string, body: object) => ({
      ...{ method: 'POST', type },
      body: { key, ...body },
    });
    const ids = ['busy-one', 'busy-two'];
    // Of the first party there are more changes than one page looks at.
    const claims = Array.from({ length: 601 }, (_, i) => {
      const subject = i % 8 === 0 ? ids[1] : ids[0];
      return create('claim', `busy-${i}`, { text: 'X.', subject });
    });
    const judged = [0, 1, 599, 600].map((i) =>
      create('assessment', `judged-${i}`, { claim: `busy-${i}`, credibility: 2 }),
    );
    const operations = [
      ...ids.map((key) => create('party', key, { kind: 'other', name: key })),
      ...claims,
      ...judged,
    ];
    const { next_cursor: end } = (await feed('')).json;
    const headers = { authorization: `Bearer ${await t.newKey(['write', 'review'])}` };
    expect((await t.send('POST', '/v1/batch', { operations }, headers)).status).toBe(200);
    for (const [query, counts, expected] of [
      ['subject=busy-one&type=assessment', [0, 2], ['judged-1', 'judged-599']],
      ['subject=busy-two&type=assessment', [2], ['judged-0', 'judged-600']],
      [
        'subject=busy-one,busy-two&type=assessment,party',
        [2, 4],
        ['busy-one', 'busy-two', 'judged-0', 'judged-1', 'judged-599', 'judged-600'],
      ],
    ] as [string, number[], string[]][]) {
      const seen: number[] = [];
      const keys: string[] = [];
      for (let at = end, more = true; more; ) {
        const { json } = await feed(`?${query}&after=${at}`);
        seen.push(json.items.length);
        keys.push(...json.items.map(({ key }: { key: string }) => key));
        at = json.next_cursor;
        more = json.has_more;
      }
      expect([query, seen, keys]).toEqual([query, counts, expected]);
      const lines = (await feed(`.ndjson?${query}&after=${end}`)).text.trimEnd().split('\n');
      expect(lines.map((line) => JSON.parse(line).key)).toEqual(expected);
    }
  });
});

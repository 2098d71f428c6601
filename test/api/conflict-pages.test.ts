import { beforeAll, describe, expect, it } from 'vitest';
import { testApp } from '../support/app.js';
import { csvObjects } from '../support/csv.js';
import { refusedQuery } from '../support/pages.js';

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

  it('is whole as CSV and as lines', async () => {
    const { items } = await page(`${path}limit=200`);
    const [url, query] = path.split('?') as [string, string];
    const lines = (await t.send('GET', `${url}.ndjson?${query}`)).text;
    expect(lines).toBe(items.map((item) => `${JSON.stringify(item)}\n`).join(''));
    const { text } = await t.send('GET', `${url}.csv?${query}lists=json`);
    expect(csvObjects(text).map((row) => `${row.kind} ${row.first_claim} ${row.second_claim}`)).toEqual(
      pairsOf({ items } as Page),
    );
    const limited = await t.send('GET', `${url}.csv?${query}limit=3&fields=kind`);
    expect(limited.text.split('\n')).toHaveLength(Math.min(3, total) + 2);
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

describe('GET /v1/conflicts.csv', () => {
  it('tells of each pair why, and of each side what estimates tell', async () => {
    await t.send('PUT', '/v1/parties/desk', { kind: 'media', name: 'Desk; the second' });
    const said = { claim: 'isil-k-1', party: 'desk' };
    await t.send('POST', '/v1/attributions', { ...said, stance: 'asserts', lineage: 'originates' });
    const url = '/v1/conflicts.csv?subject=isil-k&sort=severity';
    const answer = await t.send('GET', `${url}&separator=tab`);
    expect(answer.headers['content-disposition']).toBe('attachment; filename="conflicts.csv"');
    const rows = csvObjects(answer.text, '\t');
    expect(rows).toHaveLength(6);
    const { items } = (await t.send('GET', '/v1/conflicts?subject=isil-k&sort=severity')).json;
    expect(rows.map(({ why }) => why)).toEqual(items.map(({ why }: { why: string[] }) => why.join('; ')));
    const row = rows.find(({ second_claim }) => second_claim === 'isil-k-1')!;
    expect(row).toMatchObject({
      ...{ kind: 'contradiction', subject: 'isil-k', predicate: 'strength' },
      ...{ first_claim: 'isil-k-0', first_text: 'isil-k has 0 thousand fighters.', first_value: '1000' },
      ...{ first_support: 'none', first_asserted_by: '', second_value: '2000', second_scope: '' },
      ...{
        second_asserted_by: 'Desk\\; the second',
        second_support: 'single_origin',
        second_origins_min: '1',
      },
      ...{ second_occurred: '2024', second_occurred_from: '2024-01-01', second_occurred_to: '2024-12-31' },
    });
    const look = await t.send(
      'GET',
      `${url}&limit=1&bom=true&separator=semicolon&lists=json&fields=kind,second_asserted_by`,
    );
    expect(look.text).toBe('\ufeffkind;second_asserted_by\ncontradiction;"[""Desk; the second""]"\n');
  });

  it.each([
    ['cursor=x', 'cursor unknown_parameter'],
    ['fields=secret', 'fields unknown_column'],
    ['separator=pipe', 'separator invalid_value'],
  ])('refuses %s', async (query, expected) => {
    await refusedQuery(t, `/v1/conflicts.csv?${query}`, expected);
  });

  it('has the problems of its JSON', async () => {
    for (const form of ['csv', 'ndjson']) {
      expect((await t.send('GET', `/v1/claims/no-such/conflicts.${form}`)).json.code).toBe('not_found');
    }
  });
});

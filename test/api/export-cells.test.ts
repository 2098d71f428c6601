import { describe, expect, it } from 'vitest';
import { testApp } from '../support/app.js';
import { csvObjects, parseCsv } from '../support/csv.js';
import { seeded } from '../support/random.js';

const t = await testApp();
const get = (url: string, headers?: Record<string, string>) => t.send('GET', url, undefined, headers);

async function claim(input: object): Promise<string> {
  const answer = await t.send('POST', '/v1/claims', { text: 'A claim.', ...input });
  expect(answer.status, answer.text).toBe(201);
  return answer.json.id;
}
const rowOf = async (id: string) =>
  csvObjects((await get('/v1/claims?format=csv')).text).find((row) => row.id === id)!;

describe('cells that a spreadsheet could run', () => {
  it.each([
    '=1+1',
    '=HYPERLINK("https://example.org/?"&A1,"x")',
    '+1',
    '+1+1',
    '-1+1',
    '-',
    '--5',
    '-5 fighters',
    '-1e3',
    "-2+cmd|' /C calc'!A0",
    '@SUM(1,1)',
    '\t=1+1',
    '\r=1+1',
    '\n=1+1',
    '＝1+1',
    '＋1',
    '－1',
    '＠SUM(1)',
  ])('%j gets an apostrophe', async (text) => {
    const id = await claim({ text });
    expect((await rowOf(id)).text).toBe(`'${text}`);
    expect((await get(`/v1/claims/${id}`)).json.text).toBe(text);
    const ndjson = (await get('/v1/claims?format=ndjson')).text.trim().split('\n');
    expect(ndjson.map((line) => JSON.parse(line).text)).toContain(text);
  });

  it.each(['-5', '-0.25', '0', '12', '-9007199254740993', 'a=1', "'=1", '1+1', 'a@b', ' =1', '5-3'])(
    '%j stays as it is',
    async (text) => {
      expect((await rowOf(await claim({ text }))).text).toBe(text);
    },
  );

  it('numbers stay numbers, names and lists of names are held to the same', async () => {
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
});

describe('cells that hold what separates cells', () => {
  it.each([
    'one, two',
    'say "no"',
    '"',
    '""',
    '","',
    'first\nsecond',
    'first\r\nsecond',
    'first\rsecond',
    'ends in a break\n',
    'ends in a break\r\n',
    '\u2028 line \u2029 separators',
    ' spaces around ',
    'نور ولی محسود، "TTP"',
    '💥,💥',
    '\ufeffmark',
    ';',
    'tab\there',
  ])('%j comes back as it was', async (text) => {
    expect((await rowOf(await claim({ text }))).text).toBe(text);
  });

  it('200 random texts come back, each in its row', async () => {
    const random = seeded(11);
    const parts = ['a', '"', ',', '\n', '\r', '\r\n', ' ', '""', ',,', 'é', '💥', "'", ';', '\t'];
    const texts = new Map<string, string>();
    for (let i = 0; i < 200; i++) {
      const text = `x${Array.from({ length: random.below(9) }, () => random.pick(parts)).join('')}`;
      texts.set(await claim({ text, key: `random-${i}` }), text);
    }
    const rows = csvObjects((await get('/v1/claims?format=csv')).text);
    const read = new Map(
      rows.filter(({ key }) => key?.startsWith('random-')).map(({ id, text }) => [id, text]),
    );
    expect(read).toEqual(texts);
  });

  it('the parser of these tests refuses what is no CSV', () => {
    expect(parseCsv('a,"b ""c"", d",\r\n"","\n"\n')).toEqual([
      ['a', 'b "c", d', ''],
      ['', '\n'],
    ]);
    for (const broken of ['a"b', '"a"b,c', '"a']) expect(() => parseCsv(broken)).toThrow('stray character');
  });
});

describe('which form is sent', () => {
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
  ])('Accept: %s → %s', async (accept, type) => {
    const answer = await get('/v1/claims?limit=1', { accept });
    expect([answer.status, String(answer.headers['content-type'])]).toEqual([200, type]);
    expect(answer.headers.vary).toContain('Accept');
  });

  it.each(['image/png', 'text/html', 'application/xml', 'application/json;q=0', 'nonsense'])(
    'Accept: %s → 406',
    async (accept) => {
      for (const list of ['/v1/claims', '/v1/parties', '/v1/attributions']) {
        const answer = await get(list, { accept });
        expect([answer.status, answer.json.code]).toEqual([406, 'not_acceptable']);
      }
    },
  );

  it('format= wins over Accept', async () => {
    const csv = await get('/v1/claims?format=csv', { accept: 'application/json' });
    expect(csv.headers['content-type']).toMatch(/^text\/csv/);
    const json = await get('/v1/claims?format=json&limit=1', { accept: 'text/csv' });
    expect(json.json.items).toHaveLength(1);
    expect((await get('/v1/claims?format=ndjson', { accept: 'image/png' })).status).toBe(200);
  });

  it('the input form has a media type of its own, which can be asked for', async () => {
    const type = 'application/vnd.attested.input+json';
    for (const accept of [type, 'application/json', '*/*']) {
      const answer = await get('/v1/claims?view=input&limit=1', { accept });
      expect([answer.status, String(answer.headers['content-type'])]).toEqual([200, type]);
    }
    expect((await get('/v1/claims', { accept: type })).status).toBe(406);
  });
});

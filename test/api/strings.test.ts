import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { buildApp } from '../../src/app.js';
import { openStore } from '../../src/db/open.js';
import { newId } from '../../src/lib/ids.js';
import { type TestApp, testApp } from '../support/app.js';
import { Contract } from '../support/contract.js';
import { expectRejected, faults } from '../support/expect-rejected.js';
import { at } from '../support/inputs.js';
import { readsHere } from '../support/reads.js';
import { templatesOf } from '../support/shared.js';

const app = await testApp();
const reviewer = { authorization: `Bearer ${await app.newKey(['read', 'write', 'review'])}` };
const send: TestApp['send'] = (method, url, body, headers) =>
  app.send(method, url, body, { ...reviewer, ...headers });
const t = { ...app, send };
const party = (name: string) => ({ kind: 'other', name });
const attribution = (more: object) => ({ about_source: 's', party: 'p', stance: 'denies', ...more });
const predicate = (more: object) => ({ key: `p${made++}`, label: 'x', value_type: 'none', ...more });
const claim = (more: object) => ({ text: 'x', ...more });
let made = 0;
await t.send('PUT', '/v1/sources/s', { type: 'other', title: 'x' });
await t.send('PUT', '/v1/parties/p', party('x'));
for (const key of ['c', 'd']) await t.send('PUT', `/v1/claims/${key}`, { text: 'x' });

type Place = [
  url: string,
  place: string,
  kind: 'name' | 'evidence',
  max: number,
  body: (text: string) => object,
];
/** Places of every kind in which a person may write; text-members.test.ts has them all. */
const places: Place[] = [
  ['/v1/parties', '/name', 'name', 500, party],
  [
    '/v1/parties',
    '/names/0/name',
    'name',
    500,
    (name) => ({ ...party('x'), names: [{ name, kind: 'alias' }] }),
  ],
  ['/v1/parties', '/description', 'evidence', 5_000, (description) => ({ ...party('x'), description })],
  [
    '/v1/parties',
    '/identifiers/0/value',
    'name',
    200,
    (value) => ({ ...party('x'), identifiers: [{ scheme: 's', value }] }),
  ],
  ['/v1/sources', '/title', 'evidence', 2_000, (title) => ({ type: 'other', title })],
  ['/v1/predicates', '/label', 'name', 200, (label) => predicate({ label })],
  ['/v1/predicates', '/unit', 'name', 64, (unit) => predicate({ unit })],
  ['/v1/claims', '/text', 'evidence', 10_000, (text) => ({ text })],
  ['/v1/claims', '/scope', 'evidence', 1_000, (scope) => claim({ scope })],
  ['/v1/claims', '/places/0/name', 'name', 500, (name) => claim({ places: [{ name }] })],
  [
    '/v1/claims',
    '/value/as_stated',
    'evidence',
    1_000,
    (as_stated) => claim({ value: { type: 'none', as_stated } }),
  ],
  ['/v1/claims', '/value/text', 'evidence', 5_000, (text) => claim({ value: { type: 'text', text } })],
  [
    '/v1/claims',
    '/value/unit',
    'name',
    64,
    (unit) => claim({ value: { type: 'quantity', value: '1', unit } }),
  ],
  ['/v1/attributions', '/quote/exact', 'evidence', 10_000, (exact) => attribution({ quote: { exact } })],
  ['/v1/attributions', '/locator/section', 'name', 500, (section) => attribution({ locator: { section } })],
  [
    '/v1/attributions',
    '/party_as_stated',
    'evidence',
    500,
    (party_as_stated) => attribution({ party_as_stated }),
  ],
  ['/v1/attributions', '/note', 'evidence', 5_000, (note) => attribution({ note })],
  ['/v1/relations', '/note', 'evidence', 5_000, (note) => ({ from: 'c', type: 'updates', to: 'd', note })],
  ['/v1/assessments', '/verdict', 'name', 200, (verdict) => ({ claim: 'c', verdict })],
  ['/v1/assessments', '/rationale', 'evidence', 10_000, (rationale) => ({ claim: 'c', rationale })],
];

/** What a program on the way could take for something else. Each fits into the shortest of the places. */
const hostile = [
  "'; drop table claims;-- <script>alert(1)</script>&amp;",
  '=$\u007bjndi:ldap://127.0.0.1/x} $& $1 $$ $` \\1 __proto__',
  '\\u0000party:p "\\u0000claim:x" Zo\u00eb Zoe\u0308 می\u200cخواهم',
];
/** What a quotation may hold, but a name may not. */
const disguises = `gro.elpmaxe\u202e \u2066x\u001b[31m\r\ny\u2028 a${'\u0301'.repeat(9)}\u00a0`;

describe.each(places)('POST %s%s', (url, place, kind, max, body) => {
  it('keeps a text byte for byte, in every form of the object', async () => {
    const odd = kind === 'evidence' ? [...hostile, disguises] : hostile;
    const texts = ['\u{1f600}'.repeat(max), ...(max < 200 ? hostile : [odd.join('|')])];
    for (const text of texts) {
      const { status, json } = await t.send('POST', url, body(text));
      expect({ status, kept: at(json, place) }).toEqual({ status: 201, kept: text });
      const again = await t.send('GET', `${url}/${json.id}`);
      expect(Buffer.from(at(again.json, place) as string)).toEqual(Buffer.from(text));
      expect(again.headers['x-content-type-options']).toBe('nosniff');
      const form = await t.send('GET', `${url}/${json.id}/input`);
      expect(at(form.json, place)).toBe(text);
    }
  });

  it('refuses a text that shows nothing or is too long', async () => {
    const blank = await expectRejected(t, 422, 'invalid_body', 'POST', url, body('\u200b'));
    expect(faults(blank)).toEqual([`${place} blank`]);
    const long = await expectRejected(t, 422, 'invalid_body', 'POST', url, body('x'.repeat(max + 1)));
    expect(faults(long)).toEqual([`${place} too_long`]);
    expect(long.json.detail).toContain(`${max} characters (${4 * max} bytes`);
  });
});

describe('GET /v1/parties?name=', () => {
  const create = async (name: string) => (await t.send('POST', '/v1/parties', party(name))).json;
  const found = async (name: string) =>
    (await t.send('GET', `/v1/parties?name=${encodeURIComponent(name)}`)).json.items.map(
      (item: { id: string }) => item.id,
    );

  it('does not find a Cyrillic look-alike of a Latin name', async () => {
    const [latin, cyrillic] = [await create('Acme Ltd'), await create('\u0410cme Ltd')];
    expect(await found('acme ltd')).toEqual([latin.id]);
    expect(await found('\u0410cme ltd')).toEqual([cyrillic.id]);
  });

  it('finds a name in its composed and its decomposed spelling', async () => {
    const both = [await create('Chlo\u00e9 Ruiz'), await create('Chloe\u0301 Ruiz')];
    expect(both.map(({ name }) => name)).toEqual(['Chlo\u00e9 Ruiz', 'Chloe\u0301 Ruiz']);
    for (const name of ['Chlo\u00e9 Ruiz', 'Chloe\u0301 Ruiz', 'CHLOE RUIZ']) {
      expect(await found(name)).toEqual(both.map(({ id }) => id));
    }
  });
});

describe('GET /v1/claims.csv', () => {
  const cells: [text: string, cell: string][] = [
    ['=1+1', "'=1+1"],
    ['+1', "'+1"],
    ['-1+1', "'-1+1"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['\t=1', "'\t=1"],
    ['\r=1', "'\r=1"],
    ['\uff1d1+1', "'\uff1d1+1"],
    ['=1,"x"', '\'=1,"x"'],
    ['-12.5', '-12.5'],
    ['x=1', 'x=1'],
  ];
  it('has plain text where a spreadsheet would see a formula, which JSON keeps as it is', async () => {
    for (const [text, cell] of cells) {
      const key = `cell-${made++}`;
      expect((await t.send('POST', '/v1/claims', { key, text })).json.text).toBe(text);
      const csv = await t.send('GET', `/v1/claims.csv?key=${key}&fields=text`);
      const quoted = /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
      expect(csv.text).toBe(`text\n${quoted}\n`);
    }
  });
});

describe('every route', () => {
  const evil = '\u20ac\r\nX-Evil: 1';

  it('keeps what a client sends out of the headers of its answer', async () => {
    const sent = encodeURIComponent(evil);
    const answers = [
      await t.send('GET', `/v1/parties?name=x&limit=1&sort=name`),
      await t.send('GET', `/v1/parties?key=${sent}`),
      await t.send('POST', '/v1/claims', { text: evil }, { 'change-reason': sent }),
      await expectRejected(t, 400, 'invalid_query', 'GET', `/v1/parties?${sent}=${sent}`),
      await expectRejected(t, 404, 'not_found', 'PUT', `/v1/parties/${sent}`, party('x')),
      await expectRejected(t, 422, 'invalid_body', 'POST', '/v1/parties', { ...party('x'), key: evil }),
      await expectRejected(t, 400, 'invalid_header', 'POST', '/v1/claims', claim({}), {
        'change-reason': '\u20ac',
      }),
      await expectRejected(t, 400, 'invalid_header', 'POST', '/v1/claims', claim({}), {
        'idempotency-key': '\u20ac',
      }),
      await t.send('GET', '/v1/parties', undefined, { 'x-request-id': 'a"b<script>' }),
    ];
    for (const { headers } of answers) {
      expect(headers['x-evil']).toBeUndefined();
      for (const value of Object.values(headers).flat()) expect(String(value)).toMatch(/^[\x20-\x7e]*$/);
      expect(headers['x-request-id']).toMatch(/^request_[0-9a-z]{26}$/);
    }
  });

  it('keeps what a client sends out of the log, but for the path, which stays on its line', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'attested-test-'));
    copyFileSync((await templatesOf('sqlite')).empty, join(folder, 'register.db'));
    const store = await openStore({
      url: `file:${join(folder, 'register.db')}`,
      onFatal(error) {
        throw error;
      },
    });
    const lines: string[] = [];
    const logger = pino({ level: 'trace' }, { write: (line) => void lines.push(line) });
    const clock = () => new Date().toISOString();
    const config = { openReads: true, corsOrigins: '*' as const };
    const app = await buildApp({ config, store, clock, ids: newId, logger, ...readsHere(store) });
    new Contract().hold(app);
    const words = ['$\u007bjndi:x}', 'x\u001b[31m', 'canary\n{"level":60}', '\u202eyranac'];
    for (const text of words) {
      const sent = encodeURIComponent(text);
      const headers = { authorization: `Bearer ${sent}`, 'user-agent': sent, 'x-request-id': sent };
      await app.inject({ url: `/v1/parties/${sent}?name=${sent}` });
      await app.inject({
        url: `/v1/parties?name=${sent}`,
        headers: { ...headers, 'content-type': 'application/json' },
      });
      await app.inject({ method: 'POST', url: '/v1/parties', headers, payload: JSON.stringify(party(text)) });
    }
    await app.close();
    await store.close();
    rmSync(folder, { recursive: true });
    expect(lines).toHaveLength(3 * words.length);
    for (const line of lines) {
      expect(line).toMatch(/^[\x20-\x7e]*\n$/);
      const { path, ...rest } = JSON.parse(line);
      expect(path).toMatch(/^\/v1\/parties(\/[^?]*)?$/);
      expect(JSON.stringify(rest)).not.toMatch(/jndi|31m|canary|yranac/);
    }
  });
});

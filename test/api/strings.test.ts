import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { describe, expect, inject, it, test } from 'vitest';
import { buildApp } from '../../src/app.js';
import { openStore } from '../../src/db/store.js';
import { newId } from '../../src/lib/ids.js';
import { testApp } from '../support/app.js';
import { faults, rejected } from '../support/rejected.js';

const t = await testApp();
const party = (name: string) => ({ kind: 'other', name });
const attribution = (more: object) => ({ about_source: 's', party: 'p', stance: 'denies', ...more });
const predicate = (more: object) => ({ key: `p${made++}`, label: 'x', value_type: 'none', ...more });
const claim = (more: object) => ({ text: 'x', ...more });
let made = 0;
await t.send('PUT', '/v1/sources/s', { type: 'other', title: 'x' });
await t.send('PUT', '/v1/parties/p', party('x'));

type Place = [
  place: string,
  kind: 'name' | 'evidence',
  max: number,
  url: string,
  body: (text: string) => object,
];
/** Every kind of place in which a person may write: names, shown on one line, and evidence. */
const places: Place[] = [
  ['/name', 'name', 500, '/v1/parties', party],
  [
    '/names/0/name',
    'name',
    500,
    '/v1/parties',
    (x) => ({ ...party('x'), names: [{ name: x, kind: 'alias' }] }),
  ],
  ['/description', 'evidence', 5_000, '/v1/parties', (x) => ({ ...party('x'), description: x })],
  [
    '/identifiers/0/value',
    'name',
    200,
    '/v1/parties',
    (x) => ({ ...party('x'), identifiers: [{ scheme: 's', value: x }] }),
  ],
  ['/title', 'evidence', 2_000, '/v1/sources', (x) => ({ type: 'other', title: x })],
  ['/label', 'name', 200, '/v1/predicates', (x) => predicate({ label: x })],
  ['/unit', 'name', 64, '/v1/predicates', (x) => predicate({ unit: x })],
  ['/text', 'evidence', 10_000, '/v1/claims', (x) => ({ text: x })],
  ['/scope', 'evidence', 1_000, '/v1/claims', (x) => claim({ scope: x })],
  ['/places/0/name', 'name', 500, '/v1/claims', (x) => claim({ places: [{ name: x }] })],
  [
    '/value/as_stated',
    'evidence',
    1_000,
    '/v1/claims',
    (x) => claim({ value: { type: 'none', as_stated: x } }),
  ],
  ['/value/text', 'evidence', 5_000, '/v1/claims', (x) => claim({ value: { type: 'text', text: x } })],
  [
    '/value/unit',
    'name',
    64,
    '/v1/claims',
    (x) => claim({ value: { type: 'quantity', value: '1', unit: x } }),
  ],
  ['/quote/exact', 'evidence', 10_000, '/v1/attributions', (x) => attribution({ quote: { exact: x } })],
  ['/locator/section', 'name', 500, '/v1/attributions', (x) => attribution({ locator: { section: x } })],
  ['/party_as_stated', 'evidence', 500, '/v1/attributions', (x) => attribution({ party_as_stated: x })],
  ['/note', 'evidence', 5_000, '/v1/attributions', (x) => attribution({ note: x })],
];

const at = (json: unknown, place: string): unknown =>
  place
    .slice(1)
    .split('/')
    .reduce((inner, name) => (inner as Record<string, unknown>)[name], json);

/** What a quotation may hold, but a name may not. */
const disguises: [what: string, text: string, code: string][] = [
  ['U+202E', 'gro.elpmaxe\u202e', 'bidi_control'],
  ['an isolate', '\u2066x', 'bidi_control'],
  ['an escape sequence', 'x\u001b[31m', 'control_character'],
  ['a line break', 'x\r\ny', 'control_character'],
  ['U+2028', 'x\u2028y', 'control_character'],
  ['a space at the end', 'x ', 'surrounding_space'],
  ['a no-break space before', '\u00a0x', 'surrounding_space'],
  ['nine marks on a letter', `a${'\u0301'.repeat(9)}`, 'combining_run'],
];

describe.each(places)('%s refuses', (place, kind, max, url, body) => {
  const refused: [what: string, text: string, code: string][] = [
    ['nothing', '', 'too_small'],
    ['spaces', '   ', 'blank'],
    ['line breaks and tabs', '\r\n\t', 'blank'],
    ['a zero-width space', '\u200b', 'blank'],
    ['an empty braille cell', '\u2800', 'blank'],
    ['a Hangul filler', '\u3164', 'blank'],
    ['soft hyphens', '\u00ad\u00ad', 'blank'],
    ['a tag character', '\u{e0041}', 'blank'],
    ['one character too many', 'x'.repeat(max + 1), 'too_long'],
    ['one emoji too many', '\u{1f600}'.repeat(max + 1), 'too_long'],
    ['10,000 combining marks', `a${'\u0301'.repeat(10_000)}`, 'too_long'],
    ...(kind === 'name' ? disguises : []),
  ];
  test.each(refused)('%s', async (_what, text, code) => {
    const answer = await rejected(t, 422, 'invalid_body', 'POST', url, body(text));
    expect(faults(answer)).toContain(`${place} ${code}`);
  });

  it('too much with the limit in characters and in bytes', async () => {
    const { json } = await rejected(t, 422, 'invalid_body', 'POST', url, body('x'.repeat(max + 1)));
    expect(json.detail).toContain(`${max} characters (${4 * max} bytes`);
  });
});

describe.each(places)('%s keeps byte for byte', (place, kind, max, url, body) => {
  const kept: [what: string, text: string][] = [
    ['as many emoji as characters', '\u{1f600}'.repeat(max)],
    ['SQL', "'; drop table claims;--"],
    ['HTML', '<script>alert(1)</script>&amp;'],
    ['a look-up', '$\u007bjndi:ldap://127.0.0.1/x}'],
    ['the marker of a reference', '\\u0000party:p "\\u0000claim:x"'],
    ['patterns of a replacement', '$& $1 $$ $` \\1'],
    ['a composed letter', 'Zo\u00eb'],
    ['a decomposed letter', 'Zoe\u0308'],
    ['a zero-width non-joiner', 'می\u200cخواهم'],
    ['a formula', '=1+1'],
    ['a word of JavaScript', '__proto__'],
    ...(kind === 'evidence' ? disguises.map(([what, text]) => [what, text] as [string, string]) : []),
  ];
  test.each(kept)('%s', async (_what, text) => {
    const { status, json } = await t.send('POST', url, body(text));
    expect({ status, kept: at(json, place) }).toEqual({ status: 201, kept: text });
    const again = await t.send('GET', `${url}/${json.id}`);
    expect(Buffer.from(at(again.json, place) as string)).toEqual(Buffer.from(text));
    expect(again.headers['x-content-type-options']).toBe('nosniff');
    const form = await t.send('GET', `${url}/${json.id}?view=input`);
    expect(at(form.json, place)).toBe(text);
  });
});

describe('names that look alike', () => {
  const create = async (name: string) => (await t.send('POST', '/v1/parties', party(name))).json;
  const found = async (name: string) =>
    (await t.send('GET', `/v1/parties?name=${encodeURIComponent(name)}`)).json.items.map(
      (item: { id: string }) => item.id,
    );

  it('are not merged: Latin and Cyrillic', async () => {
    const [latin, cyrillic] = [await create('Acme Ltd'), await create('\u0410cme Ltd')];
    expect(await found('acme ltd')).toEqual([latin.id]);
    expect(await found('\u0410cme ltd')).toEqual([cyrillic.id]);
  });

  it('are found together where they are one name: composed and decomposed', async () => {
    const both = [await create('Chlo\u00e9 Ruiz'), await create('Chloe\u0301 Ruiz')];
    expect(both.map(({ name }) => name)).toEqual(['Chlo\u00e9 Ruiz', 'Chloe\u0301 Ruiz']);
    for (const name of ['Chlo\u00e9 Ruiz', 'Chloe\u0301 Ruiz', 'CHLOE RUIZ']) {
      expect(await found(name)).toEqual(both.map(({ id }) => id));
    }
  });
});

describe('cells that a spreadsheet could run', () => {
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
  test.each(cells)('%j is plain text in CSV and verbatim in JSON', async (text, cell) => {
    const key = `cell-${made++}`;
    expect((await t.send('POST', '/v1/claims', { key, text })).json.text).toBe(text);
    const csv = await t.send('GET', `/v1/claims?key=${key}&format=csv&fields=text`);
    const quoted = /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
    expect(csv.text).toBe(`text\n${quoted}\n`);
  });
});

describe('what a client sends stays out of', () => {
  const evil = '\u20ac\r\nX-Evil: 1';

  it('headers', async () => {
    const sent = encodeURIComponent(evil);
    const answers = [
      await t.send('GET', `/v1/parties?name=x&limit=1&sort=name`),
      await t.send('GET', `/v1/parties?key=${sent}`),
      await t.send('POST', '/v1/claims', { text: evil }, { 'change-reason': sent }),
      await rejected(t, 400, 'invalid_query', 'GET', `/v1/parties?${sent}=${sent}`),
      await rejected(t, 404, 'not_found', 'PUT', `/v1/parties/${sent}`, party('x')),
      await rejected(t, 422, 'invalid_body', 'POST', '/v1/parties', { ...party('x'), key: evil }),
      await rejected(t, 400, 'invalid_header', 'POST', '/v1/claims', claim({}), {
        'change-reason': '\u20ac',
      }),
      await rejected(t, 400, 'invalid_header', 'POST', '/v1/claims', claim({}), {
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

  it('the log, but for the path, which stays on its line', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'attested-test-'));
    copyFileSync(inject('templates').empty, join(folder, 'register.db'));
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
    const app = await buildApp({ config, store, clock, ids: newId, logger });
    const hostile = ['$\u007bjndi:x}', 'x\u001b[31m', 'canary\n{"level":60}', '\u202eyranac'];
    for (const text of hostile) {
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
    expect(lines).toHaveLength(3 * hostile.length);
    for (const line of lines) {
      expect(line).toMatch(/^[\x20-\x7e]*\n$/);
      const { path, ...rest } = JSON.parse(line);
      expect(path).toMatch(/^\/v1\/parties(\/[^?]*)?$/);
      expect(JSON.stringify(rest)).not.toMatch(/jndi|31m|canary|yranac/);
    }
  });
});

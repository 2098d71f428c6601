import { describe, expect, it, test } from 'vitest';
import { parseEdtf } from '../../src/lib/edtf.js';
import { testApp } from '../support/app.js';
import { faults, rejected } from '../support/rejected.js';

const t = await testApp();
const admin = { authorization: `Bearer ${await t.newKey(['read', 'write', 'admin'])}` };
await t.send('PUT', '/v1/parties/p', { kind: 'other', name: 'x' });
await t.send('PUT', '/v1/sources/s', { type: 'other', title: 'x' });

type Field = [pointer: string, url: string, body: (date: string) => object];
/** Every member that holds a date in EDTF. */
const dates: Field[] = [
  ['/occurred', '/v1/claims', (occurred) => ({ text: 'x', occurred })],
  ['/value/date', '/v1/claims', (date) => ({ text: 'x', value: { type: 'date', date } })],
  ['/published', '/v1/sources', (published) => ({ type: 'other', title: 'x', published })],
  ['/said', '/v1/attributions', (said) => ({ about_source: 's', party: 'p', stance: 'denies', said })],
  [
    '/attributions/0/said',
    '/v1/claims',
    (said) => ({ text: 'x', attributions: [{ party: 'p', stance: 'denies', said }] }),
  ],
];
/** What is no date, and what the answer must show instead. */
const noDates: [date: string, shows: string][] = [
  ['2024-02-30', '2024-02-29'],
  ['2023-02-29', '2023-02-28'],
  ['2024-04-31', '2024-04-30'],
  ['2024-02-00', '2024-02-01'],
  ['20220', 'four digits'],
  ['2024-13', '2024-12'],
  ['2024-00', '2024-12'],
  ['0000', '0001 to 9999'],
  ['0000-01-01', '0001 to 9999'],
  ['+275760-09-13', '0001 to 9999'],
  ['-0044', '0001 to 9999'],
  ['Y170000002', '0001 to 9999'],
  ['infinity', '2024-02/..'],
  ['today', '2024-02/..'],
  ['2024-06-01/2024-05-01', 'earlier date first'],
  ['2024-02/2023', 'earlier date first'],
  ['2024-12-31T23:59:60Z', '2024-02-06T13:45:00Z'],
  ['2024-12-31T24:00:00Z', '2024-02-06T13:45:00Z'],
  ['2024-12-31T10:00:00.123456789Z', 'at most 3 decimals'],
  ['2024-12-31T10:00:00-00:00', '2024-02-06T13:45:00Z'],
  ['2024-12-31T10:00:00+23:59', '2024-02-06T13:45:00Z'],
  ['2024-12-31 10:00', '2024-02-06'],
  ['02/06/2024', '2024-12-13'],
  ['6 February 2024', '2025-02-06'],
  ['2024-1-1', '2024-06-01'],
  ['20240206', '2024-02-06'],
  ['2024-Q1', '2024-01/2024-03'],
  ['2024-02/2024-03/2024-04', '2024-02-06/2024-03-31'],
  ['/', '2024-02/..'],
  ['../..', '2024-02/..'],
  [' 2024', '2024-02'],
  ['2024\n', '2024-02'],
  ['\uff12\uff10\uff12\uff14', '2024-02'],
  ['[2024-13..2025]', '2024-12'],
];

const isDate = (text: string): boolean => {
  try {
    return parseEdtf(text).text === text;
  } catch {
    return false;
  }
};

/** Holds a sentence to showing a date that would be taken. */
function showsDate(detail: string, sent: string) {
  const words = detail.split(/[\s,;]+/).map((word) => word.replace(/:$/, ''));
  expect(
    words.some((word) => word !== sent && isDate(word)),
    detail,
  ).toBe(true);
}

describe.each(dates)('%s', (pointer, url, body) => {
  test.each(noDates)('%j: 422 with a right form', async (date, shows) => {
    const answer = await rejected(t, 422, 'invalid_body', 'POST', url, body(date));
    expect(faults(answer)).toEqual([`${pointer} invalid_date`]);
    const { detail } = answer.json.errors[0];
    expect(detail).toContain(shows);
    showsDate(detail, date);
  });

  it('neither empty nor endless', async () => {
    for (const date of ['', `{${'2024,'.repeat(50)}2025}`]) {
      const answer = await rejected(t, 422, 'invalid_body', 'POST', url, body(date));
      expect(faults(answer)).toContain(`${pointer} invalid_date`);
    }
  });

  test.each([5, true, ['2024'], { date: '2024' }])('%j is no text', async (date) => {
    const answer = await rejected(t, 422, 'invalid_body', 'POST', url, body(date as never));
    expect(faults(answer)).toEqual([`${pointer} invalid_type`]);
  });
});

describe('a reporting period', () => {
  const url = '/v1/sources';
  const body = (reporting_period: string) => ({ type: 'report', title: 'x', reporting_period });
  test.each(['2024', '2024-07-01', '[2024..2025]'])('is an interval, not %s', async (date) => {
    const answer = await rejected(t, 422, 'invalid_body', 'POST', url, body(date));
    expect(faults(answer)).toEqual(['/reporting_period invalid_date']);
    showsDate(answer.json.errors[0].detail, date);
  });
  test.each(noDates)('%j: 422', async (date) => {
    const answer = await rejected(t, 422, 'invalid_body', 'POST', url, body(date));
    expect(faults(answer)).toEqual(['/reporting_period invalid_date']);
  });
});

describe('a date is kept as it was written, with its bounds beside it', () => {
  const kept: [date: string, from: string | null, to: string | null][] = [
    ['2026', '2026-01-01', '2026-12-31'],
    ['2026-05', '2026-05-01', '2026-05-31'],
    ['2026-05~', '2026-05-01', '2026-05-31'],
    ['2023-01?', '2023-01-01', '2023-01-31'],
    ['2024-02-29', '2024-02-29', '2024-02-29'],
    ['0001', '0001-01-01', '0001-12-31'],
    ['9999-12-31', '9999-12-31', '9999-12-31'],
    ['202X', '2020-01-01', '2029-12-31'],
    ['2022/..', '2022-01-01', null],
    ['../2022', null, '2022-12-31'],
    ['2024-07-01/2024-12-13', '2024-07-01', '2024-12-13'],
    ['[2023-12-10..2023-12-17]', '2023-12-10', '2023-12-17'],
    ['2024-12-31T23:59:59Z', '2024-12-31', '2024-12-31'],
    ['2024-12-31T23:59:59.999-12:00', '2024-12-31', '2024-12-31'],
  ];
  test.each(kept)('%s', async (date, from, to) => {
    const rows: [string, string, object][] = [
      ['occurred', '/v1/claims', { text: 'x', occurred: date }],
      ['published', '/v1/sources', { type: 'other', title: 'x', published: date }],
      ['said', '/v1/attributions', { about_source: 's', party: 'p', stance: 'denies', said: date }],
    ];
    for (const [member, url, body] of rows) {
      const { status, json } = await t.send('POST', url, body);
      expect(status).toBe(201);
      const again = (await t.send('GET', `${url}/${json.id}`)).json;
      const bounds = [again[member], again[`${member}_from`], again[`${member}_to`]];
      expect(bounds).toEqual([date, from, to]);
      const form = (await t.send('GET', `${url}/${json.id}?view=input`)).json;
      expect(form[member]).toBe(date);
    }
  });

  it('no date has no bounds, and is told apart from an open one', async () => {
    const { json } = await t.send('POST', '/v1/claims', { text: 'x' });
    expect([json.occurred, json.occurred_from, json.occurred_to]).toEqual([null, null, null]);
  });
});

describe('an instant', () => {
  const fields: Field[] = [
    ['/retrieved_at', '/v1/sources', (retrieved_at) => ({ type: 'other', title: 'x', retrieved_at })],
    ['/expires_at', '/v1/keys', (expires_at) => ({ name: 'x', scopes: ['read'], expires_at })],
  ];
  const refused = [
    '2999-02-30T00:00:00Z',
    '2999-12-31T23:59:60Z',
    '2999-12-31T24:00:00Z',
    '2999-12-31T25:00:00Z',
    '0000-01-01T00:00:00Z',
    '+275760-09-13T00:00:00Z',
    '2999-12-31T10:00:00+24:00',
    '2999-12-31T10:00:00',
    '2999-12-31 10:00:00Z',
    '2999-12-31',
    '2999',
    '1735689600',
    'infinity',
    'now',
    '',
    ' 2999-12-31T10:00:00Z',
    '2999-12-31T10:00:00Z\n',
  ];
  describe.each(fields)('%s', (pointer, url, body) => {
    test.each(refused)('%j: 422', async (text) => {
      const answer = await rejected(t, 422, 'invalid_body', 'POST', url, body(text), admin);
      expect(faults(answer)[0]).toMatch(new RegExp(`^${pointer} invalid_(format|value)$`));
      expect(answer.json.detail).toContain('2026-01-31T09:00:00Z');
    });
  });

  const kept = [
    '2024-12-31T10:00:00Z',
    '2024-12-31T10:00:00.5Z',
    '2024-12-31T10:00:00.123456789Z',
    '2024-12-31T10:00:00+05:30',
  ];
  test.each(kept)('%s is kept as it was sent', async (text) => {
    const { json } = await t.send('POST', '/v1/sources', { type: 'other', title: 'x', retrieved_at: text });
    expect((await t.send('GET', `/v1/sources/${json.id}`)).json.retrieved_at).toBe(text);
  });
});

describe('a date in a query', () => {
  const parameters = ['/v1/claims?occurred_from', '/v1/claims?said_to', '/v1/sources?published_from'];
  test.each(parameters)('%s: 400 with a right form', async (parameter) => {
    for (const [date] of noDates) {
      const url = `${parameter}=${encodeURIComponent(date)}`;
      const answer = await rejected(t, 400, 'invalid_query', 'GET', url);
      expect(faults(answer)).toEqual([`${parameter.split('?')[1]} invalid_value`]);
      showsDate(answer.json.errors[0].detail, date);
    }
  });

  const instants = [
    '2024-02-30',
    '2024-02-30T00:00:00Z',
    '2024-12-31T23:59:60Z',
    'infinity',
    '2024-13',
    '20220',
  ];
  test.each(instants)('recorded_from=%s: 400 with a right form', async (text) => {
    const answer = await rejected(t, 400, 'invalid_query', 'GET', `/v1/claims?recorded_from=${text}`);
    expect(answer.json.detail).toContain('2024-02-01T10:00:00Z');
  });
});

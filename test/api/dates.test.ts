import { describe, expect, it } from 'vitest';
import { testApp } from '../support/app.js';
import { expectRejected, faults } from '../support/expect-rejected.js';
import { at } from '../support/inputs.js';

const t = await testApp();
const reviewer = { authorization: `Bearer ${await t.newKey(['read', 'write', 'review', 'admin'])}` };
await t.send('PUT', '/v1/parties/p', { kind: 'other', name: 'x' });
await t.send('PUT', '/v1/sources/s', { type: 'other', title: 'x' });
await t.send('PUT', '/v1/claims/c', { text: 'x' });

type Field = [url: string, pointer: string, body: (date: string) => object];
const attribution = { party: 'p', stance: 'denies' };
/** Every member that holds a date in EDTF. */
const dates: Field[] = [
  ['/v1/claims', '/occurred', (occurred) => ({ text: 'x', occurred })],
  ['/v1/claims', '/value/date', (date) => ({ text: 'x', value: { type: 'date', date } })],
  ['/v1/claims', '/attributions/0/said', (said) => ({ text: 'x', attributions: [{ ...attribution, said }] })],
  ['/v1/sources', '/published', (published) => ({ type: 'other', title: 'x', published })],
  ['/v1/attributions', '/said', (said) => ({ about_source: 's', ...attribution, said })],
];
/** Those with bounds beside them. */
const bounded = dates.filter(([, pointer]) => !/\/.*\//.test(pointer));
const period: Field = [
  '/v1/sources',
  '/reporting_period',
  (reporting_period) => ({ type: 'report', title: 'x', reporting_period }),
];
const instants: Field[] = [
  ['/v1/sources', '/retrieved_at', (retrieved_at) => ({ type: 'other', title: 'x', retrieved_at })],
  ['/v1/assessments', '/assessed_at', (assessed_at) => ({ claim: 'c', credibility: 1, assessed_at })],
  ['/v1/keys', '/expires_at', (expires_at) => ({ name: 'x', scopes: ['read'], expires_at })],
];

describe.each([...dates, period])('POST %s%s', (url, pointer, body) => {
  it('refuses what is no date, and shows a right form', async () => {
    const answer = await expectRejected(t, 422, 'invalid_body', 'POST', url, body('2024-02-30/2025'));
    expect(faults(answer)).toEqual([`${pointer} invalid_date`]);
    expect(answer.json.errors[0].detail).toContain('write 2024-02-29');
  });
});

describe('POST /v1/sources/reporting_period', () => {
  it('takes a year as a period', async () => {
    const { json } = await t.send('POST', '/v1/sources', period[2]('2024'));
    expect(json).toMatchObject({ reporting_period: '2024', reporting_period_to: '2024-12-31' });
  });

  it('refuses a set of dates', async () => {
    const answer = await expectRejected(
      t,
      422,
      'invalid_body',
      'POST',
      '/v1/sources',
      period[2]('[2024,2025]'),
    );
    expect(faults(answer)).toEqual(['/reporting_period invalid_date']);
  });
});

const kept: [date: string, from: string | null, to: string | null][] = [
  ['2026-05~', '2026-05-01', '2026-05-31'],
  ['2024-02-29', '2024-02-29', '2024-02-29'],
  ['0001', '0001-01-01', '0001-12-31'],
  ['9999-12-31', '9999-12-31', '9999-12-31'],
  ['202X', '2020-01-01', '2029-12-31'],
  ['2022/..', '2022-01-01', null],
  ['../2022', null, '2022-12-31'],
  ['2024-07-01/2024-12-13', '2024-07-01', '2024-12-13'],
  ['[2023-12-10..2023-12-17]', '2023-12-10', '2023-12-17'],
  ['2024-12-31T23:59:59.999-12:00', '2024-12-31', '2024-12-31'],
];
const intervals = kept.filter(([date]) => /^[^[]+\/[^[]+$/.test(date));

describe.each([...bounded.map((field) => [...field, kept] as const), [...period, intervals] as const])(
  'POST %s%s',
  (url, pointer, body, rows) => {
    it('keeps a date as it was written, with its first and last day beside it', async () => {
      expect(rows.length).toBeGreaterThan(2);
      const member = pointer.slice(1);
      for (const [date, from, to] of rows) {
        const { status, json } = await t.send('POST', url, body(date));
        expect(status).toBe(201);
        const again = (await t.send('GET', `${url}/${json.id}`)).json;
        expect([again[member], again[`${member}_from`], again[`${member}_to`]]).toEqual([date, from, to]);
        expect((await t.send('GET', `${url}/${json.id}/input`)).json[member]).toBe(date);
      }
    });

    it('has no bounds where there is no date', async () => {
      const { [pointer.slice(1)]: _date, ...rest } = body('') as Record<string, unknown>;
      const { json } = await t.send('POST', url, rest);
      const member = pointer.slice(1);
      expect([json[member], json[`${member}_from`], json[`${member}_to`]]).toEqual([null, null, null]);
    });
  },
);

describe.each(instants)('POST %s%s', (url, pointer, body) => {
  it('refuses what is no instant, and shows a right form', async () => {
    const answer = await expectRejected(t, 422, 'invalid_body', 'POST', url, body('2999-02-30'), reviewer);
    expect(faults(answer)).toEqual([`${pointer} invalid_format`]);
    expect(answer.json.detail).toContain('2026-01-31T09:00:00Z');
  });
});

describe.each(instants.filter(([url]) => url !== '/v1/keys'))('POST %s%s', (url, pointer, body) => {
  it('keeps an instant as it was sent', async () => {
    for (const text of ['2024-12-31T10:00:00.123456789Z', '2024-12-31T10:00:00+05:30']) {
      const { json } = await t.send('POST', url, body(text), reviewer);
      expect(at((await t.send('GET', `${url}/${json.id}`)).json, pointer)).toBe(text);
    }
  });
});

describe('GET', () => {
  it.each(['/v1/claims?occurred_from', '/v1/claims?said_to', '/v1/sources?published_from'])(
    '%s: refuses what is no date, and shows a right form',
    async (parameter) => {
      const answer = await expectRejected(t, 400, 'invalid_query', 'GET', `${parameter}=2024-02-30`);
      expect(faults(answer)).toEqual([`${parameter.split('?')[1]} invalid_value`]);
      expect(answer.json.errors[0].detail).toContain('2024-02-29');
    },
  );

  it('/v1/claims?recorded_from: refuses what is no instant, and shows a right form', async () => {
    const answer = await expectRejected(
      t,
      400,
      'invalid_query',
      'GET',
      '/v1/claims?recorded_from=2024-02-30',
    );
    expect(answer.json.detail).toContain('2024-02-01T10:00:00Z');
  });
});

import { describe, expect, it } from 'vitest';
import { testApp } from '../support/app.js';
import { expectRejected, faults } from '../support/expect-rejected.js';

const t = await testApp();
await t.send('PUT', '/v1/parties/p', { kind: 'other', name: 'Party P' });

const claim = (value: object) => ({ text: 'x', value });
const url = '/v1/claims';
const any = { 'if-match': '*' };

describe('POST /v1/claims with a value', () => {
  const long = '1234567890123456789012345678901234567890.50';
  const inclusive = { lower_exclusive: false, upper_exclusive: false };
  const usd = {
    value: null,
    lower: '0.10',
    upper: null,
    lower_exclusive: true,
    upper_exclusive: false,
    approximate: true,
    currency: 'USD',
    as_stated: 'a dime',
  };
  const right: [value: Record<string, unknown>, added?: object][] = [
    [
      { type: 'quantity', value: `-${long}`, out_of: long },
      { lower: null, upper: null, ...inclusive, approximate: false, unit: null },
    ],
    [
      { type: 'quantity', lower: '-0', upper: '9'.repeat(64), approximate: true },
      { value: null, ...inclusive, unit: null, out_of: null },
    ],
    [
      { type: 'money', value: '9007199254740993', currency: 'AFN', per: 'month', equivalents: [usd] },
      { lower: null, upper: null, ...inclusive, approximate: false },
    ],
    [
      { type: 'money', value: '3', currency: null, per: null, as_stated: 'three million' },
      { lower: null, upper: null, ...inclusive, approximate: false, equivalents: [] },
    ],
    [
      {
        type: 'change',
        direction: 'up',
        amount: '0.50',
        unit: 'percent',
        baseline: '2022',
        as_stated: 'by half',
      },
    ],
    [{ type: 'place', name: 'Kunar', iso_3166: 'AF-KNR' }],
    [{ type: 'date', date: '2022-11~' }],
    [{ type: 'text', text: 'a fallacy, a farce' }],
    [{ type: 'unknown', reason: 'nobody counted' }],
    [{ type: 'no_value', as_stated: 'nobody' }],
    [{ type: 'none', as_stated: 'several' }],
  ];
  it.each(right)('keeps %j as it was sent, in every form of the claim', async (value, added = {}) => {
    const kept = { as_stated: null, ...value, ...added };
    const { status, json } = await t.send('POST', url, claim(value));
    expect([status, json.value]).toEqual([201, kept]);
    expect((await t.send('GET', `${url}/${json.id}`)).json.value).toEqual(kept);
    const form = await t.send('GET', `${url}/${json.id}/input`);
    expect(form.json.value).toEqual(kept);
    const same = await t.send('PUT', `${url}/${json.id}`, form.json);
    expect([same.status, same.json.version]).toEqual([200, 1]);
  });

  it('takes a party by key and by id, and shows it as a reference', async () => {
    const { json: p } = await t.send('GET', '/v1/parties/p');
    for (const party of ['p', p.id]) {
      const { json } = await t.send('POST', url, claim({ type: 'party', party }));
      expect(json.value).toEqual({
        type: 'party',
        party: { id: p.id, key: 'p', name: 'Party P' },
        as_stated: null,
      });
    }
  });

  it('makes none at all type none', async () => {
    expect((await t.send('POST', url, { text: 'x' })).json.value).toEqual({ type: 'none', as_stated: null });
  });

  const afn = { type: 'money', value: '1', currency: 'AFN' };
  const wrong: [value: unknown, fault: string][] = [
    [null, '/value invalid_type'],
    [{ type: 'number', value: '5' }, '/value/type invalid_union'],
    [{ type: 'quantity', value: '1e5' }, '/value/value invalid_decimal'],
    [{ type: 'quantity', value: 5 }, '/value/value invalid_type'],
    [{ type: 'quantity', value: '0', out_of: '+5' }, '/value/out_of invalid_decimal'],
    [{ type: 'quantity', lower: '6000', upper: '4000' }, '/value/lower lower_above_upper'],
    [{ type: 'money', value: '1' }, '/value/currency missing_member'],
    [{ ...afn, equivalents: [{ currency: 'USD' }] }, '/value/equivalents/0/value no_number'],
    [{ type: 'change', direction: 'down', amount: '-5' }, '/value/amount invalid_value'],
    [{ type: 'party', party: 'nobody' }, '/value/party unknown_reference'],
    [{ type: 'party', party: '@p' }, '/value/party unknown_reference'],
    [{ type: 'place', name: 'x', iso_3166: 'AF-XXX' }, '/value/iso_3166 invalid_place'],
    [{ type: 'none', text: 'x' }, '/value/text unknown_member'],
  ];
  it.each(wrong)('refuses %j with the place of the fault', async (value, fault) => {
    const answer = await expectRejected(t, 422, 'invalid_body', 'POST', url, claim(value as object));
    expect(faults(answer)).toEqual([fault]);
  });
});

describe('POST /v1/claims with a predicate', () => {
  const samples: Record<string, object> = {
    quantity: { type: 'quantity', value: '5' },
    money: { type: 'money', value: '5', currency: 'AFN' },
    change: { type: 'change', direction: 'up' },
    party: { type: 'party', party: 'p' },
    place: { type: 'place', name: 'Kabul' },
    date: { type: 'date', date: '2024' },
    text: { type: 'text', text: 'x' },
  };
  const types = [...Object.keys(samples), 'none'];
  const free = [{ type: 'none' }, { type: 'no_value' }, { type: 'unknown' }];

  it.each(types)('takes values of its type %s, unknown and none, and no other', async (type) => {
    const predicate = `of-${type}`;
    const made = await t.send('PUT', `/v1/predicates/${predicate}`, { label: 'x', value_type: type });
    expect(made.status).toBe(201);
    for (const [other, value] of Object.entries(samples)) {
      const body = { ...claim(value), predicate };
      if (other === type) expect((await t.send('POST', url, body)).status).toBe(201);
      else {
        const answer = await expectRejected(t, 422, 'invalid_body', 'POST', url, body);
        expect(faults(answer)).toEqual(['/value/type wrong_value_type']);
        expect(answer.json.detail).toContain(type);
      }
    }
    for (const value of free) {
      expect((await t.send('POST', url, { ...claim(value), predicate })).status).toBe(201);
    }
  });
});

describe('PUT and PATCH /v1/claims/{id}', () => {
  it('hold a value to the type of the predicate', async () => {
    await t.send('PUT', '/v1/predicates/number', { label: 'x', value_type: 'quantity' });
    await t.send('PUT', '/v1/predicates/sum', { label: 'x', value_type: 'money' });
    const [quantity, money] = [
      claim({ type: 'quantity', value: '5' }),
      claim({ type: 'money', value: '5', currency: 'AFN' }),
    ];
    const { json } = await t.send('POST', url, { ...quantity, predicate: 'number' });
    const to = `${url}/${json.id}`;
    const requests: [string, object][] = [
      ['PUT', { ...money, predicate: 'number' }],
      ['PATCH', { value: { type: 'text', text: 'x' } }],
      ['PATCH', { predicate: 'sum' }],
    ];
    for (const [method, body] of requests) {
      const answer = await expectRejected(t, 422, 'invalid_body', method, to, body, any);
      expect(faults(answer)).toEqual(['/value/type wrong_value_type']);
    }
    const both = { predicate: 'sum', value: money.value };
    expect((await t.send('PATCH', to, both, any)).status).toBe(200);
  });
});

describe('PUT and PATCH /v1/predicates/{id}', () => {
  it('leave the type alone while a claim has a value of it: 409', async () => {
    await t.send('PUT', '/v1/predicates/used', { label: 'x', value_type: 'quantity' });
    const { json: used } = await t.send('POST', url, {
      ...claim({ type: 'quantity', value: '5' }),
      predicate: 'used',
    });
    const retyped = { label: 'x', value_type: 'text' };
    for (const [method, body] of [
      ['PUT', retyped],
      ['PATCH', { value_type: 'text' }],
    ] as const) {
      const answer = await expectRejected(t, 409, 'in_use', method, '/v1/predicates/used', body, any);
      expect(answer.json.errors).toEqual([
        {
          ...{ pointer: '/value_type', code: 'in_use' },
          detail: `claim \`${used.id}\` has a value of another type; change it first (GET /v1/claims?predicate=used lists all claims)`,
        },
      ]);
    }
    expect((await t.send('PATCH', '/v1/predicates/used', { label: 'y' }, any)).status).toBe(200);
    await t.send('PATCH', `${url}/${used.id}`, { value: { type: 'unknown' } }, any);
    expect((await t.send('PATCH', '/v1/predicates/used', { value_type: 'text' }, any)).status).toBe(200);
    expect(
      (await t.send('POST', url, { ...claim({ type: 'text', text: 'x' }), predicate: 'used' })).status,
    ).toBe(201);
  });
});

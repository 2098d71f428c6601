import { describe, expect, it, test } from 'vitest';
import { testApp } from '../support/app.js';
import { faults, rejected } from '../support/rejected.js';

const t = await testApp();
await t.send('PUT', '/v1/parties/p', { kind: 'other', name: 'Party P' });

const claim = (value: object) => ({ text: 'x', value });
const url = '/v1/claims';
const refused = async (value: object) =>
  faults(await rejected(t, 422, 'invalid_body', 'POST', url, claim(value)));

/** Numbers as members of each type of value that holds some. */
const numbers: [pointer: string, value: (text: string) => object][] = [
  ['/value/value', (value) => ({ type: 'quantity', value })],
  ['/value/lower', (lower) => ({ type: 'quantity', lower })],
  ['/value/upper', (upper) => ({ type: 'money', upper, currency: 'AFN' })],
  ['/value/out_of', (out_of) => ({ type: 'quantity', value: '0', out_of })],
  ['/value/amount', (amount) => ({ type: 'change', direction: 'up', amount })],
  [
    '/value/equivalents/0/value',
    (value) => ({ type: 'money', value: '1', currency: 'AFN', equivalents: [{ value, currency: 'USD' }] }),
  ],
];
const at = (json: unknown, pointer: string): unknown =>
  pointer
    .slice(1)
    .split('/')
    .reduce((inner, name) => (inner as Record<string, unknown>)[name], json);

describe.each(numbers)('a number at %s', (pointer, value) => {
  const kept = [
    '3000000',
    '0.10',
    '0',
    '1.000',
    '9007199254740993',
    '1234567890123456789012345678901234567890',
    '0.1234567890123456789012345678901234567891',
    '9'.repeat(64),
  ];
  const signed = ['-5', '-0', '-0.50'].filter(() => pointer !== '/value/amount');
  test.each([...kept, ...signed])('%s is kept digit for digit', async (text) => {
    const { status, json } = await t.send('POST', url, claim(value(text)));
    expect([status, at(json, pointer)]).toEqual([201, text]);
    expect(at((await t.send('GET', `${url}/${json.id}`)).json, pointer)).toBe(text);
    const form = await t.send('GET', `${url}/${json.id}?view=input`);
    expect(at(form.json, pointer)).toBe(text);
    const same = await t.send('PUT', `${url}/${json.id}`, form.json);
    expect([same.status, same.json.version]).toEqual([200, 1]);
  });

  const wrong: [text: string, shows: string][] = [
    ['', '"12.50"'],
    ['1e5', 'not "1e5"'],
    ['1E+400', 'has an exponent'],
    ['1,000', 'without separators'],
    ['1 000', '"1000"'],
    ['+5', 'not "+5"'],
    ['05', 'not "05"'],
    ['.5', 'not ".5"'],
    ['5.', 'not "5."'],
    ['\u22125', 'hyphen-minus'],
    ['0x10', '"-12.50"'],
    ['NaN', '"-12.50"'],
    ['Infinity', '"-12.50"'],
    ['\u0665', '"-12.50"'],
    ['1\n', 'holds a space'],
    ['five', '"-12.50"'],
    ['1'.repeat(65), 'at most 64 digits'],
  ];
  test.each(wrong)('%j is none', async (text, shows) => {
    const answer = await rejected(t, 422, 'invalid_body', 'POST', url, claim(value(text)));
    expect(faults(answer)).toContain(`${pointer} invalid_decimal`);
    expect(answer.json.detail).toContain(shows);
  });

  test.each([5, 0.1, true, ['5'], {}])('%j must be sent as a string', async (sent) => {
    expect(await refused(value(sent as never))).toEqual([`${pointer} invalid_type`]);
  });
});

describe('bounds', () => {
  const money = { type: 'money', currency: 'AFN' };
  const wrong: [value: object, faults: string[]][] = [
    [{}, ['/value/value no_number']],
    [{ value: null, lower: null, upper: null }, ['/value/value no_number']],
    [{ approximate: true }, ['/value/value no_number']],
    [{ lower: '6000', upper: '4000' }, ['/value/lower lower_above_upper']],
    [{ lower: '0.2', upper: '0.10' }, ['/value/lower lower_above_upper']],
    [{ lower: '-4', upper: '-5' }, ['/value/lower lower_above_upper']],
    [{ lower: '9007199254740993', upper: '9007199254740992' }, ['/value/lower lower_above_upper']],
    [{ value: '3', lower: '4' }, ['/value/value value_below_lower']],
    [{ value: '7', upper: '6.99' }, ['/value/value value_above_upper']],
    [{ value: '7', lower: '4', upper: '6' }, ['/value/value value_above_upper']],
    [{ value: '9', lower: '6', upper: '4' }, ['/value/lower lower_above_upper']],
  ];
  test.each(wrong)('%j: 422', async (bounds, expected) => {
    expect(await refused({ type: 'quantity', ...bounds })).toEqual(expected);
    expect(await refused({ ...money, ...bounds })).toEqual(expected);
    const inner = expected.map((fault) => fault.replace('/value/', '/value/equivalents/0/'));
    const equivalents = [{ currency: 'USD', ...bounds }];
    expect(await refused({ ...money, value: '1', equivalents })).toEqual(inner);
  });

  const right: object[] = [
    { upper: '6500' },
    { lower: '600' },
    { lower: '4000', upper: '6000' },
    { lower: '4000', upper: '4000' },
    { lower: '0.10', upper: '0.1' },
    { lower: '-0', upper: '0' },
    { value: '5000', lower: '4000', upper: '6000', approximate: true },
    { value: '9007199254740993', lower: '9007199254740992' },
  ];
  test.each(right)('%j are kept, and what was not said stays null', async (bounds) => {
    const { status, json } = await t.send('POST', url, claim({ type: 'quantity', ...bounds }));
    expect(status).toBe(201);
    const { type: _type, unit, out_of, as_stated, ...amount } = json.value;
    expect(amount).toEqual({ value: null, lower: null, upper: null, approximate: false, ...bounds });
    expect([unit, out_of, as_stated]).toEqual([null, null, null]);
  });
});

describe('money', () => {
  const amount = { type: 'money', value: '3000000' };
  const wrong: [more: object, faults: string[]][] = [
    [{}, ['/value/currency missing_member']],
    [{ currency: null }, ['/value/currency invalid_type']],
    [{ currency: 'afn' }, ['/value/currency invalid_currency']],
    [{ currency: 'XQQ' }, ['/value/currency invalid_currency']],
    [{ currency: '$' }, ['/value/currency invalid_currency']],
    [{ currency: 'AFN', per: 'decade' }, ['/value/per invalid_value']],
    [{ currency: 'AFN', unit: 'afghanis' }, ['/value/unit unknown_member']],
    [
      { currency: 'AFN', equivalents: [{ value: '43000' }] },
      ['/value/equivalents/0/currency missing_member'],
    ],
    [{ currency: 'AFN', equivalents: [{ currency: 'USD' }] }, ['/value/equivalents/0/value no_number']],
    [
      { currency: 'AFN', equivalents: [{ currency: 'usd', value: '1' }] },
      ['/value/equivalents/0/currency invalid_currency'],
    ],
    [
      { currency: 'AFN', equivalents: [{ currency: 'USD', value: '1', per: 'month' }] },
      ['/value/equivalents/0/per unknown_member'],
    ],
    [{ currency: 'AFN', equivalents: {} }, ['/value/equivalents invalid_type']],
  ];
  test.each(wrong)('%j: 422', async (more, expected) => {
    expect(await refused({ ...amount, ...more })).toEqual(expected);
  });

  test.each(['day', 'week', 'month', 'year', null])('per %s', async (per) => {
    const { json } = await t.send('POST', url, claim({ ...amount, currency: 'AFN', per }));
    expect(json.value).toEqual({
      ...amount,
      lower: null,
      upper: null,
      approximate: false,
      currency: 'AFN',
      per,
      equivalents: [],
      as_stated: null,
    });
  });

  it('has equivalents, kept as the source gives them', async () => {
    const equivalents = [
      { value: '43000', approximate: true, currency: 'USD', as_stated: 'around $43,000' },
      { lower: '40000', upper: '41000.00', currency: 'EUR' },
    ];
    const { json } = await t.send('POST', url, claim({ ...amount, currency: 'AFN', equivalents }));
    expect(json.value.equivalents).toEqual([
      {
        value: '43000',
        lower: null,
        upper: null,
        approximate: true,
        currency: 'USD',
        as_stated: 'around $43,000',
      },
      {
        value: null,
        lower: '40000',
        upper: '41000.00',
        approximate: false,
        currency: 'EUR',
        as_stated: null,
      },
    ]);
  });
});

describe('each type', () => {
  const right: [value: object, kept: object][] = [
    [
      { type: 'change', direction: 'none' },
      { amount: null, unit: null, baseline: null, as_stated: null },
    ],
    [
      {
        type: 'change',
        direction: 'up',
        amount: '65',
        unit: 'percent',
        baseline: '2022',
        as_stated: 'by 65%',
      },
      {},
    ],
    [
      { type: 'change', direction: 'down', amount: '0.5' },
      { unit: null, baseline: null, as_stated: null },
    ],
    [{ type: 'place', name: 'Kunar', iso_3166: 'AF-KNR' }, { as_stated: null }],
    [{ type: 'place', name: 'Kosovo', iso_3166: 'XK' }, { as_stated: null }],
    [
      { type: 'place', name: 'Asia' },
      { iso_3166: null, as_stated: null },
    ],
    [{ type: 'date', date: '2022-11~' }, { as_stated: null }],
    [{ type: 'text', text: 'a fallacy, a farce' }, { as_stated: null }],
    [{ type: 'unknown', reason: 'nobody counted' }, { as_stated: null }],
    [{ type: 'unknown' }, { reason: null, as_stated: null }],
    [{ type: 'none' }, { as_stated: null }],
    [{ type: 'none', as_stated: 'several' }, {}],
  ];
  test.each(right)('%j is kept', async (value, more) => {
    const { status, json } = await t.send('POST', url, claim(value));
    expect([status, json.value]).toEqual([201, { ...value, ...more }]);
  });

  it('a party is a reference', async () => {
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

  it('none at all is type none', async () => {
    expect((await t.send('POST', url, { text: 'x' })).json.value).toEqual({ type: 'none', as_stated: null });
  });

  const wrong: [value: unknown, faults: string[]][] = [
    [null, ['/value invalid_type']],
    ['5', ['/value invalid_type']],
    [[], ['/value invalid_type']],
    [{}, ['/value/type invalid_union']],
    [{ type: 'number', value: '5' }, ['/value/type invalid_union']],
    [{ type: 'Quantity', value: '5' }, ['/value/type invalid_union']],
    [{ type: 'quantity', value: '5', currency: 'AFN' }, ['/value/currency unknown_member']],
    [{ type: 'quantity', value: '5', approximate: 'yes' }, ['/value/approximate invalid_type']],
    [{ type: 'change' }, ['/value/direction invalid_value']],
    [{ type: 'change', direction: 'sideways' }, ['/value/direction invalid_value']],
    [{ type: 'change', direction: 'down', amount: '-5' }, ['/value/amount invalid_value']],
    [{ type: 'party' }, ['/value/party missing_member']],
    [{ type: 'party', party: 'nobody' }, ['/value/party unknown_reference']],
    [{ type: 'party', party: '@p' }, ['/value/party unknown_reference']],
    [{ type: 'place', iso_3166: 'AF' }, ['/value/name missing_member']],
    [{ type: 'place', name: 'x', iso_3166: 'AF-XXX' }, ['/value/iso_3166 invalid_place']],
    [{ type: 'place', name: 'x', iso_3166: 'af' }, ['/value/iso_3166 invalid_place']],
    [{ type: 'date' }, ['/value/date missing_member']],
    [{ type: 'text' }, ['/value/text missing_member']],
    [{ type: 'none', text: 'x' }, ['/value/text unknown_member']],
  ];
  test.each(wrong)('%j: 422', async (value, expected) => {
    expect(await refused(value as object)).toEqual(expected);
  });
});

describe('a predicate', () => {
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
  const free = [{ type: 'none' }, { type: 'unknown' }];

  it.each(types)('for values of type %s takes them, unknown and none, and no other', async (type) => {
    const predicate = `of-${type}`;
    expect(
      (await t.send('PUT', `/v1/predicates/${predicate}`, { label: 'x', value_type: type })).status,
    ).toBe(201);
    for (const [other, value] of Object.entries(samples)) {
      const body = { ...claim(value), predicate };
      if (other === type) expect((await t.send('POST', url, body)).status).toBe(201);
      else {
        const answer = await rejected(t, 422, 'invalid_body', 'POST', url, body);
        expect(faults(answer)).toEqual(['/value/type wrong_value_type']);
        expect(answer.json.detail).toContain(type);
      }
    }
    for (const value of free) {
      expect((await t.send('POST', url, { ...claim(value), predicate })).status).toBe(201);
    }
  });

  it('holds its claims to its type in PUT and PATCH, too', async () => {
    const { json } = await t.send('POST', url, { ...claim(samples.quantity!), predicate: 'of-quantity' });
    const to = `${url}/${json.id}`;
    const any = { 'if-match': '*' };
    const requests: [string, object][] = [
      ['PUT', { ...claim(samples.money!), predicate: 'of-quantity' }],
      ['PATCH', { value: samples.text }],
      ['PATCH', { predicate: 'of-money' }],
    ];
    for (const [method, body] of requests) {
      const answer = await rejected(t, 422, 'invalid_body', method, to, body, any);
      expect(faults(answer)).toEqual(['/value/type wrong_value_type']);
    }
    const both = { predicate: 'of-money', value: samples.money };
    expect((await t.send('PATCH', to, both, any)).status).toBe(200);
  });

  it('keeps its type while a claim has a value of it: 409', async () => {
    await t.send('PUT', '/v1/predicates/used', { label: 'x', value_type: 'quantity' });
    const { json: used } = await t.send('POST', url, { ...claim(samples.quantity!), predicate: 'used' });
    const any = { 'if-match': '*' };
    const retyped = { label: 'x', value_type: 'text' };
    for (const [method, body] of [
      ['PUT', retyped],
      ['PATCH', { value_type: 'text' }],
    ] as const) {
      const answer = await rejected(t, 409, 'in_use', method, '/v1/predicates/used', body, any);
      expect(answer.json.errors).toEqual([
        { pointer: '/value_type', code: 'in_use', detail: expect.stringContaining(used.id) },
      ]);
    }
    expect((await t.send('PATCH', '/v1/predicates/used', { label: 'y' }, any)).status).toBe(200);
    await t.send('PATCH', `${url}/${used.id}`, { value: { type: 'unknown' } }, any);
    expect((await t.send('PATCH', '/v1/predicates/used', { value_type: 'text' }, any)).status).toBe(200);
    expect((await t.send('POST', url, { ...claim(samples.text!), predicate: 'used' })).status).toBe(201);
  });
});

describe('what is no number', () => {
  it.each([
    { value: '\u0661', upper: '2' },
    { value: '1', lower: 'ten' },
    { lower: '1e3', upper: '5' },
  ])('is refused with its place, beside other numbers too: %j', async (amount) => {
    const before = await t.fingerprint();
    const value = { type: 'quantity', ...amount };
    const answer = await t.send('POST', '/v1/claims', { text: 'So many.', value });
    expect([answer.status, answer.json.errors[0].code]).toEqual([422, 'invalid_decimal']);
    expect(await t.fingerprint()).toBe(before);
  });
});

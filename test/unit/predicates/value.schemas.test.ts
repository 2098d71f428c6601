import { describe, expect, it } from 'vitest';
import { ValueInput } from '../../../src/predicates/value.schemas.js';
import { at, inputCodes, inputFaults } from '../../support/inputs.js';

/** Numbers as members of each type of value that holds some. */
const numbers: [pointer: string, body: (text: unknown) => object][] = [
  ['/value', (value) => ({ type: 'quantity', value })],
  ['/lower', (lower) => ({ type: 'quantity', lower })],
  ['/upper', (upper) => ({ type: 'quantity', upper })],
  ['/out_of', (out_of) => ({ type: 'quantity', value: '0', out_of })],
  ['/value', (value) => ({ type: 'money', value, currency: 'AFN' })],
  ['/lower', (lower) => ({ type: 'money', lower, currency: 'AFN' })],
  ['/upper', (upper) => ({ type: 'money', upper, currency: 'AFN' })],
  ['/amount', (amount) => ({ type: 'change', direction: 'up', amount })],
  ...['value', 'lower', 'upper'].map((member): [string, (text: unknown) => object] => [
    `/equivalents/0/${member}`,
    (text) => ({
      type: 'money',
      value: '1',
      currency: 'AFN',
      equivalents: [{ [member]: text, currency: 'USD' }],
    }),
  ]),
];

describe.each(numbers)('ValueInput: a number at %s', (pointer, body) => {
  it('is kept digit for digit', () => {
    const kept = [
      '3000000',
      '0.10',
      '0',
      '1.000',
      '9007199254740993',
      '1234567890123456789012345678901234567890',
      '0.1234567890123456789012345678901234567891',
      '9'.repeat(64),
      ...(pointer === '/amount' ? [] : ['-5', '-0', '-0.50']),
    ];
    expect(kept.map((text) => at(ValueInput.parse(body(text)), pointer))).toEqual(kept);
  });

  const wrong: [text: string, shows: string][] = [
    ['', '"12.50"'],
    ['1e5', 'write "100000"'],
    ['1E+400', 'has an exponent'],
    ['1,000', 'write "1000"'],
    ['1 000', '"1000"'],
    ['+5', 'write "5"'],
    ['05', 'write "5"'],
    ['.5', 'write "0.5"'],
    ['5.', 'write "5"'],
    ['\u22125', 'write "-5"'],
    ['0x10', '"-12.50"'],
    ['NaN', '"-12.50"'],
    ['Infinity', '"-12.50"'],
    ['\u0665', 'write "5"'],
    ['1\n', 'holds a space'],
    ['five', '"-12.50"'],
    ['1'.repeat(65), 'at most 64 digits'],
  ];
  it.each(wrong)('is not %j, which the fault shows how to write', (text, shows) => {
    const faults = inputFaults(ValueInput, body(text));
    const fault = faults.find(({ code }) => code === 'invalid_decimal');
    expect(fault).toEqual({ pointer, code: 'invalid_decimal', detail: expect.stringContaining(shows) });
    // One that is too long may be told twice; nothing is told of other members.
    expect(new Set(faults.map((each) => each.pointer))).toEqual(new Set([pointer]));
  });

  it('is sent as a string', () => {
    for (const sent of [5, 0.1, true, ['5'], {}]) {
      expect(inputCodes(ValueInput, body(sent))).toEqual([`${pointer} invalid_type`]);
    }
  });
});

describe('ValueInput: bounds', () => {
  const money = { type: 'money', currency: 'AFN' };
  const wrong: [bounds: object, fault: string][] = [
    [{}, 'value no_number'],
    [{ value: null, lower: null, upper: null }, 'value no_number'],
    [{ approximate: true }, 'value no_number'],
    [{ lower: '6000', upper: '4000' }, 'lower lower_above_upper'],
    [{ lower: '0.2', upper: '0.10' }, 'lower lower_above_upper'],
    [{ lower: '-4', upper: '-5' }, 'lower lower_above_upper'],
    [{ lower: '9007199254740993', upper: '9007199254740992' }, 'lower lower_above_upper'],
    [{ value: '3', lower: '4' }, 'value value_below_lower'],
    [{ value: '7', upper: '6.99' }, 'value value_above_upper'],
    [{ value: '7', lower: '4', upper: '6' }, 'value value_above_upper'],
    [{ value: '9', lower: '6', upper: '4' }, 'lower lower_above_upper'],
    [{ value: '5', lower_exclusive: true }, 'lower_exclusive no_bound'],
    [{ lower: '5', upper_exclusive: true }, 'upper_exclusive no_bound'],
    [{ lower: '5', upper: '5.0', lower_exclusive: true }, 'lower empty_range'],
    [{ lower: '5', upper: '5', upper_exclusive: true }, 'lower empty_range'],
    [{ value: '5.0', lower: '5', lower_exclusive: true }, 'value value_excluded'],
    [{ value: '6', lower: '4', upper: '6', upper_exclusive: true }, 'value value_excluded'],
    // What is no number is told alone, since it cannot be compared.
    [{ value: '\u0661', upper: '2' }, 'value invalid_decimal'],
    [{ value: '1', lower: 'ten' }, 'lower invalid_decimal'],
    [{ lower: '1e3', upper: '5' }, 'lower invalid_decimal'],
  ];
  it.each(wrong)('%j are refused in a quantity, in money and in an equivalent', (bounds, fault) => {
    expect(inputCodes(ValueInput, { type: 'quantity', ...bounds })).toEqual([`/${fault}`]);
    expect(inputCodes(ValueInput, { ...money, ...bounds })).toEqual([`/${fault}`]);
    const equivalents = [{ currency: 'USD', ...bounds }];
    expect(inputCodes(ValueInput, { ...money, value: '1', equivalents })).toEqual([
      `/equivalents/0/${fault}`,
    ]);
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
    { lower: '25', lower_exclusive: true },
    { upper: '25', upper_exclusive: true },
    { value: '5', lower: '4', upper: '6', lower_exclusive: true, upper_exclusive: true },
  ];
  it.each(right)('%j are kept, and what was not said is null', (bounds) => {
    const inclusive = { lower_exclusive: false, upper_exclusive: false, approximate: false };
    const amount = { value: null, lower: null, upper: null, ...inclusive, ...bounds };
    const none = { unit: null, out_of: null, as_stated: null };
    expect(ValueInput.parse({ type: 'quantity', ...bounds })).toEqual({
      type: 'quantity',
      ...amount,
      ...none,
    });
  });
});

describe('ValueInput: each type', () => {
  const inclusive = { lower_exclusive: false, upper_exclusive: false };
  const none = { value: null, lower: null, upper: null, ...inclusive, approximate: false };
  const afn = { type: 'money', value: '3000000', currency: 'AFN' };
  const plain = {
    lower: null,
    upper: null,
    ...inclusive,
    approximate: false,
    equivalents: [],
    as_stated: null,
  };
  const right: [value: object, added: object][] = [
    ...['day', 'week', 'month', 'year', null].map((per): [object, object] => [{ ...afn, per }, plain]),
    [
      {
        ...afn,
        equivalents: [
          { ...none, value: '43000', approximate: true, currency: 'USD', as_stated: 'around $43,000' },
          { ...none, lower: '40000', upper: '41000.00', currency: 'EUR', as_stated: null },
        ],
      },
      { lower: null, upper: null, ...inclusive, approximate: false, per: null, as_stated: null },
    ],
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
    [
      { type: 'money', value: '3000000', currency: null, as_stated: '3 million a month', per: 'month' },
      { lower: null, upper: null, ...inclusive, approximate: false, equivalents: [] },
    ],
    [{ type: 'party', party: 'p' }, { as_stated: null }],
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
    [{ type: 'no_value' }, { as_stated: null }],
    [{ type: 'none' }, { as_stated: null }],
    [{ type: 'none', as_stated: 'several' }, {}],
  ];
  it.each(right)('%j is kept, and what was not said is null', (value, added) => {
    expect(ValueInput.parse(value)).toEqual({ ...value, ...added });
  });

  const money = { type: 'money', value: '3000000' };
  const wrong: [value: unknown, fault: string][] = [
    [null, ' invalid_type'],
    ['5', ' invalid_type'],
    [[], ' invalid_type'],
    [{}, '/type invalid_union'],
    [{ type: 'number', value: '5' }, '/type invalid_union'],
    [{ type: 'Quantity', value: '5' }, '/type invalid_union'],
    [{ type: 'quantity', value: '5', currency: 'AFN' }, '/currency unknown_member'],
    [{ type: 'quantity', value: '5', approximate: 'yes' }, '/approximate invalid_type'],
    [money, '/currency missing_member'],
    [{ ...money, currency: null }, '/currency missing_member'],
    [{ ...money, currency: 'afn' }, '/currency invalid_currency'],
    [{ ...money, currency: 'XQQ' }, '/currency invalid_currency'],
    [{ ...money, currency: '$' }, '/currency invalid_currency'],
    [{ ...afn, per: 'decade' }, '/per invalid_value'],
    [{ ...afn, unit: 'afghanis' }, '/unit unknown_member'],
    [{ ...afn, equivalents: [{ value: '43000' }] }, '/equivalents/0/currency missing_member'],
    [{ ...afn, equivalents: [{ value: '1', currency: null }] }, '/equivalents/0/currency invalid_type'],
    [{ ...afn, equivalents: [{ currency: 'USD' }] }, '/equivalents/0/value no_number'],
    [{ ...afn, equivalents: [{ currency: 'usd', value: '1' }] }, '/equivalents/0/currency invalid_currency'],
    [
      { ...afn, equivalents: [{ currency: 'USD', value: '1', per: 'month' }] },
      '/equivalents/0/per unknown_member',
    ],
    [{ ...afn, equivalents: {} }, '/equivalents invalid_type'],
    [{ ...afn, equivalents: Array(21).fill({ currency: 'USD', value: '1' }) }, '/equivalents too_big'],
    [{ type: 'change' }, '/direction invalid_value'],
    [{ type: 'change', direction: 'sideways' }, '/direction invalid_value'],
    [{ type: 'change', direction: 'down', amount: '-5' }, '/amount invalid_value'],
    [{ type: 'party' }, '/party missing_member'],
    [{ type: 'place', iso_3166: 'AF' }, '/name missing_member'],
    [{ type: 'place', name: 'x', iso_3166: 'AF-XXX' }, '/iso_3166 invalid_place'],
    [{ type: 'place', name: 'x', iso_3166: 'af' }, '/iso_3166 invalid_place'],
    [{ type: 'date' }, '/date missing_member'],
    [{ type: 'date', date: '2024-02-30' }, '/date invalid_date'],
    [{ type: 'text' }, '/text missing_member'],
    [{ type: 'no_value', text: 'x' }, '/text unknown_member'],
    [{ type: 'none', text: 'x' }, '/text unknown_member'],
  ];
  it.each(wrong)('%j is refused', (value, fault) => {
    expect(inputCodes(ValueInput, value)).toEqual([fault]);
  });

  it('an unknown type is told all there are', () => {
    const [fault] = inputFaults(ValueInput, { type: 'number' });
    expect(fault!.detail).toBe(
      'type must be one of quantity, money, change, party, place, date, text, unknown, no_value, none',
    );
  });
});

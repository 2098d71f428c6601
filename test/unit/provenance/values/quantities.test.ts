import { describe, expect, it } from 'vitest';
import {
  compareChanges,
  compareMoney,
  compareQuantities,
} from '../../../../src/provenance/values/quantities.js';
import type { Of } from '../../../../src/provenance/values/value.js';
import { money, quantity } from '../pairs.js';

const amount = (text: string, out_of: string | null = null) => quantity(text, out_of) as Of<'quantity'>;
const sum = (...texts: [string, ...string[]]) => money(...texts) as Of<'money'>;
const change = (
  direction: 'up' | 'down' | 'none',
  size: string | null = null,
  unit: string | null = 'percent',
  baseline: string | null = null,
): Of<'change'> => ({ type: 'change', direction, amount: size, unit: size === null ? null : unit, baseline });

const ABOUT = '“About” is taken as ten percent either way.';
const CONVERTED = 'They are compared as the sources convert them.';

describe('compareQuantities', () => {
  it.each([
    ['one number twice', '5', '5.0', { relation: 'same', values: ['5 camps', '5.0 camps'], notes: [] }],
    ['about a number, and the number', '~5', '5', { relation: 'same', values: ['about 5 camps', '5 camps'] }],
    ['the first is larger', '6', '5', { relation: 'apart', larger: 'first', notes: [] }],
    ['the second is larger', '5', '6', { relation: 'apart', larger: 'second', notes: [] }],
    ['at least against at most', '6..', '..5', { relation: 'apart', larger: 'first' }],
    ['about, within a tenth', '~100', '110', { relation: 'overlapping', notes: [ABOUT] }],
    ['the second is about, within a tenth', '90', '~100', { relation: 'overlapping', notes: [ABOUT] }],
    [
      'about, a little more than a tenth',
      '~100',
      '110.1',
      { relation: 'apart', larger: 'second', notes: [ABOUT] },
    ],
    ['both about', '~100', '~120', { relation: 'overlapping', notes: [ABOUT] }],
    ['hours and days', '36 hours', '2 days', { relation: 'apart', larger: 'second' }],
    ['hours and days, the same', '48 hours', '2 days', { relation: 'same', values: ['48 hours', '2 days'] }],
    ['days and hours', '2 days', '36 hours', { relation: 'apart', larger: 'first' }],
  ])('%s', (_what, a, b, expected) => {
    expect(compareQuantities(amount(a), amount(b), 'camps')).toMatchObject(expected);
  });

  it('tells no larger one where a number is negative, which counts or sums up nothing', () => {
    for (const [a, b] of [
      ['-1', '5'],
      ['5', '-1'],
    ] as const) {
      const found = compareQuantities(amount(a), amount(b), 'degrees');
      expect(found).toMatchObject({ relation: 'apart' });
      expect(found).not.toHaveProperty('larger');
    }
  });

  it.each([
    ['the unit of the predicate fits', '5 camps', '5', 'camps', 'same'],
    ['no unit on either side', '5', '5', null, 'same'],
    ['a unit on one side', '5 camps', '5', null, 'different units (camps and none is given)'],
    ['a unit on the other side', '5', '5 camps', null, 'different units (none is given and camps)'],
    ['units that cannot be converted', '5 months', '5 weeks', null, 'different units (months and weeks)'],
  ])('%s', (_what, a, b, unit, expected) => {
    const found = compareQuantities(amount(a), amount(b), unit);
    expect(found?.scope ?? found?.relation).toBe(expected);
  });

  it.each([
    ['24', '30', 'parts of different wholes (out of 24 and out of 30)'],
    ['24', '24.0', undefined],
    ['24', null, undefined],
    [null, '30', undefined],
  ])('out of %s and out of %s: %s', (a, b, scope) => {
    const found = compareQuantities(amount('5', a), amount('5', b), 'seats');
    expect(found).toMatchObject({ relation: scope ? 'other_scope' : 'same', values: ['5 seats', '5 seats'] });
    expect(found?.scope).toBe(scope);
  });

  it('is null where a figure has too many digits in the common unit', () => {
    const most = '9'.repeat(64);
    expect(compareQuantities(amount(`${most} years`), amount('1 month'), null)).toBeNull();
    expect(compareQuantities(amount('1 month'), amount(`${most} years`), null)).toBeNull();
  });
});

describe('compareMoney', () => {
  it.each([
    ['one sum twice', sum('5 USD'), sum('5 USD'), 'same', ['5 USD', '5 USD'], []],
    ['two sums', sum('5 USD'), sum('6 USD'), 'apart', ['5 USD', '6 USD'], []],
    [
      'by the day and by the week, where the shorter makes more',
      sum('10 USD day'),
      sum('60 USD week'),
      'apart',
      ['10 USD per day', '60 USD per week'],
      [],
    ],
    [
      'by the month and by the year, the same',
      sum('10 USD month'),
      sum('120 USD year'),
      'same',
      ['10 USD per month', '120 USD per year'],
      [],
    ],
    [
      'an equivalent that says the same',
      sum('700 AFN', '10 USD'),
      sum('10 USD'),
      'same',
      ['10 USD', '10 USD'],
      [],
    ],
    [
      'an equivalent that does not',
      sum('700 AFN', '10 USD'),
      sum('20 USD'),
      'apart',
      ['10 USD', '20 USD'],
      [CONVERTED],
    ],
    [
      'of two common currencies the one in which both can be right',
      sum('700 AFN', '10 USD', '~9 EUR'),
      sum('2000 PKR', '12 USD', '8.5 EUR'),
      'overlapping',
      ['about 9 EUR', '8.5 EUR'],
      [ABOUT, CONVERTED],
    ],
    [
      'one currency on both sides decides, whatever it is converted to',
      sum('700 AFN', '10 USD'),
      sum('800 AFN', '10 USD'),
      'apart',
      ['700 AFN', '800 AFN'],
      [],
    ],
  ])('%s', (_what, a, b, relation, values, notes) => {
    expect(compareMoney(a, b)).toMatchObject({ relation, values, notes });
  });

  it.each([
    [sum('5 USD week'), sum('5 USD month'), 'one is an amount per week, the other per month'],
    [sum('5 USD'), sum('5 USD month'), 'one is an amount for no period, the other per month'],
    [sum('5 USD month'), sum('5 USD'), 'one is an amount per month, the other for no period'],
  ])('%j and %j: amounts of periods that do not fit are of another scope', (a, b, scope) => {
    expect(compareMoney(a, b)).toMatchObject({ relation: 'other_scope', scope, notes: [] });
  });

  it('is null without a common currency, and where a sum has too many digits', () => {
    expect(compareMoney(sum('5 USD'), sum('5 EUR'))).toBeNull();
    expect(compareMoney(sum('5 USD week'), sum('5 EUR month'))).toBeNull();
    expect(compareMoney(sum(`${'9'.repeat(64)} USD month`), sum('5 USD year'))).toBeNull();
  });
});

describe('compareChanges', () => {
  it.each([
    ['both only up', change('up'), change('up'), 'same', ['up', 'up']],
    ['up and down', change('up'), change('down', '5'), 'apart', ['up', 'down 5 percent']],
    ['up, and up by so much', change('up'), change('up', '5'), 'overlapping', ['up', 'up 5 percent']],
    ['up by so much, and up', change('up', '5'), change('up'), 'overlapping', ['up 5 percent', 'up']],
    ['up by the same', change('up', '5'), change('up', '5.0'), 'same', ['up 5 percent', 'up 5.0 percent']],
    ['up by more', change('up', '6'), change('up', '5'), 'apart', ['up 6 percent', 'up 5 percent']],
    [
      'against one baseline in two spellings',
      change('up', '5', 'percent', 'Last year'),
      change('up', '5', 'percent', 'last year'),
      'same',
      ['up 5 percent', 'up 5 percent'],
    ],
    [
      'against a baseline and none',
      change('up', '5', 'percent', '2021'),
      change('up', '5'),
      'same',
      ['up 5 percent', 'up 5 percent'],
    ],
  ])('%s', (_what, a, b, relation, values) => {
    const found = compareChanges(a, b);
    expect(found).toMatchObject({ relation, values, notes: [] });
    expect(found).not.toHaveProperty('scope');
    // A change over a part of the time may be larger than one over the whole.
    expect(found).not.toHaveProperty('larger');
  });

  it.each([
    [
      'other baselines',
      change('up', '5', 'percent', '2021'),
      change('up', '5', 'percent', '2023'),
      'measured against different baselines (“2021” and “2023”)',
    ],
    ['other units', change('up', '5'), change('up', '5', 'points'), 'different units (percent and points)'],
  ])('%s: of another scope', (_what, a, b, scope) => {
    expect(compareChanges(a, b)).toMatchObject({ relation: 'other_scope', scope });
  });

  it('is null where a size has too many digits in the common unit', () => {
    expect(compareChanges(change('up', '9'.repeat(64), 'years'), change('up', '1', 'months'))).toBeNull();
  });
});

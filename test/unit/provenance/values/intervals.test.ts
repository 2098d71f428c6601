import { describe, expect, it } from 'vitest';
import {
  intervalOf,
  isAbove,
  isNegative,
  sameInterval,
  scaled,
  times,
} from '../../../../src/provenance/values/intervals.js';

const interval = (text: string) => {
  const [lower = '', upper = lower] = text.split('..');
  return {
    lower: lower.replace('<', '') || null,
    upper: upper.replace('<', '') || null,
    lower_exclusive: text.includes('<..'),
    upper_exclusive: text.includes('..<'),
  };
};

describe('intervalOf', () => {
  it.each([
    ['a number alone', { value: '5', lower: null, upper: null }, '5..5'],
    ['bounds alone', { value: null, lower: '4', upper: '6' }, '4..6'],
    ['bounds go before the number between them', { value: '5', lower: '4', upper: '6' }, '4..6'],
    ['a lower bound closes with the number', { value: '5', lower: '4', upper: null }, '4..5'],
    ['an upper bound alone', { value: null, lower: null, upper: '6' }, '..6'],
  ])('%s', (_what, amount, text) => {
    const inclusive = { lower_exclusive: false, upper_exclusive: false, approximate: false };
    expect(intervalOf({ ...amount, ...inclusive })).toEqual(interval(text));
  });
});

describe('isAbove', () => {
  it.each([
    ['5', '4', true],
    ['5', '5', false],
    ['4', '5', false],
    ['10', '9', true],
    ['5..6', '3..4', true],
    ['5..6', '3..5', false],
    ['5..', '..4', true],
    ['..5', '..4', false],
    ['5..', '4..', false],
    ['5<..', '5', true],
    ['5', '..<5', true],
    ['5<..', '..5', true],
    ['5..', '..<5', true],
    ['5<..', '4..6', false],
    ['5<..', '..<5.1', false],
  ])('%s above %s: %s', (a, b, above) => {
    expect(isAbove(interval(a), interval(b))).toBe(above);
  });
});

describe('isNegative', () => {
  it.each([
    ['5', false],
    ['0..', false],
    ['..5', false],
    ['-1..5', true],
    ['-5..-1', true],
    ['..-1', true],
    ['-1..', true],
  ])('%s: %s', (text, negative) => {
    expect(isNegative(interval(text))).toBe(negative);
  });
});

describe('sameInterval', () => {
  it.each([
    ['5', '5.0', true],
    ['5..', '5.00..', true],
    ['..5', '..5', true],
    ['5..', '5..6', false],
    ['..5', '4..5', false],
    ['5', '6', false],
    ['5<..', '5.0<..', true],
    ['5<..', '5..', false],
    ['..<5', '..5', false],
  ])('%s and %s: %s', (a, b, same) => {
    expect(sameInterval(interval(a), interval(b))).toBe(same);
    expect(sameInterval(interval(b), interval(a))).toBe(same);
  });
});

describe('scaled', () => {
  it('multiplies both bounds, and keeps an open one open', () => {
    expect(scaled(interval('1.5..2'), 60n)).toEqual(interval('90..120'));
    expect(scaled(interval('2..'), 60n)).toEqual(interval('120..'));
    expect(scaled(interval('..2'), 60n)).toEqual(interval('..120'));
  });

  it('is null where either bound gets too many digits', () => {
    const most = '9'.repeat(64);
    expect(scaled(interval(`-${most}..1`), 12n)).toBeNull();
    expect(scaled(interval(`1..${most}`), 12n)).toBeNull();
    expect(scaled(interval(`..${most}`), 12n)).toBeNull();
    expect(scaled(interval(`-${most}..`), 12n)).toBeNull();
    expect(scaled(interval(`..${most}`), 1n)).toEqual(interval(`..${most}`));
  });
});

describe('times', () => {
  it.each([
    ['0', 9n, 1, '0'],
    ['0.5', 2n, 0, '1'],
    ['100', 1n, 0, '100'],
    ['100', 1n, 2, '1'],
    ['-0.05', 1n, 1, '-0.005'],
    ['12.50', 1n, 0, '12.5'],
  ])('%s times %s over 10^%s: %s, without needless zeros', (decimal, factor, places, product) => {
    expect(times(decimal, factor, places)).toBe(product);
  });
});

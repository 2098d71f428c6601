import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import {
  ABOVE_ALL,
  BELOW_ALL,
  compareDecimals,
  decimalFault,
  decimalOrderKey,
  isDecimal,
  lowerBoundKey,
  MAX_DIGITS,
  upperBoundKey,
} from '../../../src/lib/decimal.js';
import { effort } from '../../support/effort.js';

const long = '1234567890'.repeat(4);

const digits = (min: number, max: number) =>
  fc
    .array(fc.integer({ min: 0, max: 9 }), { minLength: min, maxLength: max })
    .map((list) => list.join('').replace(/^0+(?=\d)/, ''));
const decimal = fc
  .tuple(fc.boolean(), digits(1, 32), fc.oneof(digits(0, 3), digits(0, 32)), fc.nat(10))
  .map(([minus, whole, tail, zeros]) => {
    const fraction = tail === '' ? '' : `.${'0'.repeat(Math.min(zeros, 32 - tail.length))}${tail}`;
    return `${minus ? '-' : ''}${whole}${fraction}`;
  });

/** The number times ten to the 64th, without any loss. */
function scaled(text: string): bigint {
  const [whole = '', fraction = ''] = text.replace('-', '').split('.');
  const size = BigInt(whole + fraction.padEnd(64, '0'));
  return text.startsWith('-') ? -size : size;
}
const sign = (a: bigint, b: bigint) => (a < b ? -1 : a > b ? 1 : 0);

describe('isDecimal, decimalFault', () => {
  test.each(['0', '-0', '5', '-5', '0.10', '1.10', '10.0', '-12.345', long, '9'.repeat(MAX_DIGITS)])(
    '%s is a decimal',
    (text) => {
      expect(isDecimal(text)).toBe(true);
      expect(decimalFault(text)).toBeNull();
    },
  );

  test.each([
    ['', 'is empty'],
    [' ', 'empty'],
    ['1 000', 'space'],
    ['5\n', 'space'],
    ['+5', 'starts with a plus sign; write "5"'],
    ['1e5', 'write "100000"'],
    ['1.5E-7', 'write "0.00000015"'],
    ['1,000', 'comma'],
    ['0,5', 'comma'],
    ['.5', 'write "0.5"'],
    ['-.5', 'write "-0.5"'],
    ['5.', 'lacks a digit after the point; write "5"'],
    ['05', 'needless zero'],
    ['-00.5', 'needless zero'],
    ['\u22125', 'not a minus sign; write "-5"'],
    ['NaN', 'is not a number'],
    ['0x10', 'is not a number'],
    ['1.2.3', 'is not a number'],
    ['٣', 'is not a number'],
    ['-', 'is not a number'],
    ['9'.repeat(MAX_DIGITS + 1), 'at most 64 digits'],
    [`0.${'1'.repeat(MAX_DIGITS)}`, 'at most 64 digits'],
    ['x'.repeat(MAX_DIGITS + 2), 'is not a number'],
    ['x'.repeat(MAX_DIGITS + 3), 'at most 64 digits'],
  ])('%j is no decimal, and the fault says: %s', (text, fragment) => {
    expect(isDecimal(text)).toBe(false);
    expect(decimalFault(text)).toContain(fragment);
    expect(decimalFault(text)?.length).toBeLessThan(200);
    expect(() => decimalOrderKey(text)).toThrow(RangeError);
  });

  it('a text of 100,000 characters is told to be too long, and not repeated', () => {
    expect(decimalFault('x'.repeat(100_000))).toContain('at most 64 digits');
    expect(decimalFault('x'.repeat(100_000))?.length).toBeLessThan(200);
  });

  it('random text has a fault exactly when it is no decimal', () => {
    fc.assert(
      fc.property(fc.oneof(decimal, fc.string({ unit: fc.constantFrom(...'019.-+e, ') })), (text) => {
        expect(decimalFault(text) === null).toBe(isDecimal(text));
      }),
    );
  });
});

describe('compareDecimals', () => {
  test.each([
    ['9007199254740993', '9007199254740992', 1],
    [`${long}1`, `${long}2`, -1],
    [`-${long}1`, `-${long}2`, 1],
    [`0.${long}1`, `0.${long}`, 1],
    ['0.10', '0.1', 0],
    ['10', '10.00', 0],
    ['-0', '0', 0],
    ['-0.00', '0', 0],
    ['-0.1', '0', -1],
    ['-1', '-10', 1],
    ['-1', '-1.5', 1],
    ['9', '10', -1],
    ['0.09', '0.1', -1],
    ['-5', '3', -1],
  ] as const)('%s compared with %s is %i', (a, b, expected) => {
    expect(compareDecimals(a, b)).toBe(expected);
    expect(Math.abs(compareDecimals(b, a))).toBe(Math.abs(expected));
  });
});

describe('decimalOrderKey', () => {
  it('a key has the documented form', () => {
    expect(decimalOrderKey('0.00')).toBe('1');
    expect(decimalOrderKey('120')).toBe('250312');
    expect(decimalOrderKey('0.0012')).toBe('249812');
    expect(decimalOrderKey('-120')).toBe('049687~');
  });

  it('keys of random numbers sort as the numbers do, between the two bounds', () => {
    fc.assert(
      fc.property(decimal, decimal, (a, b) => {
        const [left, right] = [decimalOrderKey(a), decimalOrderKey(b)];
        expect(Math.sign(Buffer.compare(Buffer.from(left), Buffer.from(right)))).toBe(
          sign(scaled(a), scaled(b)),
        );
        expect(compareDecimals(a, b)).toBe(sign(scaled(a), scaled(b)));
        expect(left > BELOW_ALL && left < ABOVE_ALL).toBe(true);
        expect(left).toMatch(/^[\x20-\x7e]{1,69}$/);
      }),
      { numRuns: effort(400, 2_000) },
    );
  });

  it('two spellings of one number have the same key', () => {
    fc.assert(
      fc.property(decimal, fc.nat(5), (text, zeros) => {
        const longer = `${text.includes('.') ? text : `${text}.0`}${'0'.repeat(zeros)}`;
        fc.pre(isDecimal(longer));
        expect(decimalOrderKey(longer)).toBe(decimalOrderKey(text));
      }),
    );
  });
});

describe('lowerBoundKey, upperBoundKey', () => {
  it.each([
    ['25', '25'],
    ['25', '25.0000001'],
    ['25', '24.9999999'],
    ['-25', '-25'],
    ['-25', '-24.9'],
    ['-25', '-25.1'],
    ['0', '0'],
    ['0', '0.1'],
    ['0', '-0.1'],
  ])('a range that ends at %s is compared with %s, with and without its bound', (bound, number) => {
    const key = decimalOrderKey(number);
    const order = compareDecimals(number, bound);
    expect(lowerBoundKey(bound, false) <= key).toBe(order >= 0);
    expect(lowerBoundKey(bound, true) <= key).toBe(order > 0);
    expect(upperBoundKey(bound, false) > key).toBe(order <= 0);
    expect(upperBoundKey(bound, true) > key).toBe(order < 0);
  });

  it('keys of bounds of random ranges compare as the numbers do', () => {
    fc.assert(
      fc.property(decimal, decimal, fc.boolean(), (bound, number, exclusive) => {
        const key = decimalOrderKey(number);
        const order = compareDecimals(number, bound);
        expect(lowerBoundKey(bound, exclusive) <= key).toBe(exclusive ? order > 0 : order >= 0);
        expect(upperBoundKey(bound, exclusive) > key).toBe(exclusive ? order < 0 : order <= 0);
      }),
    );
  });
});

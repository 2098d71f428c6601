import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compareClaims } from '../../../src/provenance/conflicts.js';
import {
  type Interval,
  loosened,
  overlap,
  sameInterval,
  scaled,
  times,
} from '../../../src/provenance/intervals.js';
import { factors, rateFactors, unitForm } from '../../../src/provenance/units.js';
import { claim, pairs, quantity } from './pairs.js';
import { timePairs } from './time-pairs.js';

describe('compareClaims', () => {
  test.each([...pairs, ...timePairs])(
    'two claims are compared by the rules: $name',
    ({ a, b, kind, says }) => {
      const conflict = compareClaims(claim(a), claim(b));
      expect(conflict?.kind ?? null).toBe(kind);
      if (says) expect(conflict!.why.join('\n')).toContain(says);
      // From the other side it is the same conflict, with as many reasons.
      const other = compareClaims(claim(b), claim(a));
      expect(other?.kind).toBe(conflict?.kind);
      expect(other?.why.length).toBe(conflict?.why.length);
      // A claim never conflicts with itself.
      expect(compareClaims(claim(a), claim(a))).toBeNull();
    },
  );

  test('every reason is a sentence', () => {
    const why = pairs.flatMap(({ a, b }) => compareClaims(claim(a), claim(b))?.why ?? []);
    expect(why.length).toBeGreaterThan(60);
    for (const sentence of why) expect(sentence).toMatch(/^(\p{Lu}|“|\d|[a-z-]+ and ).*\.$/u);
  });
});

const bound = fc.option(
  fc
    .tuple(fc.integer({ min: -999, max: 999 }), fc.constantFrom('', '.5', '.25'))
    .map(([n, tail]) => `${n}${tail}`),
  { freq: 4 },
);
const interval: fc.Arbitrary<Interval> = fc.tuple(bound, bound).map(([x, y]) => {
  if (x === null || y === null || Number(x) <= Number(y)) return { lower: x, upper: y };
  return { lower: y, upper: x };
});
const low = ({ lower }: Interval) => (lower === null ? Number.NEGATIVE_INFINITY : Number(lower));
const high = ({ upper }: Interval) => (upper === null ? Number.POSITIVE_INFINITY : Number(upper));

describe('overlap, loosened, times', () => {
  test('two intervals overlap exactly when their numbers do', () => {
    fc.assert(
      fc.property(interval, interval, (a, b) => {
        expect(overlap(a, b)).toBe(Math.max(low(a), low(b)) <= Math.min(high(a), high(b)));
        expect(sameInterval(a, b)).toBe(low(a) === low(b) && high(a) === high(b));
      }),
    );
  });

  test('an approximate interval is widened outwards by a tenth, below zero too', () => {
    expect(loosened({ lower: '180', upper: '200' })).toEqual({ lower: '162', upper: '220' });
    expect(loosened({ lower: '-10', upper: '-5.5' })).toEqual({ lower: '-11', upper: '-4.95' });
    expect(loosened({ lower: null, upper: '0' })).toEqual({ lower: null, upper: '0' });
    fc.assert(
      fc.property(interval, (a) => {
        const wide = loosened(a);
        expect(low(wide)).toBeLessThanOrEqual(low(a));
        expect(high(wide)).toBeGreaterThanOrEqual(high(a));
      }),
    );
  });

  test.each([
    ['10000', 12n, 0, '120000'],
    ['0.10', 7n, 0, '0.7'],
    ['-2.5', 2n, 0, '-5'],
    ['1', 9n, 1, '0.9'],
    ['0.05', 11n, 1, '0.055'],
    ['9007199254740993', 9n, 1, '8106479329266893.7'],
  ])('%s times %s over 10^%s is exact', (decimal, factor, places, product) => {
    expect(times(decimal, factor, places)).toBe(product);
  });

  test('a product of too many digits is null', () => {
    expect(times('9'.repeat(64), 12n)).toBeNull();
    expect(scaled({ lower: '1', upper: '9'.repeat(64) }, 12n)).toBeNull();
    expect(scaled({ lower: null, upper: '2' }, 12n)).toEqual({ lower: null, upper: '24' });
    expect(loosened({ lower: '9'.repeat(64), upper: null })).toEqual({ lower: '9'.repeat(64), upper: null });
    const long = claim({ value: quantity(`${'9'.repeat(64)} years`), occurred: '2024' });
    expect(compareClaims(long, claim({ value: quantity('1 month'), occurred: '2024' }))).toBeNull();
  });
});

describe('unitForm, factors', () => {
  test.each([
    ['Fighters', 'fighter'],
    ['km', 'kilometre'],
    ['loss', 'loss'],
    ['Metric tons', 'tonne'],
  ])('%s is compared as %s', (unit, form) => {
    expect(unitForm(unit)).toBe(form);
  });

  test.each([
    ['hours', 'days', [60n, 1_440n]],
    ['camp', 'camps', [1n, 1n]],
    ['months', 'weeks', null],
    ['people', 'fighters', null],
    ['constructor', 'month', null],
  ])('%s and %s convert as the table states', (a, b, expected) => {
    expect(factors(a, b)).toEqual(expected);
    expect(rateFactors(b, a)).toEqual(expected);
  });
});

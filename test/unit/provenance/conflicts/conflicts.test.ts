import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compareClaims } from '../../../../src/provenance/conflicts/conflicts.js';
import {
  type Interval,
  overlap,
  sameInterval,
  scaled,
  times,
  widened,
} from '../../../../src/provenance/values/intervals.js';
import { claim, pairs, quantity, range } from '../pairs.js';
import { timePairs } from '../time-pairs.js';

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
const interval: fc.Arbitrary<Interval> = fc
  .tuple(bound, bound, fc.boolean(), fc.boolean())
  .map(([x, y, atLower, atUpper]) => {
    const inOrder = x === null || y === null || Number(x) <= Number(y);
    const [lower, upper] = inOrder ? [x, y] : [y, x];
    const isPoint = lower !== null && upper !== null && Number(lower) === Number(upper);
    return {
      lower,
      upper,
      lower_exclusive: lower !== null && !isPoint && atLower,
      upper_exclusive: upper !== null && !isPoint && atUpper,
    };
  });
const low = ({ lower }: Interval) => (lower === null ? Number.NEGATIVE_INFINITY : Number(lower));
const high = ({ upper }: Interval) => (upper === null ? Number.POSITIVE_INFINITY : Number(upper));

const inner = (a: Interval) =>
  [low(a) + (a.lower_exclusive ? 0.125 : 0), high(a) - (a.upper_exclusive ? 0.125 : 0)] as [number, number];

describe('overlap, loosened, times', () => {
  test('two intervals overlap exactly when their numbers do', () => {
    fc.assert(
      fc.property(interval, interval, (a, b) => {
        // Bounds are whole quarters, so that an eighth further in stands for any number beside one that is excluded.
        const [from, to] = [Math.max(inner(a)[0], inner(b)[0]), Math.min(inner(a)[1], inner(b)[1])];
        expect(overlap(a, b)).toBe(from <= to);
        expect(sameInterval(a, b)).toBe(`${inner(a)}` === `${inner(b)}`);
      }),
    );
  });

  test('an approximate interval is widened outwards by a tenth, below zero too', () => {
    expect(widened(range('180', '200'))).toEqual(range('162', '220'));
    expect(widened(range('-10', '-5.5'))).toEqual(range('-11', '-4.95'));
    expect(widened(range(null, '0'))).toEqual(range(null, '0'));
    fc.assert(
      fc.property(interval, (a) => {
        const wide = widened(a);
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
    expect(scaled(range('1', '9'.repeat(64)), 12n)).toBeNull();
    expect(scaled(range(null, '2'), 12n)).toEqual(range(null, '24'));
    expect(widened(range('9'.repeat(64), null))).toEqual(range('9'.repeat(64), null));
    const long = claim({ value: quantity(`${'9'.repeat(64)} years`), occurred: '2024' });
    expect(compareClaims(long, claim({ value: quantity('1 month'), occurred: '2024' }))).toBeNull();
  });
});

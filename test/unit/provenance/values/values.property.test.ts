import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ComparableValue } from '../../../../src/provenance/values/value.js';
import { compareValues } from '../../../../src/provenance/values/values.js';
import { date, money, party, quantity } from '../pairs.js';

const amounts = fc.constantFrom('5', '~5', '6', '5..', '5<..', '..5', '..<5', '4..6', '4<..<6', '-5', '300');
const any: fc.Arbitrary<ComparableValue> = fc.oneof(
  fc
    .tuple(amounts, fc.constantFrom('', ' fighters', ' Fighter', ' people'))
    .map(([text, unit]) => quantity(text + unit)),
  fc
    .tuple(amounts, fc.constantFrom('AFN', '?'), fc.constantFrom([], ['5 USD'], ['6 USD']))
    .map(([text, currency, equivalents]) => money(`${text} ${currency}`, ...equivalents)),
  fc.constantFrom('a', 'b').map((id) => party(id)),
  fc.constantFrom('2024', '2024-05', '2023~', '[2022,2024]').map(date),
  fc.constantFrom<ComparableValue>(
    { type: 'change', direction: 'up', amount: '5', unit: 'percent', baseline: null },
    { type: 'text', text: 'many' },
    { type: 'unknown' },
    { type: 'no_value' },
    { type: 'none' },
  ),
);

describe('compareValues', () => {
  it('finds the same from either side, and no value at odds with itself', () => {
    fc.assert(
      fc.property(any, any, (a, b) => {
        const [one, other] = [compareValues(a, b, 'fighters'), compareValues(b, a, 'fighters')];
        expect(other?.relation).toBe(one?.relation);
        expect(other?.values.toReversed()).toEqual(one?.values);
        expect(compareValues(a, a, 'fighters')?.relation ?? 'same').toBe('same');
      }),
      { numRuns: 500 },
    );
  });

  it('that there is none is at odds with every value that is given', () => {
    fc.assert(
      fc.property(any, (value) => {
        const found = compareValues({ type: 'no_value' }, value, 'fighters');
        const expected = { none: undefined, no_value: 'same' } as Record<string, string | undefined>;
        expect(found?.relation).toBe(value.type in expected ? expected[value.type] : 'apart');
      }),
    );
  });
});

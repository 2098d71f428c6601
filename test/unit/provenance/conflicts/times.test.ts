import { describe, expect, it } from 'vitest';
import { edtfBounds } from '../../../../src/lib/edtf.js';
import { compareTimes, type Occurrence } from '../../../../src/provenance/conflicts/times.js';

const at = (occurred: string | null, occurred_inherited = false): Occurrence => {
  const { occurred_from = null, occurred_to = null } = edtfBounds('occurred', occurred);
  return { occurred, occurred_from, occurred_to, occurred_inherited };
};
const times = (a: string | null, b: string | null, measure: string | null = 'level') =>
  compareTimes(at(a), at(b), measure);

describe('compareTimes', () => {
  it.each([
    [null, null, 'unknown', 'neither says of which time it speaks'],
    ['2024', null, 'unknown', 'one does not say of which time it speaks'],
    [null, '2024', 'unknown', 'one does not say of which time it speaks'],
    ['2024', '2024-06', 'same', 'their times meet (2024 and June 2024)'],
    ['2023', '2024', 'different', 'different times (2023 and 2024)'],
    ['2023~', '2024', 'unknown', 'the dates are not certain and may be one time (c. 2023 and 2024)'],
    ['2023', '2024?', 'unknown', 'the dates are not certain and may be one time (2023 and 2024 (uncertain))'],
    ['2022~', '2024', 'different', 'different times (c. 2022 and 2024)'],
    ['1964', '[1963,1965]', 'different', 'different times (1964 and 1963 or 1965)'],
    [
      '2013/2018-06',
      '2018-06/..',
      'different',
      'one may have followed the other within the time they share (2013–June 2018 and since June 2018)',
    ],
    ['2018-06/..', '2013/2018-06', 'different', undefined],
    // The shared time must lie in the unit in which one ends or the other begins.
    ['2013/2018-07', '2018-06/..', 'same', undefined],
    ['2013/2018', '2018-06-01/2019', 'different', undefined],
    ['2013/2018-06', '2018', 'same', undefined],
    ['2013/2018-06', '2018-06-20', 'different', undefined],
    ['2018-06-20', '2018-06/2019', 'different', undefined],
    ['2018-06', '2018-06-20', 'same', undefined],
    ['2018-06/2018-06', '2018-06/2018-06', 'same', undefined],
    ['2018-06/2018-07', '2018-06/2018-07', 'same', undefined],
    ['../2018', '2018/..', 'different', undefined],
    ['{2013,2018}', '2018/2020', 'same', undefined],
  ])('%s and %s of what holds at a time: %s', (a, b, relation, why) => {
    const found = times(a, b);
    expect(found.relation).toBe(relation);
    if (why) expect(found.why).toBe(why);
    expect(times(b, a).relation).toBe(relation);
  });

  it.each([
    ['2024', '2024', 'same', 'both are totals of 2024'],
    ['2024', '2024-01/2024-12', 'same', 'both are totals of 2024'],
    [
      '2024-01-01/2024-06-30',
      '2024',
      'part',
      'totals of different periods (1 January–30 June 2024 and 2024)',
    ],
    [
      '2024',
      '2024-01-01/2024-06-30',
      'whole',
      'totals of different periods (2024 and 1 January–30 June 2024)',
    ],
    ['2024-06', '2024', 'part', undefined],
    ['2024-12', '2024', 'part', undefined],
    ['../2024', '2024', 'whole', undefined],
    ['2024-01/2024-06', '2024-04/2024-12', 'different', undefined],
    ['2022/..', '2022/..', 'unknown', 'they may be totals of different periods (both since 2022)'],
    ['2022/..', '2023', 'unknown', undefined],
    ['2023', '2022/..', 'unknown', undefined],
    ['2024~', '2024-06', 'unknown', undefined],
    ['2024-06', '202X', 'unknown', undefined],
    ['2024-06', '[2023,2024]', 'unknown', undefined],
    ['2024-06', '{2023,2024}', 'unknown', undefined],
    ['2023', '2024', 'different', 'different times (2023 and 2024)'],
  ])('%s and %s as periods of totals: %s', (a, b, relation, why) => {
    const found = times(a, b, 'period_total');
    expect(found.relation).toBe(relation);
    if (why) expect(found.why).toBe(why);
  });

  it('cannot tell a period that was taken over from the source', () => {
    expect(compareTimes(at('2024-06', true), at('2024'), 'period_total').relation).toBe('unknown');
    expect(compareTimes(at('2024-06'), at('2024', true), 'period_total').relation).toBe('unknown');
    expect(compareTimes(at('2024', true), at('2024'), 'period_total').relation).toBe('same');
  });
});

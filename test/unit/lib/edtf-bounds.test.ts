import { describe, expect, it } from 'vitest';
import { EdtfError, edtfBounds, edtfDays, OPEN_END, OPEN_START } from '../../../src/lib/edtf.js';

const DAY = 19_723; // 2024-01-01

describe('edtfBounds', () => {
  it.each([
    ['2024-02', '2024-02-01', '2024-02-29'],
    ['2024/..', '2024-01-01', null],
    [null, null, null],
  ])('%s: two members under the name of the date', (text, from, to) => {
    expect(edtfBounds('occurred', text)).toEqual({ occurred_from: from, occurred_to: to });
  });
});

describe('edtfDays', () => {
  it.each([
    ['2024-01-01/2024-01-03', DAY, DAY + 2],
    ['2024-01-01/..', DAY, OPEN_END],
    ['../2024-01-01', OPEN_START, DAY],
    [null, null, null],
  ])('%s: the days that filters compare', (text, first, last) => {
    expect(edtfDays(text)).toEqual([first, last]);
  });

  it('refuses what is no date', () => {
    expect(() => edtfDays('May 2024')).toThrow(EdtfError);
  });
});

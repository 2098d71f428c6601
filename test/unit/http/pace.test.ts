import { expect, it } from 'vitest';
import { Pace } from '../../../src/http/pace.js';

const after = (...times: number[]): number[] => {
  const pace = new Pace();
  return times.map((milliseconds) => {
    pace.took(milliseconds);
    return pace.size;
  });
};

it('Pace.took: the size doubles up to 100 rows while chunks take no time', () => {
  expect(after(0.5, 1, 1.5, 2)).toEqual([50, 100, 100, 100]);
});

it('Pace.took: the size stays the same while chunks take a few milliseconds', () => {
  expect(after(1, 3, 6, 4)).toEqual([50, 50, 50, 50]);
});

it('Pace.took: the size halves after each slow chunk, down to 25 rows', () => {
  expect(after(1, 1, 9, 30, 500)).toEqual([50, 100, 50, 25, 25]);
});

import { expect, it } from 'vitest';
import { Pace } from '../../src/http/pace.js';

const after = (...times: number[]): number[] => {
  const pace = new Pace();
  return times.map((milliseconds) => {
    pace.took(milliseconds);
    return pace.size;
  });
};

it('sends more at once while that takes no time, up to 100 rows', () => {
  expect(after(0.5, 1, 1.5, 2)).toEqual([50, 100, 100, 100]);
});

it('stays as it is while chunks take a few milliseconds', () => {
  expect(after(1, 3, 6, 4)).toEqual([50, 50, 50, 50]);
});

it('sends less at once after a slow chunk, but never less than 25 rows', () => {
  expect(after(1, 1, 9, 30, 500)).toEqual([50, 100, 50, 25, 25]);
});

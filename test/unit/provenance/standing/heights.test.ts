import { expect, it } from 'vitest';
import { heightsOf } from '../../../../src/provenance/standing/heights.js';

const heights = (targets: number[][], implied: number[] = []) => [
  ...heightsOf({ targets, implied: targets.map((_, i) => implied.includes(i)), sources: [] }),
];

it('heightsOf: the height is the longest way down, not the shortest', () => {
  expect(heights([[], [0], [1], [0, 2], [3, 0]])).toEqual([0, 1, 2, 3, 4]);
});

it('heightsOf: the order of attributions changes nothing', () => {
  expect(heights([[1, 4], [2], [3, 4], [4], []])).toEqual([4, 3, 2, 1, 0]);
  expect(heights([[1, 2], [], [3], []])).toEqual([2, 0, 1, 0]);
});

it('heightsOf: a link that closes a circle and a link to itself are ignored', () => {
  expect(heights([[1], [2], [0], [3]])).toEqual([2, 1, 0, 0]);
});

it('heightsOf: only recorded links are followed, not those that sources imply', () => {
  expect(heights([[], [0], [1]], [1])).toEqual([0, 0, 1]);
  const drawnOn = heightsOf({ targets: [[2], [], [0, 1]], implied: [true, false], sources: ['report'] });
  expect([...drawnOn]).toEqual([0, 0]);
});

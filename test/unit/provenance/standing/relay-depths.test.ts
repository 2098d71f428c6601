import { expect, it } from 'vitest';
import { relayDepths } from '../../../../src/provenance/standing/relay-depths.js';

const heights = (targets: number[][], implied: number[] = []) => [
  ...relayDepths({ targets, implied: targets.map((_, i) => implied.includes(i)), sources: [] }),
];

it('relayDepths: the relay_depth is the longest way down, not the shortest', () => {
  expect(heights([[], [0], [1], [0, 2], [3, 0]])).toEqual([0, 1, 2, 3, 4]);
});

it('relayDepths: the order of attributions changes nothing', () => {
  expect(heights([[1, 4], [2], [3, 4], [4], []])).toEqual([4, 3, 2, 1, 0]);
  expect(heights([[1, 2], [], [3], []])).toEqual([2, 0, 1, 0]);
});

it('relayDepths: a link that closes a circle and a link to itself are ignored', () => {
  expect(heights([[1], [2], [0], [3]])).toEqual([2, 1, 0, 0]);
});

it('relayDepths: only recorded links are followed, not those that sources imply', () => {
  expect(heights([[], [0], [1]], [1])).toEqual([0, 0, 1]);
  const drawnOn = relayDepths({ targets: [[2], [], [0, 1]], implied: [true, false], sources: ['report'] });
  expect([...drawnOn]).toEqual([0, 0]);
});

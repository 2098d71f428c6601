import { describe, expect, it } from 'vitest';
import { chunksOf } from '../../../../src/provenance/load/chunks.js';

const claims = (...sizes: number[]) => sizes.map((size, i) => ({ id: `c${i}`, size }));

describe('chunksOf', () => {
  it.each([
    ['nothing', [], 2, []],
    ['a claim', [1], 2, [['c0']]],
    ['claims without attributions', [0, 0, 0], 2, [['c0', 'c1'], ['c2']]],
    ['few attributions in all', [400, 600, 1], 9, [['c0', 'c1'], ['c2']]],
    ['a large claim first', [10_000, 1, 1], 9, [['c0'], ['c1', 'c2']]],
    ['a large claim between', [1, 10_000, 1], 9, [['c0'], ['c1'], ['c2']]],
    ['two large ones', [5_000, 5_000], 9, [['c0'], ['c1']]],
  ])('a chunk has few claims and few attributions: %s', (_, sizes, most, expected) => {
    expect(chunksOf(claims(...sizes), most)).toEqual(expected);
  });
});

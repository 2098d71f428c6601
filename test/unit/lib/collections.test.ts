import { describe, expect, it } from 'vitest';
import { chunksWithin, groupBy, lookUp, only, pagesOf } from '../../../src/lib/collections.js';

describe('collections', () => {
  it('looks up an entry, and names the key of one that is missing', () => {
    const map = new Map([['a', 0]]);
    expect(lookUp(map, 'a')).toBe(0);
    expect(() => lookUp(map, 'b')).toThrow('nothing is known of b');
  });

  it('gives the only item, and refuses none or several', () => {
    expect(only([0])).toBe(0);
    expect(() => only([])).toThrow('not 0');
    expect(() => only([1, 2])).toThrow('not 2');
  });

  it('groups items in their order', () => {
    const groups = groupBy([3, 1, 5, 2], (n) => n % 2);
    expect([...groups]).toEqual([
      [1, [3, 1, 5]],
      [0, [2]],
    ]);
  });

  it('parts items by their number and their sizes; one that is too large is alone', () => {
    const chunks = (...sizes: number[]) => [...chunksWithin(sizes, 3, 10, (size) => size)];
    expect(chunks()).toEqual([]);
    expect(chunks(1, 1, 1, 1)).toEqual([[1, 1, 1], [1]]);
    expect(chunks(5, 5, 1, 12, 12, 9, 1, 1)).toEqual([[5, 5], [1], [12], [12], [9, 1], [1]]);
  });

  it('reads pages from behind the last item until one is not full', async () => {
    const pagesUpTo = async (end: number) => {
      const read = async (last = 0) => [1, 2, 3, 4].filter((n) => n > last && n <= end).slice(0, 2);
      const pages: number[][] = [];
      for await (const page of pagesOf(2, read)) pages.push(page);
      return pages;
    };
    expect(await pagesUpTo(0)).toEqual([]);
    expect(await pagesUpTo(3)).toEqual([[1, 2], [3]]);
    expect(await pagesUpTo(4)).toEqual([
      [1, 2],
      [3, 4],
    ]);
  });
});

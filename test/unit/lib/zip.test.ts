import { expect, it } from 'vitest';
import { zip } from '../../../src/lib/zip.js';

it('pairs two lists, up to the end of the shorter one', () => {
  expect(zip([1, 2], ['a', 'b'])).toEqual([
    [1, 'a'],
    [2, 'b'],
  ]);
  expect(zip([1], ['a', 'b'])).toEqual([[1, 'a']]);
  expect(zip([1, 2], ['a'])).toEqual([[1, 'a']]);
});

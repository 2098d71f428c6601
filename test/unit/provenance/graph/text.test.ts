import { describe, expect, it } from 'vitest';
import { counted, listed } from '../../../../src/provenance/graph/text.js';

describe('listed', () => {
  it.each([
    [[], ''],
    [['a'], 'a'],
    [['a', 'b'], 'a and b'],
    [['a', 'b', 'c'], 'a, b and c'],
    [['a', 'b', 'c', 'd'], 'a, b, c and 1 other'],
    [['a', 'b', 'c', 'd', 'e'], 'a, b, c and 2 others'],
  ])('the list %j is joined with commas and “and”', (items, expected) => {
    expect(listed(items, 3)).toBe(expected);
  });
});

describe('counted', () => {
  it.each([
    [0, '0 parties'],
    [1, '1 party'],
    [2, '2 parties'],
  ])('%i has its noun in the singular or plural', (n, expected) => {
    expect(counted(n, 'party', 'parties')).toBe(expected);
  });

  it('takes an s where no plural is given', () => {
    expect(counted(2, 'origin')).toBe('2 origins');
  });
});

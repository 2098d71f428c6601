import { describe, expect, it } from 'vitest';
import { spanWords } from '../../../src/provenance/words.js';

describe('spanWords', () => {
  it.each([
    // Whole years only where they begin with the first day and end with the last.
    ['2023-01-01', '2024-06-30', 'January 2023–June 2024'],
    ['2023-07-01', '2024-12-31', 'July 2023–December 2024'],
    ['2024-01-01', '2024-06-30', 'January–June 2024'],
    ['2024-01-02', '2024-12-31', '2 January–31 December 2024'],
    // February of years in which the calendar leaves out or keeps a day.
    ['1900-02-01', '1900-02-28', 'February 1900'],
    ['2000-02-01', '2000-02-29', 'February 2000'],
    ['2000-02-01', '2000-02-28', '1–28 February 2000'],
    ['0099-02-01', '0099-02-28', 'February 99'],
  ])('%s to %s: %s', (from, to, words) => {
    expect(spanWords(from, to)).toBe(words);
  });
});

import { describe, expect, it } from 'vitest';
import { excerptOf } from '../../../src/search/snippets.js';
import { parseQuery, type SearchQuery } from '../../../src/search/words/query.js';

const excerpt = (text: string, q: string) => excerptOf(text, parseQuery(q) as SearchQuery);
/** The excerpt with brackets around what was found, and points where the text goes on. */
const shown = (text: string, q: string) => {
  const found = excerpt(text, q);
  if (found === null) return null;
  const parts = found.parts.map((part) => (part.found ? `[${part.text}]` : part.text)).join('');
  return `${found.cut_before ? '…' : ''}${parts}${found.cut_after ? '…' : ''}`;
};

describe('excerptOf', () => {
  it.each([
    ['a word', 'Paid in cash.', 'cash', 'Paid in [cash].'],
    ['each of its places', 'Cash is cash.', 'cash', '[Cash] is [cash].'],
    ['words side by side apart', 'Big cash.', 'big cash', '[Big] [cash].'],
    ['a phrase with what is between its words', 'A “big — cash” sum.', '"big cash"', 'A “[big — cash]” sum.'],
    ['a phrase at its own places alone', 'Big, big cash.', '"big cash"', 'Big, [big cash].'],
    ['two phrases that meet', 'Big cash big cash', '"big cash"', '[Big cash] [big cash]'],
    ['words that begin so', 'Cashiers take cash.', 'cash*', '[Cashiers] take [cash].'],
    ['letters with marks, as they were written', 'To the Dūrand line', 'durand', 'To the [Dūrand] line'],
    ['nothing of what is excluded', 'Big cash.', 'big -cash', '[Big] cash.'],
  ])('marks %s', (_, text, q, expected) => {
    expect(shown(text, q)).toBe(expected);
  });

  it('is null where nothing is found', () => {
    expect(excerpt('Paid in gold.', 'cash')).toBeNull();
  });

  const filler = 'nine nine ';
  it.each([
    ['the beginning', `cash ${filler.repeat(40)}`, false, true],
    ['the middle', `${filler.repeat(40)}cash ${filler.repeat(40)}`, true, true],
    ['the end', `${filler.repeat(40)}cash`, true, false],
    ['the whole where little would be cut', `a ${filler.repeat(8)}cash ${filler.repeat(15)}`, false, false],
  ])('of a long text is a part around %s', (_, text, before, after) => {
    const { parts, cut_before, cut_after } = excerpt(text, 'cash')!;
    const part = parts.map((one) => one.text).join('');
    expect([cut_before, cut_after]).toEqual([before, after]);
    expect(text).toContain(part);
    expect(text.startsWith(part)).toBe(!before);
    expect(text.endsWith(part)).toBe(!after);
    expect(part.length).toBeLessThanOrEqual(260);
    expect(part.indexOf('cash')).toBeLessThanOrEqual(100);
    // Words stay whole.
    expect(part).toMatch(/^(a |nine|cash)/);
    expect(part).toMatch(/(nine|nine |cash)$/);
  });
});

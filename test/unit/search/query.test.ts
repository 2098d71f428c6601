import { describe, expect, it } from 'vitest';
import { isFault, parseQuery } from '../../../src/search/words/query.js';

/** As it would be typed again: groups with |, phrases with quotation marks, what is excluded behind -. */
function read(text: string): string {
  const parsed = parseQuery(text);
  if (isFault(parsed)) return `at ${parsed.at}: ${parsed.detail}`;
  const shown = ({ words, prefix }: { words: string[]; prefix: boolean }) =>
    (words.length > 1 ? `"${words.join(' ')}"` : words[0]!) + (prefix ? '*' : '');
  const all = parsed.all.map((group) => group.map(shown).join('|'));
  return [...all, ...parsed.none.map((phrase) => `-${shown(phrase)}`)].join(' ');
}

describe('parseQuery', () => {
  it.each([
    ['Taliban cash', 'taliban cash'],
    ['"3 million" afghanis', '"3 million" afghanis'],
    ['“Noor Wali” «Mehsud»', '"noor wali" mehsud'],
    ['tehr* -airport', 'tehr* -airport'],
    ['a OR b c', 'a|b c'],
    ['a OR b OR "c d"', 'a|b|"c d"'],
    ['a AND b NOT c', 'a b -c'],
    ['-"drug money" taliban', 'taliban -"drug money"'],
    ['Tehreek-e-Taliban', '"tehreek e taliban"'],
    ['塔利班', '"塔 利 班"'],
    ['TTP*', 'ttp*'],
  ])('%s', (text, expected) => {
    expect(read(text)).toBe(expected);
  });

  it.each([
    ['a quotation that is not closed', '"noor wali', '"noor wali"'],
    ['OR at either end', 'OR a OR', 'a'],
    ['OR behind what is excluded', 'a OR -b c', 'a c -b'],
    ['or and not in small letters', 'war or peace not now', 'war or peace not now'],
    ['a star alone, or behind one letter', '* a* b', 'a b'],
    ['a star behind several words, or in a phrase', 'a-b* "tehr*"', '"a b" tehr'],
    ['brackets, colons and signs of other languages', '(a:b) ^c ~d {e} NEAR(f)', '"a b" c d e "near f"'],
    ['SQL', "'; DROP TABLE claims --", 'drop table claims'],
    ['nothing but signs', '--- ""  "" (*)', ''],
    ['minus signs in a row', '--a b', 'b -a'],
  ])('takes %s leniently', (_, text, expected) => {
    expect(read(text)).toBe(expected);
  });

  it.each([
    ['  -airport -cash', 'at 2: this search only excludes words; add a word to find'],
    [`${'a '.repeat(32)}b`, 'at 64: a search takes at most 32 words'],
    ['塔'.repeat(40), 'at 0: a search takes at most 32 words'],
  ])('refuses %s, with the place', (text, expected) => {
    expect(read(text)).toBe(expected);
  });
});

import { describe, expect, it } from 'vitest';
import { fold, foldPart } from '../../../src/lib/text.js';
import { seeded } from '../../support/random.js';

/** Folding goes by code points; here are its rules as they read for a whole text. */

const ALIKE: [all: RegExp, one: string][] = [
  [/[\u0649\u064A\u06CC\u06CD\u06CE\u06D0\u06D1\u06D2\u06D3\u0620\u063D-\u063F]/g, '\u06CC'],
  [/[\u0643\u06A9\u06AA\u063B\u063C]/g, '\u06A9'],
  [/[\u0629\u0647\u06BE\u06C0-\u06C3\u06D5]/g, '\u0647'],
  [/[\u0671\u0672\u0673\u0675]/g, '\u0627'],
  [/\u0640/g, ''],
];
const WITHOUT_STROKE: Record<string, string> = {
  ...{ æ: 'ae', œ: 'oe', ø: 'o', ł: 'l', đ: 'd', ð: 'd', þ: 'th', ħ: 'h', ŧ: 't', ŋ: 'n', ə: 'e' },
};

function digitValue(digit: string): string {
  const code = digit.codePointAt(0)!;
  let before = 0;
  while (/^\p{Nd}$/u.test(String.fromCodePoint(code - before - 1))) before++;
  return String(before % 10);
}

const foldedWhole = (text: string): string =>
  ALIKE.reduce(
    (so, [all, one]) => so.replace(all, one),
    text
      .replace(/\u00B4/g, '')
      .normalize('NFKD')
      .toLowerCase()
      .toUpperCase()
      .toLowerCase()
      .normalize('NFKD')
      .replace(/[\p{M}\p{Default_Ignorable_Code_Point}'`\u2018\u2019\u02BC]/gu, '')
      .replace(/\u03C2/g, '\u03C3')
      .replace(/[æœøłđðþħŧŋə]/g, (letter) => WITHOUT_STROKE[letter]!)
      .replace(/[\p{P}\p{Z}\p{Cc}]+/gu, ' ')
      .trim()
      .replace(/(?![0-9])\p{Nd}/gu, digitValue),
  );

/** The planes in use, but for the ideographs beyond their compatibility forms, which all stay as they are. */
const RANGES = [
  [0, 0xd7ff],
  [0xe000, 0x1ffff],
  [0x2f7f0, 0x2fa2f],
  [0xe0000, 0xe01ff],
] as const;
const all = RANGES.flatMap(([first, last]) =>
  Array.from({ length: last - first + 1 }, (_, i) => String.fromCodePoint(first + i)),
);

describe('fold', () => {
  it('makes of each code point between others what the rules make of the text', () => {
    for (let start = 0; start < all.length; start += 100) {
      const some = all.slice(start, start + 100);
      const text = some.map((letter) => `a${letter}b ${letter}`).join('');
      if (fold(text) !== foldedWhole(text))
        expect(some.map((letter) => fold(`a${letter}b ${letter}`))).toEqual(
          some.map((letter) => foldedWhole(`a${letter}b ${letter}`)),
        );
    }
  });

  it.each([
    ['that change', all.filter((letter) => foldedWhole(letter) !== letter)],
    [
      'that are marks or next to them',
      [...all.filter((letter) => /\p{M}/u.test(letter)), ..."aΣσ '-ـا\u00B4"],
    ],
  ])('makes of any code points %s what the rules make of the text', (_what, letters) => {
    const random = seeded(29);
    for (let i = 0; i < 10_000; i++) {
      const text = Array.from({ length: 8 }, () => random.pick(random.below(3) ? letters : all)).join('');
      if (fold(text) !== foldedWhole(text)) expect([text, fold(text)]).toEqual([text, foldedWhole(text)]);
    }
  });

  it('keeps the spaces at the ends of a part, which its neighbours may need', () => {
    const text = 'Émile,  NOËL «Kraków» ﷺ 12 ';
    for (let cut = 0; cut <= text.length; cut++) {
      const parts = foldPart(text.slice(0, cut)) + foldPart(text.slice(cut));
      expect(parts.replace(/ +/g, ' ').trim()).toBe(fold(text));
    }
  });
});

import { describe, expect, it } from 'vitest';
import { entryOf } from '../../../src/search/words/entry.js';
import { placedWords, wordsInTurns, wordsOf } from '../../../src/search/words/split.js';
import { seeded } from '../../support/random.js';

describe('wordsOf', () => {
  it.each([
    ['levels case and accents', 'Émile NOËL, Kraków', ['emile', 'noel', 'krakow']],
    ['splits at hyphens and slashes', 'Tehreek-e-Taliban/TTP', ['tehreek', 'e', 'taliban', 'ttp']],
    ['joins what an apostrophe parts', 'the group’s Qur’an', ['the', 'groups', 'quran']],
    ['levels forms of the Arabic script', 'علي كريمى', ['علی', 'کریمی']],
    ['drops tatweel and harakat', 'عـلـی مُحَمَّد', ['علی', 'محمد']],
    ['levels joiners and presentation forms', 'می\u200Cروم ﷲ', ['میروم', 'الله']],
    ['reads digits of all scripts', '١٢٣ ۴۵ ௧௨', ['123', '45', '12']],
    ['reads wide forms as narrow ones', 'ＡＢＣ１２', ['abc12']],
    ['takes each character where no spaces stand', '塔利班 TTP', ['塔', '利', '班', 'ttp']],
    ['parts Latin letters from Han', 'TTP組織2024年', ['ttp', '組', '織', '2024', '年']],
    ['keeps numbers together as they are written', '10,000 or 3.5', ['10', '000', 'or', '3', '5']],
    ['drops what is neither letter nor digit', '$5 + 50% €', ['5', '50']],
    ['finds no word in signs', '— “…” *', []],
  ])('%s', (_, text, words) => {
    expect(wordsOf(text)).toEqual(words);
  });

  it('cuts a word of any length, and no letter in two', () => {
    const [word] = wordsOf('\u{10330}'.repeat(1_000));
    expect(word!.length).toBeLessThanOrEqual(60);
    expect(word!.isWellFormed()).toBe(true);
  });

  it('finds in a long text the words of its parts, wherever a piece of it ends', () => {
    const parts = ['Émile’s ', 'عـلـی-', '塔利', 'TTP組織', '\u{10330}\u{10331} ', 'ﷺ', '한국 ', '௧, '];
    const words = parts.flatMap(wordsOf);
    for (let before = 0; before < 8; before++) {
      const start = 'x'.repeat(before);
      const text = `${start} ${parts.join(' ').repeat(60)}`;
      const expected = [...(start ? [start] : []), ...Array.from({ length: 60 }, () => words).flat()];
      expect(wordsOf(text)).toEqual(expected);
    }
  });
});

describe('placedWords', () => {
  it.each([
    ['Émile', ['Émile']],
    ['E\u0301mile und', ['E\u0301mile', 'und']],
    ['the group’s «plan»', ['the', 'group’s', 'plan']],
    ['عـلـی', ['عـلـی']],
    ['ﬁne Straße', ['ﬁne', 'Straße']],
    ['塔利', ['塔', '利']],
    ['한국 ½', ['한국', '½', '½']],
  ])('%s: each word just as it was written', (text, written) => {
    expect(placedWords(text).map(({ start, end }) => text.slice(start, end))).toEqual(written);
  });

  it('finds the same words as wordsOf, in any text', () => {
    const random = seeded(17);
    const letters = [
      ..."aZé É-'’ß½ﬁ﷼ﷲعيىكـ\u064E\u0301\u200C١௧塔利한ΣςİıŉDž\u{1D400}\u{10330}.,€\u00B4`\u2028",
    ];
    for (let i = 0; i < 2_000; i++) {
      const text = Array.from({ length: random.below(12) }, () => random.pick(letters)).join('');
      expect([JSON.stringify(text), placedWords(text).map(({ word }) => word)]).toEqual([
        JSON.stringify(text),
        wordsOf(text),
      ]);
    }
  });
});

describe('wordsInTurns and entryOf', () => {
  const counting = () => {
    const turns = { count: 0, yield: async () => void turns.count++ };
    return turns;
  };
  // Eighteen letters each, in four words.
  const text = '\uFDFA'.repeat(10_000);

  it('give others a turn at each piece of a text', async () => {
    const turns = counting();
    expect(await wordsInTurns(turns, text)).toEqual(wordsOf(text));
    expect(turns.count).toBe(10);
  });

  it('give others a turn at each thousand words of an entry', async () => {
    const turns = counting();
    const words = wordsOf(text);
    await entryOf(turns, 'claim', [text], async () => words);
    expect(turns.count).toBe(Math.ceil(words.length / 1_000));
  });
});

import { fold } from '../../lib/text.js';

/**
 * The words of a text as searches know them: folded, split at all that is neither letter nor digit, and in scripts that
 * put no space between words, one character each. Both engines get the same words and split nothing themselves.
 */

/** Letters of a word that count: no text has longer ones that differ behind that. */
const LONGEST = 60;

/** Scripts without spaces between words. */
const UNSPACED =
  '\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Thai}\\p{Script=Lao}\\p{Script=Khmer}\\p{Script=Myanmar}';
const WORD = new RegExp(`[${UNSPACED}]|(?:(?![${UNSPACED}])[\\p{L}\\p{N}])+`, 'gu');

const clipped = (word: string): string =>
  word.length <= LONGEST ? word : word.slice(0, LONGEST).replace(/[\uD800-\uDBFF]$/, '');

/** What no rule of folding reaches beyond. */
const SPACE = /[ \t\r\n]+/;
const ASCII = /^[!-~]*$/;

/** Most of most texts is plain letters, which need not be folded by all rules. */
export function wordsOf(text: string): string[] {
  const words: string[] = [];
  for (const piece of text.split(SPACE)) {
    const found = ASCII.test(piece)
      ? piece
          .toLowerCase()
          .replace(/['`]/g, '')
          .match(/[a-z0-9]+/g)
      : fold(piece).match(WORD);
    for (const word of found ?? []) words.push(clipped(word));
  }
  return words;
}

/** A word and where it stands in a text, in code units: from `start` up to, without, `end`. */
export interface PlacedWord {
  word: string;
  start: number;
  end: number;
}

/** A letter with its marks, which are folded together. */
const LETTER = /\P{M}\p{M}*|\p{M}+/gu;
const PLAIN = /^[A-Za-z0-9]$/;

/** Between letters, so that space and punctuation are not trimmed away. */
const foldLetter = (letter: string): string =>
  PLAIN.test(letter) ? letter.toLowerCase() : fold(`a${letter}a`).slice(1, -1);

/** The same words with their places in the text as it was written. */
export function placedWords(text: string): PlacedWord[] {
  let folded = '';
  /** By character of the folded text, the letter that it comes from. */
  const letters: { start: number; end: number }[] = [];
  for (const { 0: letter, index } of text.matchAll(LETTER)) {
    const place = { start: index, end: index + letter.length };
    for (const character of foldLetter(letter).split('')) {
      letters.push(place);
      folded += character;
    }
  }
  return [...folded.matchAll(WORD)].flatMap(({ 0: word, index }) => {
    const [first, last] = [letters[index], letters[index + word.length - 1]];
    return first && last ? [{ word: clipped(word), start: first.start, end: last.end }] : [];
  });
}

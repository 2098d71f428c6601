import { fold } from '../../lib/text.js';

/**
 * Splits texts into the words that searches look for. Texts are folded and split at every character that is neither a
 * letter nor a digit; in scripts without spaces between words, each character is a word. Both engines get these words
 * and split nothing themselves.
 */

/** Longer words are cut to this many code units: real words that are longer differ before that. */
const LONGEST = 60;

/** Scripts without spaces between words. */
const UNSPACED =
  '\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Thai}\\p{Script=Lao}\\p{Script=Khmer}\\p{Script=Myanmar}';
const WORD = new RegExp(`[${UNSPACED}]|(?:(?![${UNSPACED}])[\\p{L}\\p{N}])+`, 'gu');

const clipped = (word: string): string =>
  word.length <= LONGEST ? word : word.slice(0, LONGEST).replace(/[\uD800-\uDBFF]$/, '');

/** Folding never joins what stands on two sides of these characters, so a text can be folded piece by piece. */
const SPACE = /[ \t\r\n]+/;
const ASCII = /^[!-~]*$/;

/** The words of a text. Pieces of plain ASCII, by far the most, are folded by the few rules that concern them. */
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

/** A word and where it stands in a text, in code units: `start` included, `end` excluded. */
export interface PlacedWord {
  word: string;
  start: number;
  end: number;
}

/** A letter with its marks, which are folded together. */
const LETTER = /\P{M}\p{M}*|\p{M}+/gu;
const PLAIN = /^[A-Za-z0-9]$/;

/** Folds one letter. It is put between two others, since `fold` trims spaces and punctuation at the ends. */
const foldLetter = (letter: string): string =>
  PLAIN.test(letter) ? letter.toLowerCase() : fold(`a${letter}a`).slice(1, -1);

/** The words of a text, each with its place in the text as it was written. */
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

import type { Turns } from '../../lib/event-loop.js';
import { foldPart } from '../../lib/text.js';

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
const WORD = new RegExp(`[${UNSPACED}]|[[\\p{L}\\p{N}]--[${UNSPACED}]]+`, 'gv');

const clipped = (word: string): string =>
  word.length <= LONGEST ? word : word.slice(0, LONGEST).replace(/[\uD800-\uDBFF]$/, '');

/** Code units of a text that are split at once: of some letters each becomes four words. */
const PIECE = 1_000;

/** The words of a text, those of one piece after the other. */
function* piecesOf(text: string): Generator<string[], undefined> {
  let begun = '';
  for (let start = 0; start < text.length; ) {
    // No surrogate pair is parted.
    const end = start + PIECE + (text.codePointAt(start + PIECE - 1)! > 0xffff ? 1 : 0);
    const folded = begun + foldPart(text.slice(start, end));
    const words: string[] = folded.match(WORD) ?? [];
    const last = words.at(-1) ?? '';
    // The word may go on in the next piece.
    begun = end < text.length && folded.endsWith(last) ? (words.pop() ?? '') : '';
    yield words.map(clipped);
    start = end;
  }
}

/** The words of a text. */
export const wordsOf = (text: string): string[] => [...piecesOf(text)].flat();

/** The same of a text that can be long: others get their turns in between. */
export async function wordsInTurns(turns: Turns, text: string): Promise<string[]> {
  const words: string[] = [];
  for (const piece of piecesOf(text)) {
    await turns.yield();
    for (const word of piece) words.push(word);
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

const foldLetter = (letter: string): string => (PLAIN.test(letter) ? letter.toLowerCase() : foldPart(letter));

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

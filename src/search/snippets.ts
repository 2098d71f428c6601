import type { Phrase, SearchQuery } from './words/query.js';
import { type PlacedWord, placedWords } from './words/split.js';

/** A piece of a text just as it was written, and whether it was searched for. */
interface Part {
  text: string;
  found: boolean;
}

export interface Excerpt {
  parts: Part[];
  /** Whether the text goes on before and behind it. */
  cut_before: boolean;
  cut_after: boolean;
}

/** Most characters before the first word that was found, and of the whole excerpt. */
const BEFORE = 80;
const LENGTH = 240;

/** The part of a text around what was searched for; null where nothing of it was. */
export function excerptOf(text: string, { all }: SearchQuery): Excerpt | null {
  const words = placedWords(text);
  const { found, joined } = markedWords(words, all.flat());
  const first = words.find((_, i) => found[i]);
  if (!first) return null;
  const from = words.find((word) => word.start >= first.start - BEFORE) ?? first;
  const start = from.start <= BEFORE / 4 ? 0 : from.start;
  const last = words.findLast((word) => word.end <= start + LENGTH) ?? first;
  const end = Math.max(last.end, first.end);
  const whole = text.length - end <= BEFORE / 4;
  const until = whole ? text.length : end;
  const parts: Part[] = [];
  const add = (piece: string, isFound: boolean) => {
    const before = parts.at(-1);
    if (piece === '') return;
    if (before?.found === isFound) before.text += piece;
    else parts.push({ text: piece, found: isFound });
  };
  let at = start;
  for (const [i, word] of words.entries()) {
    if (!found[i] || word.start < at || word.end > until) continue;
    // What stands between two words of a phrase belongs to it.
    add(text.slice(at, word.start), joined[i] === true && words[i - 1]?.end === at);
    add(text.slice(word.start, word.end), true);
    at = word.end;
  }
  add(text.slice(at, until), false);
  return { parts, cut_before: start > 0, cut_after: until < text.length };
}

/** Whether one of these phrases stands among the words. */
export const hasAny = (words: readonly PlacedWord[], phrases: readonly Phrase[]): boolean =>
  markedWords(words, phrases).found.includes(true);

/** For each word, whether it belongs to a phrase that is searched for, and whether that phrase began before it. */
function markedWords(words: readonly PlacedWord[], phrases: readonly Phrase[]) {
  const found = words.map(() => false);
  const joined = words.map(() => false);
  for (const phrase of phrases) {
    const { length } = phrase.words;
    for (let at = 0; at + length <= words.length; at++) {
      const here = phrase.words.every((word, i) =>
        phrase.prefix ? words[at + i]?.word.startsWith(word) : words[at + i]?.word === word,
      );
      if (!here) continue;
      found.fill(true, at, at + length);
      joined.fill(true, at + 1, at + length);
    }
  }
  return { found, joined };
}

import type { ReadName, Word } from './read-name.js';
import { likeness } from './sound.js';

/** Which words of two names are the same word. */

export interface Pair {
  left: Word;
  right: Word;
  /** From 0 to 1. */
  likeness: number;
}

export interface Alignment {
  pairs: Pair[];
  /** Words that have no counterpart. */
  left: Word[];
  right: Word[];
  /** The first words of both, without what is left out at will. */
  heads: [Word | undefined, Word | undefined];
}

/** From here on two words are taken for one. */
const ALIKE = 0.8;
/** How close words written together and apart must be. */
const JOINED = 0.9;
const MOST_JOINED = 4;

export function align(a: ReadName, b: ReadName): Alignment {
  const left = joinedLike(a.words, b.words);
  const right = joinedLike(b.words, left);
  const candidates = pairsAlike(left.map(heard), right.map(heard));
  const [usedLeft, usedRight] = [new Set<number>(), new Set<number>()];
  const pairs: Pair[] = [];
  for (const { one, other, i, j, likeness } of candidates) {
    if (usedLeft.has(i) || usedRight.has(j)) continue;
    usedLeft.add(i);
    usedRight.add(j);
    pairs.push({ left: one, right: other, likeness });
  }
  const head = (words: Word[]) => words.find(({ role }) => role !== 'light');
  return {
    pairs,
    left: left.filter((_, i) => !usedLeft.has(i)),
    right: right.filter((_, j) => !usedRight.has(j)),
    heads: [head(left), head(right)],
  };
}

/** Words that may be one, the likeliest first; among equals, words at the like place. */
function pairsAlike(left: readonly Heard[], right: readonly Heard[]) {
  const found: { one: Word; other: Word; i: number; j: number; likeness: number }[] = [];
  for (const [i, one] of left.entries()) {
    for (const [j, other] of right.entries()) {
      const likeness = likenessOf(one, other);
      if (likeness >= ALIKE) found.push({ one: one.word, other: other.word, i, j, likeness });
    }
  }
  return found.sort(
    (x, y) => y.likeness - x.likeness || Math.abs(x.i - x.j) - Math.abs(y.i - y.j) || x.i - y.i,
  );
}

/** The words, those put together that the other name writes as one. */
function joinedLike(words: Word[], other: Word[]): Word[] {
  let result = words;
  for (const target of other) {
    if (target.sounds.length < 5 || result.some((word) => word.sounds === target.sounds)) continue;
    const found = bestRun(result, target);
    if (found) result = [...result.slice(0, found.from), found.word, ...result.slice(found.to)];
  }
  return result;
}

function bestRun(words: Word[], target: Word) {
  for (const [from, first] of words.entries()) {
    let { text, sounds } = first;
    const run = [first];
    for (const next of words.slice(from + 1, from + MOST_JOINED)) {
      run.push(next);
      text += next.text;
      sounds += next.sounds;
      if (sounds.length > target.sounds.length + 2) break;
      const unwritten = first.unwritten !== target.unwritten;
      if (!unwritten && sounds.length < target.sounds.length - 2) continue;
      const together = likeness(sounds, target.sounds, unwritten, JOINED);
      if (together < JOINED) continue;
      const apart = Math.max(...run.map((word) => likeness(word.sounds, target.sounds)));
      if (together <= apart) continue;
      const word: Word = { ...target, text, sounds, unwritten: first.unwritten };
      return { from, to: from + run.length, word };
    }
  }
  return null;
}

/** A word with what all its comparisons look at. */
interface Heard {
  word: Word;
  hasDigits: boolean;
  elements: Elements;
}

const heard = (word: Word): Heard => ({
  word,
  hasDigits: /\d/.test(word.text),
  elements: elementsOf(word.sounds),
});

/** How alike two words are, from 0 to 1. What is below {@link ALIKE} says only that they are not: it is not computed to the end. */
function likenessOf(one: Heard, other: Heard): number {
  const [a, b] = [one.word, other.word];
  if (a.text === b.text) return 1;
  if (a.role === 'number' || b.role === 'number') return a.meaning === b.meaning && a.meaning ? 1 : 0;
  if (one.hasDigits || other.hasDigits) return 0;
  if (a.role === 'initial' || b.role === 'initial') return a.text[0] === b.text[0] ? ALIKE : 0;
  if (a.role === 'generation' || b.role === 'generation')
    return a.role === b.role && a.meaning === b.meaning ? 1 : 0;
  if (a.role === 'kind' && b.role === 'kind') return a.meaning === b.meaning ? 1 : 0;
  const [mine, theirs] = [a.places, b.places];
  if (mine && theirs) return [...mine].some((code) => theirs.has(code)) ? 1 : 0;
  const unwritten = a.unwritten !== b.unwritten;
  const [x, y] = [one.elements, other.elements];
  // What comes with it is the same in very many names, so that the rest must be alike.
  if (x.before === y.before && x.after === y.after) return likeness(x.own, y.own, unwritten, ALIKE);
  // Karim may stand for Abdul Karim.
  const servant = x.before === SERVANT || y.before === SERVANT;
  return Math.max(
    likeness(a.sounds, b.sounds, unwritten, ALIKE),
    servant ? likeness(x.own, y.own, unwritten, ALIKE + LESS) - LESS : 0,
  );
}

const SERVANT = 'abdu';
/** By how much a name is less alike that lacks the servant. */
const LESS = 0.1;

interface Elements {
  before: string;
  own: string;
  after: string;
}

/** An Arabic name as what it begins and ends with, and its own part. */
function elementsOf(sounds: string): Elements {
  const [, before = '', own = sounds, after = ''] = /^(abdu|abu|um)?(.{3,}?)(ulah|udin)?$/.exec(sounds) ?? [];
  return { before, own, after };
}

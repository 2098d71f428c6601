import type { Turns } from '../lib/event-loop.js';
import type { Field } from './words/fields.js';
import type { Phrase, SearchQuery } from './words/query.js';
import { wordsInTurns } from './words/split.js';

/**
 * How well an object fits a search, computed here so that both engines rank alike. The score of a group is that of the
 * best field: the weight of the field, more if the group is found in it often, less if the field is long, doubled if the
 * group is all that the field holds. The score of the object is the mean of its groups, times 1.5 if some field has all
 * words in the order of the search.
 */

/** In a field of this many words, each counts half. */
const LENGTH = 20;
/** The score of a group that is found only in the attributions of a claim. */
const ELSEWHERE = 0.1;

interface ReadField {
  words: string[];
  weight: number;
}

const isAt = ({ words, prefix }: Phrase, field: readonly string[], at: number): boolean =>
  words.every((word, i) => (prefix ? field[at + i]?.startsWith(word) : field[at + i] === word));

/** How often a phrase stands in a row of words. */
function count(phrase: Phrase, field: readonly string[]): number {
  let n = 0;
  for (let at = 0; at + phrase.words.length <= field.length; at++) if (isAt(phrase, field, at)) n++;
  return n;
}

function worth(phrase: Phrase, { words, weight }: ReadField): number {
  const n = count(phrase, words);
  if (n === 0) return 0;
  const whole = words.length === phrase.words.length ? 2 : 1;
  return (weight * whole * (1 + n / (n + 1))) / (1 + words.length / LENGTH);
}

/** From 0; rounded, so that it does not tell machines apart. Others get their turns while long texts are split. */
export async function scoreOf(turns: Turns, { all }: SearchQuery, fields: readonly Field[]): Promise<number> {
  const read: ReadField[] = [];
  for (const { text, weight } of fields) read.push({ words: await wordsInTurns(turns, text), weight });
  let sum = 0;
  for (const group of all) {
    sum += Math.max(ELSEWHERE, ...group.flatMap((phrase) => read.map((field) => worth(phrase, field))));
  }
  const inOrder = {
    words: all.flatMap(([phrase]) => phrase.words),
    prefix: all.length === 1 && all.every(([phrase]) => phrase.prefix),
  };
  const together = read.some(({ words }) => count(inOrder, words) > 0);
  return Math.round((sum / all.length) * (together ? 1.5 : 1) * 1_000) / 1_000;
}

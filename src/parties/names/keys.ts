import { zip } from '../../lib/zip.js';
import { readName, type Word } from './read-name.js';
import { skeletonOf } from './sound.js';
import { particles } from './word-lists.js';

/**
 * The keys under which a name is indexed: what two spellings of it have in common. Each begins with the letter of
 * its sort: all words, all letters in a row, two words, one word, initials.
 */

/** How much a key of a sort says; the first one says most. */
export const keyWeights = new Map(Object.entries({ w: 6, j: 5, a: 4, p: 3, t: 1 }));
const MOST_WORDS = 6;
const LONGEST = 40;

/** The keys of a name, of a party whose kind may not be known. */
export function nameKeys(name: string, persons: readonly boolean[] = [true, false]): string[] {
  return [...new Set(persons.flatMap((person) => keysOf(name, person)))];
}

function keysOf(name: string, person: boolean): string[] {
  const { words, spelled, acronym } = readName(name, person);
  const telling = words.filter(({ role }) => role !== 'light' && role !== 'initial');
  const used = (telling.length > 0 ? telling : words).slice(0, MOST_WORDS);
  const sounded = keysOfWords(
    used,
    used.map(({ role, meaning, sounds }) => (role === 'number' && meaning) || skeletonOf(sounds)),
  );
  const keys = new Set(sounded);
  // A place goes by several words, of which one name may have another than the other name.
  if (used.some(({ places }) => places))
    for (const key of keysOfWords(used, used.map(placeOrSkeleton))) keys.add(key);
  for (const initials of acronym ? [acronym] : initialsOf(spelled)) keys.add(`a${initials}`);
  return [...keys].map((key) => key.slice(0, LONGEST));
}

function keysOfWords(used: readonly Word[], sounds: readonly string[]): string[] {
  const sorted = [...new Set(sounds)].sort();
  const keys = sorted.map((sound) => `t${sound}`);
  for (const [i, one] of sorted.entries()) {
    for (const other of sorted.slice(i + 1)) keys.push(`p${one} ${other}`);
  }
  if (sorted.length > 0) {
    // Together, since a name may be written as one word that another writes as two.
    const row = skeletonOf(used.map((word) => word.sounds).join(''));
    keys.push(`w${sorted.join(' ')}`, `j${row}`);
  }
  // Kinds of bodies may be left out.
  const own = zip(used, sounds).flatMap(([{ role }, sound]) => (role === 'kind' ? [] : sound));
  if (own.length > 0 && own.length < sounds.length) keys.push(`w${[...new Set(own)].sort().join(' ')}`);
  return keys;
}

function placeOrSkeleton({ places = new Set(), sounds }: Word): string {
  const [place] = [...places].sort();
  return place ?? skeletonOf(sounds);
}

/** With and without the particles. */
function initialsOf(words: readonly string[]): string[] {
  if (words.length < 2) return [];
  const first = (all: readonly string[]) =>
    all
      .map((word) => word[0])
      .join('')
      .slice(0, 10);
  const isParticle = (word: string) => particles.has(word) || /^([aeu]l|u[rd])$/.test(word);
  const without = first(words.filter((word) => !isParticle(word)));
  const withArticle = first(words.filter((word, i) => i === 0 || !isParticle(word)));
  return [...new Set([first(words), without, withArticle])].filter((initials) => initials.length > 1);
}

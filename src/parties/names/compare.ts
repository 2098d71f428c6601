import { type Alignment, align } from './align.js';
import type { ReadName, Role, Word } from './read-name.js';
import { omittedFirst, particles } from './word-lists.js';

/** Compares two names, of whatever spelling and script. */

export type By = 'spelling' | 'sound' | 'acronym';

export interface Comparison {
  /** From 0 to 1. */
  score: number;
  /** Whether the names alone say that one party is meant. */
  match: boolean;
  by: By;
  /** Words of the first name that the second lacks, and of the second that the first lacks. */
  missing: [string[], string[]];
}

/** How much a word says about who is meant. */
const weights: Record<Role, number> = {
  core: 1,
  frequent: 0.6,
  patronymic: 0.4,
  initial: 0.2,
  generation: 0.8,
  number: 1.2,
  place: 1,
  kind: 0.5,
  light: 0.1,
};

/** Of a word that one name has and the other leaves out: how much of its weight speaks against. */
const ONE_SIDED = { person: 0.2, other: 0.8 };
/** The least score of one party. */
const SAME = 0.8;
/** How alike all words must be of a name of one word, and of more. */
const CLOSE = { one: 0.88, more: 0.84 };
/** Initials say what a body may be called, no more. */
const BY_ACRONYM = 0.9;
const MATCHING_ACRONYM = 3;

/** Countries of the two parties, as far as they are known. */
export type Homes = readonly [string | null, string | null];

export function compareNames(
  a: ReadName,
  b: ReadName,
  person: boolean,
  homes: Homes = [null, null],
): Comparison {
  const nothing: [string[], string[]] = [[], []];
  if (a.text === b.text) return { score: 1, match: true, by: 'spelling', missing: nothing };
  const acronym = a.acronym ?? b.acronym;
  if (acronym !== null && !person) {
    const full = a.acronym === null ? a : b.acronym === null ? b : null;
    if (full && abbreviates(acronym, full.spelled)) {
      const match = acronym.length >= MATCHING_ACRONYM;
      return { score: BY_ACRONYM, match, by: 'acronym', missing: nothing };
    }
  }
  const alignment = withoutHomes(align(a, b), homes);
  const score = scoreOf(alignment, person);
  const missing: [string[], string[]] = [alignment.left.map(textOf), alignment.right.map(textOf)];
  const exact = alignment.pairs.every(({ left, right }) => left.text === right.text);
  const by = exact ? 'spelling' : 'sound';
  if (a.acronym && b.acronym && !exact) return { score: score / 3, match: false, by, missing };
  return { score, match: score >= SAME && isWhole(alignment, person), by, missing };
}

const textOf = ({ text }: Word) => text;
const sum = (numbers: number[]) => numbers.reduce((total, number) => total + number, 0);

function scoreOf({ pairs, left, right }: Alignment, person: boolean): number {
  const found = sum(pairs.map((pair) => Math.min(weights[pair.left.role], weights[pair.right.role])));
  const alike = sum(
    pairs.map((pair) => Math.min(weights[pair.left.role], weights[pair.right.role]) * pair.likeness ** 2),
  );
  const weightOf = (words: readonly Word[]) => sum(words.map(({ role }) => weights[role]));
  const [mine, theirs] = [weightOf(left), weightOf(right)];
  const bothLack = Math.min(mine, theirs) > 0.2;
  const lacking = (bothLack ? 1 : person ? ONE_SIDED.person : ONE_SIDED.other) * (mine + theirs);
  return found === 0 ? 0 : alike / (found + lacking);
}

/** A name that leaves the country out of which the party is known to be lacks nothing. */
function withoutHomes(alignment: Alignment, [home, other]: Homes): Alignment {
  const abroad = (country: string | null) => (word: Word) => country === null || !word.places?.has(country);
  return {
    ...alignment,
    left: alignment.left.filter(abroad(other)),
    right: alignment.right.filter(abroad(home)),
  };
}

const isLight = ({ role }: Word) => role === 'light';

/** Whether no word tells the two apart. */
function isWhole({ pairs, left, right, heads }: Alignment, person: boolean): boolean {
  const telling = pairs.filter((pair) => !isLight(pair.left) || !isLight(pair.right));
  const close = telling.length === 1 ? CLOSE.one : CLOSE.more;
  if (
    telling.some(
      (pair) => pair.likeness < close && pair.left.role !== 'initial' && pair.right.role !== 'initial',
    )
  )
    return false;
  const heavy = (words: readonly Word[]) => words.filter((word) => !isLight(word));
  const [mine, theirs] = [heavy(left), heavy(right)];
  if (mine.length > 0 && theirs.length > 0) return false;
  const extra = [...mine, ...theirs];
  if (extra.length === 0) return telling.length > 0;
  if (!person)
    return extra.every(({ role }) => role === 'kind') && telling.some(({ left }) => left.role !== 'kind');
  if (extra.some(({ role }) => role === 'generation')) return false;
  const initials = pairs.filter((pair) => pair.left.role === 'initial' && pair.right.role === 'initial');
  if (initials.length > 0 && extra.some(({ role }) => role === 'initial')) return false;
  // A chain of fathers' names lacks its first link when the son is meant.
  const head = heads.find((word) => word && extra.includes(word));
  if (head && !omittedFirst.has(head.text)) return false;
  const known = sum(telling.map((pair) => Math.min(weights[pair.left.role], weights[pair.right.role])));
  return known >= (extra.every(({ role }) => role === 'initial' || role === 'patronymic') ? 1 : 1.6);
}

const ARTICLE = /^([aeu]l|u[rd])$/;

/** Whether letters are the first ones of the words, in order; particles may be left out. */
export function abbreviates(letters: string, words: readonly string[]): boolean {
  // Particles can be taken or left, in so many ways that none is tried twice.
  const tried = new Set<number>();
  const from = (at: number, word: number): boolean => {
    const text = words[word];
    if (text === undefined) return at === letters.length;
    const place = word * (letters.length + 1) + at;
    if (tried.has(place)) return false;
    tried.add(place);
    if ((particles.has(text) || ARTICLE.test(text)) && from(at, word + 1)) return true;
    return at < letters.length && text[0] === letters[at] && from(at + 1, word + 1);
  };
  return letters.length >= 2 && words.length >= 2 && from(0, 0);
}

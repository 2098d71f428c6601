import anyAscii from 'any-ascii';
import { LRUCache } from 'lru-cache';
import { placesOf } from './places.js';
import { soundsOf } from './sound.js';
import {
  abbreviations,
  frequentNames,
  generations,
  honorifics,
  islamicState,
  kinds,
  legalForms,
  offices,
  ordinals,
  particles,
  stateAttributes,
  stateForms,
} from './word-lists.js';

/** Which part a word plays in a name. */
export type Role =
  | 'core'
  /** A given name that many share. */
  | 'frequent'
  /** A father's name of the Slavic form. */
  | 'patronymic'
  | 'initial'
  | 'generation'
  | 'number'
  | 'place'
  /** What kind of body it is: party, army, front. */
  | 'kind'
  /** An honorific or a legal form. */
  | 'light';

export interface Word {
  /** In lower-case ASCII. */
  text: string;
  sounds: string;
  role: Role;
  /** Of a script that writes no short vowels. */
  unwritten: boolean;
  /** What a word for a kind of body means, or the number that one stands for. */
  meaning?: string;
  places?: ReadonlySet<string>;
}

/** A name taken apart. */
export interface ReadName {
  text: string;
  /** All words in Latin letters, particles included: what acronyms are made of. */
  spelled: string[];
  words: Word[];
  /** Its letters, where it looks like an acronym. */
  acronym: string | null;
}

/** The most words of a name that are looked at, and the letters of a text. */
const MOST_WORDS = 14;
export const LETTERS_READ = 200;

const ABJAD = /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}]/u;
/** Scripts that write a syllable with a letter: each is a word of its own, to be joined when compared. */
const SYLLABLES = /^[\p{Script=Han}\p{Script=Hangul}]+$/u;

/** The words of a text in lower-case Latin letters, as they stand. */
function latinWords(text: string): { text: string; unwritten: boolean }[] {
  const plain = text
    .slice(0, LETTERS_READ)
    .normalize('NFKC')
    // One letter may stand for eighteen.
    .slice(0, 2 * LETTERS_READ)
    .replace(/[\u200C\u0640]|\p{Default_Ignorable_Code_Point}/gu, '')
    .replace(/(?<![\p{L}])[ldLD][’'](?=\p{L})/gu, '')
    .replace(/[’'‘`´ʿʾʻʼ‛"]/gu, '')
    // Between vowels it is spelled yo in Latin letters, elsewhere mostly e.
    .replace(/(?<=[аеиоуыэюя])ё/giu, 'йо');
  const words: { text: string; unwritten: boolean }[] = [];
  for (const [word] of plain.matchAll(/[\p{L}\p{N}\p{M}]+/gu)) {
    if (words.length >= MOST_WORDS) break;
    const unwritten = ABJAD.test(word);
    const latin = anyAscii(unwritten ? spellAlef(word) : word);
    for (const part of SYLLABLES.test(word) ? latin.split(/(?=[A-Z])/) : [latin]) {
      const letters = part.toLowerCase().replace(/[^a-z0-9]/g, '');
      if (letters !== '') words.push({ text: letters, unwritten });
    }
  }
  return words.slice(0, MOST_WORDS);
}

/** The Arabic article, also as it sounds before the letter that follows: al-Sham, ash-Sham. */
const isArticle = (word: string, next: string | undefined): boolean =>
  next !== undefined &&
  (/^([aeu]l|il|ol)$/.test(word) || (/^[aeiu]([rsdznt]|sh)$/.test(word) && next.startsWith(word.slice(1))));

/** Without the article, and with alef as a letter: the table of letters leaves it out. */
const spellAlef = (word: string): string =>
  word
    .replace(/^(?:و)?ال(?=\p{L}{2})(?!له|لہ)/u, '')
    .replace(/(?<=\p{L}{2})ال(?=د[یي]ن$)/u, '')
    .replace(/[اأإآٱ]/g, 'a')
    .replace(/[عﻉء]/g, '')
    .replace(/[ةہه]$/, 'a');

const isTitle = (word: string) => honorifics.has(word) || offices.has(word);

/** Forms of one element of Arabic names, which are spelled and split in many ways. */
function joined(words: { text: string; unwritten: boolean }[]) {
  const result: { text: string; unwritten: boolean }[] = [];
  const left = [...words];
  for (let word = left.shift(); word; word = left.shift()) {
    const { text, unwritten } = word;
    const [next, after] = left;
    const before = result.at(-1);
    if (/^(abd([uaeo][lr]|ou|al)?|ab[uw]|abou|umm?)$/.test(text) && next) {
      const named = after && isArticle(next.text, after.text) ? after : next;
      const first = text.startsWith('abd') ? 'abdu' : text.startsWith('u') ? 'umm' : 'abu';
      result.push({ text: first + named.text, unwritten: unwritten || named.unwritten });
      left.splice(0, named === next ? 1 : 2);
    } else if (
      before &&
      /^[uao]?ll?ah?$|^al?llh$|^lh$/.test(text) &&
      text.length > 2 &&
      !isTitle(before.text)
    ) {
      before.text += 'ulah';
    } else if (before && /^[ueaoi]?dd?(i|ee|y)ne?$/.test(text) && !isTitle(before.text)) {
      const earlier = result.at(-2);
      const isLoose = earlier && /^[uaeo][ld]$/.test(before.text);
      if (isLoose) result.pop();
      (isLoose ? earlier : before).text += 'udin';
    } else result.push({ text, unwritten });
  }
  return result.map(({ text, unwritten }, i) => ({
    text: unified(text, result[i + 1]?.text ?? ''),
    unwritten,
  }));
}

/** One spelling of the elements of Arabic names that end or begin a word. */
const unified = (word: string, next: string): string =>
  word
    .replace(/^abd(?:[uaeo]l|[uaeo]r(?=r)|ou|[uaeo]|)(?=[a-z]{4})(?![uao]?ll?ah?$)/, 'abdu')
    .replace(/^(?:bin|ben|ibn)(?:al|el)(?=[a-z]{4})/, '')
    .replace(/(?<=[a-z]{2})[uaoe]?l?l?l[ua]?h$|(?<=[a-z]{2})[ua]ll?a$/, 'ulah')
    .replace(/(?<=[a-z]{3})[uaeoi]?l?d?d(?:i|ee|y)ne?$/, 'udin')
    .replace(/(?<=[a-z]{3})ul$/, next ? '' : 'ul')
    .replace(/(?<=[a-z]{3})u?r$/, (end) => (end === 'ur' && /^r[ae]h/.test(next) ? '' : end));

/** What was read of late: one name is compared with many. An entry takes six to ten bytes for each unit of its size. */
const seen = new LRUCache<string, ReadName>({
  maxSize: 1_000_000,
  sizeCalculation: ({ text }) => 100 + text.length,
});

/** A name as words with the parts that they play. */
export function readName(text: string, person: boolean): ReadName {
  const key = `${person ? 'person' : 'other'} ${text}`;
  const known = seen.get(key);
  if (known) return known;
  const read = newlyRead(text, person);
  seen.set(key, read);
  return read;
}

function newlyRead(text: string, person: boolean): ReadName {
  const plain = text.replace(/\(([A-Z][A-Za-z]{1,7})\)\s*$/, (whole, inside: string) =>
    /[A-Z].*[A-Z]/.test(inside) ? '' : whole,
  );
  let latin = latinWords(plain);
  const spelled = latin.map((word) => word.text);
  if (!person) latin = expanded(latin);
  const words = withoutParticles(joined(latin), person).map(({ text: word, unwritten }) =>
    describe(word, unwritten, person),
  );
  return { text, spelled, words: inContext(words, person), acronym: acronymOf(plain) };
}

/** The last word is none: a name may be short. */
const withoutParticles = <W extends { text: string }>(words: W[], person: boolean): W[] =>
  words.filter(({ text }, i) => {
    const next = words[i + 1]?.text;
    if (next === undefined) return i === 0 || text.length > 1 || person;
    return !isArticle(text, next) && (!particles.has(text) || isInitial(text, person));
  });

/** What the words of a name make of each other. */
function inContext(words: Word[], person: boolean): Word[] {
  if (person) {
    return words.map((word) =>
      words.length > 2 && PATRONYMIC.test(word.text) ? { ...word, role: 'patronymic' } : word,
    );
  }
  const named = words.some(({ role }) => role === 'place') && words.some(({ text }) => stateForms.has(text));
  const isForm = ({ text }: Word) => named && (stateForms.has(text) || stateAttributes.has(text));
  return words.map((word) => (isForm(word) ? { ...word, role: 'light' } : word));
}

const PATRONYMIC = /.(ovich|evich|ovna|evna|ovych|ivna)$/;

const isInitial = (word: string, person: boolean) => person && word.length === 1 && !/[eiyaou]/.test(word);

function expanded(words: { text: string; unwritten: boolean }[]) {
  const unwritten = words.some((word) => word.unwritten);
  let phrase = words.map((word) => word.text).join(' ');
  for (const [pattern, by] of islamicState) phrase = phrase.replace(pattern, by);
  return phrase
    .split(' ')
    .flatMap((word) => abbreviations.get(word) ?? [word])
    .map((text) => ({ text, unwritten }));
}

/** Of English words: Guards, Workers. */
const PLURAL = /(?<=[a-z]{4}[^s])s$/;

function describe(text: string, unwritten: boolean, person: boolean): Word {
  const word: Word = { text, sounds: soundsOf(text), role: 'core', unwritten };
  const digits = /^(\d+)(st|nd|rd|th)?$/.exec(text)?.[1] ?? ordinals.get(text);
  if (digits !== undefined) return { ...word, role: 'number', meaning: digits };
  if (text.length === 1) return { ...word, role: 'initial' };
  if (person) {
    if (isTitle(text)) return { ...word, role: 'light' };
    if (generations.has(text)) return { ...word, role: 'generation', meaning: text.charAt(0) };
    if (frequentNames.has(text)) return { ...word, role: 'frequent' };
    return word;
  }
  const meaning = kinds.get(text);
  if (meaning !== undefined) return { ...word, role: 'kind', meaning };
  if (legalForms.has(text) || honorifics.has(text)) return { ...word, role: 'light' };
  const places = placesOf(text);
  if (places) return { ...word, role: 'place', places };
  return { ...word, sounds: soundsOf(text.replace(PLURAL, '')) };
}

/** The letters of `TTP`, `LeT`, `SPLM-N` and `RFE/RL`. */
function acronymOf(text: string): string | null {
  const letters = text.trim().replace(/[.\-/–&]/g, '');
  if (!/^[A-Za-z0-9]{2,10}$/.test(letters)) return null;
  const capitals = letters.replace(/[^A-Z]/g, '').length;
  return capitals >= 2 && capitals * 2 >= letters.length ? letters.toLowerCase() : null;
}

/** A fault of a text: a stable slug and a sentence for the person who sent it. */
export interface TextFault {
  code: string;
  detail: string;
}

/** `max` counts code points; a text within it has at most four times as many bytes in UTF-8. */
export interface TextLimits {
  max: number;
}

/** “a claim”, “an attribution”: for words that are written as they are spoken. */
export const withArticle = (word: string): string => `${/^[aeiou]/i.test(word) ? 'an' : 'a'} ${word}`;

/** The parts with a separator between them, and another one before the last: `A, B and C`. */
export const joined = (parts: readonly string[], between: string, beforeLast: string): string =>
  parts.length < 2 ? parts.join() : `${parts.slice(0, -1).join(between)}${beforeLast}${parts.at(-1)}`;

/** Longest run of combining marks in a name; the fullest spellings in living use need about four. */
const MAX_MARKS = 8;

/** U+2800, the empty braille cell, counts as a symbol in Unicode but shows as a blank. */
const VISIBLE = /[^\p{White_Space}\p{Default_Ignorable_Code_Point}\p{Cc}\p{Cf}\u2800]/u;
const BIDI = /[\u202A-\u202E\u2066-\u2069\u200E\u200F\u061C]/u;
/** U+2028 and U+2029 are no control characters by category but break lines all the same. */
const CONTROL = /[\p{Cc}\u2028\u2029]/u;
const MARKS = new RegExp(`\\p{M}{${MAX_MARKS + 1}}`, 'u');

const codePoint = (text: string): string =>
  `U+${text.codePointAt(0)?.toString(16).toUpperCase().padStart(4, '0')}`;

/** Letters of the Arabic script that are written in several ways, each under the one that stands for all. */
const ALIKE: [all: RegExp, one: string][] = [
  [/[\u0649\u064A\u06CC\u06CD\u06CE\u06D0\u06D1\u06D2\u06D3\u0620\u063D-\u063F]/g, '\u06CC'],
  [/[\u0643\u06A9\u06AA\u063B\u063C]/g, '\u06A9'],
  [/[\u0629\u0647\u06BE\u06C0-\u06C3\u06D5]/g, '\u0647'],
  [/[\u0671\u0672\u0673\u0675]/g, '\u0627'],
];

/** Latin letters that Unicode takes for no form of another one, as they are typed without a key for them. */
const WITHOUT_STROKE: Record<string, string> = {
  ...{ æ: 'ae', œ: 'oe', ø: 'o', ł: 'l', đ: 'd', ð: 'd', þ: 'th', ħ: 'h', ŧ: 't', ŋ: 'n', ə: 'e' },
};
const STROKED = new RegExp(`[${Object.keys(WITHOUT_STROKE).join('')}]`, 'g');

const isDigit = (code: number): boolean => /^\p{Nd}$/u.test(String.fromCodePoint(code));

/** Ten digits of a script follow each other, from zero to nine. */
function digitValue(digit: string): string {
  const code = digit.codePointAt(0)!;
  let before = 0;
  while (isDigit(code - before - 1)) before++;
  return String(before % 10);
}

/** The digits of all scripts as those of ASCII. */
export const asciiDigits = (text: string): string => text.replace(/(?![0-9])\p{Nd}/gu, digitValue);

/**
 * The copy of a text that searches look in and look with: compatibility forms, marks and case are
 * levelled, apostrophes dropped, and every other run of punctuation and space becomes one space.
 * Never shown and never stored in place of the original. Digits of all scripts become those of ASCII; forms of yeh, kaf,
 * heh and alef become one each, and what only stretches or joins letters goes.
 *
 * All combining marks go, also the vowel signs of Indic scripts, so some different words of those
 * scripts match each other. Symbols such as + and € stay.
 */
export const fold = (text: string): string => withoutTatweel(spacedOnce(text).trim());

/** The same for a part of a text: a space at its ends stays, since the parts beside it may need one there. */
export const foldPart = (text: string): string => withoutTatweel(spacedOnce(text));

/** It goes last: spaces on both sides of it stay two. */
const withoutTatweel = (text: string): string => text.replace(/\u0640/g, '');

/** The folded code points of a text, of which no two give a space each where they meet. */
function spacedOnce(text: string): string {
  let folded = '';
  let isSpaced = false;
  /** Where that begins which stays as it is. */
  let kept = 0;
  for (let i = 0, next = 0; i < text.length; i = next) {
    const code = text.codePointAt(i)!;
    next = i + (code > 0xffff ? 2 : 1);
    const form = formOf(code);
    if (form === null) {
      isSpaced = false;
      continue;
    }
    const isDouble = isSpaced && form.charCodeAt(0) === SPACE;
    if (code === SPACE && !isDouble) {
      isSpaced = true;
      continue;
    }
    folded += text.slice(kept, i) + (isDouble ? form.slice(1) : form);
    kept = next;
    if (form !== '') isSpaced = form.charCodeAt(form.length - 1) === SPACE;
  }
  return folded + text.slice(kept);
}

const SPACE = 0x20;

/**
 * What each code point becomes, in pages that fill as texts need them: the rules take a hundred times as long. Null where it
 * stays as it is, but for the space. The rules can be applied to code points one by one, since they drop all that
 * normalization puts in another order, and level a sigma wherever it stands.
 */
const forms: (string | null | undefined)[][] = [];
const PAGE_BITS = 12;

function formOf(code: number): string | null {
  const at = code >> PAGE_BITS;
  const page = forms[at] ?? new Array<undefined>(1 << PAGE_BITS);
  forms[at] = page;
  const place = code & ((1 << PAGE_BITS) - 1);
  const known = page[place];
  if (known !== undefined) return known;
  const letter = String.fromCodePoint(code);
  const form = level(letter);
  page[place] = form === letter && code !== SPACE ? null : form;
  return page[place];
}

function level(text: string): string {
  const levelled = asciiDigits(
    text
      // The free-standing acute often serves as an apostrophe but decomposes to a space and a mark.
      .replace(/\u00B4/g, '')
      .normalize('NFKD')
      // Lower first since the capital sharp s is its own upper case; upper next turns sharp s into SS.
      .toLowerCase()
      .toUpperCase()
      .toLowerCase()
      .normalize('NFKD')
      .replace(/[\p{M}\p{Default_Ignorable_Code_Point}'`\u2018\u2019\u02BC]/gu, '')
      // A sigma at the end of a word is written otherwise, which would hide it from a longer word.
      .replace(/\u03C2/g, '\u03C3')
      .replace(STROKED, (letter) => WITHOUT_STROKE[letter] ?? letter)
      .replace(/[\p{P}\p{Z}\p{Cc}]+/gu, ' '),
  );
  return /[\u0600-\u06FF]/.test(levelled)
    ? ALIKE.reduce((so, [all, one]) => so.replace(all, one), levelled)
    : levelled;
}

/**
 * The first fault of a text that is kept as evidence, or null. Odd characters are allowed as they may be
 * quoted; refused is only what cannot be stored or read: halves of surrogate pairs, U+0000, nothing
 * visible, and too many code points.
 */
export function textFault(text: string, limits: TextLimits): TextFault | null {
  if (/\p{Cs}/u.test(text)) {
    return {
      code: 'lone_surrogate',
      detail: 'The text holds half of a surrogate pair; send whole characters.',
    };
  }
  if (text.includes('\0')) {
    return { code: 'nul_character', detail: 'The text holds the character U+0000; send it without.' };
  }
  if (!VISIBLE.test(text)) {
    return { code: 'blank', detail: 'The text shows nothing; write something, or leave the member out.' };
  }
  // Counting is only worth its cost where the answer is open: a code point is one or two code units.
  const length = text.length > limits.max && text.length <= 2 * limits.max ? [...text].length : text.length;
  if (length > limits.max) {
    const bytes = 4 * limits.max;
    const detail = `The text is too long: at most ${limits.max} characters (${bytes} bytes of UTF-8) are taken.`;
    return { code: 'too_long', detail };
  }
  return null;
}

/**
 * The first fault of a name or title, or null: those of {@link textFault}, and whatever lets a name show
 * as something else than it is: bidirectional controls, control characters and line breaks, white space
 * at an end, and piled-up combining marks.
 */
export function nameFault(text: string, limits: TextLimits): TextFault | null {
  const fault = textFault(text, limits);
  if (fault) return fault;
  const bidi = BIDI.exec(text)?.[0];
  if (bidi) {
    const detail = `The name holds ${codePoint(bidi)}, which changes the direction of writing; send it without.`;
    return { code: 'bidi_control', detail };
  }
  const control = CONTROL.exec(text)?.[0];
  if (control) {
    const detail = `The name holds the control character ${codePoint(control)}; write it on one line without.`;
    return { code: 'control_character', detail };
  }
  if (text.trim() !== text) {
    return {
      code: 'surrounding_space',
      detail: 'The name starts or ends with white space; send it without.',
    };
  }
  if (MARKS.test(text)) {
    const detail = `The name piles more than ${MAX_MARKS} combining marks on one letter; send fewer.`;
    return { code: 'combining_run', detail };
  }
  return null;
}

/** `if-match` and `about_source` as `IfMatch` and `AboutSource`. */
export const pascalCase = (name: string): string =>
  name
    .split(/[-_]/)
    .map((word) => word.slice(0, 1).toUpperCase() + word.slice(1))
    .join('');

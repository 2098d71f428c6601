import { describe, expect, it } from 'vitest';
import { nameFault, textFault } from '../../../src/lib/text.js';

const limits = { max: 10 };

describe('textFault, nameFault', () => {
  it.each([
    ['a\ud800', 'lone_surrogate', 'The text holds half of a surrogate pair; send whole characters.'],
    ['a\0', 'nul_character', 'The text holds the character U+0000; send it without.'],
    ['  ', 'blank', 'The text shows nothing; write something, or leave the member out.'],
    [
      'a'.repeat(11),
      'too_long',
      'The text is too long: at most 10 characters (40 bytes of UTF-8) are taken.',
    ],
  ])('%j: the same fault of a text and of a name, with the way to mend it', (text, code, detail) => {
    expect(textFault(text, limits)).toEqual({ code, detail });
    expect(nameFault(text, limits)).toEqual({ code, detail });
  });

  it.each([
    [
      'a\u061c',
      'bidi_control',
      'The name holds U+061C, which changes the direction of writing; send it without.',
    ],
    [
      'a\u0085b',
      'control_character',
      'The name holds the control character U+0085; write it on one line without.',
    ],
    ['a ', 'surrounding_space', 'The name starts or ends with white space; send it without.'],
    [
      `a${'\u0301'.repeat(9)}`,
      'combining_run',
      'The name piles more than 8 combining marks on one letter; send fewer.',
    ],
  ])('%j: a fault of a name alone, with the way to mend it', (text, code, detail) => {
    expect(textFault(text, limits)).toBeNull();
    expect(nameFault(text, limits)).toEqual({ code, detail });
  });

  it.each([
    ['😀'.repeat(10), null],
    ['😀'.repeat(11), 'too_long'],
    [`a${'😀'.repeat(9)}`, null],
    ['a'.repeat(21), 'too_long'],
    ['😀'.repeat(40), 'too_long'],
  ])('%s: characters are counted, not their code units (%s)', (text, code) => {
    expect(textFault(text, limits)?.code ?? null).toBe(code);
  });
});

import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { clean, dateWords, shorten, wrap } from '../../../src/rendering/label.js';
import { HOSTILE } from './pictures.js';

/** Any UTF-16, also halves of pairs, controls and marks; long enough to wrap. */
const anyText = fc.string({
  unit: fc.integer({ min: 0, max: 0xffff }).map((c) => String.fromCharCode(c)),
  maxLength: 300,
});

const anyCharacters = fc
  .array(fc.integer({ min: 0, max: 0x10ffff }), { maxLength: 100 })
  .map((codes) => String.fromCodePoint(...codes));
const harmful = /(?![\u200C\u200D])[\p{C}\p{Zl}\p{Zp}]|[\n\t]/u;

describe('clean', () => {
  test.each([
    ['plain', 'plain'],
    ['  two\n\tlines\u2028and  more ', 'two lines and more'],
    ['a\u0000b\u0001c\u001bd\u007fe\u0085f', 'abcde f'],
    ['\u202Egnp.exe\u202C \u200Fname\u2066s\u2069', 'gnp.exe names'],
    ['half \ud800 and \udc00 pairs', 'half and pairs'],
    ['\ufffe\uffff non-characters', 'non-characters'],
    ['می\u200cخواهم', 'می\u200cخواهم'],
    [`Z${'\u0301'.repeat(50)}algo`, `Z${'\u0301'.repeat(3)}algo`],
    ['👨\u200d👩\u200d👧\u200d👦 family', '👨 family'],
    ['👍🏽 well', '👍 well'],
  ])('%j is cleaned to %j', (text, cleaned) => expect(clean(text)).toBe(cleaned));

  it('random text keeps nothing that breaks markup or reorders text', () => {
    fc.assert(
      fc.property(fc.oneof(anyText, anyCharacters), (text) => {
        const once = clean(text);
        expect(harmful.test(once), once).toBe(false);
        expect(clean(once)).toBe(once);
      }),
    );
  });
});

describe('wrap', () => {
  test.each([
    ['a short name', ['a short name']],
    [
      'Analytical Support and Sanctions Monitoring Team',
      ['Analytical Support', 'and Sanctions', 'Monitoring Team'],
    ],
    ['x'.repeat(50), ['x'.repeat(20), 'x'.repeat(20), 'x'.repeat(10)]],
    [
      'one two three four five six seven eight nine ten eleven twelve',
      ['one two three four', 'five six seven eight', 'nine ten eleven…'],
    ],
    ['x'.repeat(5_000), ['x'.repeat(20), 'x'.repeat(20), `${'x'.repeat(19)}…`]],
    ['漢字'.repeat(15), ['漢字'.repeat(5), '漢字'.repeat(5), '漢字'.repeat(5)]],
    ['', []],
  ])('%.40s is broken into the lines that the table states', (text, lines) =>
    expect(wrap(text, 20, 3)).toEqual(lines),
  );

  it('random text keeps to the number and the width of lines', () => {
    fc.assert(
      fc.property(
        anyText,
        fc.integer({ min: 3, max: 40 }),
        fc.integer({ min: 1, max: 5 }),
        (text, width, most) => {
          const lines = wrap(text, width, most);
          expect(lines.length).toBeLessThanOrEqual(most);
          const clusters = new Intl.Segmenter('und', { granularity: 'grapheme' });
          for (const line of lines) expect([...clusters.segment(line)].length).toBeLessThanOrEqual(width);
        },
      ),
    );
  });

  it('no word is lost while there are lines left', () => {
    const words = fc.array(
      fc.string({ unit: fc.constantFrom('a', 'é', 'ж', '漢'), minLength: 1, maxLength: 10 }),
      { maxLength: 30 },
    );
    fc.assert(
      fc.property(words, (list) => {
        expect(wrap(list.join(' '), 20, 1_000).join(' ')).toBe(list.join(' '));
      }),
    );
  });
});

describe('shorten', () => {
  test.each([
    ['three million Afghanis', 'three million Afghanis'],
    ['one two three four five six seven', 'one two three four five …'],
    ['x'.repeat(5_000), `${'x'.repeat(39)}…`],
    [HOSTILE, '<script>alert("x")</script> \'"] ; } end…'],
  ])('%j is shortened at a word and marked', (text, short) => expect(shorten(text, 5, 40)).toBe(short));
});

describe('dateWords', () => {
  test.each([
    ['2025-02-06', '2025-02-06'],
    ['2024', '2024'],
    ['2024-02~', 'about 2024-02'],
    ['2023?', '2023 (?)'],
    ['2023%', 'about 2023 (?)'],
    ['2024-07-01/2024-12-13', '2024-07-01 to 2024-12-13'],
    ['2024-07~/2024-12?', 'about 2024-07 to 2024-12 (?)'],
    ['2022-11/..', 'since 2022-11'],
    ['2022-11/', 'since 2022-11'],
    ['../2022', 'until 2022'],
    ['[2023-12-10..2023-12-17]', 'between 2023-12-10 and 2023-12-17'],
    ['[2023-12-20,2023-12-21]', '2023-12-20 or 2023-12-21'],
    ['{2020,2022}', '2020 and 2022'],
    ['202X', '202X'],
    ['2024-02-06T13:45:00Z', '2024-02-06T13:45:00Z'],
  ])('%s reads %s', (edtf, words) => expect(dateWords(edtf)).toBe(words));
});

import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { fold, nameFault, textFault } from '../../../src/lib/text.js';

const limits = { max: 500 };

describe('fold', () => {
  test.each([
    ['Crédit Agricole', 'credit agricole'],
    ['  Acme,  Inc. ', 'acme inc'],
    ["L'Oréal", 'loreal'],
    ['L\u2019Or\u00e9al', 'loreal'],
    ['L\u00b4Ore\u0301al', 'loreal'],
    ['Hawai\u02bci', 'hawaii'],
    ['Straße', 'strasse'],
    ['STRA\u1e9eE', 'strasse'],
    ['Łódź, Øystein Æbel, Đorđe, Þór, Œuvre, Gəncə', 'lodz oystein aebel dorde thor oeuvre gence'],
    ['ﬁnance', 'finance'],
    ['ＡＣＭＥ', 'acme'],
    ['ΟΔΟΣ', 'οδοσ'],
    ['İstanbul', 'istanbul'],
    ['re\u00adsult\u200bs', 'results'],
    ['CO₂-neutral by 2030', 'co2 neutral by 2030'],
    ['line\none\ttwo', 'line one two'],
    ['…!?', ''],
    ['', ''],
  ])('%j folds to %j', (text, folded) => expect(fold(text)).toBe(folded));

  it('the composed and the decomposed spelling of random text fold alike', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(fold(text.normalize('NFC'))).toBe(fold(text.normalize('NFD')));
      }),
    );
  });

  it('look-alikes of other alphabets stay apart', () => {
    expect(fold('\u0410cme')).not.toBe(fold('Acme'));
  });

  it('folding again changes nothing', () => {
    // Letters with case and with compatibility forms all lie in the first three planes.
    for (let code = 1; code < 0x3_0000; code++) {
      const once = fold(`a${String.fromCodePoint(code)}b`);
      if (fold(once) !== once) expect.fail(`U+${code.toString(16)}`);
    }
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(fold(fold(text))).toBe(fold(text));
      }),
    );
  });
});

/** What each text is told: null is taken. The first answer is for evidence text, the second for a name. */
const table: [what: string, text: string, asText: string | null, asName: string | null][] = [
  ['an ordinary name', 'Müller & Söhne GmbH', null, null],
  ['nothing', '', 'blank', 'blank'],
  ['spaces only', '   ', 'blank', 'blank'],
  ['line breaks only', '\r\n\t', 'blank', 'blank'],
  ['U+200B only', '\u200b\u200b', 'blank', 'blank'],
  ['U+2800 only', ' \u2800', 'blank', 'blank'],
  ['Hangul fillers only', '\u3164\u115f', 'blank', 'blank'],
  ['U+202E in a word', 'Ac\u202eme', null, 'bidi_control'],
  ['an isolate', '\u2067Acme\u2069', null, 'bidi_control'],
  ['an Arabic letter mark', 'Ac\u061cme', null, 'bidi_control'],
  ['a joiner, which Persian needs', 'می\u200cخواهم', null, null],
  ['a Cyrillic look-alike', '\u0410cme', null, null],
  ['NFC', 'Caf\u00e9', null, null],
  ['NFD', 'Cafe\u0301', null, null],
  ['10,000 combining marks', `a${'\u0301'.repeat(10_000)}`, 'too_long', 'too_long'],
  ['nine combining marks', `a${'\u0301'.repeat(9)}`, null, 'combining_run'],
  ['eight combining marks', `a${'\u0301'.repeat(8)}`, null, null],
  ['300 emoji', '😀'.repeat(300), null, null],
  ['500 emoji', '😀'.repeat(500), null, null],
  ['501 emoji', '😀'.repeat(501), 'too_long', 'too_long'],
  ['500 letters', 'a'.repeat(500), null, null],
  ['501 letters', 'a'.repeat(501), 'too_long', 'too_long'],
  ['SQL', "'; drop table claims;--", null, null],
  ['HTML', '<script>alert(1)</script>', null, null],
  ['a newline', 'Acme\nInc', null, 'control_character'],
  ['a tab', 'Acme\tInc', null, 'control_character'],
  ['a line separator', 'Acme\u2028Inc', null, 'control_character'],
  ['an escape sequence', '\u001b[31mAcme', null, 'control_character'],
  ['a leading space', ' Acme', null, 'surrounding_space'],
  ['a trailing no-break space', 'Acme\u00a0', null, 'surrounding_space'],
  ['a high surrogate alone', 'a\ud800', 'lone_surrogate', 'lone_surrogate'],
  ['a low surrogate alone', '\udc00a', 'lone_surrogate', 'lone_surrogate'],
  ['surrogates in the wrong order', '\udc00\ud800', 'lone_surrogate', 'lone_surrogate'],
  ['U+0000', 'a\u0000b', 'nul_character', 'nul_character'],
];

describe('textFault, nameFault', () => {
  test.each(table)(
    '%s has the fault of a text and of a name that the table states',
    (_what, text, asText, asName) => {
      expect(textFault(text, limits)?.code ?? null).toBe(asText);
      expect(nameFault(text, limits)?.code ?? null).toBe(asName);
    },
  );

  it('a fault names the limit in characters and in bytes, or the character', () => {
    expect(textFault('a'.repeat(501), limits)?.detail).toContain('500 characters (2000 bytes');
    expect(nameFault('Ac\u202eme', limits)?.detail).toContain('U+202E');
    expect(nameFault('Ac\u0007me', limits)?.detail).toContain('U+0007');
  });

  it('random text without a fault has at most four bytes for each permitted character', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 40 }),
        fc.integer({ min: 1, max: 30 }),
        (text, max) => {
          const long = textFault(text, { max })?.code === 'too_long';
          if (long) expect([...text].length).toBeGreaterThan(max);
          if (textFault(text, { max }) === null) expect(Buffer.byteLength(text)).toBeLessThanOrEqual(4 * max);
        },
      ),
    );
  });
});

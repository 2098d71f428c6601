import { describe, expect, it } from 'vitest';
import { likeness } from '../../../src/resources/alike-texts.js';
import { eachOnce } from '../../../src/resources/duplicates.js';
import { wordsOf } from '../../../src/search/words/split.js';

/** How like two texts are, and what several reasons make of one pair. */

/** Eleven words. */
const SAID = 'The soldiers closed the road near Khost on Monday because of the snow';

describe('likeness', () => {
  it.each([
    ['the same', SAID, 1],
    ['other case and marks', `${SAID.toUpperCase()}.`, 1],
    ['another order', 'On Monday the soldiers closed the road near Khost because of the snow', 1],
    ['a word more', `${SAID} again`, 0.917],
    ['two words more', `${SAID} again today`, 0],
    ['a negation more', `${SAID} not`, 0],
    ['a number more', `${SAID} 12`, 0],
    ['nothing in common', 'Quite another text', 0],
    ['no words', '…', 0],
  ])('of a text and one with %s', (_what, other, expected) => {
    const [one, two] = [SAID, other].map((text) => new Set(wordsOf(text)));
    expect(likeness(one!, two!)).toBe(expected);
    expect(likeness(two!, one!), 'in the other direction').toBe(expected);
  });

  it('of another number is none', () => {
    const [one, two] = ['12', '13'].map((number) => new Set(wordsOf(`${SAID} ${number}`)));
    expect(likeness(one!, two!)).toBe(0);
    expect(likeness(one!, one!)).toBe(1);
  });
});

describe('eachOnce', () => {
  const found = (id: string, score: number, code: string) => ({
    ...{ noun: 'source' as const, id, score, reasons: [{ code, pointer: '', detail: '' }] },
  });

  it('keeps the order, all reasons, and the best score', () => {
    const once = eachOnce([
      found('b', 0.9, 'x'),
      found('a', 0.5, 'y'),
      found('b', 1, 'z'),
      found('a', 0.4, 'x'),
    ]);
    expect(once.map(({ id, score, reasons }) => [id, score, reasons.map(({ code }) => code)])).toEqual([
      ['b', 1, ['x', 'z']],
      ['a', 0.5, ['y', 'x']],
    ]);
  });
});

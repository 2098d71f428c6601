import { expect, it } from 'vitest';
import { asSentence, ended, withoutStop } from '../../../../src/provenance/sentence/first-word.js';

it.each([
  ['the mill burned', 'The mill burned'],
  ['ärzte sagen es', 'Ärzte sagen es'],
  ['ნინო ბერიძე declined to comment', 'ნინო ბერიძე declined to comment'],
  ['eBay, in 2024', 'eBay, in 2024'],
  ['“one official”', '“one official”'],
  ['新報社', '新報社'],
])('asSentence: %s', (text, sentence) => {
  expect(asSentence(text)).toBe(sentence);
});

it.each([
  ['Denied by Gulf Line', 'Denied by Gulf Line.'],
  ['Denied by Gulf Line Ltd.', 'Denied by Gulf Line Ltd.'],
  ['Is it so?', 'Is it so?'],
])('ended: %s', (text, sentence) => {
  expect(ended(text)).toBe(sentence);
});

it.each([
  ['The mill burned. ', 'The mill burned'],
  ['It belongs to Gulf Line Ltd.', 'It belongs to Gulf Line Ltd.'],
  ['It is a city of the U.S.', 'It is a city of the U.S.'],
  ['大坝已经倒塌。', '大坝已经倒塌'],
  ['बाँध टूट गया।', 'बाँध टूट गया'],
  ['پل گر گیا۔', 'پل گر گیا'],
  ['What now?', 'What now?'],
])('withoutStop: %s', (text, left) => {
  expect(withoutStop(text)).toBe(left);
});

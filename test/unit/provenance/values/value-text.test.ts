import { describe, expect, it } from 'vitest';
import { amountWords, changeWords } from '../../../../src/provenance/values/value-text.js';

const amount = (value: string | null, lower: string | null = null, upper: string | null = null) => ({
  value,
  lower,
  upper,
  lower_exclusive: false,
  upper_exclusive: false,
  approximate: false,
});
const exclusive = (lower: string | null, upper: string | null = null) => ({
  ...amount(null, lower, upper),
  lower_exclusive: lower !== null,
  upper_exclusive: upper !== null,
});

describe('amountWords', () => {
  it.each([
    [amount('10'), 'camps', '10 camps'],
    [amount('10'), null, '10'],
    [amount('999'), null, '999'],
    [amount('1000'), null, '1,000'],
    [amount('-1234567.5'), null, '-1,234,567.5'],
    [amount('0.12345'), null, '0.12345'],
    [amount(null, '4000', '6000'), 'fighters', '4,000–6,000 fighters'],
    [amount(null, '4000'), 'fighters', 'at least 4,000 fighters'],
    [amount(null, null, '6500'), 'fighters', 'at most 6,500 fighters'],
    [amount('5000', '4000', '6000'), 'fighters', '5,000 (4,000–6,000) fighters'],
    [amount('5000', '4000'), null, '5,000 (at least 4,000)'],
    [amount('5000', null, '6000'), null, '5,000 (at most 6,000)'],
    [exclusive('25'), 'percent', 'more than 25 percent'],
    [exclusive(null, '6500'), 'fighters', 'less than 6,500 fighters'],
    [exclusive('4000', '6000'), 'fighters', 'more than 4,000 and less than 6,000 fighters'],
    [{ ...amount(null, '4000', '6000'), lower_exclusive: true }, null, 'more than 4,000 and at most 6,000'],
    [{ ...amount(null, '4000', '6000'), upper_exclusive: true }, null, 'at least 4,000 and less than 6,000'],
    [{ ...amount('5000', '4000'), lower_exclusive: true }, null, '5,000 (more than 4,000)'],
  ])('%j in %s: %s', (figure, unit, words) => {
    expect(amountWords(figure, unit)).toBe(words);
  });

  it.each([
    [amount('10000'), 'about 10,000 fighters'],
    [amount(null, '4000', '6000'), 'about 4,000–6,000 fighters'],
    [amount(null, '4000'), 'at least about 4,000 fighters'],
    [amount(null, null, '6000'), 'at most about 6,000 fighters'],
    [exclusive('600'), 'more than about 600 fighters'],
    [amount('5000', '4000', '6000'), 'about 5,000 (4,000–6,000) fighters'],
  ])('%j, approximate: “about” stands once, at the first figure (%s)', (figure, words) => {
    expect(amountWords({ ...figure, approximate: true }, 'fighters')).toBe(words);
  });
});

describe('changeWords', () => {
  it.each([
    ['none', null, null, 'no change'],
    ['none', '5', 'percent', 'no change'],
    ['up', null, null, 'up'],
    ['down', null, 'percent', 'down'],
    ['up', '65', 'percent', 'up 65 percent'],
    ['down', '1200', null, 'down 1,200'],
  ] as const)('%s by %s %s: %s', (direction, size, unit, words) => {
    expect(changeWords({ direction, amount: size, unit })).toBe(words);
  });
});

import { describe, expect, it } from 'vitest';
import { comparable, saysTheSame } from '../../../src/claims/alike.js';
import { ClaimInput } from '../../../src/claims/claims.schemas.js';

const turns = { yield: async () => {} };
const same = async (a: ClaimInput, b: ClaimInput) =>
  saysTheSame(await comparable(turns, a), await comparable(turns, b), 'fighters');

const claim = (more: object) =>
  ClaimInput.parse({ text: 'x', subject: 's', predicate: 'p', occurred: '2024', ...more });
const quantity = (more: object) => claim({ value: { type: 'quantity', ...more } });
const money = (more: object) =>
  claim({ value: { type: 'money', value: '3', currency: 'AFN', per: 'month', ...more } });

describe('saysTheSame', () => {
  it.each([
    ['wording aside', quantity({ value: '5', as_stated: 'five' }), quantity({ value: '5' })],
    ['zeros aside', quantity({ value: '5.0' }), quantity({ value: '5' })],
    ['with the unit of the predicate', quantity({ value: '5', unit: 'Fighter' }), quantity({ value: '5' })],
    ['bounds', quantity({ lower: '4000', upper: '6000' }), quantity({ lower: '4000', upper: '6000' })],
    ['money, equivalents aside', money({ equivalents: [{ value: '1', currency: 'USD' }] }), money({})],
    [
      'a text, case aside',
      claim({ value: { type: 'text', text: 'A' } }),
      claim({ value: { type: 'text', text: 'a' } }),
    ],
    [
      'a party',
      claim({ value: { type: 'party', party: 'x' } }),
      claim({ value: { type: 'party', party: 'x' } }),
    ],
    ['no value in one text', claim({ text: 'X' }), claim({})],
    [
      'that there is none',
      claim({ text: 'y', value: { type: 'no_value' } }),
      claim({ value: { type: 'no_value' } }),
    ],
    ['a time otherwise written', claim({ occurred: '2024' }), claim({ occurred: '2024-01/2024-12' })],
    [
      'no time',
      claim({ occurred: null, value: { type: 'date', date: '1961' } }),
      claim({ occurred: null, value: { type: 'date', date: '1961' } }),
    ],
    ['where one tells a place', claim({ places: [{ iso_3166: 'AF' }] }), claim({})],
    [
      'in long texts, case aside, and a list in any order',
      claim({ scope: 'A'.repeat(500), places: ['a', 'B'].map((name) => ({ name: name.repeat(100) })) }),
      claim({ scope: 'a'.repeat(500), places: ['b', 'A'].map((name) => ({ name: name.repeat(100) })) }),
    ],
  ])('%s', async (_, a, b) => {
    expect(await same(a, b)).toBe(true);
    expect(await same(b, a)).toBe(true);
  });

  it.each([
    ['the number', quantity({ value: '5' }), quantity({ value: '6' })],
    ['a bound for a value', quantity({ value: '5' }), quantity({ upper: '5' })],
    ['a figure that is about', quantity({ value: '5', approximate: true }), quantity({ value: '5' })],
    ['the unit', quantity({ value: '5', unit: 'people' }), quantity({ value: '5' })],
    ['the currency', money({ currency: 'USD' }), money({})],
    ['per what', money({ per: 'year' }), money({})],
    [
      'the party',
      claim({ value: { type: 'party', party: 'x' } }),
      claim({ value: { type: 'party', party: 'y' } }),
    ],
    ['the time', claim({ occurred: '2024' }), claim({ occurred: '2024-01' })],
    ['that a time is given', claim({ occurred: '2024' }), claim({ occurred: null })],
    ['the kind', claim({ kind: 'demand' }), claim({})],
    [
      'the end of a long scope',
      claim({ scope: `${'a'.repeat(500)}x` }),
      claim({ scope: `${'a'.repeat(500)}y` }),
    ],
    ['the scope', claim({ scope: 'children' }), claim({ scope: 'adults' })],
    ['the place', claim({ places: [{ iso_3166: 'AF' }] }), claim({ places: [{ iso_3166: 'PK' }] })],
    [
      'a participant',
      claim({ participants: [{ party: 'x', role: 'giver' }] }),
      claim({ participants: [{ party: 'y', role: 'giver' }] }),
    ],
    [
      'a text of demands',
      claim({ text: 'y', kind: 'demand', value: { type: 'party', party: 'x' } }),
      claim({ kind: 'demand', value: { type: 'party', party: 'x' } }),
    ],
    ['a text without a value', claim({ text: 'y' }), claim({})],
    [
      'a text with a change of unknown size',
      claim({ text: 'y', value: { type: 'change', direction: 'up' } }),
      claim({ value: { type: 'change', direction: 'up' } }),
    ],
  ])('not where they differ in %s', async (_, a, b) => expect(await same(a, b)).toBe(false));

  it('gives others a turn at each place and participant', async () => {
    let count = 0;
    const participants = [0, 1, 2].map((i) => ({ party: `p${i}`, role: 'giver' }));
    const places = [0, 1].map((i) => ({ name: `Place ${i}` }));
    await comparable({ yield: async () => void count++ }, claim({ participants, places }));
    expect(count).toBeGreaterThanOrEqual(5);
  });
});

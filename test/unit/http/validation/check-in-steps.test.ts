import { expect, it } from 'vitest';
import { ClaimInput } from '../../../../src/claims/claims.schemas.js';
import { check } from '../../../../src/http/validation/check.js';
import { checkInSteps } from '../../../../src/http/validation/check-in-steps.js';
import { PartyInput } from '../../../../src/parties/parties.schemas.js';
import { seeded } from '../../../support/random.js';

const said = (more: object = {}) => ({ party: 'ttp', stance: 'asserts', ...more });
const many = (count: number, at: (i: number) => unknown = () => said()) =>
  Array.from({ length: count }, (_, i) => at(i));
const claim = (attributions: unknown, more: object = {}) => ({ text: 'T', attributions, ...more });

const inputs: [what: string, input: unknown][] = [
  ['no object', 'x'],
  ['a form without lists', { text: 'T' }],
  ['a list that is none', claim('x')],
  ['a list that is null', claim(null)],
  ['few elements', claim(many(3), { topics: ['a'] })],
  ['many', claim(many(30, (i) => said({ local_id: `${i}`, relays: i > 0 ? [`@${i - 1}`] : [] })))],
  ['as many as there may be', claim(many(1_000))],
  ['too many', claim(many(1_001))],
  ['too many, some of them wrong', claim(many(1_200, (i) => said(i % 500 === 7 ? { stance: 'x' } : {})))],
  [
    'a wrong element, and one that is no object',
    claim(many(30, (i) => (i === 9 ? said({ said: 'x' }) : i === 29 ? 7 : said()))),
  ],
  ['a misspelled member', claim(many(30, (i) => (i === 25 ? { partie: 'ttp', stance: 'asserts' } : said())))],
  ['a condition on an element', claim(many(30, (i) => said(i === 25 ? { stance: 'retracts' } : {})))],
  [
    'mistakes of the form, of an element and of the form as a whole',
    claim(
      many(30, (i) => said(i === 25 ? { relays: 'x' } : {})),
      { text: '', unknown: 1, occurred_inherited: true, topics: ['a', 'a'] },
    ),
  ],
  ['more than an answer can tell', claim(many(200, (i) => (i % 2 === 0 ? {} : said())))],
  [
    'another long list',
    { text: 'T', participants: many(60, (i) => ({ party: 'ttp', role: i === 30 ? 7 : 'r' })) },
  ],
];

it('checkInSteps: says what check says of lists of any lengths, right and wrong', async () => {
  const { chance, pick } = seeded(7);
  const among = <T>(...of: T[]): T => pick(of);
  const listOf = (right: object, ...wrong: unknown[]) => {
    const share = among(0, 0, 0.02, 0.5);
    return many(among(0, 1, 3, 20, 21, 45), () => (chance(share) ? among(...wrong) : right));
  };
  for (let i = 0; i < 300; i += 1) {
    const claim = {
      ...among<object>({ text: 'T' }, { text: 'T' }, {}, { text: 'T', topics: ['a', 'a'] }),
      ...among({}, { participants: listOf({ party: 'ttp', role: 'target' }, {}, { party: 1 }, null) }),
      ...among({}, { places: listOf({ name: 'Kabul' }, {}, 'x', { name: 'Kabul', lat: 'x' }) }),
      ...among({}, { attributions: listOf(said(), {}, said({ stance: 'retracts' }), said({ x: 1 }), 7) }),
    };
    expect(await checkInSteps(ClaimInput, claim), JSON.stringify(claim)).toEqual(check(ClaimInput, claim));
    const party = {
      kind: 'other',
      ...among<object>({ name: 'N' }, { name: '' }),
      ...among({}, { names: listOf({ name: 'M', kind: 'alias' }, {}, { name: 'M', kind: 'x' }) }),
      ...among({}, { identifiers: listOf({ scheme: 'wikidata', value: 'Q1' }, {}, { scheme: 'x' }) }),
    };
    expect(await checkInSteps(PartyInput, party), JSON.stringify(party)).toEqual(check(PartyInput, party));
  }
});

it.each(inputs)('checkInSteps: says what check says of %s', async (_, input) => {
  expect(await checkInSteps(ClaimInput, input)).toEqual(check(ClaimInput, input));
});

it('checkInSteps: gives the event loop its turn', async () => {
  const relays = many(150, (i) => `@${i}`);
  const input = claim(many(1_000, (i) => said({ local_id: `${i}`, relays })));
  let turns = 0;
  const count = setInterval(() => {
    turns += 1;
  }, 0);
  const { success } = await checkInSteps(ClaimInput, input);
  clearInterval(count);
  expect(success).toBe(true);
  expect(turns).toBeGreaterThan(2);
});

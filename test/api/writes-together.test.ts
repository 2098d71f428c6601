import { describe, expect, it } from 'vitest';
import type { Operation } from '../support/batch.js';
import {
  claim,
  judged,
  patch,
  post,
  put,
  putNew,
  remove,
  said,
  twinCases,
  twoJudged,
  who,
} from '../support/twin-cases.js';

/** Objects that are created, changed, removed and brought back in turn, together as one by one: cases that depend on each other. */

const { statusesAfter, expectAlike } = await twinCases();

const person = (name: string, more: object = {}) => ({ kind: 'person', name, ...more });
const party = (key: string, more: object = {}) => post('party', key, person(key, more));

describe('Operations of a batch', () => {
  it('create, change, leave alone, remove and restore objects of a noun in turn', () =>
    expectAlike(
      [who, ...['c', 'd', 'e', 'f', 'g'].map((key) => post('claim', key, claim(key, [`of-${key}`])))],
      [remove('claim', 'f'), remove('claim', 'g')],
      [
        ...[putNew('claim', 'n1', claim('n1', ['of-n1'])), put('claim', 'c', claim('c', ['of-c', 'more']))],
        ...[put('claim', 'f', claim('f'), '2'), putNew('claim', 'd', claim('d', ['of-d']))],
        ...[post('claim', 'n2', claim('n2')), remove('claim', 'e'), patch('claim', 'd', { scope: 'Some.' })],
        ...[put('claim', 'g', claim('g', ['of-g', 'again']), '2'), putNew('claim', 'n3', claim('n3'))],
      ],
    ));

  it('refer to what another removes, before and after it', async () => {
    const statuses = await statusesAfter(
      ['p', 'q', 'r', 's'].map((key) => party(key)),
      [
        ...[patch('party', 'p', { part_of: 'q' }), remove('party', 'q'), post('party', 'new', person('New'))],
        ...[remove('party', 'r'), patch('party', 's', { part_of: 'r' }), party('other', { part_of: 'r' })],
      ],
    );
    expect(statuses).toEqual([200, 409, 201, 204, 422, 422]);
  });

  it('no longer refer to what is removed then', async () => {
    const statuses = await statusesAfter(
      [party('p'), party('q', { part_of: 'p' })],
      [patch('party', 'q', { part_of: null }), remove('party', 'p'), party('new')],
    );
    expect(statuses).toEqual([200, 204, 201]);
  });

  it('bring back what refers to one that is removed', async () => {
    const q = person('Q', { part_of: 'p' });
    const statuses = await statusesAfter(
      [party('p'), post('party', 'q', q)],
      [remove('party', 'q')],
      [put('party', 'q', q, '2'), remove('party', 'p'), party('new')],
    );
    expect(statuses).toEqual([200, 409, 201]);
  });

  it('bring a relation back of a claim that is removed', () =>
    expectAlike(
      [post('claim', 'c', claim('c')), post('claim', 'd', claim('d'))],
      [post('relation', 'r', { from: 'c', to: 'd', type: 'supports' })],
      [remove('claim', 'c')],
      [put('claim', 'c', claim('c'), '2'), remove('claim', 'd')],
      [put('claim', 'd', claim('d'), '2')],
    ));

  it('take the same judgement along, by a set and by a removal', () =>
    expectAlike(twoJudged, [put('claim', 'c', claim('c', [])), remove('claim', 'd')]));

  it('bring a judgement back of attributions of which one is removed with its claim', () =>
    expectAlike(
      twoJudged,
      [put('claim', 'c', claim('c', []))],
      [put('claim', 'c', claim('c', ['a'])), remove('claim', 'd')],
      [put('claim', 'd', claim('d'), '2')],
    ));

  it('bring a judgement back with the second of two, of which one comes back in a set', () =>
    expectAlike(
      twoJudged,
      [put('claim', 'c', claim('c', [])), remove('claim', 'd')],
      [put('claim', 'd', claim('d'), '2'), put('claim', 'c', claim('c', ['a']))],
      [put('claim', 'c', claim('c', [])), remove('claim', 'd')],
      [put('claim', 'c', claim('c', ['a'])), put('claim', 'd', claim('d'), '4')],
    ));

  it('take words back, which belong to another by an operation before it or after it', async () => {
    const about = { about_source: 's', party: 'one' };
    const back = post('attribution', 'b', { ...about, stance: 'retracts', in_reply_to: 'a' });
    const give = patch('attribution', 'a', { party: 'two' });
    const before = [
      ...[party('one'), party('two'), post('source', 's', { type: 'report', title: 'A report' })],
      post('attribution', 'a', { ...about, stance: 'denies' }),
    ];
    expect(await statusesAfter(before, [give, back])).toEqual([200, 422]);
    expect(await statusesAfter(before, [back, give])).toEqual([201, 200]);
  });

  it('create under a key that is given before, be it twice at once', async () => {
    const statuses = await statusesAfter([
      ...[putNew('party', 'p', person('P')), putNew('party', 'p', person('P')), party('p')],
      ...[putNew('party', 'p', person('Q')), patch('party', 'p', { name: 'R' }), remove('party', 'p')],
    ]);
    expect(statuses).toEqual([201, 200, 409, 428, 200, 204]);
  });

  it('create objects of several nouns, which name each other or do not', () =>
    expectAlike(
      [who, post('predicate', 'number', { label: 'number', value_type: 'quantity' })],
      [
        ...[
          party('p'),
          post('source', 's', { type: 'report', title: 'S' }),
          post('claim', 'c', claim('c', ['a'])),
        ],
        ...[party('q', { part_of: 'p' }), post('claim', 'd', { text: 'D.', subject: 'q' })],
        ...[post('attribution', 'b', { claim: 'c', party: 'who', stance: 'denies', relays: ['a'] })],
        ...[post('relation', 'r', { from: 'c', to: 'd', type: 'supports' }), judged('j', 'c', 'd', 'claim')],
        ...[post('predicate', 'other', { label: 'other', value_type: 'text' }), party('last')],
        ...[post('claim', 'e', { text: 'E.', attributions: [said('f', { party: 'last' })] })],
      ],
    ));

  it.each([
    ['an object', post('relation', 'r', { from: 'd', to: 'e', type: 'supports' })],
    ['a member of a set', judged('j', 'a', 'b')],
  ])('do not refer to %s that comes behind them, though it could be written before them', async (_, link) => {
    const statuses = await statusesAfter(
      [who],
      [
        ...[party('p'), post('claim', 'd', { text: 'D.', subject: 'p', attributions: [said('b')] })],
        ...[link, post('claim', 'e', claim('e', ['a'])), party('last')],
      ],
    );
    expect(statuses).toEqual([201, 201, 422, 201, 201]);
  });

  it('name others of the batch over many levels, of which one fails', async () => {
    const named = (key: string, operation: Operation): Operation => ({ ...operation, local_id: key });
    const records = Array.from({ length: 8 }, (_, i) => [
      named(`p${i}`, post('party', `p-${i}`, person(`P ${i}`, i > 0 ? { part_of: `@p${i - 1}` } : {}))),
      named(`s${i}`, post('source', `s-${i}`, { type: 'report', title: `S ${i}`, publisher: `@p${i}` })),
      named(`c${i}`, {
        ...post('claim', `c-${i}`, {
          text: `C ${i}.`,
          subject: `@p${i}`,
          attributions: [{ key: `a-${i}`, party: `@p${i}`, source: `@s${i}`, stance: 'asserts' }],
        }),
      }),
      post('attribution', `b-${i}`, {
        ...{ claim: `@c${i}`, party: `@p${i}`, stance: 'reports', relays: [`a-${i}`] },
        ...(i === 5 && { relays: ['a-4'] }),
      }),
      putNew('assessment', `x-${i}`, { claim: `@c${i}`, credibility: 2 }),
    ]).flat();
    const statuses = await statusesAfter(records);
    expect(statuses.filter((status) => status !== 201)).toEqual([422]);
  });

  it('count what they find in their order, up to what a batch holds', async () => {
    const large = Array.from({ length: 600 }, () => ({ party: 'who', stance: 'asserts' }));
    const small = Array.from({ length: 4 }, (_, i) => `s${i}`);
    const statuses = await statusesAfter(
      [who, ...small.map((key) => post('claim', key, claim(key)))],
      ['c', 'd'].map((key) => post('claim', key, { text: key, attributions: large })),
      [
        // Each may leave a claim with 1,000 attributions.
        ...small.map((id) => ({
          ...{ method: 'PATCH', type: 'claim', id, if_match: '*' },
          patch: [{ op: 'add', path: '/attributions/-', value: { party: 'who', stance: 'asserts' } }],
        })),
        ...[
          put('claim', 'c', claim('c', [])),
          remove('claim', 'd'),
          patch('claim', 's0', { scope: 'Some.' }),
        ],
      ],
    );
    expect(statuses).toEqual([...small.map(() => 200), 200, 422, 200]);
  });

  it('let go of what is removed, and refer to what comes back', () =>
    expectAlike(
      [party('p'), party('q', { part_of: 'p' }), party('r')],
      [remove('party', 'r')],
      [
        ...[
          patch('party', 'q', { part_of: null }),
          remove('party', 'p'),
          put('party', 'r', person('R'), '2'),
        ],
        ...[patch('party', 'q', { part_of: 'r' }), putNew('party', 's', person('S', { part_of: 'r' }))],
      ],
    ));

  it('remove what a set of another has, and the other way round', () =>
    expectAlike(
      [who, post('claim', 'c', claim('c', ['a', 'b'])), post('claim', 'd', claim('d', ['x']))],
      [
        ...[remove('attribution', 'a'), put('claim', 'c', claim('c', ['b'])), remove('claim', 'd')],
        ...[post('claim', 'e', claim('e', ['y'])), remove('attribution', 'b')],
      ],
    ));
});

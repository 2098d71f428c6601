import { describe, expect, it } from 'vitest';
import type { Operation } from '../support/batch.js';
import { claim, post, put, remove, said, twinCases, twoJudged, who } from '../support/twin-cases.js';

/** Claims that are sent with their attributions, and objects that come back, together as one by one: cases that depend on each other. */

const { twins, statusesAfter, expectAlike } = await twinCases();

describe('Operations of a batch', () => {
  it('bring a judgement back that goes again by the next', () =>
    expectAlike(
      twoJudged,
      [put('claim', 'c', claim('c', []))],
      [put('claim', 'c', claim('c', ['a'])), put('claim', 'd', claim('d', []))],
    ));

  it('bring no judgement back of what goes before it', () =>
    expectAlike(
      twoJudged,
      [put('claim', 'c', claim('c', []))],
      [put('claim', 'd', claim('d', [])), put('claim', 'c', claim('c', ['a']))],
    ));

  it('bring a judgement back with the second of two attributions', () =>
    expectAlike(
      twoJudged,
      [put('claim', 'c', claim('c', [])), put('claim', 'd', claim('d', []))],
      [put('claim', 'd', claim('d', ['b'])), put('claim', 'c', claim('c', ['a']))],
    ));

  it('take a judgement along of two attributions that both go', () =>
    expectAlike(twoJudged, [put('claim', 'd', claim('d', [])), put('claim', 'c', claim('c', []))]));

  it('bring back what was made at the instant of its removal with the end that took it, if last', () =>
    expectAlike(
      [post('claim', 'c', claim('c')), post('claim', 'd', claim('d'))],
      [post('relation', 'r', { from: 'c', to: 'd', type: 'supports' }), remove('claim', 'c')],
      [remove('claim', 'd')],
      [put('claim', 'c', claim('c'), '2'), put('claim', 'd', claim('d'), '2')],
    ));

  it('bring a relation back with the first claim that it once was of', () =>
    expectAlike(
      ['c', 'd', 'g', 'e', 'f'].map((key) => post('claim', key, claim(key))),
      [post('relation', 'r', { from: 'c', to: 'g', type: 'supports' })],
      [
        { method: 'PATCH', type: 'relation', id: 'r', if_match: '*', body: { from: 'e', to: 'f' } },
        remove('claim', 'e'),
      ],
      [remove('claim', 'f')],
      [put('claim', 'e', claim('e'), '2')],
      [put('claim', 'f', claim('f'), '2')],
      [remove('claim', 'c'), remove('claim', 'd')],
      [
        put('claim', 'c', claim('c'), '2', { reason: 'One.' }),
        put('claim', 'd', claim('d'), '2', { reason: 'Two.' }),
      ],
    ));

  it('give attributions that relay each other across the rows that are written at once', () => {
    const circle = (id: string, size: number, more: object = {}) =>
      Array.from({ length: size }, (_, i) =>
        said(`${id}-${i}`, { relays: [`${id}-${(i + 1) % size}`], ...more }),
      );
    const claims = ['c', 'd', 'e'];
    const all = (set: (id: string) => object[], version = '*') =>
      claims.map((id) => put('claim', id, { text: id, attributions: set(id) }, version));
    return expectAlike(
      [who, ...claims.map((id) => post('claim', id, { text: id, attributions: circle(id, 30) }))],
      all((id) => [
        ...circle(id, 25, { note: 'Heard.' }),
        ...Array.from({ length: 10 }, (_, i) => said(`${id}-new-${i}`, { relays: [`${id}-${i}`] })),
      ]),
      all((id) => circle(id, 30)),
      claims.map((id) => remove('claim', id)),
      claims.map((id) => put('claim', id, { text: id }, '2')),
    );
  });

  it('give the same key to attributions of two claims, and keys that are taken', async () => {
    const sets = [['same'], ['same'], ['c', 'e']];
    const statuses = await statusesAfter(
      [who, ...['c', 'd', 'e'].map((id) => post('claim', id, claim(id, [id])))],
      sets.map((keys, i) => put('claim', 'cde'[i]!, claim('cde'[i]!, keys))),
    );
    expect(statuses).toEqual([200, 409, 409]);
  });

  it('lose what names a party that is gone', async () => {
    const attributions = [said('b', { party: 'lost' })];
    const lost = post('party', 'lost', { kind: 'person', name: 'Lost' });
    const statuses = await statusesAfter(
      [
        ...[who, lost, post('claim', 'c', claim('c', ['a']))],
        post('claim', 'd', { ...claim('d'), attributions }),
      ],
      [remove('claim', 'c'), remove('claim', 'd'), remove('party', 'lost')],
      [put('claim', 'c', claim('c'), '2'), put('claim', 'd', claim('d'), '2')],
    );
    expect(statuses).toEqual([200, 422]);
  });

  it('restore objects that are alike, of any noun', () => {
    const nouns: Record<string, object> = {
      party: { kind: 'person', name: 'One' },
      source: { type: 'report', title: 'A long title of it' },
      predicate: { label: 'Label', value_type: 'quantity' },
      claim: { text: 'The same text of it.' },
      attribution: { claim: 'base', party: 'who', stance: 'asserts' },
      relation: { from: 'base', to: 'other', type: 'supports' },
      assessment: { claim: 'base', credibility: 2 },
      judgement: { noun: 'claim', one: 'base', other: 'other', judgement: 'unsure' },
    };
    const each = (operation: (type: string, key: string, body: object) => Operation) =>
      Object.entries(nouns).flatMap(([type, body]) =>
        [0, 1, 2].map((i) => operation(type, `key-${i}`, body)),
      );
    return expectAlike(
      [who, post('claim', 'base', claim('base')), post('claim', 'other', claim('other'))],
      each(post),
      each(remove),
      each((type, key, body) => put(type, key, body, '1')),
      each((type, key, body) => put(type, key, { ...body, key: 'another' }, '2')),
      each((type, key, body) => put(type, key, body, '2')),
    );
  });

  it('tell of each object that comes back which others were there before it', async () => {
    const keys = ['same-1', 'same-2', 'same-3'];
    const body = { from: 'crossed', to: 'closed', type: 'supports' };
    await twins.send(
      [
        ...['crossed', 'closed'].map((key) => post('claim', key, claim(key))),
        ...keys.map((key) => post('relation', key, body)),
      ],
      '2027-01-01T00:00:00.000Z',
    );
    await twins.send(
      keys.map((key) => remove('relation', key)),
      '2027-01-01T01:00:00.000Z',
    );
    const items = await twins.send(
      keys.map((key) => put('relation', key, body, '2')),
      '2027-01-01T02:00:00.000Z',
    );
    const told = items.map((item) => (item.possible_duplicates ?? []).map(({ object }) => object.key).sort());
    expect(told).toEqual([[], ['same-1'], ['same-1']]);
  });
});

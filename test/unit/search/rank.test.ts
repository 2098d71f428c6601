import { describe, expect, it } from 'vitest';
import { scoreOf } from '../../../src/search/rank.js';
import { type Hit, ranked } from '../../../src/search/search.js';
import type { Field } from '../../../src/search/words/fields.js';
import { parseQuery, type SearchQuery } from '../../../src/search/words/query.js';

const field = (text: string, weight = 1): Field => ({ member: 'text', text, weight });
const turns = { taken: 0, yield: async () => void turns.taken++ };
const score = (q: string, ...fields: Field[]) => scoreOf(turns, parseQuery(q) as SearchQuery, fields);

describe('scoreOf', () => {
  const long = `cash ${'word '.repeat(60)}`;
  it.each<[what: string, q: string, better: Field[], worse: Field[]]>([
    ['a field that weighs more', 'cash', [field('paid cash', 3)], [field('paid cash', 1)]],
    ['the best field, not the first', 'cash', [field('a cash'), field('a cash', 3)], [field('a cash')]],
    ['a word that stands there often', 'cash', [field('cash cash a')], [field('cash b a')]],
    ['a short field', 'cash', [field('cash and more')], [field(long)]],
    ['a field with nothing else', 'cash', [field('cash')], [field('cash paid cash')]],
    ['words in order', 'big cash', [field('a big cash')], [field('a cash big')]],
    ['words without others between', 'big cash', [field('big cash a')], [field('big a cash')]],
    ['a beginning in order', 'ca*', [field('paid cash')], [field('none')]],
    ['all words in one object', 'big cash', [field('a big'), field('a cash')], [field('a big')]],
    ['either of two words', 'gold OR cash', [field('paid cash')], [field('paid more')]],
    ['a phrase', '"big cash"', [field('a big cash')], [field('a cash big')]],
  ])('%s', async (_, q, better, worse) => {
    expect(await score(q, ...better)).toBeGreaterThan(await score(q, ...worse));
  });

  it('what stands in attributions alone counts a little', async () => {
    expect(await score('cash', field('other words'))).toBe(0.1);
  });

  it('others get their turns between fields, and within a long one', async () => {
    turns.taken = 0;
    await score('cash', field('cash'), field('cash'), field('cash '.repeat(1_000)));
    expect(turns.taken).toBe(2 + 5);
  });
});

it('ranked: by score, then by type, then the newest first', () => {
  const hit = (type: Hit['type'], id: string, score: number): Hit => ({ type, id, doc: '{}', score });
  const hits = [
    hit('claim', 'claim_1', 1),
    hit('claim', 'claim_2', 1),
    hit('predicate', 'predicate_1', 1),
    hit('party', 'party_1', 1),
    hit('source', 'source_1', 1),
    hit('claim', 'claim_0', 2),
  ];
  expect(ranked(hits).map(({ id }) => id)).toEqual([
    'claim_0',
    'party_1',
    'source_1',
    'predicate_1',
    'claim_2',
    'claim_1',
  ]);
});

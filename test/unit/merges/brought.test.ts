import { describe, expect, it } from 'vitest';
import { type Brought, broughtBy, withBrought, withoutBrought } from '../../../src/merges/brought.js';

const alias = (name: string, kind = 'alias') => ({ name, kind, language: null, script: null });
const party = (name: string, names: object[] = [], more: object = {}) => ({
  name,
  names,
  identifiers: [] as object[],
  unnamed: false,
  ...more,
});
const source = (url: string | null, more: object = {}) => ({
  identifiers: [],
  url,
  archived_url: null,
  ...more,
});

describe('broughtBy', () => {
  it.each([
    ['its name and names', party('A', [alias('a')]), party('B'), { names: [alias('A'), alias('a')] }],
    ['no name that the other has', party('B', [alias('b')]), party('B', [alias('b', 'acronym')]), {}],
    ['each name once', party('A', [alias('A', 'former')]), party('B'), { names: [alias('A')] }],
    ['not what an unnamed one is called', party('a spokesman', [], { unnamed: true }), party('B'), {}],
    [
      'identifiers that the other lacks',
      party('B', [], {
        identifiers: [
          { scheme: 'x', value: '1' },
          { scheme: 'x', value: '2' },
        ],
      }),
      party('B', [], { identifiers: [{ scheme: 'x', value: '1' }] }),
      { identifiers: [{ scheme: 'x', value: '2' }] },
    ],
  ])('of a party: %s', (_, merged, survivor, expected) => {
    expect(broughtBy('party', merged, survivor, [])).toEqual(expected);
  });

  it.each([
    ['an address where there is none', source('u'), source(null), { url: [{ value: 'u' }] }],
    ['no address where there is another', source('u'), source('v'), {}],
    ['none of its own', source(null), source(null), {}],
  ])('of a source: %s', (_, merged, survivor, expected) => {
    expect(broughtBy('source', merged, survivor, [])).toEqual(expected);
  });

  it('of a claim: nothing', () => {
    expect(broughtBy('claim', { text: 'x' }, { text: 'y' }, [])).toEqual({});
  });
});

describe('names that several merges brought', () => {
  const [first, second] = [party('A', [alias('shared')]), party('C', [alias('shared', 'former')])];
  const merged = (survivor: Record<string, unknown>, other: Record<string, unknown>, others: Brought[]) => {
    const brought = broughtBy('party', other, survivor, others);
    return { brought, survivor: withBrought('party', survivor, brought) };
  };

  it.each([
    ['the first first', 0],
    ['the last first', 1],
  ])('go with the last of them that is undone: %s', (_, which) => {
    const start = party('B', [alias('own')]);
    const one = merged(start, first, []);
    const two = merged(one.survivor, second, [one.brought]);
    expect(two.survivor.names).toEqual([alias('own'), alias('A'), alias('shared'), alias('C')]);
    const [gone, left] = which === 0 ? [one.brought, two.brought] : [two.brought, one.brought];
    const once = withoutBrought('party', two.survivor, gone, [left]);
    expect(once.names).toContainEqual(alias('shared'));
    expect(withoutBrought('party', once, left, [])).toEqual(start);
  });

  it('stay where the survivor has them of its own', () => {
    const start = party('B', [alias('shared')]);
    const { survivor, brought } = merged(start, first, []);
    expect(withoutBrought('party', survivor, brought, [])).toEqual(start);
  });
});

import { describe, expect, it } from 'vitest';
import { type Scope, scopeDifferences } from '../../../../src/provenance/conflicts/scopes.js';

/** A place is a code, a name, or both as in `Kunar=AF-KNR`; `?` has only coordinates. */
const scoped = (scope: string | null, ...places: string[]): Scope => ({
  scope,
  places: places.map((place) => {
    const [first = '', code] = place.split('=');
    if (first === '?') return { name: null, iso_3166: null };
    if (code !== undefined) return { name: first, iso_3166: code };
    return /^[A-Z]{2}(-|$)/.test(first) ? { name: null, iso_3166: first } : { name: first, iso_3166: null };
  }),
});

describe('scopeDifferences', () => {
  it.each([
    ['no scope, no places', scoped(null), scoped(null), []],
    ['one scope in two spellings', scoped('Fighters only'), scoped('fighters, only'), []],
    [
      'a scope on one side',
      scoped('fighters only'),
      scoped(null),
      ['only one is narrowed (“fighters only”)'],
    ],
    [
      'two scopes',
      scoped('fighters only'),
      scoped('with families'),
      ['different things are counted (“fighters only” and “with families”)'],
    ],
    ['places on one side only', scoped(null, 'AF'), scoped(null), []],
    ['the same places in another order', scoped(null, 'AF', 'PK'), scoped(null, 'PK', 'AF'), []],
    ['a place told twice', scoped(null, 'AF', 'AF'), scoped(null, 'AF'), []],
    ['one place in two spellings', scoped(null, 'Kūnar'), scoped(null, 'KUNAR'), []],
    [
      'two names without codes',
      scoped(null, 'Kunar'),
      scoped(null, 'Paktika'),
      ['different places (Kunar and Paktika)'],
    ],
    ['one code under two names', scoped(null, 'Kunar=AF-KNR'), scoped(null, 'Konar=AF-KNR'), []],
    ['a place known by coordinates alone', scoped(null, '?'), scoped(null, 'AF'), []],
    ['a place of coordinates beside the same code', scoped(null, 'AF', '?'), scoped(null, 'AF'), []],
    ['one place of two', scoped(null, 'AF', 'PK'), scoped(null, 'AF'), ['different places (AF, PK and AF)']],
    [
      'the second place of two differs',
      scoped(null, 'AF', 'PK'),
      scoped(null, 'AF', 'IR'),
      ['different places (AF, PK and AF, IR)'],
    ],
    [
      'places with names are told by name',
      scoped(null, 'Kunar=AF-KNR', '?'),
      scoped(null, 'PK'),
      ['different places (Kunar and PK)'],
    ],
    [
      'scope and place',
      scoped('fighters only', 'AF'),
      scoped(null, 'PK'),
      ['only one is narrowed (“fighters only”)', 'different places (AF and PK)'],
    ],
  ])('%s: the same reasons from either side', (_what, a, b, why) => {
    expect(scopeDifferences(a, b, true)).toEqual(why);
    expect(scopeDifferences(b, a, true)).toHaveLength(why.length);
  });

  it('does not hold places against each other where the value is a place', () => {
    expect(scopeDifferences(scoped(null, 'AF'), scoped(null, 'PK'), false)).toEqual([]);
    expect(scopeDifferences(scoped('by night', 'AF'), scoped(null, 'PK'), false)).toHaveLength(1);
  });
});

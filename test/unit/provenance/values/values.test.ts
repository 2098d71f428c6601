import { describe, expect, it } from 'vitest';
import type { ComparableValue } from '../../../../src/provenance/values/value.js';
import { compareValues } from '../../../../src/provenance/values/values.js';
import { date, party, quantity } from '../pairs.js';

const place = (name: string, iso_3166: string | null = null): ComparableValue => ({
  type: 'place',
  name,
  iso_3166,
});
const nameless: ComparableValue = { type: 'party', party: { id: 'party_1', name: null } };
const up: ComparableValue = { type: 'change', direction: 'up', amount: '5', unit: null, baseline: null };
const ROOM = 'An approximate or uncertain date is taken as one year, month or day wider on either side.';

describe('compareValues', () => {
  it.each<[string, ComparableValue, ComparableValue, object | null]>([
    ['one party', party('a'), party('a'), { relation: 'same', values: ['a', 'a'] }],
    ['one unnamed party', party('a', true), party('a', true), { relation: 'same' }],
    ['two parties', party('a'), party('b'), { relation: 'apart', values: ['a', 'b'], notes: [] }],
    ['a party without a name, told by its id', nameless, party('b'), { values: ['party_1', 'b'] }],
    ['and on the other side', party('b'), nameless, { values: ['b', 'party_1'] }],
    ['an unnamed party may be the named one', party('a', true), party('b'), null],
    ['and the other way round', party('a'), party('b', true), null],

    [
      'one code',
      place('Kunar', 'AF-KNR'),
      place('Konar', 'AF-KNR'),
      { relation: 'same', values: ['Kunar', 'Konar'] },
    ],
    ['two codes', place('Kunar', 'AF-KNR'), place('Paktika', 'AF-PKA'), { relation: 'apart', notes: [] }],
    [
      'a province and its country',
      place('Kunar', 'AF-KNR'),
      place('Afghanistan', 'AF'),
      { relation: 'overlapping' },
    ],
    [
      'a country and its province',
      place('Afghanistan', 'AF'),
      place('Kunar', 'AF-KNR'),
      { relation: 'overlapping' },
    ],
    ['codes that only begin alike', place('a', 'AF-K'), place('b', 'AF-KNR'), { relation: 'apart' }],
    [
      'one name in two spellings',
      place('Kūnar'),
      place('KUNAR'),
      { relation: 'same', values: ['Kūnar', 'KUNAR'] },
    ],
    ['one name, a code on one side', place('Kunar', 'AF-KNR'), place('Kunar'), { relation: 'same' }],
    ['two names without codes', place('Kunar'), place('Asadabad'), null],
    ['two names, a code on one side', place('Kunar', 'AF-KNR'), place('Asadabad'), null],

    [
      'one day',
      date('2023-12-20'),
      date('2023-12-20'),
      { relation: 'same', values: ['20 December 2023', '20 December 2023'] },
    ],
    ['one year as a year and as a span', date('2023'), date('2023-01/2023-12'), { relation: 'same' }],
    ['a month and a day in it', date('2023-12'), date('2023-12-20'), { relation: 'overlapping', notes: [] }],
    ['two days', date('2023-12-20'), date('2023-12-21'), { relation: 'apart', notes: [] }],
    ['a year between two of a set', date('1964'), date('[1963,1965]'), { relation: 'apart', notes: [] }],
    [
      'about a day, and the next',
      date('2023-12-20~'),
      date('2023-12-21'),
      { relation: 'overlapping', notes: [ROOM] },
    ],
    [
      'a day, and about the next',
      date('2023-12-20'),
      date('2023-12-21?'),
      { relation: 'overlapping', notes: [ROOM] },
    ],
    [
      'about a day, and two days later',
      date('2023-12-20~'),
      date('2023-12-22'),
      { relation: 'apart', notes: [ROOM] },
    ],

    ['values of two types', date('2023'), quantity('2023'), null],
    ['a change and a number', up, quantity('5'), null],
    ['a number and a change', quantity('5'), up, null],
    [
      'none and a number',
      { type: 'no_value' },
      quantity('5 camps'),
      { relation: 'apart', values: ['none', '5 camps'] },
    ],
    ['a change and none', up, { type: 'no_value' }, { relation: 'apart', values: ['up 5', 'none'] }],
    [
      'none and a party',
      { type: 'no_value' },
      party('a', true),
      { relation: 'apart', values: ['none', 'a'] },
    ],
    [
      'none and a place',
      { type: 'no_value' },
      place('Kunar'),
      { relation: 'apart', values: ['none', 'Kunar'] },
    ],
    ['none and a date', { type: 'no_value' }, date('2023'), { relation: 'apart', values: ['none', '2023'] }],
    [
      'none and a text',
      { type: 'no_value' },
      { type: 'text', text: 'a' },
      { relation: 'apart', values: ['none', '“a”'] },
    ],
    [
      'none and what is not known',
      { type: 'no_value' },
      { type: 'unknown' },
      { relation: 'apart', values: ['none', 'some unknown value'] },
    ],
    ['none twice', { type: 'no_value' }, { type: 'no_value' }, { relation: 'same' }],
    ['none and nothing given', { type: 'no_value' }, { type: 'none' }, null],
    ['texts', { type: 'text', text: 'a' }, { type: 'text', text: 'a' }, null],
    ['what is not known', { type: 'unknown' }, { type: 'unknown' }, null],
  ])('%s', (_what, a, b, expected) => {
    const found = compareValues(a, b, null);
    if (expected === null) expect(found).toBeNull();
    else expect(found).toMatchObject(expected);
  });

  it('gives a quantity without a unit that of the predicate', () => {
    expect(compareValues(quantity('5'), quantity('5'), 'camps')?.values).toEqual(['5 camps', '5 camps']);
  });
});

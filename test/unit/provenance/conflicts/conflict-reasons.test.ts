import { describe, expect, it } from 'vitest';
import { compareClaims } from '../../../../src/provenance/conflicts/conflicts.js';
import { claim, type Pair, party, plain, quantity, total } from '../pairs.js';

type Short = Pair['a'];

describe('compareClaims: all reasons, in the order in which they decide', () => {
  it.each<[string, Short, Short, string, string[]]>([
    [
      'a contradiction gives both values, then the notes, then what the claims share and do not',
      { value: quantity('~10000'), occurred: '2024' },
      { value: quantity('5000'), occurred: '2024-11' },
      'contradiction',
      [
        'About 10,000 fighters and 5,000 fighters cannot both be right.',
        '“About” is taken as ten percent either way.',
        'Their times meet (2024 and November 2024).',
      ],
    ],
    [
      'values that overlap, with every difference of time and scope',
      { value: quantity('4000..6000'), occurred: '2023', scope: 'by day' },
      { value: quantity('5000..'), occurred: '2024', places: ['AF'] },
      'overlapping',
      [
        '4,000–6,000 fighters and at least 5,000 fighters can both be right.',
        'Different times (2023 and 2024).',
        'Only one is narrowed (“by day”).',
      ],
    ],
    [
      'different times lead, and the scopes follow',
      { value: quantity('4000'), occurred: '2023', scope: 'by day', places: ['AF'] },
      { value: quantity('~5000'), occurred: '2024', scope: 'by night', places: ['PK'] },
      'different_time',
      [
        'Not comparable: different times (2023 and 2024).',
        'One gives 4,000 fighters, the other about 5,000 fighters.',
        '“About” is taken as ten percent either way.',
        'Different things are counted (“by day” and “by night”).',
        'Different places (AF and PK).',
      ],
    ],
    [
      'a difference of scope leads, and the time follows',
      { value: quantity('4000 people'), occurred: '2024', scope: 'by day' },
      { value: quantity('5000 camps'), occurred: '2024' },
      'different_scope',
      [
        'Not comparable: different units (people and camps).',
        'One gives 4,000 people, the other 5,000 camps.',
        'Only one is narrowed (“by day”).',
        'Both speak of 2024.',
      ],
    ],
    [
      'a scope that differs goes before a time that is not known',
      { value: quantity('4000'), scope: 'by day' },
      { value: quantity('5000'), occurred: '2024' },
      'different_scope',
      [
        'Not comparable: only one is narrowed (“by day”).',
        'One gives 4,000 fighters, the other 5,000 fighters.',
        'One does not say of which time it speaks.',
      ],
    ],
    [
      'a time that is not known',
      { value: quantity('4000') },
      { value: quantity('5000'), occurred: '2024' },
      'unknown_time',
      [
        'Perhaps not comparable: one does not say of which time it speaks.',
        'One gives 4,000 fighters, the other 5,000 fighters.',
      ],
    ],
    [
      'the total of a part that is larger than that of the whole',
      { predicate: total, value: quantity('90'), occurred: '2024-01/2024-06' },
      { predicate: total, value: quantity('80'), occurred: '2024' },
      'contradiction',
      [
        '90 attacks and 80 attacks cannot both be right.',
        'The total of a part cannot exceed that of the whole.',
        'Totals of different periods (January–June 2024 and 2024).',
      ],
    ],
    [
      'and the other way round',
      { predicate: total, value: quantity('80'), occurred: '2024' },
      { predicate: total, value: quantity('90'), occurred: '2024-01/2024-06' },
      'contradiction',
      [
        '80 attacks and 90 attacks cannot both be right.',
        'The total of a part cannot exceed that of the whole.',
        'Totals of different periods (2024 and January–June 2024).',
      ],
    ],
    [
      'the total of a part that is smaller tells nothing',
      { predicate: total, value: quantity('80'), occurred: '2024-01/2024-06' },
      { predicate: total, value: quantity('90'), occurred: '2024' },
      'different_time',
      [
        'Not comparable: totals of different periods (January–June 2024 and 2024).',
        'One gives 80 attacks, the other 90 attacks.',
      ],
    ],
    [
      'names keep their small letters, also before words that are raised at a start',
      { predicate: plain, value: party('stand at ease'), occurred: '2024' },
      { predicate: plain, value: party('up-country'), occurred: '2024' },
      'contradiction',
      ['stand at ease and up-country cannot both be right.', 'Both speak of 2024.'],
    ],
  ])('%s', (_what, a, b, kind, why) => {
    expect(compareClaims(claim(a), claim(b))).toEqual({ kind, why });
  });
});

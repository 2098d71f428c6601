import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import * as filters from '../../../../src/http/request/filters.js';
import { check } from '../../../../src/http/validation/check.js';
import { decimalOrderKey } from '../../../../src/lib/decimal.js';

const day = (text: string) => Date.parse(`${text}T00:00:00Z`) / 86_400_000;

/** Holds a filter to what it makes of texts, and to the code with which it refuses others. */
function holds(schema: z.ZodType, taken: [text: string, value: unknown][], refused: [string, string][]) {
  it.each(taken)('%j becomes %j', (text, value) => {
    expect(schema.parse(text)).toEqual(value);
  });
  it.each(refused)('%.60j is refused as %s', (text, code) => {
    const result = check(z.object({ it: schema }), { it: text }, 'parameter');
    const [fault, ...others] = result.success ? [] : result.faults;
    expect([fault!.parameter, fault!.code, others]).toEqual(['it', code, []]);
    expect(fault!.detail).toMatch(/\w{3}/);
  });
  it('may be left out', () => {
    expect(schema.parse(undefined)).toBeUndefined();
  });
}

const fifty = Array.from({ length: 50 }, (_, i) => `k${i}`);

describe('anyLabel', () => {
  holds(
    filters.anyLabel('Unit.', 64, 'fighters'),
    [
      ['killed, wounded or missing', ['killed, wounded or missing']],
      ['a\nb, c', ['a', 'b, c']],
      [fifty.join('\n'), fifty],
    ],
    [
      [[...fifty, 'one-more'].join('\n'), 'invalid_value'],
      ['x'.repeat(65), 'invalid_value'],
      [' killed', 'invalid_value'],
      ['a\u202eb', 'invalid_value'],
    ],
  );
});

describe('anyKey', () => {
  holds(
    filters.anyKey('party'),
    [
      ['ttp', ['ttp']],
      ['b,a,b', ['b', 'a', 'b']],
      [fifty.join(','), fifty],
    ],
    [
      ...['a,,b', ',', ',a', 'a,', 'UPPER', 'a b', 'no_such', 'ttp,Lancet', '__proto__'].map(
        (text): [string, string] => [text, 'invalid_value'],
      ),
      [[...fifty, 'one-more'].join(','), 'invalid_value'],
    ],
  );
});

describe('anyPlace', () => {
  holds(
    filters.anyPlace('Place.'),
    [
      ['AF,PK-KP', ['AF', 'PK-KP']],
      ['Washington, D.C.', ['Washington, D.C.']],
      ['Kabul\nAF', ['Kabul', 'AF']],
    ],
    [
      ['af', 'invalid_value'],
      ['AF-XXX', 'invalid_value'],
      ['AF,UK', 'invalid_value'],
    ],
  );
});

describe('anyIdentifier', () => {
  holds(
    filters.anyIdentifier('wikidata:Q1'),
    [
      ['wikidata:Q1,wikidata:Q2', ['wikidata:Q1', 'wikidata:Q2']],
      ['doi:10.1000/a,b', ['doi:10.1000/a,b']],
    ],
    [
      ['wikidata', 'invalid_value'],
      ['wikidata:', 'invalid_value'],
      ['Wikidata:Q1', 'invalid_value'],
    ],
  );
});

describe('codes and tags', () => {
  holds(filters.anyTopic(), [['a,b-c', ['a', 'b-c']]], [['No Such', 'invalid_value']]);
  holds(
    filters.anyLanguage('Tag.'),
    [['fa,en', ['fa', 'en']]],
    [
      ['EN', 'invalid_value'],
      ['farsi', 'invalid_value'],
    ],
  );
});

describe('anyReference', () => {
  holds(
    filters.anyReference('party'),
    [['ttp,party_1,@x', ['ttp', 'party_1', '@x']]],
    [['a,', 'invalid_value']],
  );
});

describe('anyOf', () => {
  holds(
    filters.anyOf(['fact', 'opinion']),
    [
      ['fact', ['fact']],
      ['opinion,fact', ['opinion', 'fact']],
    ],
    [
      ['rumour', 'invalid_value'],
      ['fact,rumour', 'invalid_value'],
      ['Fact', 'invalid_value'],
      ['fact ', 'invalid_value'],
      ['constructor', 'invalid_value'],
    ],
  );

  it('says once each what is wrong with an empty alternative, and what there is to choose from', () => {
    const { error } = filters.anyOf(['fact']).safeParse('fact,');
    expect(error!.issues.map(({ message }) => message)).toContain(
      'an alternative is empty; leave out the comma',
    );
    const { error: other } = filters.anyOf(['fact', 'opinion']).safeParse('x');
    expect(other!.issues[0]!.message).toBe('give one or more of fact, opinion, separated by commas');
  });
});

describe('text', () => {
  const longest = 'ٹ'.repeat(2_000);
  holds(
    filters.text('A part of the name.', 'masoud'),
    [
      ['a, b', 'a, b'],
      [longest, longest],
    ],
    [[`${longest}x`, 'too_big']],
  );
});

describe('flag', () => {
  holds(
    filters.flag('Whether.'),
    [
      ['true', true],
      ['false', false],
    ],
    ['yes', '1', '0', 'TRUE', 'true ', 'maybe', 'truefalse', 'true\n'].map((text) => [
      text,
      'invalid_format',
    ]),
  );
});

describe('atLeast', () => {
  holds(
    filters.atLeast('At least.'),
    [
      ['0', 0],
      ['12', 12],
      ['007', 7],
      ['999999', 999_999],
    ],
    ['-1', '1.5', '1e3', '0x1', '+1', ' 1', '1000000', '١', 'two'].map((text) => [text, 'invalid_format']),
  );
});

describe('sourceDepth', () => {
  holds(
    filters.sourceDepth,
    [['all', 'all']],
    ['1', 'ALL', 'some'].map((text) => [text, 'invalid_value']),
  );
});

const noDates = [
  'yesterday',
  '2024-13',
  '2023-02-29',
  '06/02/2025',
  '1.1.2024',
  '0',
  '2024-Q1',
  'now',
  ' 2024',
];

describe('dayFrom', () => {
  holds(
    filters.dayFrom('On or after'),
    [
      ['2024', day('2024-01-01')],
      ['2024-07', day('2024-07-01')],
      ['2024-07-31', day('2024-07-31')],
      ['2024-02~', day('2024-02-01')],
      ['2023-05/2024', day('2023-05-01')],
    ],
    noDates.map((text) => [text, 'invalid_value']),
  );

  it('an open beginning begins before every day', () => {
    expect(filters.dayFrom('').parse('../2024')).toBeLessThan(day('0001-01-01'));
  });

  it('a text of more than 200 characters is refused', () => {
    expect(filters.dayFrom('').safeParse('2'.repeat(201)).error!.issues[0]!.code).toBe('too_big');
    expect(filters.dayTo('').safeParse('2'.repeat(201)).error!.issues[0]!.code).toBe('too_big');
  });
});

describe('dayTo', () => {
  holds(
    filters.dayTo('On or before'),
    [
      ['2024', day('2024-12-31')],
      ['2024-02', day('2024-02-29')],
      ['2023-02', day('2023-02-28')],
      ['2024-07-31', day('2024-07-31')],
      ['2023-05/2024', day('2024-12-31')],
    ],
    noDates.map((text) => [text, 'invalid_value']),
  );

  it('an open end ends after every day', () => {
    expect(filters.dayTo('').parse('2024/..')).toBeGreaterThan(day('9999-12-31'));
  });
});

const instants: [string, string][] = [
  ['2026-01-31T10:00:00Z', '2026-01-31T10:00:00.000Z'],
  ['2026-01-31T10:00:00.500+02:00', '2026-01-31T08:00:00.500Z'],
  ['2026-01-31T23:00:00-05:00', '2026-02-01T04:00:00.000Z'],
  ['0000-01-01T00:00:00Z', '0000-01-01T00:00:00.000Z'],
  ['9999-12-31T23:59:59.999Z', '9999-12-31T23:59:59.999Z'],
];
const noInstants = [
  '2026',
  '2026-01',
  '2026-02-30',
  '2026-01-31T10:00',
  '2026-01-31T25:00:00Z',
  '2026-01-31T10:00:00',
  '2026-01-31 10:00:00Z',
  // Years that an offset leads out of the four digits.
  '9999-12-31T23:59:59-02:00',
  '0000-01-01T00:00:00+02:00',
  '1767225600',
  'soon',
];

describe('instantFrom', () => {
  holds(
    filters.instantFrom('At or after'),
    [...instants, ['2026-01-31', '2026-01-31T00:00:00.000Z']],
    noInstants.map((text) => [text, 'invalid_value']),
  );
});

describe('instantTo', () => {
  holds(
    filters.instantTo('At or before'),
    [...instants, ['2026-01-31', '2026-01-31T23:59:59.999Z']],
    noInstants.map((text) => [text, 'invalid_value']),
  );

  it('tells of the + that an address turns into a space, and only then', () => {
    const detailOf = (text: string) => filters.instantTo('').safeParse(text).error!.issues[0]!.message;
    expect(detailOf('2026-01-31T10:00:00 02:00')).toContain('write %2B');
    expect(detailOf('soon')).not.toContain('%2B');
  });

  it('a text of more than 40 characters is refused', () => {
    expect(filters.instantTo('').safeParse('2'.repeat(41)).error!.issues[0]!.code).toBe('too_big');
  });
});

describe('decimalKey', () => {
  holds(
    filters.decimalKey('This or more.'),
    ['0', '-0', '5', '-3.5', '10.00', '9007199254740992.5', '9'.repeat(64)].map((text) => [
      text,
      decimalOrderKey(text),
    ]),
    ['1e3', '1,000', '+5', '05', '.5', '5.', 'ten', ' 5', '9'.repeat(65)].map((text) => [
      text,
      'invalid_value',
    ]),
  );
});

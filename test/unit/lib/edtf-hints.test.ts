import { describe, expect, it } from 'vitest';
import { EdtfError, parseEdtf } from '../../../src/lib/edtf.js';
import { suggestEdtf } from '../../../src/lib/edtf-hints.js';

const habits: [string, string][] = [
  ['1950?~', '1950%'],
  ['1950~?', '1950%'],
  ['20th century', '19XX'],
  ['the 21st century', '20XX'],
  ['19th c.', '18XX'],
  ['1990s', '199X'],
  ['the 1990s', '199X'],
  ["1990's", '199X'],
  ['1900s', '19XX'],
  ['before 2024', '../2023'],
  ['before May 2024', '../2024-04'],
  ['before 1 March 2024', '../2024-02-29'],
  ['after 2020', '2021/..'],
  ['after 31 December 2020', '2021-01-01/..'],
  ['until 2023', '../2023'],
  ['up to 19 May 2020', '../2020-05-19'],
  ['since 2020', '2020/..'],
  ['from May 2020', '2020-05/..'],
  ['2020 to present', '2020/..'],
  ['2020 - now', '2020/..'],
  ['2020 onwards', '2020/..'],
  ['2024 or 2025', '[2024,2025]'],
  ['14 or 15 November 2024', '[2024-11-14,2024-11-15]'],
  ['2020 and 2022', '{2020,2022}'],
  ['between 2013 and 2018', '[2013..2018]'],
  ['c. 2024', '2024~'],
  ['c.2024', '2024~'],
  ['ca. 2024', '2024~'],
  ['circa May 2024', '2024-05~'],
  ['about 1950', '1950~'],
  ['around 1950', '1950~'],
  ['approx. 1950', '1950~'],
  ['~1950', '1950~'],
  ['early 2024', '2024~'],
  ['late 1990s', '199X'],
  ['2024 (probably)', '2024?'],
  ['perhaps 2024', '2024?'],
  ['2024 ?', '2024?'],
  ['c. 2024?', '2024%'],
  ['14-15 Nov 2024', '2024-11-14/2024-11-15'],
  ['14–15 November 2024', '2024-11-14/2024-11-15'],
  ['Nov 14-15, 2024', '2024-11-14/2024-11-15'],
  ['14 Nov - 2 Dec 2024', '2024-11-14/2024-12-02'],
  ['14 November 2024 to 2 January 2025', '2024-11-14/2025-01-02'],
  ['May/June 2024', '2024-05/2024-06'],
  ['May–June 2024', '2024-05/2024-06'],
  ['from 2013 to 2018', '2013/2018'],
  ['2013-2018', '2013/2018'],
  ['2013–2018', '2013/2018'],
  ['14.11.2024', '2024-11-14'],
  ['5.6.2024', '2024-06-05'],
  ['14/11/2024', '2024-11-14'],
  ['11/14/2024', '2024-11-14'],
  ['2024/11/14', '2024-11-14'],
  ['2024.11.14', '2024-11-14'],
  ['2024-1-5', '2024-01-05'],
  ['2024-5', '2024-05'],
  ['20241114', '2024-11-14'],
  ['14 November 2024', '2024-11-14'],
  ['14th November 2024', '2024-11-14'],
  ['the 14th of November, 2024', '2024-11-14'],
  ['November 14, 2024', '2024-11-14'],
  ['14-Nov-2024', '2024-11-14'],
  ['Sept. 2024', '2024-09'],
  ['Nov 2024', '2024-11'],
  ['in May 2024', '2024-05'],
  ['spring 2024', '2024-21'],
  ['fall 2024', '2024-23'],
  ['Q1 2024', '2024-01/2024-03'],
  ['2024 Q4', '2024-10/2024-12'],
  ['2024-Q2', '2024-04/2024-06'],
  ['H2 2024', '2024-07/2024-12'],
];

describe('suggestEdtf', () => {
  it.each(habits)('“%s” becomes %s, which is a date', (text, suggestion) => {
    expect(suggestEdtf(text)).toBe(suggestion);
    expect(() => parseEdtf(suggestion)).not.toThrow();
  });

  it.each([
    '',
    'soon',
    '05/06/2024',
    'Tuesday',
    'FY2024',
    'H3 2024',
    'May',
    '14 Foo 2024',
    '0th century',
    'x or y',
  ])('“%s” gets no suggestion, since it can mean more than one date or none', (text) => {
    expect(suggestEdtf(text)).toBeNull();
  });
});

describe('parseEdtf', () => {
  it.each(habits)('refuses “%s” and shows %s', (text, suggestion) => {
    expect(() => parseEdtf(text)).toThrow(EdtfError);
    expect(() => parseEdtf(text)).toThrow(`write ${suggestion}`);
  });

  it('shows no suggestion that is no date itself', () => {
    expect(() => parseEdtf('30 February 2024')).not.toThrow('2024-02-30');
    expect(() => parseEdtf('31.04.2024')).toThrow(/April 2024 has 30 days|year-month-day/);
  });
});

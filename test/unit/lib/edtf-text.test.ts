import { describe, expect, it } from 'vitest';
import { EdtfError } from '../../../src/lib/edtf.js';
import { edtfAdverb, edtfWords } from '../../../src/lib/edtf-text.js';

describe('edtfWords', () => {
  it.each([
    ['2025', '2025'],
    ['0950', '950'],
    ['2025-05', 'May 2025'],
    ['2025-02-06', '6 February 2025'],
    ['2025-02-06T13:45:00Z', '6 February 2025'],
    ['2022-XX', '2022'],
    ['2022-XX-XX', '2022'],
    ['2022-10-XX', 'October 2022'],
    ['2022-21', 'spring 2022'],
    ['2022-24', 'winter 2022'],
    ['202X', 'the 2020s'],
    ['19XX', '1900–1999'],
    ['2024~', 'c. 2024'],
    ['2023?', '2023 (uncertain)'],
    ['2023-04%', 'c. April 2023 (uncertain)'],
    ['2013/2018', '2013–2018'],
    ['2024-05/2024-06', 'May–June 2024'],
    ['2024-05/2025-06', 'May 2024–June 2025'],
    ['2024-07-01/2024-12-13', '1 July–13 December 2024'],
    ['2024-11-14/2024-11-15', '14–15 November 2024'],
    ['2024/2024-06', '2024–June 2024'],
    ['2024-06/2024-06-15', 'June–15 June 2024'],
    ['2024-06/2024-06', 'June 2024'],
    ['2020~/2021', 'c. 2020–2021'],
    ['2021-03?/2021-04', 'March 2021 (uncertain)–April 2021'],
    ['../2023', 'until 2023'],
    ['/2023-05', 'until May 2023'],
    ['2024-02/..', 'since February 2024'],
    ['2024/', 'since 2024'],
    ['[2024,2025]', '2024 or 2025'],
    ['{2020,2021-05,2022}', '2020, May 2021 and 2022'],
    ['[2021..2023]', '2021–2023'],
    ['[..2023]', '2023 or earlier'],
    ['[2019,2021..]', '2019 or 2021 or later'],
  ])('%s is written “%s”', (text, words) => {
    expect(edtfWords(text)).toBe(words);
  });

  it('refuses what is no date', () => {
    expect(() => edtfWords('May 2025')).toThrow(EdtfError);
  });
});

describe('edtfAdverb', () => {
  it.each([
    ['2025-02-06', 'on 6 February 2025'],
    ['2025-02-06T13:45:00Z', 'on 6 February 2025'],
    ['2025-05', 'in May 2025'],
    ['2025-05-XX', 'in May 2025'],
    ['2025', 'in 2025'],
    ['2022-21', 'in spring 2022'],
    ['202X', 'in the 2020s'],
    ['19XX', 'in 1900–1999'],
    ['2024~', 'around 2024'],
    ['2023-04-05?', 'perhaps on 5 April 2023'],
    ['2023-04%', 'perhaps around April 2023'],
    ['2013/2018', 'from 2013 to 2018'],
    ['2024-05/2024-06', 'from May to June 2024'],
    ['2024-11/2025-02', 'from November 2024 to February 2025'],
    ['2024-11-14/2024-11-15', 'from 14 to 15 November 2024'],
    ['2024-06/2024-06', 'in June 2024'],
    ['2020~/2021', 'from around 2020 to 2021'],
    ['2021-03?/2021-04', 'from perhaps March 2021 to April 2021'],
    ['../2023', 'no later than 2023'],
    ['/2023-05~', 'no later than around May 2023'],
    ['2024-02/..', 'no earlier than February 2024'],
    ['[2024,2025]', 'in 2024 or 2025'],
    ['[2024-05-01,2024-05-03]', 'on 1 May 2024 or 3 May 2024'],
    ['{2020,2021-05}', 'in 2020 and May 2021'],
    ['[..2023]', 'in 2023 or earlier'],
  ])('%s is written “%s”', (text, words) => {
    expect(edtfAdverb(text)).toBe(words);
  });
});

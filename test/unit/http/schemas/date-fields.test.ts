import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { dayFrom, dayTo, instantFrom } from '../../../../src/http/request/filters.js';
import { edtf, edtfInterval, instant } from '../../../../src/http/schemas/fields.js';
import { parseEdtf } from '../../../../src/lib/edtf.js';
import { inputCodes, inputFaults } from '../../../support/inputs.js';

/** What is no date, and what the answer must show instead. */
const noDates: [date: string, shows: string][] = [
  ['2024-02-30', '2024-02-29'],
  ['2023-02-29', '2023-02-28'],
  ['2024-04-31', '2024-04-30'],
  ['2024-02-00', '2024-02-01'],
  ['20220', 'four digits'],
  ['2024-13', '2024-12'],
  ['2024-00', '2024-12'],
  ['0000', '0001 to 9999'],
  ['0000-01-01', '0001 to 9999'],
  ['+275760-09-13', '0001 to 9999'],
  ['-0044', '0001 to 9999'],
  ['Y170000002', '0001 to 9999'],
  ['infinity', '2024-02/..'],
  ['today', '2024-02/..'],
  ['2024-06-01/2024-05-01', 'earlier date first'],
  ['2024-02/2023', 'earlier date first'],
  ['2024-12-31T23:59:60Z', '2024-02-06T13:45:00Z'],
  ['2024-12-31T24:00:00Z', '2024-02-06T13:45:00Z'],
  ['2024-12-31T10:00:00.123456789Z', 'at most 3 decimals'],
  ['2024-12-31T10:00:00-00:00', '2024-02-06T13:45:00Z'],
  ['2024-12-31T10:00:00+23:59', '2024-02-06T13:45:00Z'],
  ['2024-12-31 10:00', '2024-12-31'],
  ['02/06/2024', '2024-12-13'],
  ['6 February 2024', '2024-02-06'],
  ['2024-1-1', '2024-06-01'],
  ['20240206', '2024-02-06'],
  ['2024-Q1', '2024-01/2024-03'],
  ['2024-02/2024-03/2024-04', '2024-02-06/2024-03-31'],
  ['/', '2024-02/..'],
  ['../..', '2024-02/..'],
  [' 2024', '2024'],
  ['2024\n', '2024'],
  ['\uff12\uff10\uff12\uff14', '2024'],
  ['[2024-13..2025]', '2024-12'],
];

const isDate = (text: string): boolean => {
  try {
    return parseEdtf(text).text === text;
  } catch {
    return false;
  }
};

/** Whether a sentence shows a date that would be taken. */
const showsDate = (detail: string, sent: string): boolean =>
  detail.split(/[\s,;]+/).some((word) => word !== sent && isDate(word.replace(/:$/, '')));

const member = (schema: z.ZodType) => z.object({ it: schema });

describe.each([
  ['edtf', edtf],
  ['edtfInterval', edtfInterval],
])('%s', (_name, schema) => {
  it.each(noDates)('refuses %j and shows a right form', (date, shows) => {
    const faults = inputFaults(member(schema), { it: date });
    expect(faults).toEqual([{ pointer: '/it', code: 'invalid_date', detail: expect.any(String) }]);
    expect(faults[0]!.detail).toContain(shows);
    expect(showsDate(faults[0]!.detail, date), faults[0]!.detail).toBe(true);
  });

  it('refuses a date that is empty or endless', () => {
    expect(inputCodes(member(schema), { it: '' })).toEqual(['/it invalid_date']);
    const endless = `{${'2024,'.repeat(50)}2025}`;
    expect(inputCodes(member(schema), { it: endless })).toEqual(['/it too_big']);
  });

  it('refuses what is no text', () => {
    for (const date of [5, true, ['2024'], { date: '2024' }]) {
      expect(inputCodes(member(schema), { it: date })).toEqual(['/it invalid_type']);
    }
  });
});

describe('edtf', () => {
  it.each([
    '2026',
    '2026-05~',
    '202X',
    '2022/..',
    '../2022',
    '[2023-12-10..2023-12-17]',
    '2024-12-31T23:59:59.999-12:00',
  ])('takes %s as it is written', (date) => {
    expect(edtf.parse(date)).toBe(date);
  });
});

describe('edtfInterval', () => {
  it('takes an interval as it is written', () => {
    for (const date of ['2024-07-01/2024-12-13', '2024/..']) expect(edtfInterval.parse(date)).toBe(date);
  });

  it.each(['{2024,2025}', '[2024..2025]'])('refuses %s and shows an interval', (date) => {
    const [fault] = inputFaults(member(edtfInterval), { it: date });
    expect(fault!.code).toBe('invalid_date');
    expect(showsDate(fault!.detail, date), fault!.detail).toBe(true);
  });
});

describe('instant', () => {
  it.each([
    '2999-02-30T00:00:00Z',
    '2999-12-31T23:59:60Z',
    '2999-12-31T24:00:00Z',
    '2999-12-31T25:00:00Z',
    '0000-01-01T00:00:00Z',
    '+275760-09-13T00:00:00Z',
    '2999-12-31T10:00:00+24:00',
    '2999',
    '1735689600',
    'infinity',
    'now',
    '',
    ' 2999-12-31T10:00:00Z',
    '2999-12-31T10:00:00Z\n',
  ])('refuses %j and shows a right form', (text) => {
    const [fault, ...others] = inputFaults(member(instant), { it: text });
    expect([fault!.pointer, others]).toEqual(['/it', []]);
    expect(fault!.code).toMatch(/^invalid_(format|value)$/);
    expect(fault!.detail).toContain('2026-01-31T09:00:00Z');
  });

  it.each([
    ['2999-12-31', '2999-12-31T00:00:00Z'],
    ['2999-12-31T10:00', '2999-12-31T10:00:00Z'],
    ['2999-12-31T10:00:00', '2999-12-31T10:00:00Z'],
    ['2999-12-31 10:00:00.5Z', '2999-12-31T10:00:00.5Z'],
    ['2999-12-31 10:00+04:30', '2999-12-31T10:00:00+04:30'],
  ])('refuses %j and shows %s', (text, meant) => {
    const [fault] = inputFaults(member(instant), { it: text });
    expect(fault!.detail).toBe(`write an instant as ${meant}`);
    expect(instant.safeParse(meant).success).toBe(true);
  });

  it.each([
    '2024-12-31T10:00:00Z',
    '2024-12-31T10:00:00.5Z',
    '2024-12-31T10:00:00.123456789Z',
    '2024-12-31T10:00:00+05:30',
  ])('takes %s as it is written', (text) => {
    expect(instant.parse(text)).toBe(text);
  });
});

describe('dayFrom and dayTo', () => {
  it.each(noDates)('refuse %j and show a right form', (date) => {
    for (const filter of [dayFrom(''), dayTo('')]) {
      const [fault, ...others] = inputFaults(member(filter), { it: date });
      expect([fault!.code, others]).toEqual(['invalid_value', []]);
      expect(showsDate(fault!.detail, date), fault!.detail).toBe(true);
    }
  });
});

describe('instantFrom', () => {
  it.each(['2024-02-30', '2024-02-30T00:00:00Z', '2024-12-31T23:59:60Z', 'infinity', '2024-13', '20220'])(
    'refuses %s and shows a right form',
    (text) => {
      const [fault] = inputFaults(member(instantFrom('')), { it: text });
      expect(fault!.detail).toContain('2024-02-01T10:00:00Z');
    },
  );
});

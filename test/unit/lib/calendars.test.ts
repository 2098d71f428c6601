import { describe, expect, it } from 'vitest';
import { fromSolarHijri, otherCalendar } from '../../../src/lib/calendars.js';

const now = Date.parse('2026-11-28T00:00:00Z');

describe('fromSolarHijri', () => {
  it.each([
    ['1403', '2024-03-20/2025-03-20'],
    ['1404', '2025-03-21/2026-03-20'],
    ['1403-07', '2024-09-22/2024-10-21'],
    ['1403-12', '2025-02-19/2025-03-20'],
    ['1404-12', '2026-02-20/2026-03-20'],
    ['1357-11-22', '1979-02-11'],
    ['1402/1403', '2023-03-21/2025-03-20'],
    ['1402-06/1403-01-01', '2023-08-23/2024-03-20'],
    ['1403~', null],
    ['140X', null],
    ['1403/..', null],
    ['{1402,1403}', null],
  ])('%s is %s', (text, expected) => expect(fromSolarHijri(text)).toBe(expected));

  it('gives each day of 1300 to 1430 as the calendar of the platform has it', () => {
    const persian = new Intl.DateTimeFormat('en-u-ca-persian', {
      ...{ year: 'numeric', month: '2-digit', day: '2-digit', timeZone: 'UTC' },
    });
    for (let day = Date.UTC(1921, 2, 21); day < Date.UTC(2051, 2, 21); day += 86_400_000) {
      const part = Object.fromEntries(persian.formatToParts(day).map(({ type, value }) => [type, value]));
      const text = `${part.year}-${part.month}-${part.day}`;
      if (fromSolarHijri(text) !== new Date(day).toISOString().slice(0, 10)) expect.fail(text);
    }
  });
});

describe('otherCalendar', () => {
  it.each([
    ['1403', /Solar Hijri calendar; if so, write 2024-03-20\/2025-03-20$/],
    ['1403?', /Solar Hijri calendar; if so, write 2024 or 2025 for 1403$/],
    ['1406', /Solar Hijri/],
    ['1407', /Islamic calendar; .* about 1987$/],
    ['1446-09', /Islamic calendar; .* about 2025$/],
    ['../1403', /Solar Hijri/],
  ])('%s', (text, expected) => expect(otherCalendar(text, now)).toMatch(expected));

  it.each(['2024', '1299', '1450', '1066', '13XX', '1403/2024', '0001', '../2024', '1950/..'])(
    '%s is taken as it stands',
    (text) => expect(otherCalendar(text, now)).toBeNull(),
  );
});

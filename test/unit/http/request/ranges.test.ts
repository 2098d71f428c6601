import { expect, it } from 'vitest';
import { rangeFaults } from '../../../../src/http/request/ranges.js';

it.each([
  [{ occurred_from: 19_000, occurred_to: 18_000 }, 'occurred_to', 'occurred_from'],
  [
    { recorded_from: '2026-02-01T00:00:00.000Z', recorded_to: '2026-01-31T23:59:59.999Z' },
    'recorded_to',
    'recorded_from',
  ],
  [{ value_min: 'k2', value_max: 'k1' }, 'value_max', 'value_min'],
  [{ since: '2026-02-01T00:00:00.000Z', until: '2026-01-01T00:00:00.000Z' }, 'until', 'since'],
])('%j is refused, with what to do', (query, parameter, other) => {
  const detail = `comes before ${other}; swap the two`;
  expect(rangeFaults(query)).toEqual([{ parameter, code: 'inverted_range', detail }]);
});

it.each([
  { occurred_from: 19_000, occurred_to: 19_000 },
  { occurred_from: 18_000, occurred_to: 19_000, said_from: 20_000 },
  { said_to: 1 },
  { value_min: 'k1', value_max: 'k1' },
  { value_max: 'k1', updated_from: undefined, updated_to: '2026-01-31T23:59:59.999Z' },
])('%j is taken', (query) => {
  expect(rangeFaults(query)).toEqual([]);
});

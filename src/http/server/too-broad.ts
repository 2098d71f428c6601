import { ApiError, type FieldError } from '../../lib/errors.js';
import { shaping } from '../request/paging.js';

const RANGE = /_(from|to|min|max)$/;

function adviceOn(name: string, value: string): string {
  if (name === 'count') return 'leave it out, or add a filter that matches less';
  if (name === 'sort')
    return `leave it out, or sort by id: with these filters many rows come before a page in this order`;
  if (name === 'as_of') return 'leave it out if the register as it is will do';
  if (RANGE.test(name)) return 'narrow the range, or combine it with a filter that matches less';
  if (value.includes(',')) return 'give fewer alternatives at once';
  return 'combine it with a filter that matches less, such as a key, a subject, a source or a rarer party';
}

/** A 503 that names the filters of a request and says what would narrow them. */
export function tooBroad(filters: Record<string, string>): ApiError {
  const errors: FieldError[] = Object.entries(filters)
    .filter(([name]) => name === 'count' || !shaping.has(name))
    .map(([name, value]) => ({ parameter: name, code: 'too_broad', detail: adviceOn(name, value) }));
  const named = errors.map(({ parameter }) => parameter).join(', ');
  const detail = named
    ? `These parameters together match too much to be answered in time: ${named}. The errors say how to narrow them.`
    : 'There is too much to be looked at for an answer in time. Add a filter.';
  return new ApiError('query_too_broad', detail, errors, {}, { 'retry-after': '30' });
}

import { describe, expect, it } from 'vitest';
import { claimType } from '../../../src/claims/claim.js';
import { anyKey } from '../../../src/http/request/filters.js';
import { check } from '../../../src/http/validation/check.js';
import { includeQuery, pageQueries } from '../../../src/resources/list.schemas.js';

const { query, documented } = pageQueries({
  noun: claimType,
  filters: { key: anyKey('party') },
  sorts: { id: 'id', said: 'said_day', created: 'created_at' },
  includes: ['subject', 'party'],
});
const refusals = (given: object) => {
  const result = check(query, given, 'parameter');
  return result.success ? [] : result.faults.map(({ parameter, code }) => `${parameter} ${code}`);
};

describe('pageQueries: sort', () => {
  it.each(['id', '-id', 'said', '-said', 'said,id', 'said,-id', '-said,id', '-created,-id', 'id,-id'])(
    'takes %s',
    (sort) => {
      expect(query.parse({ sort })).toEqual({ sort });
    },
  );

  it.each([
    ...['ID', 'key_hash', 'doc', 'said_day', 't1.secret', 'id";--', 'constructor', '+id', ' id', 'id\n'],
    ...['-', '--id', ',id', 'id,', 'id,created', 'said,said', 'created,id,id', 'id,--id'],
  ])('refuses %j', (sort) => {
    expect(refusals({ sort })).toEqual(['sort invalid_format']);
  });
});

describe('pageQueries', () => {
  it('knows filters, instants, the shape of the answer, order and includes, and nothing else', () => {
    const known = ['as_of', 'count', 'cursor', 'fields', 'include', 'key', 'limit', 'q', 'sort'];
    expect(Object.keys(query.shape).sort()).toEqual(known);
    expect(Object.keys(documented.shape).sort()).toEqual(known.filter((name) => name !== 'fields'));
    for (const name of [
      'offset',
      'page',
      'Limit',
      'key[]',
      'key_hash',
      'doc',
      'constructor',
      'toString',
      '',
    ]) {
      expect(refusals({ [name]: '1' })).toEqual([`${name} unknown_parameter`]);
    }
    expect(refusals(JSON.parse('{"__proto__":"1"}'))).toEqual(['__proto__ unknown_parameter']);
  });

  it('knows no include where there is nothing to include', () => {
    const { query: plain } = pageQueries({ noun: claimType, filters: {}, sorts: { id: 'id' }, includes: [] });
    expect(Object.keys(plain.shape)).not.toContain('include');
  });

  it('names all faults at once', () => {
    const faults = refusals({ key: 'a,', limit: '0', sort: 'x', include: 'y', toString: '3' });
    expect(faults.sort()).toEqual([
      'include invalid_value',
      'key invalid_value',
      'limit invalid_format',
      'sort invalid_format',
      'toString unknown_parameter',
    ]);
  });

  it('names at most 20 faults', () => {
    const many = Object.fromEntries(Array.from({ length: 50 }, (_, i) => [`p${i}`, '1']));
    expect(refusals(many)).toHaveLength(20);
    expect(refusals({ ...many, sort: 'x', limit: '0' })).toHaveLength(20);
  });
});

describe('includeQuery', () => {
  const include = includeQuery(['subject', 'party']);
  it.each(['subject', 'party,subject', 'party,party'])('takes %s', (text) => {
    expect(include.parse(text)).toBe(text);
  });
  it.each(['everything', 'id', 'subject,', ',', 'subject, party', '__proto__', 'Subject'])(
    'refuses %j',
    (text) => {
      expect(include.safeParse(text).error!.issues[0]!.message).toBe('include takes subject, party');
    },
  );
});

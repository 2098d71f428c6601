import type { FastifyRequest } from 'fastify';
import { describe, expect, it } from 'vitest';
import { etagOf, preconditionOf, requireMatch, versionIn } from '../../../../src/http/request/conditional.js';
import { ApiError } from '../../../../src/lib/errors.js';

const read = (headers: Record<string, string>) => preconditionOf({ headers } as unknown as FastifyRequest);
const failure = (fn: () => unknown): ApiError => {
  try {
    fn();
  } catch (error) {
    if (error instanceof ApiError) return error;
    throw error;
  }
  return expect.fail('nothing was refused');
};

describe('preconditionOf', () => {
  const right: [header: string, match: number[] | 'any'][] = [
    ['"1"', [1]],
    ['W/"1"', [1]],
    ['"1-other"', [1]],
    ['W/"1-other"', [1]],
    ['"7", "1-x"', [7, 1]],
    [' "1" ', [1]],
    ['"999999999"', [999_999_999]],
    ['*', 'any'],
    [' * ', 'any'],
  ];
  it.each(right)('reads the versions of If-Match: %s', (header, match) => {
    expect(read({ 'if-match': header })).toEqual({ match, absent: false });
  });

  const wrong = ['', '1', '"x"', '"1', '1-x', '"-1"', '"1.0"', '"1";', '"1" "2"', 'w/"1"', '"1", *', '"1e3"'];
  it.each([...wrong, '1"', '"9999999999"', 'x"1"', '"1"x'])('refuses If-Match: %s', (header) => {
    const { code, faults } = failure(() => read({ 'if-match': header }));
    expect([code, faults]).toEqual([
      'invalid_header',
      [{ parameter: 'If-Match', code: 'invalid_header', detail: expect.stringContaining('ETag') }],
    ]);
  });

  it('reads If-None-Match: * as what must not be there', () => {
    expect(read({ 'if-none-match': ' * ' })).toEqual({ match: null, absent: true });
    expect(read({})).toEqual({ match: null, absent: false });
  });

  it.each(['"1"', '', '*, "1"', '**'])('refuses If-None-Match: %s', (header) => {
    const { code, faults } = failure(() => read({ 'if-none-match': header }));
    expect([code, faults[0]!.parameter]).toEqual(['invalid_header', 'If-None-Match']);
  });
});

describe('requireMatch', () => {
  it('asks for If-Match where none was sent', () => {
    const { code } = failure(() => requireMatch({ match: null, absent: false }, 2));
    expect(code).toBe('precondition_required');
  });

  it.each([[[1]], [[3]], [[0]], [[1, 3]]])('refuses the versions %j of an object in version 2', (match) => {
    const { code, message } = failure(() => requireMatch({ match, absent: false }, 2));
    expect([code, message]).toEqual(['precondition_failed', expect.stringContaining('version is 2')]);
  });

  it('takes the stored version among others, and any', () => {
    for (const match of [[2], [7, 2], 'any' as const]) requireMatch({ match, absent: false }, 2);
  });
});

describe('etagOf', () => {
  it('names the version, which versionIn reads, and the body', () => {
    const etag = etagOf(12, '{"a":1}');
    expect(etag).toMatch(/^"12-[\w-]{16}"$/);
    expect(versionIn(etag)).toBe(12);
    expect(etagOf(12, Buffer.from('{"a":1}'))).toBe(etag);
    expect(etagOf(12, '{"a":2}')).not.toBe(etag);
  });
});

import type { FastifyRequest } from 'fastify';
import { describe, expect, it } from 'vitest';
import { idempotencyKeyOf } from '../../../../src/http/request/idempotency.store.js';

const read = (header: string | undefined, more: object = {}) =>
  idempotencyKeyOf({
    headers: header === undefined ? {} : { 'idempotency-key': header },
    method: 'POST',
    url: '/v1/parties',
    body: { name: 'x' },
    ...more,
  } as unknown as FastifyRequest);

describe('idempotencyKeyOf', () => {
  const right = [
    'a-1',
    '0b2f6c1e-6d4f-4d0e-9a53-2f1f7a1f9a10',
    "!#$%&'()*+,-./:;<=>?@[]^_`{|}~",
    'k'.repeat(255),
    '__proto__',
  ];
  it.each(right)('reads %s bare and in quotes', (key) => {
    expect(read(key)!.key).toBe(key);
    expect(read(`"${key}"`)!.key).toBe(key);
  });

  it('reads a space in quotes alone', () => {
    expect(read('"a 1"')!.key).toBe('a 1');
  });

  const wrong: [what: string, sent: string][] = [
    ['nothing', ''],
    ['empty quotes', '""'],
    ['a space', 'a 1'],
    ['a quote left open', '"a'],
    ['a quote inside', 'a"b'],
    ['two keys', '"a", "b"'],
    ['a tab', '"a\tb"'],
    ['a letter beyond ASCII', 'é'],
    ['256 characters', 'k'.repeat(256)],
    ['256 characters in quotes', `"${'k'.repeat(256)}"`],
  ];
  it.each(wrong)('refuses %s', (_what, sent) => {
    expect(() => read(sent)).toThrow(
      expect.objectContaining({
        code: 'invalid_header',
        faults: [expect.objectContaining({ parameter: 'Idempotency-Key', code: 'invalid_header' })],
      }),
    );
  });

  it('reads none where none was sent, or the method can be repeated anyway', () => {
    expect(read(undefined)).toBeNull();
    for (const method of ['PUT', 'PATCH', 'DELETE']) expect(read('a', { method })).toBeNull();
  });

  it('has a fingerprint of the address and the body', () => {
    const { fingerprint } = read('a')!;
    expect(read('b')!.fingerprint).toBe(fingerprint);
    for (const more of [{ url: '/v1/sources' }, { body: { name: 'y' } }, { body: { name: 'x', a: 1 } }]) {
      expect(read('a', more)!.fingerprint).not.toBe(fingerprint);
    }
  });
});

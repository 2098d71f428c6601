import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { check } from '../../../src/http/validation/check.js';
import { ApiError } from '../../../src/lib/errors.js';
import type { Json } from '../../../src/lib/json-value.js';
import { applyOperations } from '../../../src/resources/json-patch.js';
import { type JsonPatch, JsonPatchOperation } from '../../../src/resources/json-patch.schemas.js';

const required = createRequire(import.meta.url);

interface Case {
  comment?: string;
  doc: Json;
  patch: object[];
  expected?: Json;
  error?: string;
  disabled?: boolean;
}

/** What a document becomes; a fault as `pointer code`. */
function applied(doc: Json, patch: readonly object[]): Json | undefined {
  const operations = patch.map((operation, i) => {
    const result = check(JsonPatchOperation, operation, 'pointer', `/${i}`);
    if (!result.success) throw new ApiError('invalid_body', '', result.faults);
    return result.data;
  });
  return applyOperations(doc, operations).document;
}

function refusal(doc: Json, patch: readonly object[]): string {
  try {
    return JSON.stringify(applied(doc, patch));
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return `${error.code} ${error.faults[0]?.pointer} ${error.faults[0]?.code}`;
  }
}

describe('applyOperations', () => {
  /** The public test suite of JSON Patch. */
  const suite = ['spec_tests.json', 'tests.json'].flatMap((file) =>
    (required(`json-patch-test-suite/${file}`) as Case[]).filter(({ patch, disabled }) => patch && !disabled),
  );
  it.each(suite.map((one, i) => [one.comment ?? one.error ?? `case ${i}`, one] as const))(
    'keeps to the test suite of RFC 6902: %s',
    (_comment, { doc, patch, expected, error }) => {
      const before = structuredClone(doc);
      if (error === undefined) expect(applied(doc, patch)).toEqual(expected ?? doc);
      else expect(() => applied(doc, patch)).toThrow(ApiError);
      expect(doc).toEqual(before);
    },
  );

  const doc = { name: 'x', names: [{ name: 'a' }, { name: 'b' }], count: null };
  const hostile: [patch: object, refused: string][] = [
    [{ op: 'add', path: '/__proto__/x', value: 1 }, 'invalid_body /0/path forbidden_member'],
    [{ op: 'add', path: '/__proto__', value: {} }, 'invalid_body /0/path forbidden_member'],
    [{ op: 'add', path: '/constructor/prototype/x', value: 1 }, 'invalid_body /0/path forbidden_member'],
    [{ op: 'copy', from: '/names/constructor', path: '/x' }, 'invalid_body /0/from forbidden_member'],
    [{ op: 'add', path: '/toString/x', value: 1 }, 'patch_conflict /0/path no_such_place'],
    [{ op: 'copy', from: '/toString', path: '/x' }, 'patch_conflict /0/from no_such_place'],
    [{ op: 'test', path: '/hasOwnProperty', value: null }, 'patch_conflict /0/path no_such_place'],
    [{ op: 'replace', path: '/names/length', value: 4_294_967_295 }, 'patch_conflict /0/path no_such_place'],
    [{ op: 'add', path: '/names/push', value: 1 }, 'patch_conflict /0/path no_such_place'],
    [{ op: 'add', path: '/names/1e0', value: 1 }, 'patch_conflict /0/path no_such_place'],
    [{ op: 'add', path: '/names/4294967296', value: 1 }, 'patch_conflict /0/path no_such_place'],
    [{ op: 'add', path: '/name/0', value: 1 }, 'patch_conflict /0/path no_such_place'],
    [{ op: 'remove', path: '/names/-' }, 'patch_conflict /0/path no_such_place'],
    [{ op: 'replace', path: '/names/00', value: 1 }, 'patch_conflict /0/path no_such_place'],
    [{ op: 'move', from: '/names', path: '/names/0' }, 'patch_conflict /0/path moved_into_itself'],
    [{ op: 'test', path: '/name', value: 'y' }, 'patch_conflict /0/path test_failed'],
    [{ op: 'test', path: '/names', value: { 0: { name: 'a' } } }, 'patch_conflict /0/path test_failed'],
    [{ op: 'add', path: 'name', value: 1 }, 'invalid_body /0/path invalid_format'],
    [{ op: 'add', path: '/na~2me', value: 1 }, 'invalid_body /0/path invalid_format'],
    [{ op: 'add', path: '/a'.repeat(33), value: 1 }, 'invalid_body /0/path invalid_value'],
    [{ op: 'add', path: '/name' }, 'invalid_body /0/value missing_member'],
    [{ op: 'move', path: '/name' }, 'invalid_body /0/from missing_member'],
    [{ op: 'merge', path: '/name', value: 1 }, 'invalid_body /0/op invalid_value'],
  ];
  it.each(hostile)('refuses %j: %s', (operation, refused) => {
    expect(refusal(doc, [operation])).toBe(refused);
    expect(Object.keys(Object.prototype)).toEqual([]);
    expect((Object.prototype.toString as { x?: number }).x).toBeUndefined();
  });

  it('refuses a document that copies of itself would make explode', () => {
    const twice = { op: 'copy', from: '', path: '/x' };
    const bomb = Array.from({ length: 60 }, (_, i) => ({ ...twice, path: `/x${i}` }));
    expect(refusal(doc, bomb)).toMatch(/^patch_conflict \/\d+\/from too_large$/);
    const deep = Array.from({ length: 40 }, () => ({ op: 'move', from: '/x', path: '/y' })).flatMap(
      (move) => [move, { op: 'add', path: '/x', value: {} }, { op: 'move', from: '/y', path: '/x/y' }],
    );
    expect(refusal({ x: {} }, deep)).toMatch(/^patch_conflict \/\d+\/from too_large$/);
  });

  it('moves after it has removed, so that indexes are those of the shorter array', () => {
    const list = { a: [[1], [2], [3]] };
    expect(applied(list, [{ op: 'move', from: '/a/0', path: '/a/1/0' }])).toEqual({ a: [[2], [[1], 3]] });
    expect(refusal(list, [{ op: 'move', from: '/a/0', path: '/a/3' }])).toBe(
      'patch_conflict /0/path no_such_place',
    );
  });

  it('takes members that an operation does not define for nothing', () => {
    expect(applied(doc, [{ op: 'remove', path: '/names', note: 'x', value: 1 }])).toEqual({
      name: 'x',
      count: null,
    });
  });

  const origins: [patch: object[], pointer: string, origin: string | null][] = [
    [[{ op: 'add', path: '/names/-', value: { name: '' } }], '/names/2/name', '/0/value/name'],
    [
      [
        { op: 'add', path: '/names/0', value: { name: '' } },
        { op: 'add', path: '/names/0', value: { name: 'c' } },
      ],
      '/names/1/name',
      '/0/value/name',
    ],
    [
      [
        { op: 'add', path: '/names/-', value: { name: '' } },
        { op: 'remove', path: '/names/0' },
        { op: 'replace', path: '/name', value: 'y' },
      ],
      '/names/1/name',
      '/0/value/name',
    ],
    [
      [
        { op: 'add', path: '/names/0', value: { name: '' } },
        { op: 'remove', path: '/names/0' },
      ],
      '/names/0/name',
      '/1',
    ],
    [[{ op: 'remove', path: '/name' }], '/name', '/0'],
    [[{ op: 'copy', from: '/name', path: '/count' }], '/count/min', '/0'],
    [[{ op: 'replace', path: '/name', value: 'y' }], '/count', null],
    [[{ op: 'test', path: '/name', value: 'x' }], '/name', null],
  ];
  it.each(origins)('%j: a fault at %s comes from %s', (patch, pointer, origin) => {
    expect(applyOperations(doc, patch as JsonPatch).origin(pointer)).toBe(origin);
  });
});

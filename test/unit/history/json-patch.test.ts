import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jsonPatch, type PatchOperation } from '../../../src/history/json-patch.js';
import type { Json } from '../../../src/lib/json-value.js';
import { effort } from '../../support/effort.js';

/** RFC 6902 as its section 4 tells, for the three operations we write. Strict about places that do not exist. */
function apply(document: Json, patch: PatchOperation[]): Json {
  return patch.reduce((value, operation) => applyOne(JSON.parse(JSON.stringify(value)), operation), document);
}

function applyOne(document: Json, operation: PatchOperation): Json {
  if (operation.path === '') return operation.op === 'remove' ? null : operation.value;
  const parts = operation.path.slice(1).split('/');
  const names = parts.map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
  const last = names.pop()!;
  const parent = names.reduce<Json>((at, name) => memberOf(at, name), document);
  if (Array.isArray(parent)) {
    const index = Number(last);
    if (operation.op === 'add' ? index > parent.length : index >= parent.length)
      throw new Error(operation.path);
    parent.splice(
      index,
      operation.op === 'add' ? 0 : 1,
      ...(operation.op === 'remove' ? [] : [operation.value]),
    );
    return document;
  }
  const object = parent as { [name: string]: Json };
  if (operation.op !== 'add' && !Object.hasOwn(object, last)) throw new Error(operation.path);
  if (operation.op === 'remove') delete object[last];
  else
    Object.defineProperty(object, last, {
      value: operation.value,
      enumerable: true,
      configurable: true,
      writable: true,
    });
  return document;
}

function memberOf(at: Json, name: string): Json {
  if (typeof at !== 'object' || at === null || !Object.hasOwn(at, name))
    throw new Error(`nothing at ${name}`);
  return (at as { [name: string]: Json })[name]!;
}

/** As it comes out of JSON text, which knows no negative zero. */
const anyJson = fc.jsonValue({ maxDepth: 3 }).map((value) => JSON.parse(JSON.stringify(value)) as Json);

describe('jsonPatch', () => {
  it('a patch makes the later of two random values out of the earlier one', () => {
    fc.assert(
      fc.property(anyJson, anyJson, (a, b) => {
        expect(apply(a, jsonPatch(a, b))).toEqual(b);
      }),
      { numRuns: effort(400, 2_000) },
    );
  });

  it('a patch of two similar values makes the later one, and is empty only if they are equal', () => {
    const name = fc.constantFrom('a', 'b', 'a/b', '~', '');
    const leaf = fc.constantFrom<Json>(null, 0, 'x', [], {});
    const { value } = fc.letrec<{ value: Json }>((tie) => ({
      value: fc.oneof(
        { maxDepth: 4, depthSize: 'large' },
        leaf,
        fc.array(tie('value'), { maxLength: 5 }),
        fc.dictionary(name, tie('value'), { maxKeys: 4 }),
      ),
    }));
    fc.assert(
      fc.property(value, value, (a, b) => {
        const patch = jsonPatch(a, b);
        expect(apply(a, patch)).toEqual(b);
        expect(patch.length === 0).toBe(JSON.stringify(a) === JSON.stringify(b) || sameMembers(a, b));
      }),
      { numRuns: effort(400, 2_000) },
    );
  });

  const cases: [string, Json, Json, PatchOperation[]][] = [
    ['nothing', { a: 1, b: [] }, { b: [], a: 1 }, []],
    ['one member', { a: 1, b: 2 }, { a: 1, b: 3 }, [{ op: 'replace', path: '/b', value: 3 }]],
    [
      'deep inside',
      { a: { b: [1, { c: 2 }] } },
      { a: { b: [1, { c: 3 }] } },
      [{ op: 'replace', path: '/a/b/1/c', value: 3 }],
    ],
    ['an item put in', { a: [1, 2, 3] }, { a: [1, 9, 2, 3] }, [{ op: 'add', path: '/a/1', value: 9 }]],
    ['an item taken out', { a: [1, 2, 3] }, { a: [1, 3] }, [{ op: 'remove', path: '/a/1' }]],
    [
      'names with / and ~',
      { 'a/b': 1, '~': 1 },
      { 'a/b': 2 },
      [
        { op: 'remove', path: '/~0' },
        { op: 'replace', path: '/a~1b', value: 2 },
      ],
    ],
    ['another kind of value', { a: [] }, { a: {} }, [{ op: 'replace', path: '/a', value: {} }]],
  ];
  it.each(cases)('a patch holds only what differs: %s', (_, before, after, patch) => {
    expect(jsonPatch(before, after)).toEqual(patch);
  });
});

const sameMembers = (a: Json, b: Json): boolean => {
  try {
    expect(a).toEqual(b);
    return true;
  } catch {
    return false;
  }
};

import { describe, expect, it } from 'vitest';
import { mergePatch } from '../../../src/resources/merge-patch.js';

describe('mergePatch', () => {
  /** The examples of RFC 7396, appendix A. */
  const rfc: [target: unknown, patch: unknown, merged: unknown][] = [
    [{ a: 'b' }, { a: 'c' }, { a: 'c' }],
    [{ a: 'b' }, { b: 'c' }, { a: 'b', b: 'c' }],
    [{ a: 'b' }, { a: null }, {}],
    [{ a: 'b', b: 'c' }, { a: null }, { b: 'c' }],
    [{ a: ['b'] }, { a: 'c' }, { a: 'c' }],
    [{ a: 'c' }, { a: ['b'] }, { a: ['b'] }],
    [{ a: { b: 'c' } }, { a: { b: 'd', c: null } }, { a: { b: 'd' } }],
    [{ a: [{ b: 'c' }] }, { a: [1] }, { a: [1] }],
    [
      ['a', 'b'],
      ['c', 'd'],
      ['c', 'd'],
    ],
    [{ a: 'b' }, ['c'], ['c']],
    [{ a: 'foo' }, null, null],
    [{ a: 'foo' }, 'bar', 'bar'],
    [{ e: null }, { a: 1 }, { e: null, a: 1 }],
    [[1, 2], { a: 'b', c: null }, { a: 'b' }],
    [{}, { a: { bb: { ccc: null } } }, { a: { bb: {} } }],
  ];
  it.each(rfc)('of %j with %j is %j', (target, patch, merged) => {
    expect(mergePatch(target, patch)).toEqual(merged);
  });

  it('merges an object of the same type, named or not', () => {
    const money = { type: 'money', value: '5', currency: 'AFN' };
    expect(mergePatch({ v: money }, { v: { value: '6' } })).toEqual({ v: { ...money, value: '6' } });
    expect(mergePatch({ v: money }, { v: { type: 'money', value: null } })).toEqual({
      v: { type: 'money', currency: 'AFN' },
    });
  });

  it('replaces an object by one of another type, without what is null', () => {
    const patch = { v: { type: 'text', text: 'many', as_stated: null } };
    expect(mergePatch({ v: { type: 'quantity', value: '5' } }, patch)).toEqual({
      v: { type: 'text', text: 'many' },
    });
    expect(mergePatch({ v: { type: 'quantity', value: '5' } }, { v: { type: null } })).toEqual({ v: {} });
  });

  it('changes the type of the whole as any other member', () => {
    const source = { type: 'report', title: 'x', language: 'en' };
    expect(mergePatch(source, { type: 'book' })).toEqual({ ...source, type: 'book' });
    expect(mergePatch(source, { type: null })).toEqual({ title: 'x', language: 'en' });
  });

  it('leaves the target as it was', () => {
    const target = { a: { b: 1 }, c: [1] };
    mergePatch(target, { a: { b: 2, d: 3 }, c: null });
    expect(target).toEqual({ a: { b: 1 }, c: [1] });
  });
});

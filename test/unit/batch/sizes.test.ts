import { describe, expect, it } from 'vitest';
import { BatchSizes, replaces } from '../../../src/batch/sizes.js';

/** Operations are too many by what they send, and by what they replace or remove. */

const relays = (size: number) => Array(size).fill('a');
const attribution = (method: string, body?: object) => ({
  method,
  type: 'attribution',
  ...(body && { body }),
});
const claim = (method: string, body?: object) => ({ method, type: 'claim', ...(body && { body }) });
const many = <Item>(size: number, make: (i: number) => Item) =>
  Array.from({ length: size }, (_, i) => make(i));
const codes = (sizes: BatchSizes) => sizes.faults().map(({ code }) => code);
const refused = (code: string) =>
  expect.objectContaining({ faults: [expect.objectContaining({ parameter: 'id', code })] });

describe('BatchSizes', () => {
  it('takes 160,000 relays with claims, and 40,000 of attributions that are written by themselves', () => {
    const withClaim = (size: number) => claim('POST', { attributions: [{ relays: relays(size) }] });
    const claims = many(160, () => withClaim(1_000));
    expect(codes(new BatchSizes(claims))).toEqual([]);
    expect(codes(new BatchSizes([...claims, withClaim(1)]))).toEqual(['too_many_relays']);
    const single = (size: number) => attribution('PATCH', { relays: relays(size) });
    const full = many(40, () => single(1_000));
    expect(codes(new BatchSizes(full))).toEqual([]);
    expect(codes(new BatchSizes([...full, single(1)]))).toEqual(['too_many_relays']);
  });

  it('counts the relays that attributions have where they are more than those they get', () => {
    const operations = many(40, (i) =>
      i % 2 ? attribution('DELETE') : attribution('PATCH', { relays: relays(999) }),
    );
    const more = attribution('PATCH', { note: 'x' });
    const sizes = new BatchSizes([...operations, more]);
    for (const one of operations) {
      sizes.addStored(one, { attributions: 1, relays: 1_000 });
      // One that is tried again counts once.
      sizes.addStored(one, { attributions: 1, relays: 1_000 });
    }
    expect(() => sizes.addStored(more, { attributions: 1, relays: 1 })).toThrow(refused('too_many_relays'));
    sizes.addStored(more, { attributions: 1, relays: 0 });
  });

  it('counts the attributions of claims that go, and leaves one out that was refused', () => {
    const removals = many(5, () => claim('DELETE'));
    const [large, small] = [claim('DELETE'), claim('DELETE')];
    const sizes = new BatchSizes([...removals, large, small]);
    for (const one of removals) sizes.addStored(one, { attributions: 999, relays: 0 });
    expect(() => sizes.addStored(large, { attributions: 6, relays: 0 })).toThrow(
      refused('too_many_attributions'),
    );
    sizes.addStored(small, { attributions: 5, relays: 160_000 });
    expect(() => sizes.addStored(large, { attributions: 0, relays: 1 })).toThrow(refused('too_many_relays'));
  });
});

describe('replaces', () => {
  const patch = (path: string) => ({ ...claim('PATCH'), patch: [{ op: 'remove' as const, path }] });

  it.each([
    ['an attribution, whatever is changed', attribution('PATCH', { note: 'x' }), true],
    ['a claim that goes', claim('DELETE'), true],
    ['a claim that gets other attributions', claim('PUT', { text: 'x', attributions: [] }), true],
    ['a claim of which a patch changes one', patch('/attributions/0'), true],
    ['a claim without them', claim('PUT', { text: 'x' }), false],
    ['a claim of which a patch changes something else', patch('/scope'), false],
  ])('%s', (_what, operation, expected) => {
    expect(replaces(operation)).toBe(expected);
  });
});

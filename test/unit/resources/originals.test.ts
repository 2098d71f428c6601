import { describe, expect, it } from 'vitest';
import { encodeReference } from '../../../src/db/query/references.js';
import { carriedOver, type Standing, shown } from '../../../src/resources/originals.js';
import { seeded } from '../../support/random.js';

const names = ['a', 'b', 'c', 'd'];
const [A, B, C, D] = names.map((id) => encodeReference('party', id)) as [string, string, string, string];
const leading =
  (to: Record<string, string>): Standing =>
  (name) => {
    let at = name;
    for (;;) {
      const next = to[at.slice('party:'.length)];
      if (next === undefined) return at;
      at = `party:${next}`;
    }
  };
/** `a` was merged into `b`. */
const merged = leading({ a: 'b' });

describe('shown', () => {
  it.each([
    ['a reference', { party: A, speaker: C }, { party: B, speaker: C }],
    [
      'one inside of a member',
      { value: { type: 'party', party: A } },
      { value: { type: 'party', party: B } },
    ],
    ['in a list', { authors: [C, A] }, { authors: [C, B] }],
    ['in a list that has both', { authors: [A, C, B] }, { authors: [B, C] }],
    [
      'in items of a list, of which equal ones are one',
      {
        participants: [
          { party: A, role: 'x' },
          { party: B, role: 'x' },
          { party: A, role: 'y' },
        ],
      },
      {
        participants: [
          { party: B, role: 'x' },
          { party: B, role: 'y' },
        ],
      },
    ],
    [
      'not where a list has equal items of others',
      { topics: ['x', 'x'], party: A },
      { topics: ['x', 'x'], party: B },
    ],
    ['not in a text that tells an id', { text: 'party:a', party: A }, { text: 'party:a', party: B }],
  ])('exchanges %s', (_, original, expected) => {
    expect(shown(original, merged)).toEqual(expected);
  });

  it('leads on over several merges, in a list to the first place', () => {
    expect(shown({ authors: [D, A, C, B] }, leading({ a: 'b', b: 'c' }))).toEqual({ authors: [D, C] });
  });
});

describe('carriedOver', () => {
  it.each<[string, object, object, object]>([
    ['what is as it was left', { party: A, note: null }, { party: B, note: null }, { party: A, note: null }],
    [
      'what stands beside a change',
      { party: A, note: null },
      { party: B, note: 'x' },
      { party: A, note: 'x' },
    ],
    ['no more what names a third one', { party: A }, { party: C }, { party: C }],
    ['what named each of both', { party: B, speaker: A }, { party: B, speaker: B }, { party: B, speaker: A }],
    ['no more what was cleared', { speaker: A }, { speaker: null }, { speaker: null }],
    [
      'what stands inside of a member of which something else changed',
      { value: { party: A, as_stated: null } },
      { value: { party: B, as_stated: 'x' } },
      { value: { party: A, as_stated: 'x' } },
    ],
    ['items in another order', { authors: [A, C] }, { authors: [C, B] }, { authors: [C, A] }],
    ['both in another order', { authors: [A, C, B] }, { authors: [C, B] }, { authors: [C, A, B] }],
    ['items of a list that lost another', { authors: [A, C] }, { authors: [B] }, { authors: [A] }],
    [
      'both at their places, with a new item at the end',
      { authors: [A, C, B] },
      { authors: [B, C, D] },
      { authors: [A, C, B, D] },
    ],
    [
      'both at their places, with new items before',
      { authors: [C, A, B] },
      { authors: [D, C, B] },
      { authors: [D, C, A, B] },
    ],
    ['no more what was taken from a list', { authors: [A, C] }, { authors: [C] }, { authors: [C] }],
    [
      'an item of which something else changed',
      { participants: [{ party: A, role: 'x' }] },
      { participants: [{ party: B, role: 'y' }] },
      { participants: [{ party: A, role: 'y' }] },
    ],
    [
      'both of which something else changed',
      {
        participants: [
          { party: A, role: 'x' },
          { party: C, role: 'x' },
          { party: B, role: 'x' },
        ],
      },
      {
        participants: [
          { party: B, role: 'y' },
          { party: C, role: 'x' },
        ],
      },
      {
        participants: [
          { party: A, role: 'y' },
          { party: C, role: 'x' },
          { party: B, role: 'y' },
        ],
      },
    ],
  ])('keeps %s', (_, original, next, expected) => {
    expect(carriedOver({ ...original }, { ...next }, merged, [])).toEqual(expected);
  });

  it.each<[string, object, object, object]>([
    ['a reference', { party: A }, { party: C }, { party: B }],
    ['a whole list', { authors: [A, C, B] }, { authors: [] }, { authors: [B, C] }],
    ['an item', { authors: [C, A] }, { authors: [C] }, { authors: [C, B] }],
  ])('takes %s that was set back for what stood there before', (_, first, between, again) => {
    const originals = [{ ...first }];
    const second = carriedOver(originals[0]!, { ...between }, merged, originals);
    expect(carriedOver(second, { ...again }, merged, [...originals, second])).toEqual(first);
  });

  it('is always shown as what was set', () => {
    const random = seeded(17);
    const value = (): string | null => random.pick([A, B, C, D, null]);
    const list = () =>
      [A, B, C, D].filter(() => random.chance(0.5)).sort(() => (random.chance(0.5) ? 1 : -1));
    const object = () => ({
      party: value(),
      value: random.chance(0.5) ? { party: value(), as_stated: random.pick(['x', 'y']) } : null,
      authors: list(),
      participants: list().map((party) => ({ party, role: random.pick(['x', 'y']) })),
    });
    for (let i = 0; i < 400; i++) {
      const standing = leading(
        random.pick<Record<string, string>>([{ a: 'b' }, { a: 'b', b: 'c' }, { a: 'd', b: 'd' }, { c: 'a' }]),
      );
      const [original, before] = [object(), object()];
      const next = shown(object(), standing);
      expect(shown(carriedOver(original, next, standing, [before]), standing)).toEqual(next);
      expect(carriedOver(original, shown(original, standing), standing, [before])).toEqual(original);
    }
  });
});

import { describe, expect, it } from 'vitest';
import { encodeReference } from '../../../src/db/query/references.js';
import { moved, movedBack } from '../../../src/merges/moving.js';

const [A, B, C] = ['a', 'b', 'c'].map((id) => encodeReference('party', id)) as [string, string, string];

describe('moved', () => {
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
  ])('exchanges %s', (_, view, expected) => {
    expect(moved(view, A, B)).toEqual(expected);
  });
});

describe('movedBack', () => {
  it.each([
    ['what is as it was left', { party: A, note: null }, { party: B, note: null }, { party: A, note: null }],
    [
      'beside a change of something else',
      { party: A, note: null },
      { party: B, note: 'x' },
      { party: A, note: 'x' },
    ],
    ['not what names a third one since', { party: A }, { party: C }, { party: C }],
    [
      'not what named the other before',
      { party: B, speaker: A },
      { party: B, speaker: B },
      { party: B, speaker: A },
    ],
    ['not what was cleared since', { speaker: A }, { speaker: null }, { speaker: null }],
    [
      'inside of a member of which something else changed',
      { value: { party: A, as_stated: null } },
      { value: { party: B, as_stated: 'x' } },
      { value: { party: A, as_stated: 'x' } },
    ],
    ['in a list in another order', { authors: [A, C] }, { authors: [C, B] }, { authors: [C, A] }],
    ['in a list that lost another item', { authors: [A, C] }, { authors: [B] }, { authors: [A] }],
    ['in a list that had both', { authors: [C, A, B] }, { authors: [C, B] }, { authors: [C, A, B] }],
    ['not in a list from which it was taken', { authors: [A, C] }, { authors: [C] }, { authors: [C] }],
    [
      'in an item of which something else changed',
      { participants: [{ party: A, role: 'x' }] },
      { participants: [{ party: B, role: 'y' }] },
      { participants: [{ party: A, role: 'y' }] },
    ],
  ])('restores %s', (_, before, now, expected) => {
    expect(movedBack(before, now, A, B)).toEqual(expected);
  });

  it('undoes what was moved', () => {
    const view = {
      party: A,
      speaker: C,
      authors: [A, C, B],
      value: { party: A },
      participants: [{ party: A, role: 'x' }],
    };
    expect(movedBack(view, moved(view, A, B), A, B)).toEqual(view);
  });

  const D = encodeReference('party', 'd');
  it.each([
    ['the first first', [A, D], [D, A]],
    ['the last first', [D, A], [D, A]],
  ])('lets one item stand for two that were merged, until both are undone: %s', (_, order, merged) => {
    // `merged` is the order in which both were merged into B, `order` that in which this is undone.
    const start = { authors: [A, D] };
    const between = moved(start, merged[0]!, B);
    const end = moved(between, merged[1]!, B);
    expect(end).toEqual({ authors: [B] });
    const beforeOf = new Map([
      [merged[0]!, start],
      [merged[1]!, between],
    ]);
    const undo = (view: typeof start, from: string, holdsNow: boolean) => {
      const other = order.find((one) => one !== from)!;
      const heldThen = other === merged[0];
      const others =
        heldThen || holdsNow ? [{ from: other, before: beforeOf.get(other)!, heldThen, holdsNow }] : [];
      return movedBack(beforeOf.get(from)!, view, from, B, others) as typeof start;
    };
    const once = undo(end as typeof start, order[0]!, true);
    expect([...once.authors].sort()).toEqual([B, order[0]].sort());
    expect([...undo(once, order[1]!, false).authors].sort()).toEqual([A, D].sort());
  });
});

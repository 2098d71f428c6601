import { describe, expect, it } from 'vitest';
import { levelsOf } from '../../../src/batch/levels.js';
import { encodeReference } from '../../../src/db/query/references.js';
import type { ResourceName } from '../../../src/lib/ids.js';

const one = (type: ResourceName, id: string, ...names: [ResourceName, string][]) => ({
  type,
  id,
  doc: JSON.stringify({ names: names.map(([noun, name]) => encodeReference(noun, name)) }),
});
const party = (id: string, ...wholes: string[]) =>
  one('party', id, ...wholes.map((whole): [ResourceName, string] => ['party', whole]));

const turns = { yield: async () => undefined };

describe('levelsOf', () => {
  it('tells the longest way to those that refer to none of the others', async () => {
    const levels = await levelsOf(turns, [
      party('d', 'c', 'a'),
      party('c', 'b'),
      party('b', 'a'),
      party('a', 'elsewhere'),
    ]);
    expect(Object.fromEntries(levels)).toEqual({ a: 0, b: 1, c: 2, d: 3 });
  });

  it('follows references within a noun, each once', async () => {
    const levels = await levelsOf(turns, [
      one('claim', 'x', ['party', 'a'], ['claim', 'y'], ['claim', 'y']),
      one('claim', 'y'),
      party('a'),
    ]);
    expect(Object.fromEntries(levels)).toEqual({ x: 1, y: 0, a: 0 });
  });

  it('leaves circles out, and what refers to them', async () => {
    expect(
      Object.fromEntries(
        await levelsOf(turns, [
          party('a', 'b'),
          party('b', 'a'),
          party('c', 'a'),
          party('d', 'd'),
          party('e'),
        ]),
      ),
    ).toEqual({ e: 0 });
  });

  it('takes a chain of any length', async () => {
    const chain = Array.from({ length: 25_000 }, (_, i) => party(`${i}`, `${i - 1}`));
    expect((await levelsOf(turns, chain)).get('24999')).toBe(24_999);
  });
});

import { describe, expect, it } from 'vitest';
import type { TextRow } from '../../../src/db/query/rows.js';
import type { Tx } from '../../../src/db/store/store.js';
import { inBlocks } from '../../../src/resources/child-rows.js';

/** Each of so many objects with each of so many values. */
const all = (objects: number, values: number): TextRow[] =>
  Array.from({ length: objects * values }, (_, i) => ({
    object_id: `o${Math.floor(i / values)}`,
    value: `v${i % values}`,
  }));

async function ordered(blockSide: number | undefined, rows: readonly TextRow[]) {
  let turns = 0;
  const tx = { dialect: { blockSide }, yield: async () => turns++ } as unknown as Tx;
  const result = await inBlocks(tx, rows);
  return { turns, rows: result.map((row) => Object.values(row).join(' ')) };
}

describe('inBlocks', () => {
  it('puts rows of a few objects and a few values together', async () => {
    expect((await ordered(2, all(3, 3))).rows).toEqual([
      ...['o0 v0', 'o0 v1', 'o1 v0', 'o1 v1'],
      ...['o0 v2', 'o1 v2'],
      ...['o2 v0', 'o2 v1'],
      'o2 v2',
    ]);
  });

  it('keeps each row once, and meets few values in as many rows as a block has', async () => {
    const rows = all(100, 90);
    const blocks = await ordered(10, rows);
    expect(new Set(blocks.rows)).toEqual(new Set(rows.map((row) => Object.values(row).join(' '))));
    expect(blocks.rows).toHaveLength(rows.length);
    for (let at = 0; at < rows.length; at += 100) {
      const values = blocks.rows.slice(at, at + 100).map((row) => row.split(' ')[1]);
      expect(new Set(values).size).toBe(10);
    }
  });

  it('gives others their turns', async () => {
    expect((await ordered(10, all(100, 90))).turns).toBeGreaterThan(10);
  });

  it('takes rows without a second column, nulls and no rows', async () => {
    const nulls = [
      { object_id: 'o', value: null },
      { object_id: 'o', value: 'v' },
    ];
    expect((await ordered(2, nulls)).rows).toEqual(['o ', 'o v']);
    expect((await ordered(2, [{ object_id: 'o' }])).rows).toEqual(['o']);
    expect((await ordered(2, [])).rows).toEqual([]);
  });

  it('leaves the order alone where it is no matter', async () => {
    expect((await ordered(undefined, all(2, 2))).rows).toEqual(['o0 v0', 'o0 v1', 'o1 v0', 'o1 v1']);
  });
});

import { expect, it } from 'vitest';
import type { Tx } from '../../src/db/store/store.js';
import { partyType } from '../../src/parties/party.js';
import { type ExportPlace, exportChunk } from '../../src/resources/exports.js';
import type { ExportSpec, Listing } from '../../src/resources/list.js';
import { testApp } from '../support/app.js';
import { generate } from '../support/generate.js';

/** Each chunk of an export looks up what its filters lead to, as far as that was of use to the chunk before. */

const t = await testApp();
await generate(t.store, async (make) => {
  for (let i = 0; i < 250; i++) await make('party', { kind: 'other', name: `Party ${i}` });
});

it.each([
  [5_000, 10_000],
  [1_000, 2_000],
  [null, 2_000],
])('where %s rows were few for the first chunk, up to %s are for the next ones', async (found, expected) => {
  const few: number[] = [];
  const listing = {
    reader: { read: (fn: (tx: Tx) => unknown) => t.store.read(async (tx) => fn({ ...tx, few: 20_000 })) },
    async conditions(tx: Tx) {
      few.push(tx.few);
      if (found !== null) tx.onFew?.(found);
      return [];
    },
    shown: async (_: Tx, rows: unknown) => rows,
    order: { column: 'id', desc: false, idDesc: false },
    sortColumn: 'id',
  } as unknown as Listing;
  const spec = { noun: { ...partyType, carries: undefined } } as unknown as ExportSpec;
  const rows: number[] = [];
  const writer = {
    async rows(_: Tx, some: unknown[]) {
      rows.push(some.length);
      return '';
    },
  };
  let place: ExportPlace | null = { at: null, left: null, first: true, few: null };
  while (place) place = (await exportChunk(spec, listing, writer, place)).next;
  expect(rows).toEqual([100, 100, 50]);
  expect(few).toEqual([20_000, expected, expected]);
});

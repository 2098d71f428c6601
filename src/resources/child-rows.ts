import type { TextRow } from '../db/query/rows.js';
import type { Tx } from '../db/store/store.js';
import { append, chunksOf } from '../lib/collections.js';
import { mapInTurns } from '../lib/event-loop.js';
import type { ChildRows, Representation, ResourceType } from './resource-type.js';

/** The rows that belong to an object; others get their turns between those that are made one after the other. */
export async function childRowsOf(
  tx: Pick<Tx, 'yield'>,
  noun: ResourceType,
  view: Representation,
  id: string,
): Promise<ChildRows[]> {
  const sides: ChildRows[] = [];
  for (const { table, rows } of noun.childRows(view, id)) {
    sides.push({ table, rows: Array.isArray(rows) ? rows : await mapInTurns(tx, rows, (row) => row) });
  }
  return sides;
}

/** Rows that are put in order without a turn of others. */
const ROWS_IN_A_TURN = 500;

/**
 * The rows of several objects in an order for writing them: where that matters, block by block of a few objects and a few values of
 * their second column. Most tables of such rows have an index that begins with that one. Where each of 390 attributions relays
 * all others, the relays of one lie on 390 pages of the index, and those of a block on as many as it has values.
 */
export async function inBlocks(
  tx: Pick<Tx, 'yield' | 'dialect'>,
  rows: readonly TextRow[],
): Promise<readonly TextRow[]> {
  const { blockSide } = tx.dialect;
  if (!blockSide) return rows;
  const [ofObject = '', ofValue = ''] = Object.keys(rows[0] ?? {});
  const [objects, values] = [new Map<unknown, number>(), new Map<unknown, number>()];
  const blocks = new Map<number, TextRow[]>();
  for (const some of chunksOf(rows, ROWS_IN_A_TURN)) {
    await tx.yield();
    for (const row of some) {
      const across = Math.floor(placeIn(objects, row[ofObject]) / blockSide);
      const down = Math.floor(placeIn(values, row[ofValue]) / blockSide);
      append(blocks, across * rows.length + down, row);
    }
  }
  return [...blocks.values()].flat();
}

/** The place of a value among those that came before. */
function placeIn(places: Map<unknown, number>, value: unknown): number {
  const place = places.get(value) ?? places.size;
  if (place === places.size) places.set(value, place);
  return place;
}

import type { Tx } from '../db/store/store.js';
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

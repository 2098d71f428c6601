import { type Row, updateRow } from '../../db/query/rows.js';
import type { Tx } from '../../db/store/store.js';

/** Stores what is computed about attributions, by id. */
export async function storeComputedColumns(tx: Tx, columns: ReadonlyMap<string, Row>): Promise<void> {
  for (const [id, values] of columns) await updateRow(tx, 'attributions', id, values);
}

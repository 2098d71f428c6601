import { type Row, updateRows } from '../../db/query/rows.js';
import type { Tx } from '../../db/store/store.js';

/** Stores what is computed about attributions, by id. */
export async function storeComputedColumns(tx: Tx, columns: ReadonlyMap<string, Row>): Promise<void> {
  await updateRows(
    tx,
    'attributions',
    Array.from(columns, ([id, values]) => ({ id, ...values })),
  );
}

import type { Tx } from '../db/store.js';

/** The instant of the newest write in milliseconds; 0 in a register that has none. */
export async function newestWrite(tx: Tx): Promise<number> {
  const { recording: t } = tx.tables;
  const [row] = await tx.db.select({ at: t.at }).from(t);
  return row?.at ?? 0;
}

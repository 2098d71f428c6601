import type { Tx } from '../db/store.js';

/** The newest instant at which anything was written, and that from which the past can be read; milliseconds. */
export async function recordedSpan(tx: Tx): Promise<{ at: number; since: number }> {
  const { recording: t } = tx.tables;
  const [row] = await tx.db.select({ at: t.at, since: t.since }).from(t);
  return row!;
}

import { sql } from 'drizzle-orm';
import { snapshotOf } from '../../db/query/snapshot.js';
import type { Tx } from '../../db/store/store.js';

/** The instant of the newest write in milliseconds; 0 in a register that has none. */
export async function newestWrite(tx: Tx): Promise<number> {
  return (await snapshotOf(tx)).newestWrite ?? 0;
}

/** The instant at which the first object was recorded, as text; null in an empty register. */
export async function firstRecorded(tx: Tx): Promise<string | null> {
  // Tables of an instant hold nothing that was recorded after it.
  const [row] = await tx.rows<{ at: string }>(
    sql`select recorded_at as at from history where noun <> 'apikey' order by seq limit 1`,
  );
  return row?.at ?? null;
}

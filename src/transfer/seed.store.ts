import type { Tx } from '../db/store/store.js';

/** Why the first thing in the register was put there; null in an empty one. */
export async function firstReason({ db, tables: { history: t } }: Tx): Promise<string | null> {
  const [row] = await db.select({ reason: t.reason }).from(t).orderBy(t.seq).limit(1);
  return row ? (row.reason ?? '') : null;
}

import { prepared } from '../db/prepared.js';
import type { Tx } from '../db/store.js';

const newest = prepared(({ db, tables: { recording: t } }) => db.select({ entry: t.entry }).from(t));

/** The highest number of an entry in the index of words. */
export async function endOfIndex(tx: Tx): Promise<number> {
  const [row] = await newest(tx, null);
  return row!.entry;
}

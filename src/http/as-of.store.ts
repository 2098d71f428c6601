import { desc } from 'drizzle-orm';
import type { Tx } from '../db/store.js';

export interface RecordedSpan {
  /** Milliseconds before which nothing will be recorded any more. */
  at: number;
  /** Milliseconds from which the past can be read. */
  since: number;
  /** The instant of the newest change, RFC 3339; empty when there is none. */
  newest: string;
}

export async function recordedSpan(tx: Tx): Promise<RecordedSpan> {
  const { recording: t, history } = tx.tables;
  const [row] = await tx.db.select({ at: t.at, since: t.since }).from(t);
  const last = tx.db.select({ at: history.recorded_at }).from(history).orderBy(desc(history.seq)).limit(1);
  return { ...row!, newest: (await last)[0]?.at ?? '' };
}

import { and, asc, desc, eq, gt, inArray, ne, type SQL } from 'drizzle-orm';
import type { Tx } from '../db/store.js';
import type { NounName } from '../lib/ids.js';
import type { Version } from '../register/register.store.js';

/** What a reader of the feed wants to see; all unless told. */
export interface Wanted {
  nouns?: NounName[] | undefined;
  /** Ids of the parties that a change concerns. */
  parties?: string[] | undefined;
}

/**
 * Versions after a place in the history, in the order in which they were committed: writes follow one another
 * on both engines, and each is numbered while it holds the lock. Keys are objects of the history, not of the
 * register.
 */
export async function versionsAfter(
  tx: Tx,
  after: number,
  limit: number,
  { nouns, parties }: Wanted,
): Promise<Version[]> {
  const { history: t, history_subjects: s } = tx.tables;
  const found = new Set<number>();
  const collect = (rows: { seq: number }[]) => {
    for (const { seq } of rows) found.add(seq);
  };
  // One query for each alternative goes along an index in order; all in one would have to sort.
  if (parties) {
    const kinds = nouns ? inArray(t.noun, nouns) : undefined;
    for (const party of parties) {
      const query = tx.db.select({ seq: s.seq }).from(s).innerJoin(t, eq(t.seq, s.seq));
      const place = and(eq(s.party_id, party), gt(s.seq, after));
      collect(await query.where(and(place, kinds)).orderBy(asc(s.seq)).limit(limit));
    }
  } else {
    const kinds: SQL[] = nouns ? [...new Set(nouns)].map((noun) => eq(t.noun, noun)) : [ne(t.noun, 'apikey')];
    for (const kind of kinds) {
      const query = tx.db.select({ seq: t.seq }).from(t);
      collect(
        await query
          .where(and(kind, gt(t.seq, after)))
          .orderBy(asc(t.seq))
          .limit(limit),
      );
    }
  }
  const seqs = [...found].sort((a, b) => a - b).slice(0, limit);
  if (seqs.length === 0) return [];
  return tx.db.select().from(t).where(inArray(t.seq, seqs)).orderBy(asc(t.seq));
}

type Place = Pick<Version, 'seq' | 'object_id' | 'version' | 'recorded_at'>;

const placeColumns = ({ tables: { history: t } }: Tx) => ({
  seq: t.seq,
  object_id: t.object_id,
  version: t.version,
  recorded_at: t.recorded_at,
});

/** The newest entry of the history. */
export async function newestPlace(tx: Tx): Promise<Place | null> {
  const { history: t } = tx.tables;
  const [row] = await tx.db.select(placeColumns(tx)).from(t).orderBy(desc(t.seq)).limit(1);
  return row ?? null;
}

export async function placeAt(tx: Tx, seq: number): Promise<Place | null> {
  const { history: t } = tx.tables;
  const [row] = await tx.db.select(placeColumns(tx)).from(t).where(eq(t.seq, seq));
  return row ?? null;
}

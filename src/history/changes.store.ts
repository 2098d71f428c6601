import { and, asc, desc, eq, gt, inArray, lte, ne, type SQL } from 'drizzle-orm';
import { prepared } from '../db/prepared.js';
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
 * register. With `until` none behind that place are given.
 */
export async function versionsAfter(
  tx: Tx,
  after: number,
  limit: number,
  { nouns, parties }: Wanted,
  until: number | null = null,
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
      const place = and(
        eq(s.party_id, party),
        gt(s.seq, after),
        until === null ? undefined : lte(s.seq, until),
      );
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

/** The numbers of the changes behind one place, up to another, that concern one of the parties. */
export async function changesOf(
  tx: Tx,
  parties: string[],
  after: number,
  until: number,
): Promise<Set<number>> {
  const { history_subjects: s } = tx.tables;
  const rows = await tx.db
    .select({ seq: s.seq })
    .from(s)
    .where(and(inArray(s.party_id, parties), gt(s.seq, after), lte(s.seq, until)));
  return new Set(rows.map(({ seq }) => seq));
}

/** Changes of a party that are looked at for one page: the type of each is looked up. */
const MAX_LOOKED_AT = 500;

/** How far one page may look for changes of some parties and types; null for to the end. */
export async function farthest(tx: Tx, after: number, { nouns, parties }: Wanted): Promise<number | null> {
  if (!nouns || !parties) return null;
  const { history_subjects: s } = tx.tables;
  const ends: number[] = [];
  for (const party of parties) {
    const [row] = await tx.db
      .select({ seq: s.seq })
      .from(s)
      .where(and(eq(s.party_id, party), gt(s.seq, after)))
      .orderBy(asc(s.seq))
      .limit(1)
      .offset(MAX_LOOKED_AT - 1);
    if (row) ends.push(row.seq);
  }
  return ends.length > 0 ? Math.min(...ends) : null;
}

export type Place = Pick<Version, 'seq' | 'object_id' | 'version' | 'recorded_at'>;

const placeColumns = ({ tables: { history: t } }: Tx) => ({
  seq: t.seq,
  object_id: t.object_id,
  version: t.version,
  recorded_at: t.recorded_at,
});

const newest = prepared((tx) => {
  const { history: t } = tx.tables;
  return tx.db.select(placeColumns(tx)).from(t).orderBy(desc(t.seq)).limit(1);
});

/** The newest entry of the history. */
export const newestPlace = async (tx: Tx): Promise<Place | null> => (await newest(tx, null))[0] ?? null;

export async function placeAt(tx: Tx, seq: number): Promise<Place | null> {
  const { history: t } = tx.tables;
  const [row] = await tx.db.select(placeColumns(tx)).from(t).where(eq(t.seq, seq));
  return row ?? null;
}

import { and, asc, desc, eq, gt, gte, inArray, lt, lte, ne, type SQL, sql } from 'drizzle-orm';
import type { SQLiteColumn, SQLiteTable } from 'drizzle-orm/sqlite-core';
import { atMost } from '../db/query/conditions.js';
import { prepared } from '../db/query/prepared.js';
import type { Tx } from '../db/store/store.js';
import type { ResourceName } from '../lib/ids.js';
import type { Version } from '../resources/resources.store.js';

/** The filters of a reader of the feed; without them, all changes. */
export interface Wanted {
  nouns?: ResourceName[] | undefined;
  /** Ids of the parties that a change concerns. */
  parties?: string[] | undefined;
  /** Ids of the API keys that changed something; `cli` for the command line. */
  actors?: string[] | undefined;
  requests?: string[] | undefined;
  /** The numbers of the first and the last change that are wanted. */
  first?: number | undefined;
  last?: number | undefined;
}

/** The numbers of changes by one index, in order: each alternative has a range of its own. */
interface Way {
  from: SQL | SQLiteTable;
  seq: SQLiteColumn;
  alternatives: SQL[];
  /** Filters that the index cannot decide, so that some rows are read in vain. */
  rest: SQL | undefined;
}

/** Reads by the index of the narrowest filter. */
function wayOf(tx: Tx, { nouns, parties, actors, requests }: Wanted): Way {
  const { history: t, history_subjects: s } = tx.tables;
  const kinds = nouns && inArray(t.noun, nouns);
  const by = actors && inArray(t.actor, actors);
  const of = requests && inArray(t.request_id, requests);
  const each = (column: SQLiteColumn, values: string[]) => [...new Set(values)].map((one) => eq(column, one));
  // Keys are objects of the history, not of the register.
  const noKeys = ne(t.noun, 'apikey');
  if (parties) {
    const from = sql`${s} join ${t} on ${t.seq} = ${s.seq}`;
    return { from, seq: s.seq, alternatives: each(s.party_id, parties), rest: and(kinds, by, of) };
  }
  if (requests) {
    return {
      from: t,
      seq: t.seq,
      alternatives: each(t.request_id, requests),
      rest: and(kinds ?? noKeys, by),
    };
  }
  if (actors) return { from: t, seq: t.seq, alternatives: each(t.actor, actors), rest: kinds ?? noKeys };
  return { from: t, seq: t.seq, alternatives: nouns ? each(t.noun, nouns) : [noKeys], rest: undefined };
}

/** Most changes that are examined for one page, where each has to be looked up to be filtered. */
const MAX_LOOKED_AT = 500;

/** From which number on the history is read, and which way; null for its newest change. */
export type From = { after: number } | { before: number | null };

interface Found {
  versions: Version[];
  /** The number of the last change examined, where the limit ended the page; null where all were examined. */
  until: number | null;
}

/**
 * Versions after a place in the history, in the order in which they were committed: writes follow one another
 * on both engines, and each is numbered while it holds the lock. Before a place: the newest first.
 */
export async function versionsFrom(tx: Tx, place: From, limit: number, wanted: Wanted): Promise<Found> {
  const { history: t } = tx.tables;
  const { from, seq, alternatives, rest } = wayOf(tx, wanted);
  const back = 'before' in place;
  const order = back ? desc : asc;
  const compare = (a: number, b: number) => (back ? b - a : a - b);
  /** The last number that is read, in the order of reading. */
  const end = (back ? wanted.first : wanted.last) ?? null;
  const begins = back ? place.before !== null && lt(seq, place.before) : gt(seq, place.after);
  const range = (alternative: SQL, last: number | null) =>
    and(alternative, begins || undefined, last === null ? undefined : back ? gte(seq, last) : lte(seq, last));
  const numbers = (where: SQL | undefined, most: number, skipped = 0) =>
    tx.rows<{ seq: number | string }>(
      sql`select ${seq} as seq from ${from} where ${where} order by ${order(seq)} limit ${sql.raw(`${most} offset ${skipped}`)}`,
    );
  const scanLimit: number[] = [];
  for (const alternative of rest ? alternatives : []) {
    const [row] = await numbers(range(alternative, null), 1, MAX_LOOKED_AT - 1);
    if (row) scanLimit.push(Number(row.seq));
  }
  const [until = null] = scanLimit.sort(compare);
  const isCut = until !== null && (end === null || compare(until, end) < 0);
  const found = new Set<number>();
  // A query for one alternative follows an index in order; a query for all of them would have to sort.
  for (const alternative of alternatives) {
    const rows = await numbers(and(range(alternative, isCut ? until : end), rest), limit);
    for (const row of rows) found.add(Number(row.seq));
  }
  const seqs = [...found].sort(compare).slice(0, limit);
  if (seqs.length === 0) return { versions: [], until: isCut ? until : null };
  const versions = await tx.db.select().from(t).where(inArray(t.seq, seqs)).orderBy(order(t.seq));
  return { versions, until: isCut ? until : null };
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

export type HistoryPosition = Pick<Version, 'seq' | 'object_id' | 'version' | 'recorded_at'>;

const placeColumns = ({ tables: { history: t } }: Tx) => ({
  seq: t.seq,
  object_id: t.object_id,
  version: t.version,
  recorded_at: t.recorded_at,
});

const newest = prepared((tx) => {
  const { history: t } = tx.tables;
  return tx.db.select(placeColumns(tx)).from(t).orderBy(desc(t.seq)).limit(atMost(1));
});

/** The newest entry of the history. */
export const newestPlace = async (tx: Tx): Promise<HistoryPosition | null> =>
  (await newest(tx, null))[0] ?? null;

/** The oldest entry of the history. */
export const firstPlace = (tx: Tx): Promise<HistoryPosition | null> => placeAt(tx, 1);

export async function placeAt(tx: Tx, seq: number): Promise<HistoryPosition | null> {
  const { history: t } = tx.tables;
  const [row] = await tx.db.select(placeColumns(tx)).from(t).where(eq(t.seq, seq));
  return row ?? null;
}

/**
 * The number of the last change recorded before an instant; 0 where there is none. Instants never go back and numbers
 * have no gaps, so a binary search finds it.
 */
export async function lastBefore(tx: Tx, instant: string): Promise<number> {
  let [low, high] = [0, (await newestPlace(tx))?.seq ?? 0];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    const place = await placeAt(tx, middle);
    if (place !== null && place.recorded_at < instant) low = middle;
    else high = middle - 1;
  }
  return low;
}

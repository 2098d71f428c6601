import { insertRows } from '../../db/query/rows.js';
import type { Tx } from '../../db/store/store.js';

/** A row of the index of words: its words as the engine takes them. */
export type EntryRow = { rowid: number; words: string };

/** Code units of words on a page of the index, and how often each is written again on its way through the levels of the index. */
const UNITS_ON_PAGE = 4_000;
const TIMES_MERGED = 5;
/** Pages that one statement writes: it holds the event loop for a millisecond or two. */
const PAGES_AT_ONCE = 16;

/**
 * Adds entries to the index of words, and merges as much of it as these will cause to be merged. FTS5 would do that by itself,
 * within the statement that brings the next megabyte of words.
 */
export async function putEntries(tx: Tx, entries: readonly EntryRow[]): Promise<void> {
  if (entries.length === 0) return;
  await insertRows(tx, 'search', entries);
  const { mergeWords } = tx.dialect;
  if (!mergeWords) return;
  const units = entries.reduce((sum, { words }) => sum + words.length, 0);
  for (let left = Math.ceil((units * TIMES_MERGED) / UNITS_ON_PAGE); left > 0; left -= PAGES_AT_ONCE) {
    await tx.rows(mergeWords(tx.tables.search, Math.min(left, PAGES_AT_ONCE)));
  }
}

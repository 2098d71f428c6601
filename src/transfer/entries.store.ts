import { eq, inArray } from 'drizzle-orm';
import { isMeant } from '../db/query/closures.js';
import { prepared } from '../db/query/prepared.js';
import { tableOf } from '../db/schema/object-tables.js';
import type { Tx } from '../db/store/store.js';
import { chunksOf } from '../lib/collections.js';
import { type ResourceName, resourceNames } from '../lib/ids.js';
import { putEntries } from '../search/words/entries.store.js';
import type { Entry } from '../search/words/entry.js';

/** An entry of the index of words as its object makes it. */
export interface OwnEntry {
  noun: ResourceName;
  id: string;
  number: number;
  words: Entry;
}

/** Versions that one statement asks for. */
const VERSIONS_AT_ONCE = 500;

/** Documents by the numbers of their versions. */
export async function documentsOf(tx: Tx, seqs: readonly number[]): Promise<Map<number, string>> {
  const { history: t } = tx.tables;
  const wanted = [...new Set(seqs)];
  const found = new Map<number, string>();
  for (const some of chunksOf(wanted, VERSIONS_AT_ONCE)) {
    const rows = await tx.db.select({ seq: t.seq, doc: t.doc }).from(t).where(inArray(t.seq, some));
    for (const { seq, doc } of rows) found.set(seq, doc);
  }
  return found;
}

export const putOwnEntries = (tx: Tx, entries: readonly OwnEntry[]): Promise<void> =>
  putEntries(
    tx,
    entries.map(({ number, words }) => ({ rowid: number, words: tx.dialect.indexed(words) })),
  );

const knownWords = prepared((tx) => {
  const { search_words: t } = tx.tables;
  return tx.db.select({ word: t.word }).from(t).where(isMeant(tx, t.word));
});

/** Those of the words that the vocabulary lacks. */
export async function unknownWords(tx: Tx, words: readonly string[]): Promise<string[]> {
  const rows = await knownWords(tx, null, { ids: JSON.stringify(words) });
  const known = new Set(rows.map(({ word }) => word));
  return words.filter((word) => !known.has(word));
}

/** The object that has this entry now. */
export async function ownerOf(tx: Tx, number: number): Promise<string> {
  for (const noun of resourceNames) {
    const table = tx.tables[tableOf[noun]];
    const [row] = await tx.db.select({ id: table.id }).from(table).where(eq(table.entry, number));
    if (row) return `${noun} ${row.id}`;
  }
  return 'an object as it was';
}

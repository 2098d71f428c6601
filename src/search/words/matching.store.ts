import { and, type SQL, sql } from 'drizzle-orm';
import type { SQLiteColumn } from 'drizzle-orm/sqlite-core';
import { isMeant } from '../../db/query/closures.js';
import { isFound, someIds } from '../../db/query/narrowing.js';
import { prepared } from '../../db/query/prepared.js';
import { newestEntry } from '../../db/query/snapshot.js';
import { tableOf } from '../../db/schema/object-tables.js';
import type {
  FrequentWord,
  NewestFound,
  NewestSearch,
  WordGroup,
  WordQuery,
} from '../../db/store/dialect.js';
import type { Tx } from '../../db/store/store.js';
import { only } from '../../lib/collections.js';
import { ApiError } from '../../lib/errors.js';
import type { ResourceName } from '../../lib/ids.js';
import { letterOf } from './entry.js';
import type { Phrase, SearchQuery } from './query.js';

/** Most words that a prefix stands for. */
const MOST_ENDINGS = 100;

/** Entries of few objects, of which each has had one for each of its versions. */
const VERSIONS = 4;

/** The objects of a noun that have these words; undefined without a query. */
export async function hasWords(
  tx: Tx,
  noun: ResourceName,
  query: SearchQuery | undefined,
): Promise<SQL | undefined> {
  if (query === undefined) return undefined;
  const words = await wordQuery(tx, noun, query);
  if (words === null) return sql`1 = 0`;
  const table = tx.tables[tableOf[noun]];
  const { search } = tx.tables;
  const most = tx.few * VERSIONS;
  const entries = sql`select ${search.rowid} from ${search} where ${tx.dialect.finds(search, words)} limit ${sql.raw(String(most + 1))}`;
  const { n } = only(await tx.rows<{ n: number }>(sql`select count(*) as n from (${entries}) found`));
  // Entries first: PostgreSQL would go through the whole index of words in the order of entries to meet objects with a few.
  const found =
    n <= most &&
    (await someIds(
      tx,
      sql`select ${table.id} as id from ${table} where ${tx.dialect.isGivenBy(table.entry, entries)}`,
    ));
  return found ? isFound(tx, table.id, found) : hasFound(tx, table.entry, words);
}

/** The ids and entries of the objects of a noun that have these words, in no order; null where none can have them. */
export async function objectsWith(tx: Tx, noun: ResourceName, query: SearchQuery): Promise<SQL | null> {
  const words = await wordQuery(tx, noun, query);
  return words && foundObjects(tx, noun, words);
}

/** Objects whose words an entry has, in no order. */
function foundObjects(tx: Tx, noun: ResourceName, words: WordQuery): SQL {
  const table = tx.tables[tableOf[noun]];
  const { search } = tx.tables;
  // SQLite keeps to the order of a cross join; else it would look into the index of words for each object. An order by
  // a column that is not selected would make it go through all objects of the past.
  return sql`select ${table.id} as id, ${search.rowid} as entry from ${search} cross join ${table}
    where ${and(sql`${table.entry} = ${search.rowid}`, tx.dialect.finds(search, words))}`;
}

function hasFound(tx: Tx, entry: SQLiteColumn, words: WordQuery): SQL {
  const { search } = tx.tables;
  return sql`${tx.dialect.unindexed(entry)} in
    (select ${search.rowid} from ${search} where ${tx.dialect.finds(search, words)})`;
}

/** The newest entries of the index, which bounds what it does in one step that nothing interrupts. */
const MOST_LOOKED_AT = 500_000;

/** Objects that have words, searched among the newest entries; those whose words were recorded last come first. */
export async function newestFound(
  tx: Tx,
  noun: ResourceName,
  words: WordQuery,
  limit: number,
): Promise<string[]> {
  return only(await newestOfEach(tx, noun, [words], limit));
}

/** The same for each of several queries. */
export async function newestOfEach(
  tx: Tx,
  noun: ResourceName,
  queries: readonly WordQuery[],
  limit: number,
): Promise<string[][]> {
  if (queries.length === 0) return [];
  const { search } = tx.tables;
  const { id, entry } = tx.tables[tableOf[noun]];
  const newest = await newestEntry(tx);
  const before = newest - MOST_LOOKED_AT;
  const frequent = await frequentWords(tx);
  return newestOwners(tx, { search, id, entry, queries, newest, before, limit, frequent });
}

/** The words that many entries have, as the engine last counted them, and the part of all entries that has each. */
async function frequentWords({ dialect, tables, rows }: Tx): Promise<Map<string, number>> {
  const counted = dialect.frequentWords && (await rows<FrequentWord>(dialect.frequentWords(tables.search)));
  return new Map(counted?.map(({ word, part }) => [word, part]));
}

/** For each query the owners of the newest entries that it finds, the newest first. */
export async function newestOwners(tx: Tx, asked: NewestSearch): Promise<string[][]> {
  const { queries, limit } = asked;
  const found = queries.map((): string[] => []);
  const look = async (statements: readonly SQL[], places: readonly number[]): Promise<void> => {
    for (const statement of statements) {
      const rows = await tx.rows<NewestFound>(statement);
      for (const row of rows.sort((a, b) => b.entry - a.entry)) {
        const place = places[row.query];
        if (place !== undefined) found[place]?.push(row.id);
      }
    }
  };
  await look(tx.dialect.newest(asked), [...queries.keys()]);
  const lacking = [...queries.keys()].filter((place) => (found[place]?.length ?? 0) < limit);
  const rest = queries.filter((_, place) => lacking.includes(place));
  await look(tx.dialect.older({ ...asked, queries: rest }), lacking);
  return found.map((ids) => ids.slice(0, limit));
}

/** The query as the index of words takes it; null if nothing can be found. */
export async function wordQuery(tx: Tx, noun: ResourceName, query: SearchQuery): Promise<WordQuery | null> {
  const groupOf = async (phrases: readonly Phrase[]): Promise<WordGroup> => {
    const group: string[][] = [];
    for (const { words, prefix } of phrases) {
      const known = words.map((word) => letterOf[noun] + word);
      if (!prefix) group.push(known);
      else for (const start of known) group.push(...(await endingsOf(tx, start)).map((word) => [word]));
    }
    return group;
  };
  const all: WordGroup[] = [];
  for (const phrases of query.all) {
    const group = await groupOf(phrases);
    if (group.length === 0) return null;
    all.push(group);
  }
  return all.length === 0 ? null : { all, none: await groupOf(query.none) };
}

/** The words of the index that begin with a text. */
async function endingsOf(tx: Tx, start: string): Promise<string[]> {
  const found = await wordsBeginning(tx, start, MOST_ENDINGS + 1);
  if (found.length <= MOST_ENDINGS) return found;
  const detail = `more than ${MOST_ENDINGS} words begin with "${start.slice(1)}"; write more letters before the *`;
  throw new ApiError('invalid_query', detail, [{ parameter: 'q', code: 'too_many_words', detail }]);
}

const wordsKnown = prepared((tx) => {
  const { search_words: t } = tx.tables;
  return tx.db.select({ word: t.word }).from(t).where(isMeant(tx, t.word));
});

/** The words, among those given, that an object of the noun has or once had. */
export async function knownWords(tx: Tx, noun: ResourceName, words: readonly string[]): Promise<Set<string>> {
  const ids = JSON.stringify(words.map((word) => letterOf[noun] + word));
  return new Set((await wordsKnown(tx, null, { ids })).map(({ word }) => word.slice(1)));
}

/** The first words of the index that begin with a text, in alphabetical order. */
export const wordsBeginning = (tx: Tx, start: string, limit: number): Promise<string[]> =>
  beginning(tx, start, sql`word`, limit);

/** The shortest ones. */
export const shortestWords = (tx: Tx, start: string, limit: number): Promise<string[]> =>
  beginning(tx, start, sql`length(word), word`, limit);

async function beginning(tx: Tx, start: string, order: SQL, limit: number): Promise<string[]> {
  const { search_words: t } = tx.tables;
  const rows = await tx.rows<{ word: string }>(
    sql`select ${t.word} as word from ${t} where ${t.word} >= ${start} and ${t.word} < ${`${start}\u{10FFFF}`}
      order by ${order} limit ${sql.raw(String(limit))}`,
  );
  return rows.map(({ word }) => word);
}

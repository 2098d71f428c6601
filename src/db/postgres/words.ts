import { getTableName, type SQL, sql, type Table } from 'drizzle-orm';
import { chunksOf } from '../../lib/collections.js';
import { markedWords, NEW_BITS, newMark, RECENT_BITS, recentMark } from '../schema/entry-ages.js';
import type { NewestSearch, WordGroup, WordQuery } from '../store/dialect.js';

/** How PostgreSQL keeps and finds the words of entries. */

/** Each word with its positions, counted from 1. */
export function indexed(words: readonly (string | null)[]): string {
  const places = new Map<string, number[]>();
  for (const [i, word] of words.entries()) {
    if (word === null) continue;
    const known = places.get(word);
    // PostgreSQL stores no larger position.
    const place = Math.min(i + 1, 16_383);
    if (!known) places.set(word, [place]);
    else known.push(place);
  }
  return [...places].map(([word, of]) => `'${word}':${of.join(',')}`).join(' ');
}

const tsqueryGroup = (group: WordGroup): string =>
  `(${group.map((phrase) => `(${phrase.map((word) => `'${word}'`).join(' <-> ')})`).join(' | ')})`;

const tsquery = ({ all, none }: WordQuery): string =>
  [...all.map(tsqueryGroup), ...(none.length === 0 ? [] : [`!${tsqueryGroup(none)}`])].join(' & ');

const rowidOf = (search: Table): string => `"${getTableName(search)}"."rowid"`;
const marked = (search: Table): SQL =>
  sql.raw(markedWords(`"${getTableName(search)}"."words"`, rowidOf(search)));

export const finds = (search: Table, query: WordQuery): SQL =>
  sql`${marked(search)} @@ ${tsquery(query)}::tsquery`;

/** Queries that one statement answers. */
const AT_ONCE = 50;

/**
 * Looks among the newest one to two thousand entries, then among the newest 32 to 65 thousand, then among all: whether few or most
 * of all have the words, no more than some thousand are read. A part begins when the one before it was not enough.
 */
export function newest({ search, id, entry, queries, newest, before, limit }: NewestSearch): SQL[] {
  const rowid = sql.raw(rowidOf(search));
  const [newFrom, recentFrom] = [firstOfTwo(newest, NEW_BITS), firstOfTwo(newest, RECENT_BITS)];
  // Each part is sorted by itself: an index that gives entries in this order, or those between the bounds, has all others there.
  const part = (asked: SQL, from: number, to: number) => sql`(select ${rowid} as entry from ${search}
    where ${marked(search)} @@ ${asked}::tsquery and ${rowid} + 0 >= ${from} and ${rowid} + 0 < ${to}
    order by ${rowid} desc offset 0)`;
  const parts = [
    part(sql`asked.newest`, newFrom, newest + 1),
    part(sql`asked.recent`, recentFrom, newFrom),
    part(sql`asked.words`, before + 1, recentFrom),
  ];
  const among = (words: string, markOf: (entry: number) => string, bits: number): string =>
    `${words} & (${[newest, newest - 2 ** bits].map((number) => `'${markOf(number)}'`).join(' | ')})`;
  const asked = queries.map((query, number) => {
    const words = tsquery(query);
    return {
      ...{ query: number, words, newest: among(words, newMark, NEW_BITS) },
      recent: among(words, recentMark, RECENT_BITS),
    };
  });
  return [...chunksOf(asked, AT_ONCE)].map(
    (some) => sql`select asked.query, found.id, found.entry
      from json_to_recordset(${JSON.stringify(some)}) as asked (query int, newest text, recent text, words text)
      cross join lateral (
        select id, entry from (
          select entries.entry, (select ${id} from ${id.table} where ${entry} = entries.entry) as id
          from (${sql.join(parts, sql` union all `)}) as entries
        ) as owned where id is not null limit ${sql.raw(String(limit))}
      ) as found`,
  );
}

/** The oldest of the entries that have the last two marks. */
const firstOfTwo = (newest: number, bits: number): number => (Math.floor(newest / 2 ** bits) - 1) * 2 ** bits;

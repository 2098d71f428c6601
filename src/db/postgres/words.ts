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

/** Queries that one statement answers among the newest entries, and among all that are older, of which it may read all. */
const AT_ONCE = 50;
const OLDER_AT_ONCE = 20;

/**
 * Looks among the newest one to two thousand entries, then among the newest 32 to 65 thousand: whether few or most of them have the
 * words, as a rule some thousand are read at most. The second part begins where the first was not enough.
 */
export const newest = (search: NewestSearch): SQL[] => {
  const { newest } = search;
  const [newFrom, recentFrom] = [firstOfTwo(newest, NEW_BITS), firstOfTwo(newest, RECENT_BITS)];
  const parts = [
    part(search, (words) => `${words} & ${lastTwo(newest, newMark, NEW_BITS)}`, newFrom, newest + 1),
    part(search, (words) => `${words} & ${lastTwo(newest, recentMark, RECENT_BITS)}`, recentFrom, newFrom),
  ];
  return statements(search, parts, AT_ONCE);
};

/** Looks among those that are older, and reads all that have the words. */
export const older = (search: NewestSearch): SQL[] => {
  const recentFrom = firstOfTwo(search.newest, RECENT_BITS);
  return statements(search, [part(search, (words) => words, search.before + 1, recentFrom)], OLDER_AT_ONCE);
};

/** Entries between two numbers, the newest first, and what is asked for each query. */
interface Part {
  ask: (words: string) => string;
  entries: (asked: SQL) => SQL;
}

function part({ search }: NewestSearch, ask: Part['ask'], from: number, to: number): Part {
  const rowid = sql.raw(rowidOf(search));
  // Sorted by itself: an index that gives entries in this order, or those between the bounds, has all others there.
  const entries = (asked: SQL) => sql`(select ${rowid} as entry from ${search}
    where ${marked(search)} @@ ${asked}::tsquery and ${rowid} + 0 >= ${from} and ${rowid} + 0 < ${to}
    order by ${rowid} desc offset 0)`;
  return { ask, entries };
}

function statements(
  { id, entry, queries, limit }: NewestSearch,
  parts: readonly Part[],
  atOnce: number,
): SQL[] {
  const asked = queries.map((query, number) => ({
    query: number,
    parts: parts.map(({ ask }) => ask(tsquery(query))),
  }));
  const entries = parts.map((one, i) => one.entries(sql`(asked.parts ->> ${sql.raw(String(i))})`));
  return [...chunksOf(asked, atOnce)].map(
    (some) => sql`select asked.query, found.id, found.entry
      from json_to_recordset(${JSON.stringify(some)}) as asked (query int, parts json)
      cross join lateral (
        select id, entry from (
          select entries.entry, (select ${id} from ${id.table} where ${entry} = entries.entry) as id
          from (${sql.join(entries, sql` union all `)}) as entries
        ) as owned where id is not null limit ${sql.raw(String(limit))}
      ) as found`,
  );
}

/** Of the entries with the last two marks, the first; and what finds them all. */
const firstOfTwo = (newest: number, bits: number): number => (Math.floor(newest / 2 ** bits) - 1) * 2 ** bits;
const lastTwo = (newest: number, markOf: (entry: number) => string, bits: number): string =>
  `('${markOf(newest)}' | '${markOf(newest - 2 ** bits)}')`;

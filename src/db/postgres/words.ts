import { getTableName, type SQL, sql, type Table } from 'drizzle-orm';
import { chunksOf } from '../../lib/collections.js';
import {
  markedWords,
  NEW_BITS,
  newMark,
  OLD_BITS,
  oldMark,
  RECENT_BITS,
  recentMark,
} from '../schema/entry-ages.js';
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

/** Of all entries, the part that has a rare word at most. */
const RARE = 0.005;
/** So many times as many entries as have the rarest word of a query have those that are tested. */
const MORE = 10;

/** What ANALYZE found, by which PostgreSQL plans; nothing before it has run. */
export const frequentWords = (search: Table): SQL => sql`select word, part
  from pg_stats, unnest(most_common_elems::text::text[], most_common_elem_freqs) as counted (word, part)
  where schemaname = current_schema() and tablename = ${getTableName(search)} and attname = 'words'
    and word is not null and part > ${sql.raw(String(RARE))}`;

/**
 * What the index is asked, and what is tested in the entries that it gives. It would read most places of a common word to meet
 * those of a rare one.
 */
function divided(
  { all, none }: WordQuery,
  frequent: NewestSearch['frequent'],
): { asked: WordQuery; tested: WordQuery; isRare: boolean } {
  const partOf = ([[word = '', ...more] = [], ...others]: WordGroup): number | null =>
    more.length + others.length > 0 ? null : Math.max(frequent.get(word) ?? 0, RARE);
  const least = Math.min(...all.map((group) => partOf(group) ?? 1));
  const isTested = (group: WordGroup) => (partOf(group) ?? 0) >= MORE * least;
  return {
    asked: { all: all.filter((group) => !isTested(group)), none },
    tested: { all: all.filter(isTested), none: [] },
    isRare: least <= RARE,
  };
}

/** Queries that one statement answers among the newest entries, and among those that are older, of which it may read all. */
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
    part(search, newFrom, newest + 1, newMark, NEW_BITS),
    part(search, recentFrom, newFrom, recentMark, RECENT_BITS),
  ];
  return statements(search, parts, AT_ONCE);
};

/** Looks among those that are older, and reads all that have the words; of a rare word even those that are too old, which are few. */
export const older = (search: NewestSearch): SQL[] => {
  const old = part(search, search.before + 1, firstOfTwo(search.newest, RECENT_BITS), oldMark, OLD_BITS);
  const ask: Part['ask'] = (words, isRare) => (isRare ? words : old.ask(words, isRare));
  return statements(search, [{ ...old, ask }], OLDER_AT_ONCE);
};

/** Of the entries with the last two marks, the first. */
const firstOfTwo = (newest: number, bits: number): number => (Math.floor(newest / 2 ** bits) - 1) * 2 ** bits;

/** Entries between two numbers, the newest first, and what the index is asked for each query: whether its words are rare counts. */
interface Part {
  ask: (words: string, isRare: boolean) => string;
  entries: (asked: SQL) => SQL;
}

function part(
  { search }: NewestSearch,
  from: number,
  to: number,
  markOf: (entry: number) => string,
  bits: number,
): Part {
  const rowid = sql.raw(rowidOf(search));
  const span = 2 ** bits;
  const marks: string[] = [];
  for (let start = Math.floor(from / span) * span; start < to; start += span)
    marks.push(`'${markOf(start)}'`);
  // Sorted by itself: an index that gives entries in this order, or those between the bounds, has all others there.
  const entries = (asked: SQL) => sql`(select ${rowid} as entry from ${search}
    where ${marked(search)} @@ ${asked}::tsquery and (asked.tested is null or words @@ asked.tested::tsquery)
      and ${rowid} + 0 >= ${from} and ${rowid} + 0 < ${to}
    order by ${rowid} desc offset 0)`;
  return { ask: (words) => `${words} & (${marks.join(' | ')})`, entries };
}

function statements(
  { id, entry, queries, limit, frequent }: NewestSearch,
  parts: readonly Part[],
  atOnce: number,
): SQL[] {
  const asked = queries.map((query, number) => {
    const { asked, tested, isRare } = divided(query, frequent);
    return {
      query: number,
      parts: parts.map(({ ask }) => ask(tsquery(asked), isRare)),
      tested: tested.all.length === 0 ? null : tsquery(tested),
    };
  });
  const entries = parts.map((one, i) => one.entries(sql`(asked.parts ->> ${sql.raw(String(i))})`));
  return [...chunksOf(asked, atOnce)].map(
    (some) => sql`select asked.query, found.id, found.entry
      from json_to_recordset(${JSON.stringify(some)}) as asked (query int, parts json, tested text)
      cross join lateral (
        select id, entry from (
          select entries.entry, (select ${id} from ${id.table} where ${entry} = entries.entry) as id
          from (${sql.join(entries, sql` union all `)}) as entries
        ) as owned where id is not null limit ${sql.raw(String(limit))}
      ) as found`,
  );
}

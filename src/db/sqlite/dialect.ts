import { and, isNull, type SQL, type SQLWrapper, sql, type Table } from 'drizzle-orm';
import {
  type Dialect,
  GAP,
  listed,
  type NewestSearch,
  ordered,
  type WordGroup,
  type WordQuery,
} from '../store/dialect.js';

/** Drizzle and our own code wrap the errors of drivers; the driver's own code is what counts. */
export function sqliteCode(error: unknown): string {
  for (let at = error; at instanceof Error; at = at.cause) {
    const { code } = at as { code?: unknown };
    if (typeof code === 'string' && code.startsWith('SQLITE_')) return code;
  }
  return '';
}

const fts5Group = (group: WordGroup): string =>
  `(${group.map((phrase) => `"${phrase.join(' ')}"`).join(' OR ')})`;

function fts5Query({ all, none }: WordQuery): string {
  const wanted = all.map(fts5Group).join(' AND ');
  return none.length === 0 ? wanted : `(${wanted}) NOT ${fts5Group(none)}`;
}

const finds = (search: Table, query: WordQuery): SQL => sql`${search} match ${fts5Query(query)}`;

/** Entries are read from the newest on, until there are enough. */
function newest({ search, id, entry, queries, before, limit }: NewestSearch): SQL[] {
  // SQLite keeps to the order of a cross join; else it would look into the index of words for each object. The driver sends
  // numbers as decimals; with a decimal as its bound, SQLite would read the whole index.
  return queries.map(
    (query, i) => sql`select ${sql.raw(String(i))} as query, ${id} as id, ${search}.rowid as entry
      from ${search} cross join ${id.table}
      where ${entry} = ${search}.rowid and ${finds(search, query)} and ${search}.rowid > cast(${before} as bigint)
      order by ${search}.rowid desc limit ${sql.raw(String(limit))}`,
  );
}

const isGivenBy = (column: SQLWrapper, query: SQL) => sql`${column} in (${query})`;

export const sqliteDialect: Dialect = {
  engine: 'sqlite',
  rowsAtOnce: 1_000,
  objectsAtOnce: 50,
  blockSide: 14,
  isUniqueViolation: (error) =>
    ['SQLITE_CONSTRAINT_UNIQUE', 'SQLITE_CONSTRAINT_PRIMARYKEY'].includes(sqliteCode(error)),
  isForeignKeyViolation: (error) => sqliteCode(error) === 'SQLITE_CONSTRAINT_FOREIGNKEY',
  joined: (column, order) => sql`group_concat(${column}, ','${ordered(order)})`,
  unindexed: (column) => sql`+${column}`,
  opaque: (column) => sql`+${column}`,
  beginningOf: () => undefined,
  textsOf: (column) => sql`json_group_array(${column})`,
  textsIn: (json) => sql`(select value from json_each(${json}))`,
  isGivenBy,
  isAmong: (column, json) => isGivenBy(column, sql`select value from json_each(${json})`),
  areAmong(columns, json) {
    const texts = columns.map((_, i) => sql`value ->> ${sql.raw(String(i))}`);
    const areGiven = sql`(${listed(columns)}) in (select ${listed(texts)} from json_each(${json}))`;
    // Its statistics tell that the first column leads to one row, though it may be to hundreds: only a range makes it look up both.
    const end = (name: 'min' | 'max') => sql`(select ${sql.raw(name)}(${texts[1]}) from json_each(${json}))`;
    const [, second] = columns;
    return second ? sql`${areGiven} and ${second} between ${end('min')} and ${end('max')}` : areGiven;
  },
  reached(json, links) {
    // SQLite keeps to the order of a cross join; else it would begin with all rows that the condition leaves.
    const steps = links.map(({ from, to, unless }) => {
      // Whatever its statistics tell, each step is to take the index of `from`: not the whole table, nor all rows with `to`.
      const isAt = sql`likelihood(${from} = reached.id, 0.0001)`;
      const isLink = and(isAt, sql`+${to} is not null`, unless && isNull(unless));
      return sql`select ${to} from reached cross join ${from.table} on ${isLink}`;
    });
    const start = sql`select value from json_each(${json})`;
    return sql`(with recursive reached(id) as (${sql.join([start, ...steps], sql` union `)}) select id from reached)`;
  },
  indexed: (words) => words.map((word) => word ?? GAP).join(' '),
  finds,
  newest,
  older: () => [],
  frequentWords: undefined,
  mergeWords: (search, pages) =>
    sql`insert into ${search} (${search}, rank) values ('merge', ${pages}) returning rowid`,
};

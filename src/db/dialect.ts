import { type Column, type SQL, type SQLWrapper, sql } from 'drizzle-orm';
import { sqlState } from './postgres/errors.js';
import { INDEXED_CHARACTERS, shapeOf } from './schema/columns.js';

/** What differs between the engines, and nothing else. */
export interface Dialect {
  engine: 'sqlite' | 'postgres';
  isUniqueViolation(error: unknown): boolean;
  isForeignKeyViolation(error: unknown): boolean;
  /** An aggregate: the texts with commas between them, in no certain order unless told; null without rows. */
  joined(column: SQLWrapper, order?: SQL): SQL<string | null>;
  /**
   * The column, compared row by row. SQLite prefers any index in which a condition fixes the first column, also where
   * that is one of thousands of values; PostgreSQL reckons with their number.
   */
  unindexed(column: SQLWrapper): SQL;
  /** An aggregate: the texts as a JSON array; null or an empty one without rows. */
  textsOf(column: SQLWrapper): SQL<string | null>;
  /** What an index holds of the texts of a column, where they are too long for it. */
  beginningOf(column: Column): ((text: SQLWrapper) => SQL) | undefined;
  /** A subquery: the texts of a JSON array, so that one query serves for any number of them. */
  textsIn(json: SQLWrapper): SQL;
  /** The words of an entry of the index of words as the engine takes them; null where there is none. */
  indexed(words: readonly (string | null)[]): string;
  /** The entries of the index of words, under this name, that a query finds. */
  finds(search: SQLWrapper, query: WordQuery): SQL;
}

/** Alternatives, of which one must be found: words that follow each other. */
export type WordGroup = readonly (readonly string[])[];

/** What an entry must have, one of each group, and what it may not have. Words consist of letters and digits. */
export interface WordQuery {
  all: readonly WordGroup[];
  none: WordGroup;
}

const ordered = (order: SQL | undefined): SQL | undefined => order && sql` order by ${order}`;

/** Drizzle and our own code wrap the errors of drivers; the driver's own code is what counts. */
export function sqliteCode(error: unknown): string {
  for (let at = error; at instanceof Error; at = at.cause) {
    const { code } = at as { code?: unknown };
    if (typeof code === 'string' && code.startsWith('SQLITE_')) return code;
  }
  return '';
}

/** A character of no word, where a phrase ends. */
export const GAP = '\uE000';

const fts5Group = (group: WordGroup): string =>
  `(${group.map((phrase) => `"${phrase.join(' ')}"`).join(' OR ')})`;

function fts5Query({ all, none }: WordQuery): string {
  const wanted = all.map(fts5Group).join(' AND ');
  return none.length === 0 ? wanted : `(${wanted}) NOT ${fts5Group(none)}`;
}

const tsqueryGroup = (group: WordGroup): string =>
  `(${group.map((phrase) => `(${phrase.map((word) => `'${word}'`).join(' <-> ')})`).join(' | ')})`;

const tsquery = ({ all, none }: WordQuery): string =>
  [...all.map(tsqueryGroup), ...(none.length === 0 ? [] : [`!${tsqueryGroup(none)}`])].join(' & ');

/** A word with its places, the first of which is 1. */
function tsvector(words: readonly (string | null)[]): string {
  const places = new Map<string, number[]>();
  for (const [i, word] of words.entries()) {
    if (word === null) continue;
    const known = places.get(word);
    // PostgreSQL keeps no place behind this one.
    const place = Math.min(i + 1, 16_383);
    if (!known) places.set(word, [place]);
    else known.push(place);
  }
  return [...places].map(([word, of]) => `'${word}':${of.join(',')}`).join(' ');
}

export const sqliteDialect: Dialect = {
  engine: 'sqlite',
  isUniqueViolation: (error) =>
    ['SQLITE_CONSTRAINT_UNIQUE', 'SQLITE_CONSTRAINT_PRIMARYKEY'].includes(sqliteCode(error)),
  isForeignKeyViolation: (error) => sqliteCode(error) === 'SQLITE_CONSTRAINT_FOREIGNKEY',
  joined: (column, order) => sql`group_concat(${column}, ','${ordered(order)})`,
  unindexed: (column) => sql`+${column}`,
  beginningOf: () => undefined,
  textsOf: (column) => sql`json_group_array(${column})`,
  textsIn: (json) => sql`(select value from json_each(${json}))`,
  indexed: (words) => words.map((word) => word ?? GAP).join(' '),
  finds: (search, query) => sql`${search} match ${fts5Query(query)}`,
};

const isLong = ({ name, table }: Column): boolean =>
  Object.values(shapeOf(table).indexes ?? {}).some(
    (index) => 'columns' in index && index.longText === 'order' && index.columns[0] === name,
  );

export const postgresDialect: Dialect = {
  engine: 'postgres',
  isUniqueViolation: (error) => sqlState(error) === '23505',
  isForeignKeyViolation: (error) => sqlState(error) === '23503',
  joined: (column, order) => sql`string_agg(${column}, ','${ordered(order)})`,
  unindexed: (column) => sql`${column}`,
  beginningOf: (column) =>
    isLong(column) ? (text) => sql`left(${text}, ${sql.raw(String(INDEXED_CHARACTERS))})` : undefined,
  textsOf: (column) => sql`json_agg(${column})::text`,
  textsIn: (json) => sql`(select jsonb_array_elements_text(${json}::jsonb))`,
  indexed: tsvector,
  finds: (search, query) => sql`${search}.words @@ ${tsquery(query)}::tsquery`,
};

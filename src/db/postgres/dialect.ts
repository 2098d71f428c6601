import { and, type Column, eq, isNotNull, isNull, type SQL, type SQLWrapper, sql } from 'drizzle-orm';
import { INDEXED_CHARACTERS, shapeOf } from '../schema/columns.js';
import { type Dialect, listed, ordered } from '../store/dialect.js';
import { sqlState } from './errors.js';
import { finds, frequentWords, indexed, newest, older } from './words.js';

const isLong = ({ name, table }: Column): boolean =>
  Object.values(shapeOf(table).indexes ?? {}).some(
    (index) => 'columns' in index && index.longText === 'order' && index.columns[0] === name,
  );

const opaque = (column: SQLWrapper) => sql`greatest(${column})`;
const isGivenBy = (column: SQLWrapper, query: SQL) => sql`${column} = any(array(${query}))`;

export const postgresDialect: Dialect = {
  engine: 'postgres',
  rowsAtOnce: 10_000,
  objectsAtOnce: 500,
  blockSide: undefined,
  isUniqueViolation: (error) => sqlState(error) === '23505',
  isForeignKeyViolation: (error) => sqlState(error) === '23503',
  joined: (column, order) => sql`string_agg(${column}, ','${ordered(order)})`,
  unindexed: (column) => sql`${column}`,
  opaque,
  beginningOf: (column) =>
    isLong(column) ? (text) => sql`left(${text}, ${sql.raw(String(INDEXED_CHARACTERS))})` : undefined,
  textsOf: (column) => sql`json_agg(${column})::text`,
  textsIn: (json) => sql`(select jsonb_array_elements_text(${json}::jsonb))`,
  isGivenBy,
  isAmong: (column, json) => isGivenBy(column, sql`select jsonb_array_elements_text(${json}::jsonb)`),
  areAmong(columns, json) {
    const given = sql`jsonb_array_elements(${json}::jsonb)`;
    const texts = columns.map((_, i) => sql`value ->> ${sql.raw(String(i))}`);
    // It expects one row for each text in an index of another column, and would read the hundreds that have it.
    const isOne = sql`(${listed(columns.map(opaque))}) in (select ${listed(texts)} from ${given})`;
    const [first] = columns;
    return first ? sql`${isGivenBy(first, sql`select ${texts[0]} from ${given}`)} and ${isOne}` : isOne;
  },
  reached(json, links) {
    // As a range, for which PostgreSQL takes an index. Of an equality it knows how many rows most ids have: it hashes those of
    // a step, or reads the whole table for each. A second column of the index, though, is looked up only beside an equality.
    const steps = links.map(({ from, to, unless }) => {
      const isAt = unless ? eq(from, sql`reached.id`) : sql`${from} between reached.id and reached.id`;
      return sql`select ${to} as id from ${from.table} where ${and(isAt, isNotNull(to), unless && isNull(unless))}`;
    });
    // An array, since it takes a set of texts for a hundred; columns of ids have this collation.
    const start = sql`select unnest(array(select jsonb_array_elements_text(${json}::jsonb))) collate "C"`;
    const next = sql`select next.id from reached cross join lateral (${sql.join(steps, sql` union all `)}) as next`;
    return sql`(with recursive reached(id) as (${start} union ${next}) select id from reached)`;
  },
  indexed,
  finds,
  newest,
  older,
  frequentWords,
  mergeWords: undefined,
};

import {
  and,
  type Column,
  gte,
  inArray,
  lte,
  or,
  type Placeholder,
  type SQL,
  type SQLWrapper,
  sql,
} from 'drizzle-orm';

/** Small conditions that several stores need. */

/** The column is one of the values; no values, no rows. Undefined when there is no filter. */
export const isAnyOf = (column: SQLWrapper, values: string[] | undefined): SQL | undefined =>
  values === undefined ? undefined : values.length === 0 ? sql`1 = 0` : inArray(column, values);

/** The text holds this part, taken literally; an empty part is in nothing. */
export const contains = (column: Column, part: string): SQL =>
  part === '' ? sql`1 = 0` : sql`${column} like ${`%${part.replace(/[\\%_]/g, '\\$&')}%`} escape '\\'`;

/** Two ranges of days have a day in common; what has no date matches nothing. */
export const overlaps = (
  first: Column,
  last: Column,
  from: number | undefined,
  to: number | undefined,
): SQL | undefined =>
  and(from === undefined ? undefined : gte(last, from), to === undefined ? undefined : lte(first, to));

/**
 * A subquery that is aggregated over, which SQLite runs by itself because it has a limit. It would else merge both, and
 * then reads all of a view of the past: it looks nothing up there for an aggregate.
 */
export const foundFirst = (query: SQL): SQL =>
  sql`${query} limit ${sql.raw(String(Number.MAX_SAFE_INTEGER))}`;

/**
 * The limit of a prepared query, as part of its text: SQLite plans a query with a parameter for it anew each time it is
 * run, which takes longer than to find a few rows.
 */
export const atMost = (rows: number) => sql.raw(String(rows)) as unknown as Placeholder;

export const within = (
  column: SQLWrapper,
  from: string | number | undefined,
  to: string | number | undefined,
): SQL | undefined =>
  and(
    from === undefined ? undefined : sql`${column} >= ${from}`,
    to === undefined ? undefined : sql`${column} <= ${to}`,
  );

/** The tag is one of these, or a longer one that begins with one of them (RFC 4647, basic filtering). */
export const isTagged = (column: SQLWrapper, tags: string[] | undefined): SQL | undefined =>
  tags &&
  or(
    ...tags.flatMap((tag) => [
      sql`${column} = ${tag}`,
      sql`(${column} >= ${`${tag}-`} and ${column} < ${`${tag}.`})`,
    ]),
  );

export const isFlag = (column: SQLWrapper, value: boolean | undefined): SQL | undefined =>
  value === undefined ? undefined : value ? sql`${column} = true` : sql`${column} = false`;

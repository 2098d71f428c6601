import { and, type Column, gte, inArray, lte, type SQL, sql } from 'drizzle-orm';

/** Small conditions that several stores need. */

/** The column is one of the values; no values, no rows. Undefined when there is no filter. */
export const isAnyOf = (column: Column, values: string[] | undefined): SQL | undefined =>
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

export const within = (column: Column, from: string | undefined, to: string | undefined): SQL | undefined =>
  and(from === undefined ? undefined : gte(column, from), to === undefined ? undefined : lte(column, to));

export const isFlag = (column: Column, value: boolean | undefined): SQL | undefined =>
  value === undefined ? undefined : value ? sql`${column} = true` : sql`${column} = false`;

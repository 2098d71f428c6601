import { getTableColumns } from 'drizzle-orm';
import { type Kit, shapeOf } from './columns.js';
import { defineTables, type Tables } from './tables.js';

/**
 * Reading the register as it was at an instant. Triggers move each row that no longer holds from X to `X_past`; a
 * view, `X_as_of`, shows the rows of one instant from both under the columns of the table. Queries are handed the
 * views in place of the tables.
 */

/** The tables that reads of the register as it was touch, beside the history. */
export const withPast = (tables: Tables): (keyof Tables)[] =>
  Object.entries(tables).flatMap(([name, table]) => (shapeOf(table).past ? (name as keyof Tables) : []));

/**
 * The tables of rows that no longer hold, `claims_past` for `claims`: from `valid_from` (included) to `valid_to` (excluded).
 * `valid_to` comes first, so that a column that is added later stands last in both.
 */
export function pastTables(kit: Kit): Record<string, Tables['reserved_keys']> {
  const valid_to = kit.long().notNull();
  const table = (name: string, columns: object, shape: object) =>
    kit.table(`${name}_past`, { valid_to, ...columns } as never, shape);
  const all = defineTables({ ...kit, table: table as unknown as Kit['table'] });
  return Object.fromEntries(
    withPast(all).map((name) => [`${name}_past`, all[name] as Tables['reserved_keys']]),
  );
}

/** The tables as queries of the past see them. */
export const tablesAsOf = (kit: Kit): Tables =>
  defineTables({
    ...kit,
    table: ((...[name, columns, shape = {}]: Parameters<Kit['table']>) =>
      kit.table(shape.past || name === 'history' ? `${name}_as_of` : name, columns, shape)) as Kit['table'],
  });

/** How an engine tells the instant that is looked at, in milliseconds and as text. */
interface Instant {
  at: string;
  text: string;
  /** A condition for each row that is visited, in the syntax of SQLite; left out for PostgreSQL. */
  visit?: (name: keyof Tables) => string;
}

/** The views, each with its name and what it selects; `from` qualifies the names of tables. */
export function viewsAsOf(
  tables: Tables,
  { at, text, visit }: Instant,
  from = '',
): [name: string, select: string][] {
  const columns = (name: keyof Tables) =>
    Object.values(getTableColumns(tables[name]))
      .map((column) => `"${column.name}"`)
      .join(', ');
  const views = withPast(tables).map((name): [string, string] => [
    `${name}_as_of`,
    visit
      ? `SELECT ${columns(name)} FROM ${from}${name} WHERE ${visit(name)} AND valid_from <= ${at}
  UNION ALL SELECT ${columns(name)} FROM ${from}${name}_past WHERE ${visit(name)} AND valid_from <= ${at} AND valid_to > ${at}`
      : // PostgreSQL joins the parts of a union by their indexes only where these have no conditions of their own.
        `SELECT ${columns(name)} FROM (
    SELECT ${columns(name)}, NULL::bigint AS valid_to FROM ${from}${name}
    UNION ALL SELECT ${columns(name)}, valid_to FROM ${from}${name}_past
  ) versions WHERE valid_from <= ${at} AND (valid_to IS NULL OR valid_to > ${at})`,
  ]);
  const history = `SELECT ${columns('history')} FROM ${from}history WHERE recorded_at <= ${text}`;
  return [...views, ['history_as_of', history]];
}

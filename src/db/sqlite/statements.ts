import type { Statement } from 'better-sqlite3';
import {
  Column,
  type DriverValueDecoder,
  getTableName,
  is,
  noopDecoder,
  Param,
  Placeholder,
  SQL,
} from 'drizzle-orm';
import type { SQLiteColumn, SQLiteTable } from 'drizzle-orm/sqlite-core';
import type { Built, Cells, Values } from '../store/store.js';

/**
 * A query as a function of what stands for its placeholders. Drizzle would look at the type of each parameter and of
 * each cell again whenever the query runs; here that is done once.
 */
export function compiled<Row>(
  prepare: (text: string) => Statement,
  query: Built<Row>,
): (values?: Values) => Promise<Row[]> {
  const { sql, params } = query.prepare().getQuery();
  const statement = prepare(sql);
  const parameters = params.map(parameterOf);
  const given = (values: Values) => parameters.map((parameter) => parameter(values));
  if (!statement.reader) {
    return async (values = {}) => {
      statement.run(...given(values));
      return [];
    };
  }
  statement.raw(true);
  const columns = Object.entries(query._.selectedFields ?? {}).map(
    ([name, field]) => [name, decoderOf(field)] as const,
  );
  return async (values = {}) => {
    const rows = statement.all(...given(values)) as unknown[][];
    return rows.map((cells) => {
      const row: Record<string, unknown> = {};
      for (const [i, [name, decoder]] of columns.entries()) {
        const cell = cells[i];
        row[name] = cell === null || decoder === null ? cell : decoder.mapFromDriverValue(cell);
      }
      return row as Row;
    });
  };
}

/** Inserts row by row, which takes SQLite less than one statement with the parameters of many rows. */
export function insertion(
  prepare: (text: string) => Statement,
  table: SQLiteTable,
  columns: readonly SQLiteColumn[],
): (rows: readonly Cells[]) => Promise<void> {
  const names = columns.map(({ name }) => `"${name}"`).join(', ');
  const places = columns.map(() => '?').join(', ');
  const statement = prepare(`insert into "${getTableName(table)}" (${names}) values (${places})`);
  const encode = encoderOf(columns);
  return async (rows) => {
    for (const row of rows) statement.run(encode(row));
  };
}

/**
 * Changes rows, each found by the first of the columns, in one statement: of a table with triggers SQLite keeps each page that
 * a statement changes as it was, and within a savepoint in a file.
 */
export function modification(
  prepare: (text: string) => Statement,
  table: SQLiteTable,
  columns: readonly SQLiteColumn[],
): (rows: readonly Cells[]) => Promise<void> {
  const name = `"${getTableName(table)}"`;
  const [key, ...others] = columns.map((column, i) => `"${column.name}" = given.value ->> ${i}`);
  const statement = prepare(
    `update ${name} set ${others.join(', ')} from json_each(?) as given where ${name}.${key}`,
  );
  const encode = encoderOf(columns);
  return async (rows) => void statement.run(JSON.stringify(rows.map(encode)));
}

const encoderOf =
  (columns: readonly SQLiteColumn[]) =>
  (row: Cells): unknown[] =>
    columns.map((column, i) => (row[i] === null ? null : column.mapToDriverValue(row[i])));

function parameterOf(param: unknown): (values: Values) => unknown {
  if (is(param, Placeholder)) return (values) => values[param.name];
  if (is(param, Param) && is(param.value, Placeholder)) {
    const { encoder, value } = param;
    return (values) => encoder.mapToDriverValue(values[value.name]);
  }
  return () => param;
}

const AS_THEY_ARE = new Set<unknown>([Column.prototype.mapFromDriverValue, noopDecoder.mapFromDriverValue]);

/** The function that turns a cell into a value; null where the cell is the value. */
function decoderOf(field: unknown): DriverValueDecoder<unknown, unknown> | null {
  const decoder = is(field, Column)
    ? field
    : is(field, SQL)
      ? (field as unknown as { decoder: DriverValueDecoder<unknown, unknown> }).decoder
      : (field as { sql: { decoder: DriverValueDecoder<unknown, unknown> } }).sql.decoder;
  return AS_THEY_ARE.has(decoder.mapFromDriverValue) ? null : decoder;
}

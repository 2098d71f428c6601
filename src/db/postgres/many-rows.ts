import { getTableName } from 'drizzle-orm';
import type { SQLiteColumn, SQLiteTable } from 'drizzle-orm/sqlite-core';
import type { Cells } from '../store/store.js';

/**
 * Statements for any number of rows. Each column is one parameter, an array: a parameter for each cell costs both sides more than
 * the rows themselves, and so does a statement for each row.
 */
export interface ForRows {
  text: string;
  params: (rows: readonly Cells[]) => string[];
}

/** Inserts rows. */
export function insertion(table: SQLiteTable, columns: readonly SQLiteColumn[]): ForRows {
  return {
    text: `insert into "${getTableName(table)}" (${namesOf(columns)}) select * from ${given(columns)}`,
    params: paramsOf(columns),
  };
}

/** Changes rows, each found by the first of the columns. */
export function modification(table: SQLiteTable, columns: readonly SQLiteColumn[]): ForRows {
  const name = `"${getTableName(table)}"`;
  const [key, ...others] = columns.map((column) => `"${column.name}"`);
  const set = others.map((column) => `${column} = given.${column}`).join(', ');
  return {
    text: `update ${name} set ${set} from ${given(columns)} as given (${namesOf(columns)}) where ${name}.${key} = given.${key}`,
    params: paramsOf(columns),
  };
}

const namesOf = (columns: readonly SQLiteColumn[]): string =>
  columns.map(({ name }) => `"${name}"`).join(', ');

const given = (columns: readonly SQLiteColumn[]): string =>
  `unnest(${columns.map((column, i) => `$${i + 1}::${column.getSQLType()}[]`).join(', ')})`;

const paramsOf =
  (columns: readonly SQLiteColumn[]) =>
  (rows: readonly Cells[]): string[] =>
    columns.map((_, i) => arrayOf(rows, i));

/** A column of rows as PostgreSQL writes an array. */
const arrayOf = (rows: readonly Cells[], column: number): string =>
  `{${rows.map((row) => elementOf(row[column])).join(',')}}`;

function elementOf(cell: unknown): string {
  if (cell === null) return 'NULL';
  if (typeof cell !== 'string') return String(cell);
  // Most texts are ids, and a search costs less than to replace nothing.
  const isPlain = !cell.includes('"') && !cell.includes('\\');
  return `"${isPlain ? cell : cell.replace(/["\\]/g, '\\$&')}"`;
}

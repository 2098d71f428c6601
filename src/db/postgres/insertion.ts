import { getTableName } from 'drizzle-orm';
import type { SQLiteColumn, SQLiteTable } from 'drizzle-orm/sqlite-core';
import type { Cells } from '../store/store.js';

/**
 * One statement that inserts any number of rows. Each column is one parameter, an array: a parameter for each cell costs
 * both sides more than the rows themselves.
 */
export function insertion(table: SQLiteTable, columns: readonly SQLiteColumn[]) {
  const names = columns.map(({ name }) => `"${name}"`).join(', ');
  const arrays = columns.map((column, i) => `$${i + 1}::${column.getSQLType()}[]`).join(', ');
  return {
    text: `insert into "${getTableName(table)}" (${names}) select * from unnest(${arrays})`,
    params: (rows: readonly Cells[]): string[] => columns.map((_, i) => arrayOf(rows, i)),
  };
}

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

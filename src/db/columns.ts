import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';

/**
 * Two kits of column types have the same names, so that `tables.ts` defines every table once.
 * The SQLite types are the ones the code is checked against; those of `postgres-columns.ts` are cast to them.
 */
export const sqliteKit = {
  table: sqliteTable,
  text: () => text(),
  int: () => integer(),
  long: () => integer(),
  bool: () => integer({ mode: 'boolean' }),
};

export type Kit = typeof sqliteKit;

import { bigint, boolean, integer as pgInteger, pgTable, text as pgText } from 'drizzle-orm/pg-core';
import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';

/**
 * Two kits of column types with the same names, so that `tables.ts` defines every table once.
 * The SQLite types are the ones the code is checked against; `postgresKit` is cast to them in one place.
 */
export const sqliteKit = {
  table: sqliteTable,
  text: () => text(),
  int: () => integer(),
  long: () => integer(),
  bool: () => integer({ mode: 'boolean' }),
};

export type Kit = typeof sqliteKit;

export const postgresKit = {
  table: pgTable,
  text: () => pgText(),
  int: () => pgInteger(),
  long: () => bigint({ mode: 'number' }),
  bool: () => boolean(),
} as unknown as Kit;

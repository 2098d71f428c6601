import { bigint, boolean, integer, pgTable, text } from 'drizzle-orm/pg-core';
import { type Kit, shaped } from './columns.js';

export const postgresKit = {
  table: shaped(pgTable),
  text: () => text(),
  int: () => integer(),
  long: () => bigint({ mode: 'number' }),
  bool: () => boolean(),
} as unknown as Kit;

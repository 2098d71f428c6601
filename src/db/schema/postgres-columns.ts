import { bigint, boolean, customType, integer, pgTable, text } from 'drizzle-orm/pg-core';
import { type Kit, shaped } from './columns.js';

export const postgresKit = {
  table: shaped(pgTable),
  text: () => text(),
  int: () => integer(),
  long: () => bigint({ mode: 'number' }),
  bool: () => boolean(),
  words: customType<{ data: string }>({ dataType: () => 'tsvector' }),
} as unknown as Kit;

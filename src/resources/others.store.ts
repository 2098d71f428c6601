import { and, lt, ne, type SQL, sql } from 'drizzle-orm';
import type { SQLiteColumn } from 'drizzle-orm/sqlite-core';
import type { ResourceRow } from './resource-type.js';

/** The others that an object is compared with: all that were there before it. */

/** The condition of a prepared query on these; its values are those of {@link otherThan}. */
export const isOther = (table: { id: SQLiteColumn; seq: SQLiteColumn }): SQL | undefined =>
  and(ne(table.id, sql.placeholder('except')), lt(table.seq, sql.placeholder('before')));

/** The same of rows that were found already. */
export function isOtherThan(stored: Pick<ResourceRow, 'id' | 'seq'>) {
  const { except, before } = otherThan(stored);
  return ({ id, seq }: { id: string; seq: number }): boolean => id !== except && seq < before;
}

export const otherThan = ({ id, seq }: Pick<ResourceRow, 'id' | 'seq'>) => ({
  except: id,
  before: seq ?? Number.MAX_SAFE_INTEGER,
});

import { and, eq, inArray, type SQL } from 'drizzle-orm';
import type { SQLiteColumn } from 'drizzle-orm/sqlite-core';
import type { Tx } from '../db/store.js';
import type { NounName } from '../lib/ids.js';

/** The object has an identifier, given as `scheme:value`. */
export function hasIdentifier(
  tx: Tx,
  noun: NounName,
  id: SQLiteColumn,
  identifier: string | undefined,
): SQL | undefined {
  if (identifier === undefined) return undefined;
  const { identifiers: t } = tx.tables;
  const colon = identifier.indexOf(':');
  const scheme = identifier.slice(0, Math.max(colon, 0));
  const value = identifier.slice(colon + 1);
  return inArray(
    id,
    tx.db
      .select({ id: t.object_id })
      .from(t)
      .where(and(eq(t.noun, noun), eq(t.scheme, scheme), eq(t.value, value))),
  );
}

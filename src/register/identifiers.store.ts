import { and, eq, inArray, or, type SQL } from 'drizzle-orm';
import type { SQLiteColumn } from 'drizzle-orm/sqlite-core';
import type { Tx } from '../db/store.js';
import { identifierForm } from '../lib/identifiers.js';
import type { NounName } from '../lib/ids.js';

/** The object has one of these identifiers, given as `scheme:value`. */
export function hasIdentifier(
  tx: Tx,
  noun: NounName,
  id: SQLiteColumn,
  given: string[] | undefined,
): SQL | undefined {
  if (given === undefined) return undefined;
  const { identifiers: t } = tx.tables;
  const each = given.map((identifier) => {
    const colon = identifier.indexOf(':');
    const scheme = identifier.slice(0, colon);
    return and(eq(t.scheme, scheme), eq(t.value, identifierForm(scheme, identifier.slice(colon + 1))));
  });
  return inArray(
    id,
    tx.db
      .select({ id: t.object_id })
      .from(t)
      .where(and(eq(t.noun, noun), or(...each))),
  );
}

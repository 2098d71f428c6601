import { and, eq, isNotNull, type SQL, sql } from 'drizzle-orm';
import { isSaidUpTo } from '../attributions/attributions.store.js';
import { foundFirst } from '../db/query/conditions.js';
import { isFound, LeadsToFew, someIds } from '../db/query/narrowing.js';
import type { Tx } from '../db/store/store.js';
import type { Conditions } from '../resources/resources.store.js';

/**
 * The sources in which claims are attributed that meet some conditions; by the end of a day, where one is given. Those of
 * few claims are looked up, each once, however many attributions stand in them; with many claims each source is tried.
 */
export async function behindClaims(tx: Tx, ofClaims: Conditions, known_by: number | undefined): Promise<SQL> {
  const { attributions: said, claims, sources } = tx.tables;
  const known = known_by === undefined ? undefined : isSaidUpTo(tx, known_by);
  const attributed = sql`from ${said} join ${claims} on ${claims.id} = ${said.claim_id}`;
  if (ofClaims.some((condition) => condition instanceof LeadsToFew)) {
    const where = and(isNotNull(said.source_id), known, ...ofClaims);
    const each = foundFirst(sql`select ${said.source_id} as id ${attributed} where ${where}`);
    const found = await someIds(tx, sql`select distinct id from (${each}) attributed`);
    if (found) return isFound(tx, sources.id, found);
  }
  return sql`exists (select 1 ${attributed} where ${and(eq(said.source_id, sources.id), known, ...ofClaims)})`;
}

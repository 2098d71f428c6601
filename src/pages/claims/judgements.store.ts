import { desc, eq, sql } from 'drizzle-orm';
import { atMost } from '../../db/query/conditions.js';
import { prepared } from '../../db/query/prepared.js';
import type { Tx } from '../../db/store/store.js';

/**
 * What people judged about a claim, newest first, a few of each. Most claims have none, and their pages are not to pay
 * for the lists of the API, whose queries are built anew for each request.
 */

const given = sql.placeholder('claim');

const relationsFrom = prepared((tx, limit: number) => {
  const { relations: t } = tx.tables;
  return tx.db
    .select({ id: t.id })
    .from(t)
    .where(eq(t.from_id, given))
    .orderBy(desc(t.id))
    .limit(atMost(limit));
});

const relationsTo = prepared((tx, limit: number) => {
  const { relations: t } = tx.tables;
  return tx.db
    .select({ id: t.id })
    .from(t)
    .where(eq(t.to_id, given))
    .orderBy(desc(t.id))
    .limit(atMost(limit));
});

const assessments = prepared((tx, limit: number) => {
  const { assessments: t } = tx.tables;
  return tx.db
    .select({ id: t.id })
    .from(t)
    .where(eq(t.claim_id, given))
    .orderBy(desc(t.id))
    .limit(atMost(limit));
});

/** The ids of at most `limit` relations that begin or end at a claim. */
export async function newestRelations(tx: Tx, claim: string, limit: number): Promise<string[]> {
  const rows = [...(await relationsFrom(tx, limit, { claim })), ...(await relationsTo(tx, limit, { claim }))];
  const ids = new Set(rows.map(({ id }) => id));
  return [...ids].sort().reverse().slice(0, limit);
}

/** The ids of at most `limit` assessments of a claim. */
export const newestAssessments = async (tx: Tx, claim: string, limit: number): Promise<string[]> =>
  (await assessments(tx, limit, { claim })).map(({ id }) => id);

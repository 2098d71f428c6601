import { and, asc, eq, gt, type SQL, sql } from 'drizzle-orm';
import { documentJoin } from '../db/query/rows.js';
import type { Tx } from '../db/store/store.js';
import { only } from '../lib/collections.js';
import type { ResourceType } from '../resources/resource-type.js';
import type { Conditions } from '../resources/resources.store.js';
import { hasWords, objectsWith } from './words/matching.store.js';
import type { SearchQuery } from './words/query.js';

/** What a search finds among one type: a query of ids and of entries in the index of words. */
export async function matchesOf(
  tx: Tx,
  noun: ResourceType,
  query: SearchQuery,
  conditions: Conditions,
): Promise<SQL | null> {
  const table = tx.tables[noun.table];
  // The index of words leads to as many objects as are wanted. Beside filters, which may lead to few, they are tested.
  if (conditions.length === 0) return objectsWith(tx, noun.name, query);
  const where = and(await hasWords(tx, noun.name, query), ...conditions);
  return sql`select ${table.id} as id, ${table.entry} as entry from ${table} where ${where}`;
}

/** The matches whose words were recorded last. */
export async function newestOf(tx: Tx, matches: SQL, limit: number): Promise<string[]> {
  const rows = await tx.rows<{ id: string }>(
    sql`${matches} order by entry desc limit ${sql.raw(String(limit))}`,
  );
  return rows.map(({ id }) => id);
}

/** How many matches there are, of which no more than `most` are counted. */
export const numberOf = async (tx: Tx, matches: SQL, most: number): Promise<number> =>
  only(
    await tx.rows<{ n: number }>(
      sql`select count(*) as n from (${matches} limit ${sql.raw(String(most))}) counted`,
    ),
  ).n;

/** The documents of some attributions of a claim, by id. */
export async function attributionsAfter(
  tx: Tx,
  claim: string,
  after: string,
  limit: number,
): Promise<{ id: string; doc: string }[]> {
  const { attributions: t } = tx.tables;
  return tx.db
    .select({ id: t.id, doc: tx.documents.doc })
    .from(t)
    .innerJoin(tx.documents, documentJoin(tx, t))
    .where(and(eq(t.claim_id, claim), gt(t.id, after)))
    .orderBy(asc(t.id))
    .limit(limit);
}

import { and, asc, desc, eq, gt } from 'drizzle-orm';
import { documentJoin } from '../db/query/rows.js';
import type { Tx } from '../db/store/store.js';
import { countRows, fetchRows } from '../resources/list.store.js';
import type { ResourceType, Shown } from '../resources/resource-type.js';
import type { Conditions } from '../resources/resources.store.js';

/** The newest objects that meet conditions, and their number, counted up to `most`. */
export async function newestObjects(
  tx: Tx,
  noun: ResourceType,
  conditions: Conditions,
  { limit, most }: { limit: number; most: number },
): Promise<{ rows: Shown[]; total: number }> {
  const order = [desc(tx.tables[noun.table].id)];
  const rows = await fetchRows(tx, noun, conditions, {
    where: undefined,
    order,
    limit,
    sorted: 'id',
    carried: 0,
  });
  const total = rows.length < limit ? rows.length : await countRows(tx, noun, conditions, most);
  return { rows, total };
}

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

import { and, gt, sql } from 'drizzle-orm';
import type { SQLiteColumn } from 'drizzle-orm/sqlite-core';
import type { Tx } from '../db/store/store.js';
import { chunksOf } from '../lib/collections.js';
import type { ResourceName } from '../lib/ids.js';

/** What goes along when a claim is removed. */
export interface Belonging {
  claim_id: string;
  type: ResourceName;
  id: string;
}

/** Claims whose belongings are looked up together. */
const AT_ONCE = 50;

/**
 * The attributions, relations and assessments of claims that were recorded after a version of the register; a relation between two
 * of the claims once for each.
 */
export async function belongingsSince(
  tx: Tx,
  claimIds: readonly string[],
  seq: number,
): Promise<Belonging[]> {
  const { attributions, relations, assessments } = tx.tables;
  const found: Belonging[] = [];
  for (const some of chunksOf(claimIds, AT_ONCE)) {
    await tx.yield();
    const ids = sql`${JSON.stringify(some)}`;
    const under = (
      type: ResourceName,
      table: { id: SQLiteColumn; seq: SQLiteColumn },
      claim: SQLiteColumn,
    ) => {
      const isMeant = and(tx.dialect.isAmong(claim, ids), gt(table.seq, seq));
      return sql`select ${claim} as claim_id, '${sql.raw(type)}' as type, ${table.id} as id from ${table} where ${isMeant}`;
    };
    const each = [
      under('attribution', attributions, attributions.claim_id),
      under('relation', relations, relations.from_id),
      under('relation', relations, relations.to_id),
      under('assessment', assessments, assessments.claim_id),
    ];
    found.push(...(await tx.rows<Belonging>(sql`${sql.join(each, sql` union `)} order by 1, 2, 3`)));
  }
  return found;
}

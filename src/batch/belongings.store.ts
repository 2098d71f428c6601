import { sql } from 'drizzle-orm';
import type { Tx } from '../db/store/store.js';
import type { ResourceName } from '../lib/ids.js';

/** What goes along when a claim is removed: its attributions, relations and assessments. */
export async function belongingsOf(tx: Tx, claimId: string): Promise<{ type: ResourceName; id: string }[]> {
  const { attributions, relations, assessments } = tx.tables;
  return tx.rows(
    sql`select 'attribution' as type, ${attributions.id} as id from ${attributions} where ${attributions.claim_id} = ${claimId}
      union select 'relation', ${relations.id} from ${relations} where ${relations.from_id} = ${claimId}
      union select 'relation', ${relations.id} from ${relations} where ${relations.to_id} = ${claimId}
      union select 'assessment', ${assessments.id} from ${assessments} where ${assessments.claim_id} = ${claimId}
      order by 1, 2`,
  );
}

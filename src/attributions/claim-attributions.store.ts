import { and, asc, desc, eq, gt, inArray, lt, or } from 'drizzle-orm';
import { documentJoin, withDocument } from '../db/query/rows.js';
import type { Tx } from '../db/store/store.js';
import { pagesOf } from '../lib/collections.js';

type AttributionRow = Tx['tables']['attributions']['$inferSelect'] & { doc: string };

/** Attributions that are read together: each document can be long. */
const AT_ONCE = 50;

/** All attributions of a claim, relayers before what they relay. */
export async function attributionsOf(tx: Tx, claimId: string): Promise<AttributionRow[]> {
  const { attributions: t } = tx.tables;
  const after = ({ relay_depth, id }: AttributionRow) =>
    or(lt(t.relay_depth, relay_depth), and(eq(t.relay_depth, relay_depth), gt(t.id, id)));
  const pages = pagesOf(AT_ONCE, (last: AttributionRow | undefined) =>
    tx.db
      .select(withDocument(tx, 'attributions'))
      .from(t)
      .innerJoin(tx.documents, documentJoin(tx, t))
      .where(and(eq(t.claim_id, claimId), last && after(last)))
      .orderBy(desc(t.relay_depth), asc(t.id))
      .limit(AT_ONCE),
  );
  const rows: AttributionRow[] = [];
  for await (const page of pages) {
    rows.push(...page);
    await tx.yield();
  }
  return rows;
}

/** All attributions of claims, those of each in the same order. */
export async function attributionsOfClaims(tx: Tx, claimIds: string[]): Promise<AttributionRow[]> {
  const { attributions: t } = tx.tables;
  return tx.db
    .select(withDocument(tx, 'attributions'))
    .from(t)
    .innerJoin(tx.documents, documentJoin(tx, t))
    .where(inArray(t.claim_id, claimIds))
    .orderBy(asc(t.claim_id), desc(t.relay_depth), asc(t.id));
}

import { and, asc, count, desc, eq, gt, lt, or, sql } from 'drizzle-orm';
import { isMeant } from '../db/query/closures.js';
import { atMost } from '../db/query/conditions.js';
import { prepared } from '../db/query/prepared.js';
import { documentJoin, withDocument } from '../db/query/rows.js';
import type { Tx } from '../db/store/store.js';
import { append, pagesOf } from '../lib/collections.js';

type AttributionRow = Tx['tables']['attributions']['$inferSelect'] & { doc: string };

/** Attributions that are read together: each document can be long. */
const AT_ONCE = 50;

const page = prepared((tx, which: 'first' | 'next') => {
  const { attributions: t } = tx.tables;
  const [depth, id] = [sql.placeholder('depth'), sql.placeholder('id')];
  const after = or(lt(t.relay_depth, depth), and(eq(t.relay_depth, depth), gt(t.id, id)));
  return tx.db
    .select(withDocument(tx, 'attributions'))
    .from(t)
    .innerJoin(tx.documents, documentJoin(tx, t))
    .where(and(eq(t.claim_id, sql.placeholder('claim')), which === 'next' ? after : undefined))
    .orderBy(desc(t.relay_depth), asc(t.id))
    .limit(atMost(AT_ONCE));
});

/** All attributions of a claim, relayers before what they relay. */
export async function attributionsOf(tx: Tx, claim: string): Promise<AttributionRow[]> {
  const pages = pagesOf(AT_ONCE, (last: AttributionRow | undefined) =>
    last ? page(tx, 'next', { claim, depth: last.relay_depth, id: last.id }) : page(tx, 'first', { claim }),
  );
  const rows: AttributionRow[] = [];
  for await (const page of pages) {
    rows.push(...page);
    await tx.yield();
  }
  return rows;
}

const counts = prepared((tx) => {
  const { attributions: t } = tx.tables;
  return tx.db
    .select({ claim: t.claim_id, n: count() })
    .from(t)
    .where(isMeant(tx, t.claim_id))
    .groupBy(t.claim_id);
});

const ofClaims = prepared((tx) => {
  const { attributions: t } = tx.tables;
  return tx.db
    .select(withDocument(tx, 'attributions'))
    .from(t)
    .innerJoin(tx.documents, documentJoin(tx, t))
    .where(isMeant(tx, t.claim_id))
    .orderBy(asc(t.claim_id), desc(t.relay_depth), asc(t.id));
});

/** All attributions of claims by claim, of each in the same order. Those of claims that have few are read together. */
export async function attributionsOfClaims(
  tx: Tx,
  claims: readonly string[],
): Promise<Map<string, AttributionRow[]>> {
  const found = new Map<string, AttributionRow[]>(claims.map((claim) => [claim, []]));
  let some: string[] = [];
  let rows = 0;
  const readSome = async () => {
    if (some.length === 0) return;
    await tx.yield();
    for (const row of await ofClaims(tx, null, { ids: JSON.stringify(some) }))
      append(found, row.claim_id as string, row);
    [some, rows] = [[], 0];
  };
  for (const { claim, n } of await counts(tx, null, { ids: JSON.stringify(claims) })) {
    if (claim === null) continue;
    if (n > AT_ONCE) {
      found.set(claim, await attributionsOf(tx, claim));
      continue;
    }
    if (rows + n > AT_ONCE) await readSome();
    some.push(claim);
    rows += n;
  }
  await readSome();
  return found;
}

const relayCounts = prepared((tx) => {
  const { attributions: t, attribution_relays: links } = tx.tables;
  // Counted for each attribution: PostgreSQL would rather join all that there are.
  const own = sql<number>`(select count(*) from ${links} where ${links.attribution_id} = ${t.id})`;
  return tx.db
    .select({ n: own })
    .from(t)
    .where(eq(t.claim_id, sql.placeholder('claim')));
});

/** The number of relays of all attributions of a claim. */
export async function relaysOfClaim(tx: Tx, claim: string): Promise<number> {
  const counts = await relayCounts(tx, null, { claim });
  return counts.reduce((sum, { n }) => sum + Number(n), 0);
}

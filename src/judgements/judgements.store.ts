import { and, eq, or, type SQL, type SQLWrapper, sql } from 'drizzle-orm';
import type { z } from 'zod';
import { isMeant } from '../db/query/closures.js';
import { isAnyOf } from '../db/query/conditions.js';
import { atEitherEnd, narrowedRecorded, narrowing } from '../db/query/narrowing.js';
import { prepared } from '../db/query/prepared.js';
import { documentJoin, withDocument } from '../db/query/rows.js';
import type { Tx } from '../db/store/store.js';
import { lookUp } from '../lib/collections.js';
import type { ResourceName } from '../lib/ids.js';
import { documentsNow } from '../resources/originals.store.js';
import { filterIds, filterKeys } from '../resources/resolve.js';
import type { ResourceRow } from '../resources/resource-type.js';
import {
  type Conditions,
  findLastVersion,
  removedAlong,
  type Version,
} from '../resources/resources.store.js';
import { judgedNouns, type judgementFilters } from './judgements.schemas.js';

type Filters = z.infer<z.ZodObject<typeof judgementFilters>>;

export async function judgementConditions(tx: Tx, filters: Filters, sorted: string): Promise<Conditions> {
  const { judgements: t } = tx.tables;
  const narrow = narrowing(tx, t, sorted);
  const about: (SQL | undefined)[] = [];
  for (const noun of judgedNouns) {
    const ids = await filterIds(tx, noun, noun, filters[noun]);
    if (ids) about.push(await atEitherEnd(tx, t, [t.one_id, t.other_id], ids));
  }
  return [
    isAnyOf(t.id, await filterKeys(tx, 'judgement', filters.key)),
    ...(await narrowedRecorded(narrow, t, filters)),
    ...about,
    await narrow(t.noun, (column) => isAnyOf(column, filters.noun), filters.noun?.length),
    await narrow(t.judgement, (column) => isAnyOf(column, filters.judgement), filters.judgement?.length),
  ];
}

const judgedWith = prepared((tx) => {
  const { judgements: t } = tx.tables;
  const [one, other] = [t.one_id, t.other_id].map((end) => eq(end, sql.placeholder('id')));
  return tx.db
    .select({ id: t.id, one: t.one_id, other: t.other_id })
    .from(t)
    .where(or(and(one, isMeant(tx, t.other_id)), and(other, isMeant(tx, t.one_id))))
    .orderBy(t.id);
});

/** Judgements of an object and one of these others. */
export const judgementsWith = async (tx: Tx, id: string, others: readonly string[]) =>
  others.length === 0 ? [] : judgedWith(tx, null, { id, ids: JSON.stringify(others) });

/** Judgements of objects and any others and, of claims, of their attributions. */
export async function judgementsOf(
  tx: Tx,
  noun: ResourceName,
  ids: readonly string[],
): Promise<ResourceRow[]> {
  const { judgements: t, attributions: a } = tx.tables;
  const isOne = (column: SQLWrapper) => tx.dialect.isAmong(column, sql`${JSON.stringify(ids)}`);
  const selects = [t.one_id, t.other_id].flatMap((end) => [
    sql`select ${t.id} as id from ${t} where ${isOne(end)}`,
    ...(noun === 'claim'
      ? [sql`select ${t.id} as id from ${a} inner join ${t} on ${end} = ${a.id} where ${isOne(a.claim_id)}`]
      : []),
  ]);
  const found = await tx.rows<{ id: string }>(sql.join(selects, sql` union `));
  if (found.length === 0) return [];
  return tx.db
    .select(withDocument(tx, 'judgements'))
    .from(t)
    .innerJoin(tx.documents, documentJoin(tx, t))
    .where(
      isAnyOf(
        t.id,
        found.map((row) => row.id),
      ),
    )
    .orderBy(t.id);
}

/** Removals of judgements that went along with that of an object, and that are not undone, as they would come back. */
export async function judgementsRemovedAlong(tx: Tx, removal: Version): Promise<Version[]> {
  const left: Version[] = [];
  for (const one of await removedAlong(tx, removal)) {
    if (one.noun !== 'judgement') continue;
    const last = await findLastVersion(tx, 'judgement', one.object_id);
    if (last?.version === one.version) left.push(one);
  }
  const documents = await documentsNow(tx, 'judgement', left);
  return left.map((one) => ({ ...one, doc: lookUp(documents, one.object_id) }));
}

/** Whether one of these attributions is of the claim. */
export async function isAmongAttributions(tx: Tx, claimId: string, ids: string[]): Promise<boolean> {
  const { attributions: t } = tx.tables;
  const rows = await tx.db
    .select({ id: t.id })
    .from(t)
    .where(and(eq(t.claim_id, claimId), isAnyOf(t.id, ids)))
    .limit(1);
  return rows.length > 0;
}

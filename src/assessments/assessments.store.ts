import { inArray } from 'drizzle-orm';
import type { z } from 'zod';
import { isMeant } from '../db/query/closures.js';
import { isAnyOf } from '../db/query/conditions.js';
import { isNamed, narrowedRecorded, narrowing } from '../db/query/narrowing.js';
import { prepared } from '../db/query/prepared.js';
import { documentJoin, withDocument } from '../db/query/rows.js';
import type { Tx } from '../db/store/store.js';
import { filterIds, filterKeys } from '../resources/resolve.js';
import type { Conditions } from '../resources/resources.store.js';
import type { assessmentFilters } from './assessments.schemas.js';

type Filters = z.infer<z.ZodObject<typeof assessmentFilters>>;

export async function assessmentConditions(tx: Tx, filters: Filters, sorted: string): Promise<Conditions> {
  const { assessments: t } = tx.tables;
  const narrow = narrowing(tx, t, sorted);
  const claims = await filterIds(tx, 'claim', 'claim', filters.claim);
  return [
    isNamed(t.id, await filterKeys(tx, 'assessment', filters.key)),
    ...(await narrowedRecorded(narrow, t, filters)),
    await narrow(t.claim_id, (column) => isAnyOf(column, claims), claims?.length),
    filters.credibility && inArray(t.credibility, filters.credibility.map(Number)),
    isAnyOf(t.likelihood, filters.likelihood),
    isAnyOf(t.confidence, filters.confidence),
    await narrow(t.verdict, (column) => isAnyOf(column, filters.verdict)),
    await narrow(t.assessor, (column) => isAnyOf(column, filters.assessor), filters.assessor?.length),
  ];
}

const assessmentsAt = prepared((tx) => {
  const { assessments: t } = tx.tables;
  return tx.db
    .select(withDocument(tx, 'assessments'))
    .from(t)
    .innerJoin(tx.documents, documentJoin(tx, t))
    .where(isMeant(tx, t.claim_id))
    .orderBy(t.id);
});

/** The assessments of claims. */
export const assessmentsOf = (tx: Tx, claims: readonly string[]) =>
  assessmentsAt(tx, null, { ids: JSON.stringify(claims) });

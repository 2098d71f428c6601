import { eq, inArray } from 'drizzle-orm';
import type { z } from 'zod';
import { isAnyOf, isRecorded } from '../db/conditions.js';
import { documentJoin, withDocument } from '../db/rows.js';
import type { Tx } from '../db/store.js';
import type { Stored } from '../register/noun.js';
import type { Conditions } from '../register/register.store.js';
import { filterIds, filterKeys } from '../register/resolve.js';
import type { assessmentFilters } from './assessments.schemas.js';

type Filters = z.infer<z.ZodObject<typeof assessmentFilters>>;

export async function assessmentConditions(tx: Tx, filters: Filters): Promise<Conditions> {
  const { assessments: t } = tx.tables;
  return [
    isAnyOf(t.id, await filterKeys(tx, 'assessment', filters.key)),
    isRecorded(t, filters),
    isAnyOf(t.claim_id, await filterIds(tx, 'claim', 'claim', filters.claim)),
    filters.credibility && inArray(t.credibility, filters.credibility.map(Number)),
    isAnyOf(t.likelihood, filters.likelihood),
    isAnyOf(t.confidence, filters.confidence),
    isAnyOf(t.verdict, filters.verdict),
    isAnyOf(t.assessor, filters.assessor),
  ];
}

export async function assessmentsOf(tx: Tx, claimId: string): Promise<Stored[]> {
  const { assessments: t } = tx.tables;
  return tx.db
    .select(withDocument(tx, 'assessments'))
    .from(t)
    .innerJoin(tx.tables.history, documentJoin(tx, t))
    .where(eq(t.claim_id, claimId))
    .orderBy(t.id);
}

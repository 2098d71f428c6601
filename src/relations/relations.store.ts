import { and, eq, inArray, ne, or } from 'drizzle-orm';
import type { z } from 'zod';
import { isAnyOf, isRecorded } from '../db/conditions.js';
import { documentJoin, withDocument } from '../db/rows.js';
import type { Tx } from '../db/store.js';
import type { Stored } from '../register/noun.js';
import type { Conditions } from '../register/register.store.js';
import { filterIds, filterKeys } from '../register/resolve.js';
import type { relationFilters } from './relations.schemas.js';

type Filters = z.infer<z.ZodObject<typeof relationFilters>>;

export async function relationConditions(tx: Tx, filters: Filters): Promise<Conditions> {
  const { relations: t } = tx.tables;
  const claims = await filterIds(tx, 'claim', 'claim', filters.claim);
  return [
    isAnyOf(t.id, await filterKeys(tx, 'relation', filters.key)),
    isRecorded(t, filters),
    claims && or(inArray(t.from_id, claims), inArray(t.to_id, claims)),
    isAnyOf(t.from_id, await filterIds(tx, 'claim', 'from', filters.from)),
    isAnyOf(t.to_id, await filterIds(tx, 'claim', 'to', filters.to)),
    isAnyOf(t.type, filters.type),
  ];
}

/** Other relations of the same type between the same claims. */
export async function sameRelations(
  tx: Tx,
  { from, type, to }: { from: string; type: string; to: string },
  except: string,
): Promise<string[]> {
  const { relations: t } = tx.tables;
  const rows = await tx.db
    .select({ id: t.id })
    .from(t)
    .where(and(eq(t.from_id, from), eq(t.type, type), eq(t.to_id, to), ne(t.id, except)))
    .orderBy(t.id)
    .limit(1);
  return rows.map(({ id }) => id);
}

/** The relations that begin or end at a claim. */
export async function relationsOf(tx: Tx, claimId: string): Promise<Stored[]> {
  const { relations: t } = tx.tables;
  return tx.db
    .select(withDocument(tx, 'relations'))
    .from(t)
    .innerJoin(tx.tables.history, documentJoin(tx, t))
    .where(or(eq(t.from_id, claimId), eq(t.to_id, claimId)))
    .orderBy(t.id);
}

import { and, eq, ne, or } from 'drizzle-orm';
import type { z } from 'zod';
import { isMeant } from '../db/query/closures.js';
import { isAnyOf } from '../db/query/conditions.js';
import { atEitherEnd, isNamed, narrowedRecorded, narrowing } from '../db/query/narrowing.js';
import { prepared } from '../db/query/prepared.js';
import { documentJoin, withDocument } from '../db/query/rows.js';
import type { Tx } from '../db/store/store.js';
import { filterIds, filterKeys } from '../resources/resolve.js';
import type { Conditions } from '../resources/resources.store.js';
import type { relationFilters } from './relations.schemas.js';

type Filters = z.infer<z.ZodObject<typeof relationFilters>>;

export async function relationConditions(tx: Tx, filters: Filters, sorted: string): Promise<Conditions> {
  const { relations: t } = tx.tables;
  const narrow = narrowing(tx, t, sorted);
  const claims = await filterIds(tx, 'claim', 'claim', filters.claim);
  const from = await filterIds(tx, 'claim', 'from', filters.from);
  const to = await filterIds(tx, 'claim', 'to', filters.to);
  return [
    isNamed(t.id, await filterKeys(tx, 'relation', filters.key)),
    ...(await narrowedRecorded(narrow, t, filters)),
    claims && (await atEitherEnd(tx, t, [t.from_id, t.to_id], claims)),
    await narrow(t.from_id, (column) => isAnyOf(column, from), from?.length),
    await narrow(t.to_id, (column) => isAnyOf(column, to), to?.length),
    await narrow(t.type, (column) => isAnyOf(column, filters.type), filters.type?.length),
  ];
}

/** The first other relation of the same type between the same claims; a contradiction holds in both directions. */
export async function sameRelations(
  tx: Tx,
  { from, type, to }: { from: string; type: string; to: string },
  except: string,
): Promise<string[]> {
  const { relations: t } = tx.tables;
  const between = (one: string, other: string) => and(eq(t.from_id, one), eq(t.to_id, other));
  const ends = or(between(from, to), type === 'contradicts' ? between(to, from) : undefined);
  const rows = await tx.db
    .select({ id: t.id })
    .from(t)
    .where(and(ends, eq(t.type, type), ne(t.id, except)))
    .orderBy(t.id)
    .limit(1);
  return rows.map(({ id }) => id);
}

const relationsAt = prepared((tx) => {
  const { relations: t } = tx.tables;
  return tx.db
    .select(withDocument(tx, 'relations'))
    .from(t)
    .innerJoin(tx.documents, documentJoin(tx, t))
    .where(or(isMeant(tx, t.from_id), isMeant(tx, t.to_id)))
    .orderBy(t.id);
});

/** The relations that begin or end at claims. */
export const relationsOf = (tx: Tx, claims: readonly string[]) =>
  relationsAt(tx, null, { ids: JSON.stringify(claims) });

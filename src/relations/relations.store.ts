import { and, eq, ne, or, type Placeholder, sql } from 'drizzle-orm';
import type { z } from 'zod';
import { isMeant } from '../db/query/closures.js';
import { atMost, isAnyOf } from '../db/query/conditions.js';
import { atEitherEnd, isNamed, narrowedRecorded, narrowing } from '../db/query/narrowing.js';
import { prepared, preparedForEach } from '../db/query/prepared.js';
import { documentJoin, withDocument } from '../db/query/rows.js';
import type { Tx } from '../db/store/store.js';
import { groupBy } from '../lib/collections.js';
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

const same = preparedForEach((tx, directions: 'one' | 'both') => {
  const { relations: t } = tx.tables;
  const [from, to] = [sql.placeholder('from'), sql.placeholder('to')];
  const between = (one: Placeholder, other: Placeholder) => and(eq(t.from_id, one), eq(t.to_id, other));
  const ends = or(between(from, to), directions === 'both' ? between(to, from) : undefined);
  return tx.db
    .select({ id: t.id })
    .from(t)
    .where(
      and(ends, eq(tx.dialect.opaque(t.type), sql.placeholder('type')), ne(t.id, sql.placeholder('except'))),
    )
    .orderBy(tx.dialect.opaque(t.id))
    .limit(atMost(1));
});

/** A type of relation, and the ids of the claims between which it holds. */
interface Related {
  from: string;
  type: string;
  to: string;
}

/** A contradiction holds in both directions. */
const directionsOf = (type: string) => (type === 'contradicts' ? 'both' : 'one');

/** The first other relation of the same type between the same claims. */
export async function sameRelations(tx: Tx, related: Related, except: string): Promise<string[]> {
  const rows = await same.run(tx, directionsOf(related.type), { ...related, except });
  return rows.map(({ id }) => id);
}

/** Looks up at once what {@link sameRelations} needs for several relations. */
export async function foreseeSame(
  tx: Tx,
  all: readonly { related: Related; except: string }[],
): Promise<void> {
  const asked = groupBy(all, ({ related: { type } }) => directionsOf(type));
  for (const [directions, some] of asked) {
    await same.foresee(
      tx,
      directions,
      some.map(({ related, except }) => ({ ...related, except })),
    );
  }
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

import { and, eq, inArray, ne, notInArray, sql } from 'drizzle-orm';
import type { z } from 'zod';
import { isAnyOf, isFlag } from '../db/query/conditions.js';
import { narrowedRecorded, narrowing } from '../db/query/narrowing.js';
import { prepared } from '../db/query/prepared.js';
import type { Tx } from '../db/store/store.js';
import type { Conditions } from '../resources/resources.store.js';
import type { predicateFilters } from './predicates.schemas.js';
import { freeTypes } from './value.schemas.js';

type Filters = z.infer<z.ZodObject<typeof predicateFilters>>;

export async function predicateConditions(tx: Tx, filters: Filters, sorted: string): Promise<Conditions> {
  const { predicates: t } = tx.tables;
  return [
    isAnyOf(t.id, filters.key),
    ...(await narrowedRecorded(narrowing(tx, t, sorted), t, filters)),
    isAnyOf(t.value_type, filters.value_type),
    isFlag(t.functional, filters.functional),
    isAnyOf(t.measure, filters.measure),
  ];
}

/** The type of values that claims with this predicate have; null if there is no such predicate. */
const typeById = prepared(({ db, tables: { predicates: t } }) =>
  db
    .select({ type: t.value_type })
    .from(t)
    .where(eq(t.id, sql.placeholder('id'))),
);

export async function valueTypeOf(tx: Tx, predicate: string): Promise<string | null> {
  const [row] = await typeById(tx, null, { id: predicate });
  return row?.type ?? null;
}

/** Claims that are counted; beyond that there are many. */
export const COUNTED = 10_000;

/** Claims whose values would not fit the predicate if it had this type: how many, up to a bound, and the first. */
export async function misfits(
  tx: Tx,
  predicate: string,
  type: string,
): Promise<{ count: number; first: string } | null> {
  const { claims: t } = tx.tables;
  const rows = await tx.db
    .select({ id: t.id, key: t.key })
    .from(t)
    .where(
      and(eq(t.predicate_id, predicate), ne(t.value_type, type), notInArray(t.value_type, [...freeTypes])),
    )
    .orderBy(t.id)
    .limit(COUNTED);
  const [first] = rows;
  return first ? { count: rows.length, first: first.key ?? first.id } : null;
}

/** How many claims with this predicate count in which unit, of one more than are counted. */
export async function unitCounts(tx: Tx, predicate: string): Promise<{ form: string; n: number }[]> {
  const { claims: t } = tx.tables;
  const rows = await tx.rows<{ form: string; n: number | string }>(
    sql`select unit as form, count(*) as n from (
      select ${t.unit} as unit from ${t} where ${t.predicate_id} = ${predicate} and ${t.unit} is not null
      limit ${COUNTED + 1}
    ) counted group by unit`,
  );
  return rows.map(({ form, n }) => ({ form, n: Number(n) }));
}

/** Claims that a warning names, and more. */
const NAMED = 10;

/** The first claims with this predicate that count in one of these units. */
export async function claimsCountedIn(tx: Tx, predicate: string, forms: string[]): Promise<string[]> {
  const { claims: t } = tx.tables;
  if (forms.length === 0) return [];
  const rows = await tx.db
    .select({ id: t.id })
    .from(t)
    .where(and(eq(t.predicate_id, predicate), inArray(t.unit, forms)))
    .orderBy(t.id)
    .limit(NAMED);
  return rows.map(({ id }) => id);
}

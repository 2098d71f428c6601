import { and, count, eq, gt, max, ne, notInArray, sql } from 'drizzle-orm';
import type { z } from 'zod';
import { atMost, isAnyOf, isFlag } from '../db/query/conditions.js';
import { isNamed, narrowedRecorded, narrowing } from '../db/query/narrowing.js';
import { prepared } from '../db/query/prepared.js';
import { once } from '../db/store/pending.js';
import type { Tx } from '../db/store/store.js';
import { only, pagesOf } from '../lib/collections.js';
import type { Conditions } from '../resources/resources.store.js';
import type { predicateFilters } from './predicates.schemas.js';
import { freeTypes } from './value.schemas.js';

type Filters = z.infer<z.ZodObject<typeof predicateFilters>>;

export async function predicateConditions(tx: Tx, filters: Filters, sorted: string): Promise<Conditions> {
  const { predicates: t } = tx.tables;
  return [
    isNamed(t.id, filters.key),
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
  const [row] = await once(tx, 'predicate', `type of ${predicate}`, () =>
    typeById(tx, null, { id: predicate }),
  );
  return row?.type ?? null;
}

/** Claims that are counted; beyond that there are many. */
export const COUNTED = 10_000;

/** Of some of the claims with a predicate, in the order of their ids, those that do not have a value of a type. */
const misfitsAfter = prepared((tx) => {
  const { claims: t } = tx.tables;
  const some = tx.db
    .select({ id: t.id, value_type: t.value_type })
    .from(t)
    .where(isAfter(t))
    .orderBy(t.id)
    .limit(atMost(tx.dialect.rowsAtOnce))
    .as('some');
  const isMisfit = and(
    ne(some.value_type, sql.placeholder('type')),
    notInArray(some.value_type, [...freeTypes]),
  );
  return tx.db
    .select({
      read: count(),
      last: max(some.id),
      misfits: sql<number | string>`count(case when ${isMisfit} then 1 end)`,
      first: sql<string | null>`min(case when ${isMisfit} then ${some.id} end)`,
    })
    .from(some);
});

type Page = Awaited<ReturnType<typeof misfitsAfter>>[number];

const isAfter = (t: Tx['tables']['claims']) =>
  and(eq(t.predicate_id, sql.placeholder('predicate')), gt(t.id, sql.placeholder('last')));

const keyOfClaim = prepared(({ db, tables: { claims: t } }) =>
  db
    .select({ key: t.key })
    .from(t)
    .where(eq(t.id, sql.placeholder('id'))),
);

/** Claims whose values would not fit the predicate if it had this type: how many, up to a bound, and the first. */
export const misfits = (tx: Tx, predicate: string, type: string) =>
  once(tx, 'claim', `${predicate} ${type}`, async (): Promise<{ count: number; first: string } | null> => {
    let found = 0;
    let first: string | null = null;
    let last: string | null = '';
    while (last !== null && found < COUNTED) {
      const page: Page = only(await misfitsAfter(tx, null, { predicate, type, last }));
      found += Number(page.misfits);
      first ??= page.first;
      last = page.read < tx.dialect.rowsAtOnce ? null : page.last;
    }
    if (first === null) return null;
    const { key } = only(await keyOfClaim(tx, null, { id: first }));
    return { count: Math.min(found, COUNTED), first: key ?? first };
  });

const unitsAfter = prepared((tx) => {
  const { claims: t } = tx.tables;
  return tx.db
    .select({ id: t.id, form: t.unit })
    .from(t)
    .where(isAfter(t))
    .orderBy(t.id)
    .limit(atMost(tx.dialect.rowsAtOnce));
});

/** How many claims count in a unit, and the first of these. */
export interface UnitCount {
  form: string;
  n: number;
  first: string[];
}

/** Claims of each unit that a warning may name. */
const NAMED = 10;

/** How many claims with this predicate count in which unit, of one more than are counted. */
export const unitCounts = (tx: Tx, predicate: string): Promise<UnitCount[]> =>
  once(tx, 'claim', predicate, async () => {
    const counts = new Map<string, UnitCount>();
    let left = COUNTED + 1;
    const pages = pagesOf<{ id: string; form: string | null }>(tx.dialect.rowsAtOnce, (last) =>
      unitsAfter(tx, null, { predicate, last: last?.id ?? '' }),
    );
    for await (const page of pages) {
      for (const { id, form } of page) {
        if (form === null) continue;
        const known = counts.get(form) ?? { form, n: 0, first: [] };
        counts.set(form, known);
        known.n += 1;
        if (known.first.length < NAMED) known.first.push(id);
        left -= 1;
        if (left === 0) return [...counts.values()];
      }
    }
    return [...counts.values()];
  });

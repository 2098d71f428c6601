import { and, eq, or, type SQL, type SQLWrapper, sql } from 'drizzle-orm';
import type { z } from 'zod';
import { isMeant } from '../db/query/closures.js';
import { isAnyOf } from '../db/query/conditions.js';
import { atEitherEnd, isNamed, narrowedRecorded, narrowing } from '../db/query/narrowing.js';
import { preparedForEach } from '../db/query/prepared.js';
import type { Tx } from '../db/store/store.js';
import { lookUp } from '../lib/collections.js';
import type { ResourceName } from '../lib/ids.js';
import { filterIds, filterKeys } from '../resources/resolve.js';
import type { ResourceRow } from '../resources/resource-type.js';
import { type Conditions, findRows } from '../resources/resources.store.js';
import { judgementNoun } from './judgement.js';
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
    isNamed(t.id, await filterKeys(tx, 'judgement', filters.key)),
    ...(await narrowedRecorded(narrow, t, filters)),
    ...about,
    await narrow(t.noun, (column) => isAnyOf(column, filters.noun), filters.noun?.length),
    await narrow(t.judgement, (column) => isAnyOf(column, filters.judgement), filters.judgement?.length),
  ];
}

const judgedWith = preparedForEach((tx) => {
  const { judgements: t } = tx.tables;
  const [one, other] = [t.one_id, t.other_id].map((end) => eq(end, sql.placeholder('id')));
  return tx.db
    .select({ id: t.id, one: t.one_id, other: t.other_id })
    .from(t)
    .where(or(and(one, isMeant(tx, t.other_id)), and(other, isMeant(tx, t.one_id))))
    .orderBy(tx.dialect.opaque(t.id));
});

/** Judgements of an object and one of these others. */
export const judgementsWith = async (tx: Tx, id: string, others: readonly string[]) =>
  others.length === 0 ? [] : judgedWith.run(tx, null, { id, ids: JSON.stringify(others) });

/** Looks up at once what {@link judgementsWith} needs for several pairs. */
export const foreseeJudged = (tx: Tx, pairs: readonly { one: string; other: string }[]): Promise<void> =>
  judgedWith.foresee(
    tx,
    null,
    pairs.map(({ one, other }) => ({ id: one, ids: JSON.stringify([other]) })),
  );

/** A judgement, and an object of which it is or, if that is a claim, of an attribution of which it is. */
export interface Owned {
  owner: string;
  judgement: ResourceRow;
}

/** Judgements of objects and any others and, of claims, of their attributions; once for each of the objects. */
export async function judgementsOf(tx: Tx, noun: ResourceName, ids: readonly string[]): Promise<Owned[]> {
  if (ids.length === 0) return [];
  const { judgements: t, attributions: a } = tx.tables;
  const isOne = (column: SQLWrapper) => tx.dialect.isAmong(column, sql`${JSON.stringify(ids)}`);
  const selects = [t.one_id, t.other_id].flatMap((end) => [
    sql`select ${t.id} as id, ${end} as owner from ${t} where ${isOne(end)}`,
    ...(noun === 'claim'
      ? [
          sql`select ${t.id} as id, ${a.claim_id} as owner from ${a} inner join ${t} on ${end} = ${a.id} where ${isOne(a.claim_id)}`,
        ]
      : []),
  ]);
  const found = await tx.rows<{ id: string; owner: string }>(
    sql`${sql.join(selects, sql` union `)} order by 1, 2`,
  );
  if (found.length === 0) return [];
  const rows = await findRows(tx, judgementNoun, [...new Set(found.map(({ id }) => id))]);
  const byId = new Map(rows.map((row) => [row.id, row]));
  return found.map(({ id, owner }) => ({ owner, judgement: lookUp(byId, id) }));
}

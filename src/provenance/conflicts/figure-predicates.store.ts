import { eq, type SQL, sql } from 'drizzle-orm';
import { prepared } from '../../db/query/prepared.js';
import { documentJoin } from '../../db/query/rows.js';
import type { Tx } from '../../db/store/store.js';
import type { ComparableClaim } from './conflicts.js';

/** What figures need to know of the predicates of their claims, by id. */
export type Predicates = Map<string, NonNullable<ComparableClaim['predicate']>>;

const predicateRows = (tx: Tx, where: SQL | undefined) => {
  const { predicates: t } = tx.tables;
  return tx.db
    .select({ id: t.id, doc: tx.documents.doc })
    .from(t)
    .innerJoin(tx.documents, documentJoin(tx, t))
    .where(where);
};

function predicatesIn(rows: readonly { id: string; doc: string }[]): Predicates {
  return new Map(
    rows.map(({ id, doc }) => {
      const { functional, measure, unit } = JSON.parse(doc) as NonNullable<ComparableClaim['predicate']>;
      return [id, { key: id, functional, measure, unit }];
    }),
  );
}

export const functionalPredicates = async (tx: Tx) =>
  predicatesIn(await predicateRows(tx, eq(tx.tables.predicates.functional, true)));

const predicateRow = prepared((tx) => predicateRows(tx, eq(tx.tables.predicates.id, sql.placeholder('id'))));

export const onePredicate = async (tx: Tx, id: string) => predicatesIn(await predicateRow(tx, null, { id }));

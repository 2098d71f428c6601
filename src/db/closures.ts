import { type SQL, sql } from 'drizzle-orm';
import type { Tx } from './store.js';

const list = (ids: string[]) =>
  sql.join(
    ids.map((id) => sql`${id}`),
    sql`, `,
  );

/** A subquery: the parties and all that is `part_of` them, at any depth. */
export function withParts(tx: Tx, ids: string[]): SQL {
  const { parties: t } = tx.tables;
  return sql`(with recursive whole (id) as (
    select ${t.id} from ${t} where ${t.id} in (${list(ids)})
    union select part.id from ${t} part join whole on part.part_of_id = whole.id
  ) select id from whole)`;
}

/**
 * A subquery: the sources and all that is `part_of` or `derived_from` them, at any depth. The two numbered
 * rows let one recursive term follow two kinds of links, each by its index.
 */
export function withDerived(tx: Tx, ids: string[]): SQL {
  const { sources: t, source_derivations: d } = tx.tables;
  return sql`(with recursive origin (id) as (
    select ${t.id} from ${t} where ${t.id} in (${list(ids)})
    union select coalesce(part.id, derived.source_id) from origin
    cross join (select 1 as kind union all select 2) link
    left join ${t} part on link.kind = 1 and part.part_of_id = origin.id
    left join ${d} derived on link.kind = 2 and derived.derived_from_id = origin.id
    where coalesce(part.id, derived.source_id) is not null
  ) select id from origin)`;
}

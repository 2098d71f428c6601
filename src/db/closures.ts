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

/** A subquery: the sources and all that is `part_of` or `derived_from` them, at any depth. */
export function withDerived(tx: Tx, ids: string[]): SQL {
  const { sources: t, source_derivations: d } = tx.tables;
  return sql`(with recursive origin (id) as (
    select ${t.id} from ${t} where ${t.id} in (${list(ids)})
    union select link.id from (
      select id, part_of_id as origin_id from ${t} where part_of_id is not null
      union all select source_id, derived_from_id from ${d}
    ) link join origin on link.origin_id = origin.id
  ) select id from origin)`;
}

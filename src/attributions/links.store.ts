import { inArray, or, sql } from 'drizzle-orm';
import type { Tx } from '../db/store/store.js';

/** An attribution, and one that it relays or answers. */
export interface Link {
  from: string;
  to: string;
}

/** Some links between attributions about any of these claims or sources and attributions about something else. */
export async function crossingLinks(
  tx: Tx,
  about: 'claim_id' | 'about_source_id',
  ids: readonly string[],
  limit: number,
): Promise<Link[]> {
  const { attributions: t, attribution_relays: relays } = tx.tables;
  const target = sql.identifier(about);
  const meant = or(inArray(sql`a.${target}`, [...ids]), inArray(sql`b.${target}`, [...ids]));
  const differ = sql`(a.${target} is null or b.${target} is null or a.${target} <> b.${target})`;
  return tx.rows<Link>(
    sql`select a.id as "from", b.id as "to" from ${relays} r
        join ${t} a on a.id = r.attribution_id join ${t} b on b.id = r.relayed_id where ${meant} and ${differ}
      union select a.id, b.id from ${t} a join ${t} b on b.id = a.in_reply_to_id where ${meant} and ${differ}
      order by 1, 2 limit ${sql.raw(String(limit))}`,
  );
}

import { and, inArray, isNotNull, or, sql } from 'drizzle-orm';
import type { SQLiteColumn } from 'drizzle-orm/sqlite-core';
import { isMeant } from '../db/query/closures.js';
import { prepared } from '../db/query/prepared.js';
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

const linked = prepared((tx, from: 'id' | 'relayed_id' | 'in_reply_to_id' | 'attribution_id') => {
  const { attributions: t, attribution_relays: relays } = tx.tables;
  const ids = (found: SQLiteColumn, by: SQLiteColumn) =>
    tx.db
      .select({ id: sql<string>`${found}` })
      .from(found.table as typeof t)
      .where(and(isMeant(tx, by), isNotNull(found)));
  if (from === 'id') return ids(t.in_reply_to_id, t.id);
  if (from === 'in_reply_to_id') return ids(t.id, t.in_reply_to_id);
  if (from === 'attribution_id') return ids(relays.relayed_id, relays.attribution_id);
  return ids(relays.attribution_id, relays.relayed_id);
});

/**
 * An attribution first, then all that are linked with it by relays and replies, in whatever direction and over whatever
 * number of links; a few more than `limit` where there are more.
 */
export async function linkedWith(tx: Tx, id: string, limit: number): Promise<string[]> {
  const found = new Set([id]);
  for (let edge = [id]; edge.length > 0 && found.size <= limit; ) {
    const page = { ids: JSON.stringify(edge) };
    edge = [];
    for (const from of ['id', 'in_reply_to_id', 'attribution_id', 'relayed_id'] as const) {
      for (const { id: other } of await linked(tx, from, page)) {
        if (found.has(other)) continue;
        found.add(other);
        edge.push(other);
      }
    }
  }
  return [...found];
}

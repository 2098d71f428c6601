import { and, desc, isNotNull, type SQL, type SQLWrapper, sql } from 'drizzle-orm';
import { isOneOf } from '../db/closures.js';
import { foundFirst } from '../db/conditions.js';
import type { Tx } from '../db/store.js';
import { dayText, OPEN_START } from '../lib/edtf.js';
import type { Conditions } from '../register/register.store.js';
import { type Facet, MOST_VALUES } from './facets.js';

/** How many of the claims have a value; null is counted nowhere. */
export interface ValueCount {
  value: string;
  count: number;
}

/** The newest claims that meet the conditions. */
export async function newestClaims(tx: Tx, conditions: Conditions, limit: number): Promise<string[]> {
  const { claims: t } = tx.tables;
  const rows = await tx.rows<{ id: string }>(
    sql`select ${t.id} as id from ${t} where ${and(...conditions) ?? sql`true`}
      order by ${desc(t.id)} limit ${sql.raw(String(limit))}`,
  );
  return rows.map(({ id }) => id);
}

/** The values of a facet that most of the claims have, one more than are shown; those of as many by their text. */
export async function countValues(tx: Tx, facet: Facet, ids: readonly string[]): Promise<ValueCount[]> {
  if (ids.length === 0) return [];
  if (facet === 'year') return countYears(tx, ids);
  const { claims: c, attributions: a, sources: s, claim_places: p, claim_topics: t } = tx.tables;
  const rows = (value: SQLWrapper, from: SQL, claim: SQLWrapper): Promise<ValueCount[]> => {
    const each = sql`select distinct ${value} as value, ${claim} as claim from ${from}
      where ${and(isOneOf(tx, claim, ids), isNotNull(value))}`;
    return tx.rows(sql`select value, count(*) as count from (${foundFirst(each)}) found
      group by value order by 2 desc, 1 limit ${sql.raw(String(MOST_VALUES + 1))}`);
  };
  const counts: Record<Exclude<Facet, 'year'>, () => Promise<ValueCount[]>> = {
    predicate: () => rows(c.predicate_id, sql`${c}`, c.id),
    support: () => rows(c.support, sql`${c}`, c.id),
    party: () => rows(a.party_id, sql`${a}`, a.claim_id),
    source: () => rows(a.source_id, sql`${a}`, a.claim_id),
    stance: () => rows(a.stance, sql`${a}`, a.claim_id),
    publisher: () => rows(s.publisher_id, sql`${a} join ${s} on ${s.id} = ${a.source_id}`, a.claim_id),
    place: () => rows(p.iso_3166, sql`${p}`, p.claim_id),
    topic: () => rows(t.topic, sql`${t}`, t.claim_id),
  };
  return counts[facet]();
}

/** By the year in which what is claimed began. */
async function countYears(tx: Tx, ids: readonly string[]): Promise<ValueCount[]> {
  const { claims: t } = tx.tables;
  const days = await tx.rows<{ day: number; count: number }>(
    sql`select day, count(*) as count from (${foundFirst(sql`select ${t.occurred_from} as day from ${t}
      where ${and(isOneOf(tx, t.id, ids), sql`${t.occurred_from} > ${OPEN_START}`)}`)}) found group by day`,
  );
  const years = new Map<string, number>();
  for (const { day, count } of days) {
    const year = /^-?\d+/.exec(dayText(day)!)![0];
    years.set(year, (years.get(year) ?? 0) + count);
  }
  return [...years]
    .map(([value, count]) => ({ value, count }))
    .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1))
    .slice(0, MOST_VALUES + 1);
}

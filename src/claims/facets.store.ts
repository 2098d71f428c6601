import { and, desc, isNotNull, type SQL, type SQLWrapper, sql } from 'drizzle-orm';
import { isOneOf } from '../db/query/closures.js';
import type { Tx } from '../db/store/store.js';
import type { Conditions } from '../resources/resources.store.js';

/** A claim as facets see it. */
export interface CountedClaim {
  id: string;
  predicate: string | null;
  support: string;
  /** The first day on which what is claimed held. */
  day: number | null;
}

/** The newest claims that meet the conditions. */
export async function newestClaims(tx: Tx, conditions: Conditions, limit: number): Promise<CountedClaim[]> {
  const { claims: t } = tx.tables;
  return tx.rows(sql`select ${t.id} as id, ${t.predicate_id} as predicate, ${t.support} as support,
    ${t.occurred_from} as day from ${t} where ${and(...conditions) ?? sql`true`}
    order by ${desc(t.id)} limit ${sql.raw(String(limit))}`);
}

/** A value that a claim has; those of one claim follow each other, and may be alike. */
export interface ClaimValue {
  claim: string;
  value: string;
}

const valuesOf = (tx: Tx, from: SQLWrapper, claim: SQLWrapper, value: SQLWrapper, ids: readonly string[]) =>
  tx.rows<ClaimValue>(sql`select ${claim} as claim, ${value} as value from ${from}
    where ${and(isOneOf(tx, claim, ids), isNotNull(value))} order by ${claim}`);

export function placesOf(tx: Tx, ids: readonly string[]): Promise<ClaimValue[]> {
  const { claim_places: t } = tx.tables;
  return valuesOf(tx, t, t.claim_id, t.iso_3166, ids);
}

export function topicsOf(tx: Tx, ids: readonly string[]): Promise<ClaimValue[]> {
  const { claim_topics: t } = tx.tables;
  return valuesOf(tx, t, t.claim_id, t.topic, ids);
}

/** An attribution as facets see it; those of one claim follow each other. */
export interface CountedWords {
  claim: string;
  party: string;
  source: string | null;
  stance: string;
}

export async function wordsAbout(tx: Tx, ids: readonly string[]): Promise<CountedWords[]> {
  const { attributions: t } = tx.tables;
  return tx.rows(sql`select ${t.claim_id} as claim, ${t.party_id} as party, ${t.source_id} as source,
    ${t.stance} as stance from ${t} where ${isOneOf(tx, t.claim_id, ids)}
    order by ${t.claim_id}`);
}

/** The publishers of sources that have one. */
export async function publishersOf(tx: Tx, ids: readonly string[]): Promise<Map<string, string>> {
  const { sources: t } = tx.tables;
  const where: SQL | undefined = and(isOneOf(tx, t.id, ids), isNotNull(t.publisher_id));
  const rows = await tx.rows<{ id: string; publisher: string }>(
    sql`select ${t.id} as id, ${t.publisher_id} as publisher from ${t} where ${where}`,
  );
  return new Map(rows.map(({ id, publisher }) => [id, publisher]));
}

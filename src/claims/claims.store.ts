import {
  and,
  eq,
  exists,
  gt,
  gte,
  inArray,
  isNotNull,
  lte,
  notExists,
  or,
  type SQL,
  type SQLWrapper,
  sql,
} from 'drizzle-orm';
import type { SQLiteColumn } from 'drizzle-orm/sqlite-core';
import type { z } from 'zod';
import {
  attributedClaims,
  isSaidUpTo,
  ofStatus,
  saidBy,
  saidByAny,
  wordConditions,
} from '../attributions/attributions.store.js';
import { isOneOf } from '../db/closures.js';
import { FEW, isAnyOf, isFlag, isRecorded, isTagged, overlaps, within } from '../db/conditions.js';
import type { Tx } from '../db/store.js';
import { fold } from '../lib/text.js';
import { unitForm } from '../lib/units.js';
import type { Conditions } from '../register/register.store.js';
import { filterIds, filterKeys, partyIds } from '../register/resolve.js';
import { unitOf } from './claim.js';
import type { claimFilters } from './claims.schemas.js';

export type Filters = z.infer<z.ZodObject<typeof claimFilters>>;

export async function claimConditions(tx: Tx, filters: Filters, sorted: string): Promise<Conditions> {
  const { claims: t, claim_topics: topics } = tx.tables;
  const { min_origins } = filters;
  const subjects = await filterIds(tx, 'party', 'subject', filters.subject);
  const predicates = await filterIds(tx, 'predicate', 'predicate', filters.predicate);
  const units = await unitsMeant(tx, filters.unit);
  // The index of subjects goes on by predicate.
  const ofOnePredicate = predicates?.length === 1;
  const selective = (
    column: SQLiteColumn,
    values: number | undefined,
    of: (column: SQLWrapper) => SQL | undefined,
  ) => ifSelective(tx, sorted, column, values, of);
  return [
    isAnyOf(t.id, await filterKeys(tx, 'claim', filters.key)),
    await selective(t.kind, filters.kind?.length, (column) => isAnyOf(column, filters.kind)),
    await selective(t.subject_id, ofOnePredicate ? subjects?.length : undefined, (column) =>
      isAnyOf(column, subjects),
    ),
    await selective(t.predicate_id, predicates?.length, (column) => isAnyOf(column, predicates)),
    await about(tx, await partyIds(tx, 'about', filters.about, filters.about_exact)),
    ...(await saidThus(tx, filters)),
    ...(await saidByEach(tx, filters)),
    ...(await saidByNone(tx, filters.not_party)),
    hasSource(tx, filters.no_source),
    isAssessed(tx, filters.unassessed),
    hasVerdict(tx, filters.verdict),
    filters.place && (await claimsWith(tx, tx.tables.claim_places, isIn(tx, filters.place))),
    filters.topic && (await claimsWith(tx, topics, inArray(topics.topic, filters.topic))),
    isTagged(t.language, filters.language),
    overlaps(t.occurred_from, t.occurred_to, filters.occurred_from, filters.occurred_to),
    isRecorded(t, filters),
    within(t.activity_at, filters.activity_from, filters.activity_to),
    filters.known_by === undefined ? undefined : saidUpTo(tx, filters.known_by),
    filters.value_min === undefined ? undefined : gt(t.value_upper_key, filters.value_min),
    filters.value_max === undefined ? undefined : lte(t.value_lower_key, filters.value_max),
    await selective(t.unit, units?.length, (column) => units && isOneOf(tx, column, units)),
    await selective(t.currency, filters.currency?.length, (column) => isAnyOf(column, filters.currency)),
    await selective(t.support, filters.support?.length, (column) => isAnyOf(column, filters.support)),
    await selective(t.contested, 1, (column) => isFlag(column, filters.contested)),
    isFlag(t.self_denied, filters.self_denied),
    isFlag(t.retracted, filters.retracted),
    await selective(t.min_origins, undefined, (column) =>
      min_origins === undefined ? undefined : sql`${column} >= ${min_origins}`,
    ),
    isFlag(t.unnamed_only, filters.unnamed_only),
  ];
}

/**
 * A condition on a column whose index leads to few claims; else one that is tested along the index of the order, since
 * SQLite would look all of them up and sort them. Each index ends in the id, so that order needs no sorting.
 */
async function ifSelective(
  tx: Tx,
  sorted: string,
  column: SQLiteColumn,
  values: number | undefined,
  of: (column: SQLWrapper) => SQL | undefined,
): Promise<SQL | undefined> {
  const where = of(column);
  // The index of one value is in the order of ids.
  if (where === undefined || (sorted === 'id' && values === 1)) return where;
  const some = sql`select 1 from ${tx.tables.claims} where ${where} limit ${FEW + 1}`;
  const [row] = await tx.rows<{ n: number }>(sql`select count(*) as n from (${some}) counted`);
  return row!.n > FEW ? of(tx.dialect.unindexed(column)) : where;
}

/** What stands in the column of units for these, however they are spelled, also where the predicate gives them. */
async function unitsMeant(tx: Tx, units: string[] | undefined): Promise<string[] | undefined> {
  if (!units) return undefined;
  const { predicates: t } = tx.tables;
  const forms = units.map(unitForm);
  const rows = await tx.db.select({ id: t.id }).from(t).where(inArray(t.unit, forms));
  return [...forms, ...rows.map(({ id }) => unitOf(id))];
}

/** The party is the claim's subject, its value, or takes part in it. */
async function about(tx: Tx, parties: string[] | undefined): Promise<SQL | undefined> {
  if (!parties) return undefined;
  const { claims: t, claim_participants: participants } = tx.tables;
  return or(
    isOneOf(tx, t.subject_id, parties),
    isOneOf(tx, t.value_party_id, parties),
    await claimsWith(tx, participants, isOneOf(tx, participants.party_id, parties)),
  );
}

/** One attribution for which all filters that speak of attributions hold. */
async function saidThus(tx: Tx, filters: Filters): Promise<Conditions> {
  const { attributions: t, sources } = tx.tables;
  const { all, ways } = await wordConditions(tx, filters);
  const publishers = await partyIds(tx, 'publisher', filters.publisher, filters.publisher_exact);
  all.push(ofStatus(tx, filters.source_status));
  const published = overlaps(
    sources.published_from,
    sources.published_to,
    filters.published_from,
    filters.published_to,
  );
  all.push(isAnyOf(t.lineage, filters.lineage), isAnyOf(t.source_access, filters.source_access));
  if (publishers || published || filters.reliability) {
    const printed = and(
      published,
      publishers && isOneOf(tx, sources.publisher_id, publishers),
      isAnyOf(sources.reliability, filters.reliability),
    );
    const source = tx.db.select({ one: sql`1` }).from(sources);
    all.push(exists(source.where(and(eq(sources.id, t.source_id), printed))));
  }
  return all.some((condition) => condition !== undefined) ? attributedClaims(tx, { all, ways }) : [];
}

async function saidByEach(tx: Tx, filters: Filters): Promise<Conditions> {
  const parties = (await filterIds(tx, 'party', 'party_all', filters.party_all)) ?? [];
  const each: Conditions = [];
  for (const party of parties) {
    const ways = await saidBy(tx, [party], filters.party_exact);
    each.push(
      ...(await attributedClaims(tx, { all: [await saidByAny(tx, [party], filters.party_exact)], ways })),
    );
  }
  return each;
}

async function saidByNone(tx: Tx, references: string[] | undefined): Promise<Conditions> {
  const parties = await filterIds(tx, 'party', 'not_party', references);
  if (!parties) return [];
  const { attributions: a, claims: t } = tx.tables;
  const ways = await saidBy(tx, parties, false);
  return ways.map((way) =>
    notExists(
      tx.db
        .select({ one: sql`1` })
        .from(a)
        .where(and(eq(a.claim_id, t.id), way)),
    ),
  );
}

/** Whether no attribution of the claim names a source. */
function hasSource(tx: Tx, none: boolean | undefined): SQL | undefined {
  if (none === undefined) return undefined;
  const { attributions: a, claims: t } = tx.tables;
  const sourced = tx.db
    .select({ one: sql`1` })
    .from(a)
    .where(and(eq(a.claim_id, t.id), isNotNull(a.source_id)));
  return none ? notExists(sourced) : exists(sourced);
}

function hasVerdict(tx: Tx, verdicts: string[] | undefined): SQL | undefined {
  if (verdicts === undefined) return undefined;
  const { assessments: a, claims: t } = tx.tables;
  return exists(
    tx.db
      .select({ one: sql`1` })
      .from(a)
      .where(and(eq(a.claim_id, t.id), isAnyOf(a.verdict, verdicts))),
  );
}

function isAssessed(tx: Tx, none: boolean | undefined): SQL | undefined {
  if (none === undefined) return undefined;
  const { assessments: a, claims: t } = tx.tables;
  const assessed = tx.db.select({ one: sql`1` }).from(a).where(eq(a.claim_id, t.id));
  return none ? notExists(assessed) : exists(assessed);
}

/** Codes take in what lies inside them; anything else is the name of a place. */
function isIn(tx: Tx, places: string[]): SQL {
  const { claim_places: p } = tx.tables;
  const each = places.map((place) => {
    if (/^[A-Z]{2}-[A-Z0-9]{1,3}$/.test(place)) return sql`${p.iso_3166} = ${place}`;
    if (!/^[A-Z]{2}$/.test(place)) return sql`${p.folded} = ${fold(place)}`;
    return or(
      sql`${p.iso_3166} = ${place}`,
      and(gte(p.iso_3166, `${place}-`), lte(p.iso_3166, `${place}-Z~`)),
    );
  });
  return or(...each)!;
}

type OfClaims =
  | Tx['tables']['claim_topics']
  | Tx['tables']['claim_places']
  | Tx['tables']['claim_participants'];

/**
 * Claims that have a row of which this holds: looked up and sorted if they are few, or else tested one by one in the
 * order of the list, since a page of them is soon full.
 */
async function claimsWith(tx: Tx, rows: OfClaims, where: SQL): Promise<SQL> {
  const { claims: t } = tx.tables;
  const found = await tx.rows<{ id: string }>(
    sql`select ${rows.claim_id} as id from ${rows} where ${where} limit ${FEW + 1}`,
  );
  if (found.length > FEW)
    return sql`exists (select 1 from ${rows} where ${rows.claim_id} = ${t.id} and ${where})`;
  return isOneOf(tx, t.id, [...new Set(found.map(({ id }) => id))]);
}

/** Somebody had said something about the claim by the end of a day. */
function saidUpTo(tx: Tx, day: number): SQL {
  const { claims, attributions: t } = tx.tables;
  const said = tx.db.select({ one: sql`1` }).from(t);
  return exists(said.where(and(eq(t.claim_id, claims.id), isSaidUpTo(tx, day))));
}

import { and, eq, exists, gt, gte, inArray, lte, notExists, or, type SQL, sql } from 'drizzle-orm';
import type { z } from 'zod';
import {
  attributedClaims,
  holdsToo,
  isSaidUpTo,
  saidBy,
  saidByAny,
  sharedConditions,
} from '../attributions/attributions.store.js';
import { isOneOf } from '../db/query/closures.js';
import { isAnyOf, isFlag, isTagged, within } from '../db/query/conditions.js';
import {
  isFound,
  isNamed,
  narrowedBy,
  narrowedOverlap,
  narrowedRecorded,
  narrowing,
  someIds,
} from '../db/query/narrowing.js';
import type { Tx } from '../db/store/store.js';
import { fold } from '../lib/text.js';
import { unitForm } from '../lib/units.js';
import { unitOf } from '../predicates/predicate.js';
import { filterIds, filterKeys, partyIds } from '../resources/resolve.js';
import type { Conditions } from '../resources/resources.store.js';
import type { claimFilters } from './claims.schemas.js';

export type Filters = z.infer<z.ZodObject<typeof claimFilters>>;

export async function claimConditions(tx: Tx, filters: Filters, sorted: string): Promise<Conditions> {
  const { claims: t, claim_topics: topics, claim_places: places, assessments } = tx.tables;
  const { min_origins } = filters;
  const narrow = narrowing(tx, t, sorted);
  const subjects = await filterIds(tx, 'party', 'subject', filters.subject);
  const predicates = await filterIds(tx, 'predicate', 'predicate', filters.predicate);
  const units = await unitsMeant(tx, filters.unit);
  // The index of subjects goes on by predicate.
  const ofOnePredicate = predicates?.length === 1;
  return [
    isNamed(t.id, await filterKeys(tx, 'claim', filters.key)),
    await narrow(t.kind, (column) => isAnyOf(column, filters.kind), filters.kind?.length),
    await narrow(
      t.subject_id,
      (column) => isAnyOf(column, subjects),
      ofOnePredicate ? subjects?.length : undefined,
    ),
    await narrow(t.predicate_id, (column) => isAnyOf(column, predicates), predicates?.length),
    await about(tx, await partyIds(tx, 'about', filters.about, filters.about_exact)),
    ...(await attributionFilter(tx, filters)),
    saidSince(tx, filters.said_from, sorted),
    ...(await eachParty(tx, filters)),
    ...(await saidByNone(tx, filters.not_party)),
    await narrow(t.unsourced, (column) => isFlag(column, filters.no_source), 1),
    await isAssessed(tx, filters.unassessed),
    await narrowedBy(
      tx,
      t.id,
      assessments,
      assessments.claim_id,
      isAnyOf(assessments.verdict, filters.verdict),
    ),
    await narrowedBy(tx, t.id, places, places.claim_id, isIn(tx, filters.place)),
    await narrowedBy(tx, t.id, topics, topics.claim_id, isAnyOf(topics.topic, filters.topic)),
    await narrow(t.language, (column) => isTagged(column, filters.language)),
    ...(await narrowedOverlap(
      narrow,
      [t.occurred_from, t.occurred_to],
      filters.occurred_from,
      filters.occurred_to,
    )),
    ...(await narrowedRecorded(narrow, t, filters)),
    await narrow(t.activity_at, (column) => within(column, filters.activity_from, filters.activity_to)),
    filters.known_by === undefined ? undefined : saidUpTo(tx, filters.known_by),
    filters.value_min === undefined ? undefined : gt(t.value_upper_key, filters.value_min),
    filters.value_max === undefined ? undefined : lte(t.value_lower_key, filters.value_max),
    await narrow(t.unit, (column) => units && isOneOf(tx, column, units), units?.length),
    await narrow(t.currency, (column) => isAnyOf(column, filters.currency), filters.currency?.length),
    await narrow(t.support, (column) => isAnyOf(column, filters.support), filters.support?.length),
    await narrow(t.contested, (column) => isFlag(column, filters.contested), 1),
    isFlag(t.self_denied, filters.self_denied),
    await narrow(t.retracted, (column) => isFlag(column, filters.retracted), 1),
    await isSuperseded(tx, filters.superseded),
    await narrow(t.min_origins, (column) => within(column, min_origins, undefined)),
    await narrow(t.unnamed_only, (column) => isFlag(column, filters.unnamed_only), 1),
  ];
}

/**
 * The last that was said of a claim was said since a day, as is what the filters of attributions ask for: an order by it begins there, and
 * of other claims no attributions are looked at.
 */
function saidSince(tx: Tx, day: number | undefined, sorted: string): SQL | undefined {
  const { last_said } = tx.tables.claims;
  const column = sorted === last_said.name ? last_said : tx.dialect.unindexed(last_said);
  return within(column, day, undefined);
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
  const { claims: t, claim_participants: p } = tx.tables;
  const participates = isOneOf(tx, p.party_id, parties);
  const ways = [
    sql`select ${t.id} as id from ${t} where ${isOneOf(tx, t.subject_id, parties)}`,
    sql`select ${t.id} as id from ${t} where ${isOneOf(tx, t.value_party_id, parties)}`,
    sql`select ${p.claim_id} as id from ${p} where ${participates}`,
  ];
  const found = await someIds(tx, sql.join(ways, sql` union all `));
  if (found) return isFound(tx, t.id, found);
  const { unindexed } = tx.dialect;
  return or(
    isOneOf(tx, unindexed(t.subject_id), parties),
    isOneOf(tx, unindexed(t.value_party_id), parties),
    sql`exists (select 1 from ${p} where ${p.claim_id} = ${t.id} and ${participates})`,
  );
}

/** One attribution for which all filters that speak of attributions hold. */
async function attributionFilter(tx: Tx, filters: Filters): Promise<Conditions> {
  const { attributions: t, sources } = tx.tables;
  const narrow = narrowing(tx, sources, 'id');
  const publishers = await partyIds(tx, 'publisher', filters.publisher, filters.publisher_exact);
  const words = await sharedConditions(tx, filters, [
    await narrow(sources.publisher_id, (column) => publishers && isOneOf(tx, column, publishers)),
    ...(await narrowedOverlap(
      narrow,
      [sources.published_from, sources.published_to],
      filters.published_from,
      filters.published_to,
    )),
    isAnyOf(sources.reliability, filters.reliability),
  ]);
  holdsToo(words, isAnyOf(t.lineage, filters.lineage));
  holdsToo(words, isAnyOf(t.source_access, filters.source_access));
  return words.all.some((condition) => condition !== undefined) ? attributedClaims(tx, words) : [];
}

async function eachParty(tx: Tx, filters: Filters): Promise<Conditions> {
  const parties = (await filterIds(tx, 'party', 'party_all', filters.party_all)) ?? [];
  const each: Conditions = [];
  for (const party of parties) {
    const parts = await saidBy(tx, [party], filters.party_exact);
    const all = [await saidByAny(tx, [party], filters.party_exact)];
    each.push(...(await attributedClaims(tx, { all, indexable: [{ parts, rest: [] }] })));
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

/** Whether another claim updates it, by a relation. */
async function isSuperseded(tx: Tx, superseded: boolean | undefined): Promise<SQL | undefined> {
  if (superseded === undefined) return undefined;
  const { relations: r, claims: t } = tx.tables;
  const updates = eq(r.type, 'updates');
  if (superseded) return narrowedBy(tx, t.id, r, r.to_id, updates);
  return sql`not exists (select 1 from ${r} where ${and(eq(r.to_id, t.id), updates)})`;
}

async function isAssessed(tx: Tx, none: boolean | undefined): Promise<SQL | undefined> {
  if (none === undefined) return undefined;
  const { assessments: a, claims: t } = tx.tables;
  if (!none) return narrowedBy(tx, t.id, a, a.claim_id, sql`true`);
  return sql`not exists (select 1 from ${a} where ${eq(a.claim_id, t.id)})`;
}

/** Codes take in what lies inside them; anything else is the name of a place. */
function isIn(tx: Tx, places: string[] | undefined): SQL | undefined {
  if (places === undefined) return undefined;
  const { claim_places: p } = tx.tables;
  const each = places.map((place) => {
    if (/^[A-Z]{2}-[A-Z0-9]{1,3}$/.test(place)) return sql`${p.iso_3166} = ${place}`;
    if (!/^[A-Z]{2}$/.test(place)) return sql`${p.folded} = ${fold(place)}`;
    return or(
      sql`${p.iso_3166} = ${place}`,
      and(gte(p.iso_3166, `${place}-`), lte(p.iso_3166, `${place}-Z~`)),
    );
  });
  return or(...each);
}

/** Somebody had said something about the claim by the end of a day. */
function saidUpTo(tx: Tx, day: number): SQL {
  const { claims, attributions: t } = tx.tables;
  const said = tx.db.select({ one: sql`1` }).from(t);
  return exists(said.where(and(eq(t.claim_id, claims.id), isSaidUpTo(tx, day))));
}

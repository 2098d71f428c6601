import { and, eq, exists, gte, inArray, isNotNull, lte, notExists, or, type SQL, sql } from 'drizzle-orm';
import type { z } from 'zod';
import { attributedClaims, ofStatus, saidBy, wordConditions } from '../attributions/attributions.store.js';
import { isOneOf } from '../db/closures.js';
import { isAnyOf, isFlag, isRecorded, isTagged, overlaps } from '../db/conditions.js';
import type { Tx } from '../db/store.js';
import { OPEN_END, OPEN_START } from '../lib/edtf.js';
import { fold } from '../lib/text.js';
import type { Conditions } from '../register/register.store.js';
import { filterIds, filterKeys, partyIds } from '../register/resolve.js';
import type { claimFilters } from './claims.schemas.js';

export type Filters = z.infer<z.ZodObject<typeof claimFilters>>;

export async function claimConditions(tx: Tx, filters: Filters): Promise<Conditions> {
  const { claims: t, claim_topics: topics } = tx.tables;
  return [
    isAnyOf(t.id, await filterKeys(tx, 'claim', filters.key)),
    isAnyOf(t.kind, filters.kind),
    isAnyOf(t.subject_id, await filterIds(tx, 'party', 'subject', filters.subject)),
    isAnyOf(t.predicate_id, await filterIds(tx, 'predicate', 'predicate', filters.predicate)),
    about(tx, await partyIds(tx, 'about', filters.about, filters.about_exact)),
    ...(await saidThus(tx, filters)),
    ...(await saidByEach(tx, filters)),
    ...(await saidByNone(tx, filters.not_party)),
    hasSource(tx, filters.no_source),
    isAssessed(tx, filters.unassessed),
    filters.place && inPlaces(tx, filters.place),
    filters.topic &&
      inArray(
        t.id,
        tx.db.select({ id: topics.claim_id }).from(topics).where(inArray(topics.topic, filters.topic)),
      ),
    isTagged(t.language, filters.language),
    overlaps(t.occurred_from, t.occurred_to, filters.occurred_from, filters.occurred_to),
    isRecorded(t, filters),
    filters.known_by === undefined ? undefined : saidUpTo(tx, filters.known_by),
    filters.value_min === undefined ? undefined : gte(t.value_upper_key, filters.value_min),
    filters.value_max === undefined ? undefined : lte(t.value_lower_key, filters.value_max),
    isAnyOf(t.unit, filters.unit),
    isAnyOf(t.currency, filters.currency),
    isAnyOf(t.support, filters.support),
    isFlag(t.contested, filters.contested),
    isFlag(t.retracted, filters.retracted),
    filters.min_origins === undefined ? undefined : gte(t.min_origins, filters.min_origins),
    isFlag(t.unnamed_only, filters.unnamed_only),
  ];
}

/** The party is the claim's subject, its value, or takes part in it. */
function about(tx: Tx, parties: string[] | undefined): SQL | undefined {
  if (!parties) return undefined;
  const { claims: t, claim_participants: participants } = tx.tables;
  return or(
    isOneOf(tx, t.subject_id, parties),
    isOneOf(tx, t.value_party_id, parties),
    inArray(
      t.id,
      tx.db
        .select({ id: participants.claim_id })
        .from(participants)
        .where(isOneOf(tx, participants.party_id, parties)),
    ),
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
  if (filters.lineage) all.push(isAnyOf(t.lineage, filters.lineage));
  if (publishers || published || filters.reliability) {
    const printed = and(
      published,
      publishers && isOneOf(tx, sources.publisher_id, publishers),
      isAnyOf(sources.reliability, filters.reliability),
    );
    all.push(inArray(t.source_id, tx.db.select({ id: sources.id }).from(sources).where(printed)));
  }
  return all.some((condition) => condition !== undefined) ? attributedClaims(tx, { all, ways }) : [];
}

async function saidByEach(tx: Tx, filters: Filters): Promise<Conditions> {
  const parties = (await filterIds(tx, 'party', 'party_all', filters.party_all)) ?? [];
  const each: Conditions = [];
  for (const party of parties) {
    const ways = await saidBy(tx, [party], filters.party_exact);
    each.push(...(await attributedClaims(tx, { all: [or(...ways)], ways })));
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

function isAssessed(tx: Tx, none: boolean | undefined): SQL | undefined {
  if (none === undefined) return undefined;
  const { assessments: a, claims: t } = tx.tables;
  const assessed = tx.db.select({ one: sql`1` }).from(a).where(eq(a.claim_id, t.id));
  return none ? notExists(assessed) : exists(assessed);
}

/** Codes take in what lies inside them; anything else is the name of a place. */
function inPlaces(tx: Tx, places: string[]): SQL {
  const { claims: t, claim_places: p } = tx.tables;
  const each = places.map((place) => {
    if (/^[A-Z]{2}-[A-Z0-9]{1,3}$/.test(place)) return sql`${p.iso_3166} = ${place}`;
    if (!/^[A-Z]{2}$/.test(place)) return sql`${p.folded} = ${fold(place)}`;
    return or(
      sql`${p.iso_3166} = ${place}`,
      and(gte(p.iso_3166, `${place}-`), lte(p.iso_3166, `${place}-Z~`)),
    );
  });
  return inArray(
    t.id,
    tx.db
      .select({ id: p.claim_id })
      .from(p)
      .where(or(...each)),
  );
}

/** Somebody had said something about the claim by the end of a day, by the date of the words or of their source. */
function saidUpTo(tx: Tx, day: number): SQL {
  const { claims, attributions, sources } = tx.tables;
  const lastDay = (from: string, to: string) =>
    sql.raw(`case when ${to} = ${OPEN_END} then nullif(${from}, ${OPEN_START}) else ${to} end`);
  return sql`exists (
    select 1 from ${attributions} said left join ${sources} place on place.id = said.source_id
    where said.claim_id = ${claims.id} and coalesce(
      ${lastDay('said.said_from', 'said.said_to')}, ${lastDay('place.published_from', 'place.published_to')}
    ) <= ${day})`;
}

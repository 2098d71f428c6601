import {
  and,
  asc,
  desc,
  eq,
  exists,
  inArray,
  isNotNull,
  isNull,
  or,
  type SQL,
  type SQLWrapper,
  sql,
} from 'drizzle-orm';
import type { SQLiteColumn } from 'drizzle-orm/sqlite-core';
import type { z } from 'zod';
import { isOneOf, withDerived, withParts } from '../db/closures.js';
import { FEW, isAnyOf, isFlag, isRecorded, overlaps } from '../db/conditions.js';
import { documentJoin, type Row, updateRow, withDocument } from '../db/rows.js';

import type { Tx } from '../db/store.js';
import { OPEN_END, OPEN_START } from '../lib/edtf.js';
import type { Conditions } from '../register/register.store.js';
import { filterIds, filterKeys, partyIds } from '../register/resolve.js';
import type { attributionFilters } from './attributions.schemas.js';

export type AttributionFilters = z.infer<z.ZodObject<typeof attributionFilters>>;
type Filters = AttributionFilters;

export async function attributionConditions(tx: Tx, filters: Filters): Promise<Conditions> {
  const { attributions: t, parties } = tx.tables;
  const words = await wordConditions(tx, filters);
  return [
    isAnyOf(t.id, await filterKeys(tx, 'attribution', filters.key)),
    isAnyOf(t.claim_id, await filterIds(tx, 'claim', 'claim', filters.claim)),
    isAnyOf(t.about_source_id, await filterIds(tx, 'source', 'about_source', filters.about_source)),
    isAnyOf(t.manner, filters.manner),
    isAnyOf(t.basis, filters.basis),
    isAnyOf(t.lineage, filters.lineage),
    isAnyOf(t.source_access, filters.source_access),
    isRecorded(t, filters),
    filters.retracted === undefined
      ? undefined
      : filters.retracted
        ? isNotNull(t.retracted_by_id)
        : isNull(t.retracted_by_id),
    ofStatus(tx, filters.source_status),
    filters.known_by === undefined ? undefined : isSaidUpTo(tx, filters.known_by),
    filters.unnamed === undefined
      ? undefined
      : inArray(
          t.party_id,
          tx.db.select({ id: parties.id }).from(parties).where(isFlag(parties.unnamed, filters.unnamed)),
        ),
    ...((await ifFew(tx, t.id, t.id, words)) ?? words.all),
  ];
}

/** The source of an attribution has one of these statuses. */
export function ofStatus(tx: Tx, statuses: string[] | undefined): SQL | undefined {
  if (statuses === undefined) return undefined;
  const { attributions: t, sources } = tx.tables;
  const source = tx.db.select({ one: sql`1` }).from(sources);
  return exists(source.where(and(eq(sources.id, t.source_id), isAnyOf(sources.status, statuses))));
}

/** An attribution was said by the end of a day, by the date of its words or else of its source. */
export function isSaidUpTo(tx: Tx, day: number): SQL {
  const { attributions: t, sources } = tx.tables;
  const lastDay = (from: SQLiteColumn, to: SQLiteColumn) =>
    sql`case when ${to} = ${OPEN_END} then nullif(${from}, ${OPEN_START}) else ${to} end`;
  const published = tx.db
    .select({ day: lastDay(sources.published_from, sources.published_to) })
    .from(sources)
    .where(eq(sources.id, t.source_id));
  return sql`coalesce(${lastDay(t.said_from, t.said_to)}, (${published})) <= ${day}`;
}

/** What must hold of one attribution. */
export interface WordConditions {
  all: Conditions;
  /** Each has an index of its own, and whatever is meant is found by one of them; none if no index narrows. */
  ways: SQL[];
}

/** The filters that lists of claims and of attributions share: who said it, how, when, where. */
export async function wordConditions(
  tx: Tx,
  filters: Pick<
    Filters,
    | 'party'
    | 'party_exact'
    | 'speaker'
    | 'speaker_exact'
    | 'stance'
    | 'source'
    | 'source_depth'
    | 'said_from'
    | 'said_to'
  >,
): Promise<WordConditions> {
  const { attributions: t } = tx.tables;
  const parties = await filterIds(tx, 'party', 'party', filters.party);
  const sourceIds = await filterIds(tx, 'source', 'source', filters.source);
  const by = parties && (await saidBy(tx, parties, filters.party_exact));
  const speakers = await partyIds(tx, 'speaker', filters.speaker, filters.speaker_exact);
  const speaker = speakers && isOneOf(tx, t.speaker_id, speakers);
  const byAny = parties && (await saidByAny(tx, parties, filters.party_exact));
  const speakerAny = speakers && isOneOf(tx, alongside(tx, t.speaker_id, speakers), speakers);
  const stance = isAnyOf(t.stance, filters.stance);
  const sources = sourceIds && filters.source_depth ? await withDerived(tx, sourceIds) : sourceIds;
  const source = sources && isOneOf(tx, t.source_id, sources);
  const inAny = sources && isOneOf(tx, alongside(tx, t.source_id, sources), sources);
  const said = overlaps(t.said_from, t.said_to, filters.said_from, filters.said_to);
  const narrowest = by ?? [speaker ?? source ?? stance];
  return {
    all: [byAny, speakerAny, stance, inAny, said],
    ways: narrowest.flatMap((way) => (way === undefined ? [] : and(way, stance)!)),
  };
}

/** The attribution's party or speaker is one of these or, unless `exact`, part of one. */
export async function saidBy(tx: Tx, parties: string[], exact: boolean | undefined): Promise<SQL[]> {
  const { attributions: t } = tx.tables;
  const who = exact ? parties : await withParts(tx, parties);
  return [isOneOf(tx, t.party_id, who), isOneOf(tx, t.speaker_id, who)];
}

/** The same as one condition, for attributions that were found otherwise. */
export async function saidByAny(tx: Tx, parties: string[], exact: boolean | undefined): Promise<SQL> {
  const { attributions: t } = tx.tables;
  const who = exact ? parties : await withParts(tx, parties);
  return or(
    isOneOf(tx, alongside(tx, t.party_id, who), who),
    isOneOf(tx, alongside(tx, t.speaker_id, who), who),
  )!;
}

/** More ids than these are compared with, not looked up one by one for each claim. */
const LOOKED_UP = 3;

const alongside = (tx: Tx, column: SQLiteColumn, ids: readonly string[]): SQLWrapper =>
  ids.length > LOOKED_UP ? tx.dialect.unindexed(column) : column;

export type AttributionRow = Tx['tables']['attributions']['$inferSelect'] & { doc: string };

export async function attributionsOf(tx: Tx, claimId: string): Promise<AttributionRow[]> {
  const { attributions: t } = tx.tables;
  return tx.db
    .select(withDocument(tx, 'attributions'))
    .from(t)
    .innerJoin(tx.tables.history, documentJoin(tx, t))
    .where(eq(t.claim_id, claimId))
    .orderBy(desc(t.height), asc(t.id));
}

export async function attributionsOfClaims(tx: Tx, claimIds: string[]): Promise<AttributionRow[]> {
  const { attributions: t } = tx.tables;
  return tx.db
    .select(withDocument(tx, 'attributions'))
    .from(t)
    .innerJoin(tx.tables.history, documentJoin(tx, t))
    .where(inArray(t.claim_id, claimIds))
    .orderBy(asc(t.claim_id), desc(t.height), asc(t.id));
}

/** The claim or source that each of the attributions is about, by attribution id. */
export async function targetsOf(tx: Tx, ids: string[]): Promise<Map<string, string | null>> {
  const { attributions: t } = tx.tables;
  const rows = await tx.db
    .select({ id: t.id, claim: t.claim_id, source: t.about_source_id })
    .from(t)
    .where(inArray(t.id, ids));
  return new Map(rows.map(({ id, claim, source }) => [id, claim ?? source]));
}

/** The id of the party of an attribution. */
export async function partyOfAttribution(tx: Tx, id: string): Promise<string | undefined> {
  const { attributions: t } = tx.tables;
  const [row] = await tx.db.select({ party: t.party_id }).from(t).where(eq(t.id, id));
  return row?.party;
}

/** Lets nothing be taken back by an attribution that is about to go. */
export async function forgetRetraction(tx: Tx, id: string): Promise<void> {
  const { attributions: t } = tx.tables;
  await tx.db.update(t).set({ retracted_by_id: null, valid_from: tx.at }).where(eq(t.retracted_by_id, id));
}

/** Stores what is computed about attributions, by id. */
export async function storeComputedColumns(tx: Tx, columns: ReadonlyMap<string, Row>): Promise<void> {
  for (const [id, values] of columns) await updateRow(tx, 'attributions', id, values);
}

/**
 * That a column is among the ids which the attributions meant have in `found`, if few attributions come into
 * question; else null. SQLite uses an index for each way, but none behind an `or`.
 */
async function ifFew(
  tx: Tx,
  column: SQLiteColumn,
  found: SQLiteColumn,
  { ways, all }: WordConditions,
): Promise<SQL[] | null> {
  if (ways.length === 0) return null;
  const { attributions: t } = tx.tables;
  const joined = (conditions: Conditions) =>
    sql.join(
      ways.map(
        (way) => sql`select ${found} as id from ${t} where ${and(isNotNull(found), way, ...conditions)}`,
      ),
      sql` union all `,
    );
  const [looked] = await tx.rows<{ n: number }>(
    sql`select count(*) as n from (${joined([])} limit ${FEW + 1}) looked_at`,
  );
  if (looked!.n > FEW) return null;
  const [meant] = await tx.rows<{ ids: string | null }>(
    sql`select ${tx.dialect.joined(sql`id`)} as ids from (${joined(all)}) meant`,
  );
  const ids = JSON.stringify([...new Set(meant!.ids?.split(','))]);
  return [sql`${column} in ${tx.dialect.textsIn(sql`${ids}`)}`];
}

/**
 * Claims with an attribution of which this holds. Few attributions lead to their claims; with many, claims are
 * gone through in the order of the list, since a page of them is soon full.
 */
export async function attributedClaims(tx: Tx, words: WordConditions): Promise<Conditions> {
  const { attributions: t, claims } = tx.tables;
  const attribution = tx.db.select({ one: sql`1` }).from(t);
  return (
    (await ifFew(tx, claims.id, t.claim_id, words)) ?? [
      exists(attribution.where(and(eq(t.claim_id, claims.id), ...words.all))),
    ]
  );
}

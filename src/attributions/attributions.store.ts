import { and, eq, exists, isNotNull, isNull, type SQL, type SQLWrapper, sql } from 'drizzle-orm';
import type { SQLiteColumn } from 'drizzle-orm/sqlite-core';
import type { z } from 'zod';
import { isMeant, isOneOf, withDerived, withParts } from '../db/query/closures.js';
import { isAnyOf, isFlag, overlaps } from '../db/query/conditions.js';
import {
  areFew,
  foundTogether,
  isFoundAmong,
  isNamed,
  LeadsToFew,
  narrowedRecorded,
  narrowing,
  someIds,
} from '../db/query/narrowing.js';
import { prepared } from '../db/query/prepared.js';
import type { Tx } from '../db/store/store.js';
import { only } from '../lib/collections.js';
import { OPEN_END, OPEN_START } from '../lib/edtf.js';
import { filterIds, filterKeys, partyIds } from '../resources/resolve.js';
import type { Conditions } from '../resources/resources.store.js';
import type { attributionFilters } from './attributions.schemas.js';

export type AttributionFilters = z.infer<z.ZodObject<typeof attributionFilters>>;
type Filters = AttributionFilters;

export async function attributionConditions(tx: Tx, filters: Filters, sorted: string): Promise<Conditions> {
  const { attributions: t, parties } = tx.tables;
  const narrow = narrowing(tx, t, sorted);
  const words = await sharedConditions(tx, filters, [], tx.dialect.unindexed);
  if (filters.unnamed !== undefined) {
    const unnamed = isFlag(parties.unnamed, filters.unnamed);
    const found = await someIds(tx, sql`select ${parties.id} as id from ${parties} where ${unnamed}`);
    if (found) words.indexable.push({ parts: [isOneOf(tx, t.party_id, found)], rest: [...words.all] });
    holdsToo(
      words,
      found && found.length <= TESTED
        ? isOneOf(tx, tx.dialect.unindexed(t.party_id), found)
        : sql`exists (select 1 from ${parties} where ${parties.id} = ${t.party_id} and ${unnamed})`,
    );
  }
  const claims = await filterIds(tx, 'claim', 'claim', filters.claim);
  const aboutSources = await filterIds(tx, 'source', 'about_source', filters.about_source);
  return [
    isNamed(t.id, await filterKeys(tx, 'attribution', filters.key)),
    await narrow(t.claim_id, (column) => isAnyOf(column, claims)),
    await narrow(t.about_source_id, (column) => isAnyOf(column, aboutSources), aboutSources?.length),
    isAnyOf(t.manner, filters.manner),
    isAnyOf(t.basis, filters.basis),
    isAnyOf(t.lineage, filters.lineage),
    isAnyOf(t.source_access, filters.source_access),
    ...(await narrowedRecorded(narrow, t, filters)),
    await narrow(t.retracted_by_id, (column) =>
      filters.retracted === undefined ? undefined : filters.retracted ? isNotNull(column) : isNull(column),
    ),
    filters.known_by === undefined ? undefined : isSaidUpTo(tx, filters.known_by),
    ...((await selectiveIds(tx, t.id, t.id, words)) ?? words.all),
  ];
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
export interface AttributionConditions {
  all: Conditions;
  indexable: IndexPath[];
}

/** A way to find what is meant: all parts together find it, each by an index of its own. */
interface IndexPath {
  parts: SQL[];
  /** What is left to be tested of what they find. */
  rest: Conditions;
}

/** Adds a condition that no way takes into account. */
export function holdsToo({ all, indexable }: AttributionConditions, condition: SQL | undefined): void {
  for (const conditions of [all, ...indexable.map(({ rest }) => rest)]) conditions.push(condition);
}

/** The filters that lists of claims and of attributions share: who said it, how, when, where. */
export async function sharedConditions(
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
    | 'source_status'
    | 'said_from'
    | 'said_to'
  >,
  /** What must hold of the source besides. */
  ofSource: Conditions,
  along: Along = (column, ids) => alongside(tx, column, ids),
): Promise<AttributionConditions> {
  const { attributions: t } = tx.tables;
  const parties = await filterIds(tx, 'party', 'party', filters.party);
  const sourceIds = await filterIds(tx, 'source', 'source', filters.source);
  const speakers = await partyIds(tx, 'speaker', filters.speaker, filters.speaker_exact);
  const sources = sourceIds && filters.source_depth ? await withDerived(tx, sourceIds) : sourceIds;
  const among = (column: SQLiteColumn, ids: string[] | undefined) =>
    ids && isOneOf(tx, along(column, ids), ids);
  const printed = await printedIn(tx, [...ofSource, await ofStatus(tx, filters.source_status)], along);
  const stance = (column: SQLWrapper) => isAnyOf(column, filters.stance);
  const { said_from } = filters;
  const conditions = {
    party: parties && (await saidByAny(tx, parties, filters.party_exact, along)),
    speaker: among(t.speaker_id, speakers),
    stance: stance(along(t.stance, [])),
    source: among(t.source_id, sources),
    printed: printed.is,
    said: overlaps(t.said_from, t.said_to, said_from, filters.said_to),
  };
  /** Every way finds by the stance besides. */
  const by = (
    condition: keyof typeof conditions | null,
    parts: (SQL | undefined)[] | undefined,
  ): IndexPath[] =>
    parts === undefined || parts.includes(undefined)
      ? []
      : [
          {
            parts: parts.flatMap((part) => and(part, stance(t.stance)) ?? []),
            rest: Object.entries(conditions).flatMap(([name, rest]) =>
              name === condition || name === 'stance' ? [] : [rest],
            ),
          },
        ];
  const indexable = [
    ...by('party', parties && (await saidBy(tx, parties, filters.party_exact))),
    ...by('speaker', [speakers && isOneOf(tx, t.speaker_id, speakers)]),
    ...by('source', [sources && isOneOf(tx, t.source_id, sources)]),
    ...by('printed', [printed.ids && isOneOf(tx, t.source_id, printed.ids)]),
    ...by(null, [said_from === undefined ? undefined : sql`${t.said_to} >= ${said_from}`]),
  ];
  // The stance alone finds all that any of these ways does.
  const alone = indexable.length > 0 ? [] : by('stance', [stance(t.stance)]);
  return { all: Object.values(conditions), indexable: [...indexable, ...alone] };
}

/** The source of an attribution has one of these statuses. */
async function ofStatus(tx: Tx, statuses: string[] | undefined): Promise<SQL | undefined> {
  const { sources } = tx.tables;
  return narrowing(tx, sources, 'id')(sources.status, (column) => isAnyOf(column, statuses));
}

/** That conditions hold of the source of an attribution; with the ids of such sources if they are few. */
async function printedIn(
  tx: Tx,
  conditions: Conditions,
  along: Along,
): Promise<{ is: SQL | undefined; ids?: string[] }> {
  const { attributions: t, sources } = tx.tables;
  const where = and(...foundTogether(tx, conditions));
  if (where === undefined) return { is: undefined };
  const ids = await someIds(tx, sql`select ${sources.id} as id from ${sources} where ${where}`);
  const areTested = ids !== null && ids.length <= TESTED;
  const tested = conditions.map((one) => (one instanceof LeadsToFew ? one.lookedUp : one));
  return {
    is: areTested
      ? isOneOf(tx, along(t.source_id, ids), ids)
      : sql`exists (select 1 from ${sources} where ${and(eq(sources.id, t.source_id), ...tested)})`,
    ...(ids && { ids }),
  };
}

/** The attribution's party or speaker is one of these or, unless `exact`, part of one. */
export async function saidBy(tx: Tx, parties: string[], exact: boolean | undefined): Promise<SQL[]> {
  const { attributions: t } = tx.tables;
  const who = exact ? parties : await withParts(tx, parties);
  return [isOneOf(tx, t.party_id, who), isOneOf(tx, t.speaker_id, who)];
}

/** How a column is compared in attributions that were found otherwise. */
type Along = (column: SQLiteColumn, ids: readonly string[]) => SQLWrapper;

/** More ids than these are compared with, not looked up one by one for each claim. */
const LOOKED_UP = 3;
/** More ids than these are not compared with: each statement would read them all anew. */
const TESTED = 2_000;

const alongside = (tx: Tx, column: SQLiteColumn, ids: readonly string[]): SQLWrapper =>
  ids.length > LOOKED_UP ? tx.dialect.unindexed(column) : column;

/** The same as one condition, for attributions that were found otherwise. */
export async function saidByAny(
  tx: Tx,
  parties: string[],
  exact: boolean | undefined,
  along: Along = (column, ids) => alongside(tx, column, ids),
): Promise<SQL> {
  const { attributions: t } = tx.tables;
  const who = exact ? parties : await withParts(tx, parties);
  const is = (column: SQLiteColumn) => isOneOf(tx, along(column, who), who);
  return sql`(${is(t.party_id)} or ${is(t.speaker_id)})`;
}

const targetRows = prepared((tx) => {
  const { attributions: t } = tx.tables;
  return tx.db
    .select({ id: t.id, claim: t.claim_id, source: t.about_source_id })
    .from(t)
    .where(isMeant(tx, t.id));
});

/** The claim or source that each of the attributions is about, by attribution id. */
export async function targetsOf(tx: Tx, ids: string[]): Promise<Map<string, string | null>> {
  const rows = await targetRows(tx, null, { ids: JSON.stringify(ids) });
  return new Map(rows.map(({ id, claim, source }) => [id, claim ?? source]));
}

const forgotten = prepared((tx) => {
  const { attributions: t } = tx.tables;
  return tx.db
    .update(t)
    .set({ retracted_by_id: null, valid_from: sql.placeholder('valid_from') as never })
    .where(isMeant(tx, t.retracted_by_id)) as never;
});

/** Lets nothing be taken back by attributions that are gone. */
export async function forgetRetractions(tx: Tx, ids: readonly string[]): Promise<void> {
  await forgotten(tx, null, { ids: JSON.stringify(ids), valid_from: tx.at });
}

/**
 * That a column is among the ids which the attributions meant have in `found`, if one of the ways leads to few
 * attributions; else null. SQLite uses an index for each part of a way, but none behind an `or`.
 */
async function selectiveIds(
  tx: Tx,
  column: SQLiteColumn,
  found: SQLiteColumn,
  { indexable }: AttributionConditions,
): Promise<SQL[] | null> {
  const { attributions: t } = tx.tables;
  /** Ids as a JSON array: there can be thousands, which are only handed back. */
  const idsBy = async (parts: SQL[], conditions: Conditions) => {
    const each = parts.map(
      (part) => sql`select ${found} as id from ${t} where ${and(isNotNull(found), part, ...conditions)}`,
    );
    const rows = await tx.rows<{ n: number; ids: string | null }>(
      sql`select count(*) as n, ${tx.dialect.textsOf(sql`id`)} as ids from (${sql.join(each, sql` union all `)} limit ${sql.raw(String(tx.few + 1))}) looked_at`,
    );
    return only(rows);
  };
  for (const { parts, rest } of indexable) {
    const looked = await idsBy(parts, []);
    if (!areFew(tx, looked.n)) continue;
    const left = rest.filter((condition) => condition !== undefined);
    const { n, ids } = left.length > 0 ? await idsBy(parts, left) : looked;
    return [isFoundAmong(tx, column, ids ?? '[]', n)];
  }
  return null;
}

/**
 * Claims with an attribution of which this holds. Few attributions lead to their claims; with many, claims are
 * gone through in the order of the list, since a page of them is soon full.
 */
export async function attributedClaims(tx: Tx, words: AttributionConditions): Promise<Conditions> {
  const { attributions: t, claims } = tx.tables;
  return (
    (await selectiveIds(tx, claims.id, t.claim_id, words)) ?? [
      exists(sql`(select 1 from ${t} where ${and(eq(t.claim_id, claims.id), ...words.all)})`),
    ]
  );
}

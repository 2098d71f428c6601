import { and, desc, eq, gte, inArray, isNotNull, isNull, lt, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/sqlite-core';
import { stances } from '../attributions/stances.js';
import { isOneOf } from '../db/query/closures.js';
import { keysetRows, type Position } from '../db/query/keyset.js';
import { columnOf, tableNamed } from '../db/query/rows.js';
import { tableOf } from '../db/schema/object-tables.js';
import type { Tx } from '../db/store/store.js';
import { only, pagesOf } from '../lib/collections.js';
import type { ResourceName } from '../lib/ids.js';
import { lastVersion, type Version } from '../resources/resources.store.js';
import type { ReferringColumn } from './referrers.js';

export type MergeRow = Tx['tables']['merges']['$inferSelect'];

const mergesWith = ({ db, tables: { merges: t } }: Tx, id: string) => db.select().from(t).where(eq(t.id, id));

export async function findMerge(tx: Tx, id: string): Promise<MergeRow | null> {
  const [row] = await mergesWith(tx, id);
  return row ?? null;
}

export const mergeById = async (tx: Tx, id: string): Promise<MergeRow> => only(await mergesWith(tx, id));

/** The merge of an object that is in force. */
export async function mergeOf(tx: Tx, objectId: string): Promise<MergeRow> {
  const { merges: t } = tx.tables;
  const inForce = and(eq(t.object_id, objectId), isNull(t.undone_seq));
  return only(await tx.db.select().from(t).where(inForce));
}

/** The last versions of what was merged into an object, as far as these merges are in force. */
export async function documentsMergedInto(tx: Tx, intoId: string): Promise<string[]> {
  const { merges: t, history } = tx.tables;
  const rows = await tx.db
    .select({ doc: history.doc })
    .from(t)
    .innerJoin(history, eq(history.seq, t.seq))
    .where(and(eq(t.into_id, intoId), isNull(t.undone_seq)));
  return rows.map(({ doc }) => doc);
}

export interface MergeFilters {
  nouns?: ResourceName[] | undefined;
  undone?: boolean | undefined;
  /** The survivor. */
  into?: string | undefined;
}

/** Merges, the newest first. */
export async function mergeRows(
  tx: Tx,
  { nouns, undone, into }: MergeFilters,
  { at, back, limit }: { at: Position | null; back: boolean; limit: number },
): Promise<MergeRow[]> {
  const { merges: t } = tx.tables;
  const meant = and(
    nouns && inArray(t.noun, nouns),
    into === undefined ? undefined : eq(t.into_id, into),
    undone === undefined ? undefined : undone ? isNotNull(t.undone_seq) : isNull(t.undone_seq),
  );
  return keysetRows(
    (where, order, count) =>
      tx.db
        .select()
        .from(t)
        .where(and(meant, where))
        .orderBy(...order)
        .limit(count),
    t.id,
    { column: t.id, desc: true, idDesc: true },
    at,
    back,
    limit,
  );
}

/**
 * The objects that refer to another in a column, if these are few enough to be read at once; those alone that were changed since a
 * version of the register, if one is given.
 */
export async function referringTo(
  tx: Tx,
  { noun, table: name, column, from }: ReferringColumn,
  id: string,
  since = 0,
): Promise<string[]> {
  const table = tableNamed(tx, name);
  const object = alias(tableNamed(tx, tableOf[noun]), 'object');
  const key = columnOf(table, from);
  const rows = await tx.db
    .selectDistinct({ id: key })
    .from(table)
    .innerJoin(object, eq(columnOf(object, 'id'), key))
    .where(and(eq(columnOf(table, column), id), gte(columnOf(object, 'seq'), since)))
    .orderBy(key);
  return rows.map((row) => String(row.id));
}

/** Objects that are read together. */
const AT_ONCE = 1_000;

/** Those of them that were changed at an instant or later, some at a time, however many there are of others. */
export async function* referringSince(
  tx: Tx,
  { noun, table: name, column, from }: ReferringColumn,
  id: string,
  at: string,
): AsyncGenerator<string[]> {
  const object = tableNamed(tx, tableOf[noun]);
  const [objectId, updated] = [columnOf(object, 'id'), columnOf(object, 'updated_at')];
  const changed = (last: { id: unknown; value: unknown } = { id: '', value: at }) =>
    keysetRows(
      (where, order, count) =>
        tx.db
          .select({ id: objectId, value: updated })
          .from(object)
          .where(where)
          .orderBy(...order)
          .limit(count),
      objectId,
      { column: updated, desc: false, idDesc: false },
      { id: String(last.id), value: String(last.value) },
      false,
      AT_ONCE,
    );
  const table = tableNamed(tx, name);
  const key = columnOf(table, from);
  for await (const rows of pagesOf(AT_ONCE, changed)) {
    await tx.yield();
    const ids = rows.map((row) => String(row.id));
    const found = await tx.db
      .selectDistinct({ id: key })
      .from(table)
      // Of the ids, since very many may refer to the other.
      .where(and(eq(tx.dialect.unindexed(columnOf(table, column)), id), isOneOf(tx, key, ids)))
      .orderBy(key);
    yield found.map((row) => String(row.id));
  }
}

/** Versions by their numbers. */
export async function versionsBySeq(tx: Tx, seqs: readonly number[]): Promise<Map<number, Version>> {
  if (seqs.length === 0) return new Map();
  const { history: t } = tx.tables;
  const rows = await tx.db
    .select()
    .from(t)
    .where(inArray(t.seq, [...seqs]));
  return new Map(rows.map((row) => [row.seq, row]));
}

/** The judgements of both that a merge settled, which did not come back since. */
export async function settledBy(tx: Tx, seq: number, versions: number): Promise<Version[]> {
  const { history: t } = tx.tables;
  const rows = await tx.db
    .select()
    .from(t)
    .where(
      and(gte(t.seq, seq - versions), lt(t.seq, seq), eq(t.noun, 'judgement'), eq(t.operation, 'remove')),
    )
    .orderBy(t.seq);
  const last = await Promise.all(rows.map(({ object_id }) => lastVersion(tx, 'judgement', object_id)));
  return rows.filter(({ seq }, i) => last[i]?.seq === seq);
}

/** Relations between two claims, in either direction. */
export async function relationsBetween(tx: Tx, one: string, other: string): Promise<string[]> {
  const { relations: t } = tx.tables;
  const between = (from: string, to: string) =>
    tx.db
      .select({ id: t.id })
      .from(t)
      .where(and(eq(t.from_id, from), eq(t.to_id, to)))
      .orderBy(t.id);
  return [...(await between(one, other)), ...(await between(other, one))].map(({ id }) => id);
}

/** Sources of which attributions of these parties speak as a whole. */
export async function sourcesSpokenOfBy(tx: Tx, parties: readonly string[]): Promise<string[]> {
  const { attributions: t } = tx.tables;
  const rows = await tx.db
    .selectDistinct({ id: sql<string>`${t.about_source_id}` })
    .from(t)
    // Few of them speak of no claim: the index has them by stance.
    .where(and(inArray(t.party_id, [...parties]), inArray(t.stance, [...stances]), isNull(t.claim_id)))
    .orderBy(desc(t.about_source_id));
  return rows.map(({ id }) => id);
}

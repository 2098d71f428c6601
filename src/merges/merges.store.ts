import { and, desc, eq, gt, gte, inArray, isNotNull, isNull, lt, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/sqlite-core';
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

/** Objects that are read and stored together. */
const AT_ONCE = 50;

/**
 * The objects that refer to another in a column, some at a time; those alone that were changed since a version of the
 * register, if one is given. What is changed meanwhile to refer to it no more is not missed.
 */
export async function* referringTo(
  tx: Tx,
  { noun, table: name, column, from }: ReferringColumn,
  id: string,
  since = 0,
): AsyncGenerator<string[]> {
  const table = tableNamed(tx, name);
  const object = alias(tableNamed(tx, tableOf[noun]), 'object');
  const key = columnOf(table, from);
  const pages = pagesOf(AT_ONCE, (last: { id: unknown } | undefined) =>
    tx.db
      .selectDistinct({ id: key })
      .from(table)
      .innerJoin(object, eq(columnOf(object, 'id'), key))
      .where(
        and(
          eq(columnOf(table, column), id),
          gt(key, String(last?.id ?? '')),
          gte(columnOf(object, 'seq'), since),
        ),
      )
      .orderBy(key)
      .limit(AT_ONCE),
  );
  for await (const rows of pages) yield rows.map((row) => String(row.id));
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
    .where(and(inArray(t.party_id, [...parties]), isNotNull(t.about_source_id)))
    .orderBy(desc(t.about_source_id));
  return rows.map(({ id }) => id);
}

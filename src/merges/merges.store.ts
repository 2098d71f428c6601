import {
  and,
  desc,
  eq,
  getTableColumns,
  gt,
  inArray,
  isNotNull,
  isNull,
  lt,
  lte,
  ne,
  or,
  sql,
} from 'drizzle-orm';
import { alias } from 'drizzle-orm/sqlite-core';
import { keysetRows, type Position } from '../db/query/keyset.js';
import type { Tx } from '../db/store/store.js';
import { only } from '../lib/collections.js';
import type { ResourceName } from '../lib/ids.js';
import type { Version } from '../resources/resources.store.js';

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

/** Other merges into the same that hold, or held when this one was made, in their order; each with what it tells. */
export async function mergesBeside(
  tx: Tx,
  { id, into_id, seq }: MergeRow,
): Promise<(MergeRow & { doc: string })[]> {
  const { merges: t, history } = tx.tables;
  return tx.db
    .select({ ...getTableColumns(t), doc: history.doc })
    .from(t)
    .innerJoin(history, eq(history.seq, t.seq))
    .where(and(eq(t.into_id, into_id), ne(t.id, id), or(isNull(t.undone_seq), gt(t.undone_seq, seq))))
    .orderBy(t.seq);
}

/** Merges that were made before another one and undone after it, with what each tells. */
export async function mergesAround(tx: Tx, { seq }: MergeRow): Promise<(MergeRow & { doc: string })[]> {
  const { merges: t, history } = tx.tables;
  return tx.db
    .select({ ...getTableColumns(t), doc: history.doc })
    .from(t)
    .innerJoin(history, eq(history.seq, t.seq))
    .where(and(lt(t.seq, seq), gt(t.undone_seq, seq)))
    .orderBy(t.undone_seq);
}

/** The document of an object before the version that it got behind one number up to another; null without one. */
export async function documentBefore(
  tx: Tx,
  id: string,
  after: number,
  last: number,
): Promise<string | null> {
  const { history: t } = tx.tables;
  const before = alias(t, 'before');
  const [row] = await tx.db
    .select({ doc: before.doc })
    .from(t)
    .innerJoin(before, and(eq(before.object_id, t.object_id), eq(before.version, sql`${t.version} - 1`)))
    .where(and(eq(t.object_id, id), gt(t.seq, after), lte(t.seq, last)));
  return row?.doc ?? null;
}

/** What came back after a version by the end of a merge, as it was when it went. */
export async function cameBackAfter(
  tx: Tx,
  seq: number,
): Promise<{ noun: ResourceName; id: string; doc: string }[]> {
  const { merges: t, history } = tx.tables;
  const rows = await tx.db
    .select({ noun: t.noun, id: t.object_id, doc: history.doc })
    .from(t)
    .innerJoin(history, eq(history.seq, t.seq))
    .where(gt(t.undone_seq, seq))
    .orderBy(t.undone_seq);
  return rows as { noun: ResourceName; id: string; doc: string }[];
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

/** An object that a write changed, with its document before. */
export interface Changed {
  seq: number;
  noun: ResourceName;
  id: string;
  version: number;
  operation: string;
  before: string;
}

/** The versions behind one number up to another, each with the document before it. */
export async function changedBetween(tx: Tx, after: number, last: number, limit: number): Promise<Changed[]> {
  const { history: t } = tx.tables;
  const before = alias(t, 'before');
  const rows = await tx.db
    .select({
      seq: t.seq,
      noun: t.noun,
      id: t.object_id,
      version: t.version,
      operation: t.operation,
      before: before.doc,
    })
    .from(t)
    .innerJoin(before, and(eq(before.object_id, t.object_id), eq(before.version, sql`${t.version} - 1`)))
    .where(and(gt(t.seq, after), lte(t.seq, last)))
    .orderBy(t.seq)
    .limit(limit);
  return rows as Changed[];
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

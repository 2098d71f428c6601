import { and, eq, isNull } from 'drizzle-orm';
import { isMeant } from '../db/query/closures.js';
import { prepared } from '../db/query/prepared.js';
import { decodeReference } from '../db/query/references.js';
import { insertRows, updateRows } from '../db/query/rows.js';
import type { Tx } from '../db/store/store.js';
import { isMergeable, type ResourceName } from '../lib/ids.js';

/** Which objects were merged into which others, by the merges that are in force. */

const mergesOf = prepared((tx, end: 'object_id' | 'into_id') => {
  const { merges: t } = tx.tables;
  return tx.db
    .select({ object_id: t.object_id, into_id: t.into_id })
    .from(t)
    .where(and(isNull(t.undone_seq), isMeant(tx, t[end])));
});

/** The object that stands for each now, over any number of merges; those that were not merged are left out. */
export async function mergedInto(
  tx: Tx,
  noun: ResourceName,
  ids: readonly string[],
): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  if (!isMergeable(noun) || ids.length === 0) return found;
  const next = new Map<string, string>();
  for (let edge: readonly string[] = ids; edge.length > 0; ) {
    const rows = await mergesOf(tx, 'object_id', { ids: JSON.stringify(edge) });
    for (const { object_id, into_id } of rows) next.set(object_id, into_id);
    edge = rows.map(({ into_id }) => into_id);
  }
  for (const id of ids) {
    let at = next.get(id);
    if (at === undefined) continue;
    for (let after = next.get(at); after !== undefined; after = next.get(at)) at = after;
    found.set(id, at);
  }
  return found;
}

/** The objects, and all that were merged into them, over any number of merges. */
export async function withMerged(tx: Tx, ids: readonly string[]): Promise<string[]> {
  const found = new Set(ids);
  for (let edge = [...ids]; edge.length > 0; ) {
    const rows = await mergesOf(tx, 'into_id', { ids: JSON.stringify(edge) });
    edge = rows.map(({ object_id }) => object_id).filter((id) => !found.has(id));
    for (const id of edge) found.add(id);
  }
  return [...found];
}

/** What the last version of a merged object records besides the object. */
export interface MergeRecord {
  id: string;
  /** A reference token. */
  into: string;
  /** How many versions, right before this one, the merge recorded of other objects. */
  versions: number;
  /** How many objects of each noun now refer to the survivor in its place. */
  moved: Partial<Record<ResourceName, number>>;
  /** What the survivor took over from it, by member. */
  brought: Record<string, unknown[]>;
}

export const mergeIn = (doc: string): MergeRecord => (JSON.parse(doc) as { merge: MergeRecord }).merge;

interface Entry {
  seq: number;
  noun: string;
  object_id: string;
  operation: string;
  doc: string;
}

/** Records the merges that versions tell of; the version that restores a merged object ends its merge. */
export async function recordMerges(tx: Tx, entries: readonly Entry[]): Promise<void> {
  for (const { seq, noun, object_id, operation, doc } of entries) {
    if (operation === 'merge') {
      const { id, into } = mergeIn(doc);
      await insertRows(tx, 'merges', [{ id, noun, object_id, into_id: decodeReference(into), seq }]);
    }
    if (operation !== 'restore' || !isMergeable(noun as ResourceName)) continue;
    const { merges: t } = tx.tables;
    const inForce = and(eq(t.object_id, object_id), isNull(t.undone_seq));
    const [merge] = await tx.db.select({ id: t.id }).from(t).where(inForce);
    if (merge) await updateRows(tx, 'merges', [{ id: merge.id, undone_seq: seq }]);
  }
}

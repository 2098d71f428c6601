import { and, isNull } from 'drizzle-orm';
import { isMeant } from '../db/query/closures.js';
import { prepared } from '../db/query/prepared.js';
import { decodeReference } from '../db/query/references.js';
import { insertRows, updateRows } from '../db/query/rows.js';
import type { Tx } from '../db/store/store.js';
import { lookUp } from '../lib/collections.js';
import { isMergeable, type ResourceName } from '../lib/ids.js';

/** Which objects were merged into which others, by the merges that are in force. */

const mergesOf = prepared((tx, end: 'object_id' | 'into_id') => {
  const { merges: t } = tx.tables;
  return tx.db
    .select({ id: t.id, object_id: t.object_id, into_id: t.into_id })
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

/** The objects, and all that were merged into them, over any number of merges; each with that of the objects which it is now. */
export async function withMerged(tx: Tx, ids: readonly string[]): Promise<Map<string, string>> {
  const found = new Map(ids.map((id) => [id, id]));
  for (let edge = [...ids]; edge.length > 0; ) {
    const rows = await mergesOf(tx, 'into_id', { ids: JSON.stringify(edge) });
    const more = rows.filter(({ object_id }) => !found.has(object_id));
    for (const { object_id, into_id } of more) found.set(object_id, lookUp(found, into_id));
    edge = more.map(({ object_id }) => object_id);
  }
  return found;
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
  const merged = entries.filter(({ operation }) => operation === 'merge');
  const made = merged.map(({ seq, noun, object_id, doc }) => {
    const { id, into } = mergeIn(doc);
    return { id, noun, object_id, into_id: decodeReference(into), seq };
  });
  await insertRows(tx, 'merges', made);
  const restored = entries.filter(
    ({ noun, operation }) => operation === 'restore' && isMergeable(noun as ResourceName),
  );
  if (restored.length === 0) return;
  const seqs = new Map(restored.map(({ object_id, seq }) => [object_id, seq]));
  const ended = await mergesOf(tx, 'object_id', { ids: JSON.stringify([...seqs.keys()]) });
  await updateRows(
    tx,
    'merges',
    ended.map(({ id, object_id }) => ({ id, undone_seq: lookUp(seqs, object_id) })),
  );
}

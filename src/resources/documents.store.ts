import { isMeant } from '../db/query/closures.js';
import { prepared } from '../db/query/prepared.js';
import { documentJoin } from '../db/query/rows.js';
import type { Tx } from '../db/store/store.js';
import type { ResourceType } from './resource-type.js';

/** Stored documents of objects, without their rows. */

const documentsOfIds = prepared((tx, noun: ResourceType) => {
  const table = tx.tables[noun.table];
  return tx.db
    .select({ id: table.id, doc: tx.documents.doc })
    .from(table)
    .innerJoin(tx.documents, documentJoin(tx, table))
    .where(isMeant(tx, table.id));
});

/** Their output forms with reference tokens, by id: no more than stands in the history. */
export async function documentsById<Stored>(
  tx: Tx,
  noun: ResourceType,
  ids: string[],
): Promise<Map<string, Stored>> {
  if (ids.length === 0) return new Map();
  const rows = await documentsOfIds(tx, noun, { ids: JSON.stringify(ids) });
  return new Map(rows.map(({ id, doc }) => [id, JSON.parse(doc) as Stored]));
}

/** A member that is cached with names, by id; those of objects that do not exist are left out. */
export async function cachedMemberById(
  tx: Tx,
  noun: ResourceType,
  member: string,
  ids: string[],
): Promise<Map<string, string | null>> {
  const cached = await tx.cache?.entries(tx);
  const entryOf = (id: string) => `${noun.name}.${member}:${id}`;
  const found = new Map<string, string | null>();
  const missing: string[] = [];
  for (const id of ids) {
    const text = cached?.get(entryOf(id));
    if (text === undefined) missing.push(id);
    else found.set(id, text || null);
  }
  for (const [id, document] of await documentsById<Record<string, string | null>>(tx, noun, missing)) {
    const text = document[member] ?? null;
    found.set(id, text);
    cached?.set(entryOf(id), text ?? '');
  }
  return found;
}

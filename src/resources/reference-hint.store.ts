import { and, eq, gte, inArray, lt } from 'drizzle-orm';
import { tableOf } from '../db/schema/object-tables.js';
import type { Tx } from '../db/store/store.js';
import type { ResourceName } from '../lib/ids.js';

/** Nouns that have an object of this key. */
export async function nounsOfKey(
  tx: Tx,
  nouns: readonly ResourceName[],
  key: string,
): Promise<ResourceName[]> {
  const { reserved_keys: t } = tx.tables;
  const rows = await tx.db
    .select({ noun: t.noun })
    .from(t)
    .where(and(inArray(t.noun, [...nouns]), eq(t.key, key)));
  return rows.map(({ noun }) => noun as ResourceName);
}

/** Some keys that begin in this way. */
export async function keysLike(tx: Tx, noun: ResourceName, start: string, limit: number): Promise<string[]> {
  const { reserved_keys: t } = tx.tables;
  const rows = await tx.db
    .select({ key: t.key })
    .from(t)
    .where(and(eq(t.noun, noun), gte(t.key, start), lt(t.key, `${start}~`)))
    .orderBy(t.key)
    .limit(limit);
  return rows.map(({ key }) => key);
}

/** Some parties that go by this name, as keys or else ids. */
export async function partiesNamed(tx: Tx, folded: string, limit: number): Promise<string[]> {
  const { party_names: names, parties: t } = tx.tables;
  const rows = await tx.db
    .select({ id: t.id, key: t.key })
    .from(names)
    .innerJoin(t, eq(t.id, names.party_id))
    .where(eq(names.folded, folded))
    .orderBy(t.id)
    .limit(limit);
  return rows.map(({ id, key }) => key ?? id);
}

/** How an object is best referred to. */
export async function keyOrId(tx: Tx, noun: ResourceName, id: string): Promise<string> {
  const t = tx.tables[tableOf[noun]];
  const [row] = await tx.db.select({ key: t.key }).from(t).where(eq(t.id, id));
  return row?.key ?? id;
}

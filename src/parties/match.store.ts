import { eq, sql } from 'drizzle-orm';
import type { Tx } from '../db/store/store.js';
import { fold } from '../lib/text.js';
import { hasIdentifier } from '../resources/identifiers.store.js';
import { POSTINGS, type Postings } from './names/candidates.js';

/** The parties under each of these keys, the first ones by id. */
export async function postingsOf(tx: Tx, keys: readonly string[]): Promise<Postings> {
  const { party_name_keys: t } = tx.tables;
  const rows = await tx.rows<{ key: string; ids: string | null }>(sql`
    with wanted(key) as ${tx.dialect.textsIn(sql`${JSON.stringify(keys)}`)}
    select wanted.key as key, (
      select ${tx.dialect.joined(sql`found.party_id`)}
      from (select party_id from ${t} where ${t.key} = wanted.key order by party_id limit ${POSTINGS}) found
    ) as ids
    from wanted`);
  return new Map(rows.flatMap(({ key, ids }) => (ids === null ? [] : [[key, ids.split(',')] as const])));
}

/** Parties of exactly this name, whatever its case and marks. */
export async function namesakesOf(tx: Tx, name: string, most: number): Promise<string[]> {
  const { party_names: t } = tx.tables;
  const rows = await tx.db
    .select({ id: t.party_id })
    .from(t)
    .where(eq(t.folded, fold(name)))
    .orderBy(t.party_id)
    .limit(most);
  return rows.map(({ id }) => id);
}

export async function identifiedBy(tx: Tx, identifier: string, most: number): Promise<string[]> {
  const { parties: t } = tx.tables;
  const rows = await tx.db
    .select({ id: t.id })
    .from(t)
    .where(await hasIdentifier(tx, 'party', t.id, [identifier]))
    .orderBy(t.id)
    .limit(most);
  return rows.map(({ id }) => id);
}

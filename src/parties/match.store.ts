import { eq, sql } from 'drizzle-orm';
import { atMost } from '../db/query/conditions.js';
import { preparedForEach } from '../db/query/prepared.js';
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

const named = preparedForEach((tx, most: number) => {
  const { party_names: t } = tx.tables;
  return tx.db
    .select({ id: t.party_id })
    .from(t)
    .where(eq(t.folded, sql.placeholder('folded')))
    .orderBy(tx.dialect.opaque(t.party_id))
    .limit(atMost(most));
});

/** Parties of exactly this name, whatever its case and marks. */
export async function namesakesOf(tx: Tx, name: string, most: number): Promise<string[]> {
  const rows = await named.run(tx, most, { folded: fold(name) });
  return rows.map(({ id }) => id);
}

/** Looks up at once what {@link namesakesOf} needs for several names. */
export const foreseeNamesakes = (tx: Tx, names: readonly string[], most: number): Promise<void> =>
  named.foresee(
    tx,
    most,
    names.map((name) => ({ folded: fold(name) })),
  );

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

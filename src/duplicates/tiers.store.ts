import { type SQL, sql } from 'drizzle-orm';
import type { Tables } from '../db/schema/tables.js';
import type { Tx } from '../db/store/store.js';
import type { JudgedNoun } from '../judgements/judgements.schemas.js';
import type { ResourceType } from '../resources/resource-type.js';

/**
 * Where the surest pairs of a noun are: objects that have all of these columns in common. The tiers of a noun are gone through
 * in their order, and then all its objects. A tier only leads to objects; whether two are the same is decided as it is at a
 * creation.
 */
interface Tier {
  table: keyof Tables;
  /** The column with the id of the object. */
  owner: string;
  /** SQL over the columns of the table. */
  keys: readonly string[];
  where: string;
}

const identifiers = (noun: JudgedNoun): Tier => ({
  ...{ table: 'identifiers', owner: 'object_id', keys: ['scheme', 'value'], where: `noun = '${noun}'` },
});

/** The party at one end of a claim and at the other: claims of some predicates can be told from either. */
const ends = ['<', '>'].map(
  (less) => `CASE WHEN value_party_id ${less} subject_id THEN value_party_id ELSE subject_id END`,
);

const tiers: Record<JudgedNoun, readonly Tier[]> = {
  party: [identifiers('party'), { table: 'party_names', owner: 'party_id', keys: ['folded'], where: 'true' }],
  source: [{ table: 'source_urls', owner: 'source_id', keys: ['url'], where: 'true' }, identifiers('source')],
  claim: [
    {
      table: 'claims',
      owner: 'id',
      keys: ['predicate_id', ...ends, 'value_type', 'value_key', 'occurred_from', 'occurred_to'],
      where: 'predicate_id IS NOT NULL AND subject_id IS NOT NULL',
    },
  ],
  attribution: [
    {
      table: 'attributions',
      owner: 'id',
      keys: ['claim_id', 'about_source_id', 'party_id', 'speaker_id', 'stance', 'source_id'],
      where: 'true',
    },
  ],
};

export const tiersOf = (noun: JudgedNoun): readonly (Tier | null)[] => [...tiers[noun], null];

export interface Wanted {
  noun: ResourceType;
  /** Kinds of objects; any where it is left out. */
  kind?: string | undefined;
}

/** Objects of a tier, or all, the newest first. */
export async function objectsIn(
  tx: Tx,
  tier: Tier | null,
  { noun, kind }: Wanted,
  before: string | null,
  limit: number,
): Promise<string[]> {
  const table = tx.tables[noun.table];
  const older = before === null ? sql`true` : sql`id < ${before}`;
  const ofKind = kind === undefined ? undefined : sql`kind = ${kind}`;
  if (tier === null) {
    const rows = await tx.rows<{ id: string }>(
      sql`select id from ${table} where ${older}${ofKind && sql` and ${ofKind}`} order by id desc limit ${sql.raw(String(limit))}`,
    );
    return rows.map(({ id }) => id);
  }
  const { owner, keys, where } = tier;
  const grouped = sql`select ${sql.raw(owner)} as id, min(${sql.raw(owner)}) over same as first, max(${sql.raw(owner)}) over same as last
    from ${tx.tables[tier.table]} where ${sql.raw(where)} window same as (partition by ${sql.raw(keys.join(', '))})`;
  const rows = await tx.rows<{ id: string }>(
    sql`select distinct id from (${grouped}) grouped where first <> last and ${older}${
      ofKind && sql` and id in (select id from ${table} where ${ofKind})`
    } order by id desc limit ${sql.raw(String(limit))}`,
  );
  return rows.map(({ id }) => id);
}

/** Those of the others that share a tier with an object. */
export async function sharing(
  tx: Tx,
  tier: Tier,
  id: string,
  others: readonly string[],
): Promise<Set<string>> {
  if (others.length === 0) return new Set();
  const { owner, keys, where } = tier;
  const named = (of: SQL) =>
    sql`select ${sql.raw(owner)} as id, ${sql.raw(keys.map((key, i) => `${key} as k${i}`).join(', '))}
      from ${tx.tables[tier.table]} where ${sql.raw(where)} and ${of}`;
  const own = named(sql`${sql.raw(owner)} = ${id}`);
  const theirs = named(isMeantText(tx, owner, others));
  const equal = sql.raw(keys.map((_, i) => `own.k${i} is not distinct from theirs.k${i}`).join(' and '));
  const rows = await tx.rows<{ id: string }>(
    sql`select distinct theirs.id as id from (${own}) own inner join (${theirs}) theirs on ${equal}`,
  );
  return new Set(rows.map((row) => row.id));
}

const isMeantText = (tx: Tx, column: string, ids: readonly string[]): SQL =>
  sql`${sql.raw(column)} in ${tx.dialect.textsIn(sql`${JSON.stringify(ids)}`)}`;

/** Those of the ids whose objects are of a kind. */
export async function ofKind(tx: Tx, { noun, kind }: Wanted, ids: readonly string[]): Promise<Set<string>> {
  if (kind === undefined || ids.length === 0) return new Set(ids);
  const rows = await tx.rows<{ id: string }>(
    sql`select id from ${tx.tables[noun.table]} where kind = ${kind} and ${isMeantText(tx, 'id', ids)}`,
  );
  return new Set(rows.map(({ id }) => id));
}

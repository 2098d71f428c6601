import { type SQL, sql } from 'drizzle-orm';
import type { Tables } from '../db/schema/tables.js';
import type { Tx } from '../db/store/store.js';
import type { JudgedNoun } from '../judgements/judgements.schemas.js';
import type { ResourceType } from '../resources/resource-type.js';

/**
 * Where the surest pairs of a noun are: objects with something in common. The tiers of a noun are gone through in their
 * order, and then all its objects. A tier only leads to objects; whether two are the same is decided as it is at a creation.
 */
interface Tier {
  table: keyof Tables;
  /** The column with the id of the object. */
  owner: string;
  /** Ways in which a row `same` of another object has all in common with a row `own`. */
  ways: readonly Way[];
}

/** SQL over rows `same` and `own`. */
interface Way {
  /** Finds rows by an index. */
  by: string;
  /** What must hold besides of these, of which the newest are looked at. */
  also?: string;
}

/** The newest rows that have in common what an index finds: it may find them all over the register. */
const LOOKED_AT = 100;
/** How many times fewer objects are tried where each may lead to so many rows. */
const DEARER = 20;

const equal = (...columns: string[]) =>
  columns.map((name) => `same.${name} is not distinct from own.${name}`).join(' and ');

const identifiers = (noun: JudgedNoun): Tier => ({
  ...{ table: 'identifiers', owner: 'object_id' },
  ways: [
    {
      by: `own.noun = '${noun}' and same.noun = own.noun and same.scheme = own.scheme and same.value = own.value`,
    },
  ],
});

const statement = equal('value_type', 'value_key', 'occurred_from', 'occurred_to');
const words = 'same.party_id = own.party_id and same.stance = own.stance';

const tiers: Record<JudgedNoun, readonly Tier[]> = {
  party: [
    identifiers('party'),
    { table: 'party_names', owner: 'party_id', ways: [{ by: 'same.folded = own.folded' }] },
  ],
  source: [
    { table: 'source_urls', owner: 'source_id', ways: [{ by: 'same.url = own.url' }] },
    identifiers('source'),
  ],
  claim: [
    {
      ...{ table: 'claims', owner: 'id' },
      ways: [
        {
          by: 'same.subject_id = own.subject_id and same.predicate_id = own.predicate_id',
          also: `${equal('value_party_id')} and ${statement}`,
        },
        // Claims of some predicates can be told from either end.
        {
          by: 'same.subject_id = own.value_party_id and same.predicate_id = own.predicate_id',
          also: `same.value_party_id = own.subject_id and ${statement}`,
        },
      ],
    },
  ],
  attribution: [
    {
      ...{ table: 'attributions', owner: 'id' },
      ways: [
        { by: `${words} and same.claim_id = own.claim_id`, also: equal('speaker_id', 'source_id') },
        {
          by: `${words} and same.about_source_id = own.about_source_id`,
          also: equal('speaker_id', 'source_id'),
        },
      ],
    },
  ],
};

export const tiersOf = (noun: JudgedNoun): readonly (Tier | null)[] => [...tiers[noun], null];

export interface Wanted {
  noun: ResourceType;
  /** Kinds of objects; any where it is left out. */
  kind?: string | undefined;
}

/**
 * Objects of a tier, or all, the newest first. No more are tried than are few, or a part of these where trying is dear:
 * with the last of them, if others lie behind it.
 */
export async function objectsIn(
  tx: Tx,
  tier: Tier | null,
  { noun, kind }: Wanted,
  before: string | null,
  limit: number,
): Promise<{ ids: string[]; end: string | null }> {
  const table = tx.tables[noun.table];
  const select = async (where: SQL, rows: SQL): Promise<string[]> => {
    const older = before === null ? sql`true` : sql`object.id < ${before}`;
    const ofKind = kind === undefined ? sql`true` : sql`object.kind = ${kind}`;
    const found = await tx.rows<{ id: string }>(
      sql`select object.id as id from ${table} object where ${older} and ${ofKind} and ${where} order by object.id desc limit ${rows}`,
    );
    return found.map(({ id }) => id);
  };
  const most = sql.raw(String(limit));
  if (tier === null) return { ids: await select(sql`true`, most), end: null };
  const isDear = tier.ways.some(({ also }) => also !== undefined);
  const last = Math.ceil(isDear ? tx.few / DEARER : tx.few) - 1;
  const [end = null] = await select(sql`true`, sql.raw(`1 offset ${last}`));
  const tried = end === null ? sql`true` : sql`object.id >= ${end}`;
  return { ids: await select(sql`${tried} and ${hasSame(tx, tier, sql`object.id`)}`, most), end };
}

/** Those of the others that share a tier with an object. */
export async function sharing(
  tx: Tx,
  tier: Tier,
  { noun }: Wanted,
  id: string,
  others: readonly string[],
): Promise<Set<string>> {
  if (others.length === 0) return new Set();
  const shares = hasSame(tx, tier, sql`${id}`, sql`object.id`);
  const rows = await tx.rows<{ id: string }>(
    sql`select object.id as id from ${tx.tables[noun.table]} object where ${isMeantText(tx, 'object.id', others)} and ${shares}`,
  );
  return new Set(rows.map((row) => row.id));
}

/** That an object has what a tier asks for in common with another one: with any, or the one that is given. */
function hasSame(tx: Tx, { table, owner, ways }: Tier, id: SQL, other?: SQL): SQL {
  const rows = tx.tables[table];
  const [mine, its] = [sql.raw(`own.${owner}`), sql.raw(`same.${owner}`)];
  const isOther = other && sql`${its} = ${other}`;
  const exists = ways.map(({ by, also }) => {
    const found = sql`${rows} same where ${sql.raw(by)} and ${its} <> ${mine}`;
    if (also === undefined) return sql`exists (select 1 from ${found}${isOther && sql` and ${isOther}`})`;
    const newest = sql`select same.* from ${found} order by ${its} desc limit ${sql.raw(String(LOOKED_AT))}`;
    return sql`exists (select 1 from (${newest}) same where ${sql.raw(also)}${isOther && sql` and ${isOther}`})`;
  });
  return sql`exists (select 1 from ${rows} own where ${mine} = ${id} and (${sql.join(exists, sql` or `)}))`;
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

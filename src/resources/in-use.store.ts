import { inArray, type SQL, sql } from 'drizzle-orm';
import { isMeant } from '../db/query/closures.js';
import { atMost } from '../db/query/conditions.js';
import { prepared } from '../db/query/prepared.js';
import { columnOf, tableNamed } from '../db/query/rows.js';
import { tableOf } from '../db/schema/object-tables.js';
import type { Built, Tx } from '../db/store/store.js';
import { groupBy, only } from '../lib/collections.js';
import type { ResourceName } from '../lib/ids.js';
import type { Referrer, ResourceType } from './resource-type.js';

/** An object that refers to another, under a member of its input form. */
export interface Use {
  type: ResourceName;
  id: string;
  key: string | null;
  member: string;
}

/** Some of the objects of these nouns that refer to this one, with their keys; none of those in `except`. */
export async function findUses(
  tx: Tx,
  noun: ResourceType,
  id: string,
  limit: number,
  { of, except }: { of: ReadonlyMap<ResourceName, unknown>; except: ReadonlySet<string> },
): Promise<Use[]> {
  const found: Use[] = [];
  for (const { noun: type, table: name, column, from, member } of noun.referrers) {
    if (!of.has(type)) continue;
    if (found.length >= limit) break;
    const left = limit - found.length;
    const ids = await someReferring(tx, { table: name, column, from }, id, left + except.size);
    const others = ids.filter((one) => !except.has(one)).slice(0, left);
    found.push(...others.map((id) => ({ type, id, key: null, member })));
  }
  for (const type of new Set(found.map((use) => use.type))) {
    const t = tx.tables[tableOf[type]];
    const ids = found.filter((use) => use.type === type).map((use) => use.id);
    const rows = await tx.db.select({ id: t.id, key: t.key }).from(t).where(inArray(t.id, ids));
    const keys = new Map(rows.map((row) => [row.id, row.key]));
    for (const use of found) if (use.type === type) use.key = keys.get(use.id) ?? null;
  }
  return found;
}

const referringToSome = prepared((tx, { table: name, column, from }: ReferringColumn) => {
  const table = tableNamed(tx, name);
  return tx.db
    .selectDistinct({ id: columnOf(table, from) })
    .from(table)
    .where(isMeant(tx, columnOf(table, column)))
    .limit(atMost(COUNTED)) as unknown as Built<{ id: string }>;
});

/** Whether anything refers to one of these objects, but for those in `except`; also where that would take long to tell. */
export async function areInUse(
  tx: Tx,
  noun: ResourceType,
  ids: readonly string[],
  except: ReadonlySet<string>,
): Promise<boolean> {
  for (const referrer of noun.referrers) {
    const found = await referringToSome(tx, referrer, { ids: JSON.stringify(ids) });
    if (found.length === COUNTED || found.some(({ id }) => !except.has(id))) return true;
  }
  return false;
}

/** Most objects of one noun that are counted. */
export const COUNTED = 10_000;

/** How many objects of each noun refer to this one, but for those in `except`; `COUNTED + 1` stands for any larger number. */
export async function countUses(
  tx: Tx,
  noun: ResourceType,
  id: string,
  except: ReadonlySet<string>,
): Promise<Map<ResourceName, number>> {
  const counts = new Map<ResourceName, number>();
  for (const [type, columns] of byReferring(noun)) {
    const n = await countReferring(tx, columns, id, COUNTED + 1, except);
    if (n > 0) counts.set(type, n);
  }
  return counts;
}

/** Whether anything refers to this object, but for those in `except`. */
export async function isInUse(
  tx: Tx,
  noun: ResourceType,
  id: string,
  except: ReadonlySet<string>,
): Promise<boolean> {
  for (const [, columns] of byReferring(noun)) {
    if ((await countReferring(tx, columns, id, 1, except)) > 0) return true;
  }
  return false;
}

const byReferring = ({ referrers }: ResourceType) => groupBy(referrers, (referrer) => referrer.noun);

type ReferringColumn = Pick<Referrer, 'table' | 'column' | 'from'>;

/** Objects that refer to another in a column, each once: no more than these are read, in no order. */
function referring(tx: Tx, { table: name, column, from }: ReferringColumn, id: string, limit: number): SQL {
  const table = tableNamed(tx, name);
  return sql`(select distinct ${table[from]} as id from ${table} where ${table[column]} = ${id} limit ${limit}) referring`;
}

/** Some of the objects that refer to another in a column, in the order of their ids; where there are many, of those found first. */
async function someReferring(tx: Tx, column: ReferringColumn, id: string, limit: number): Promise<string[]> {
  const found = referring(tx, column, id, COUNTED + limit);
  const rows = await tx.rows<{ id: string }>(sql`select id from ${found} order by id limit ${limit}`);
  return rows.map((row) => row.id);
}

/** How many objects refer to another in any of the columns, each once, counted up to a limit. */
export async function countReferring(
  tx: Tx,
  columns: readonly ReferringColumn[],
  id: string,
  limit: number,
  except: ReadonlySet<string> = new Set(),
): Promise<number> {
  const each = columns.map((column) => {
    return sql`select id from ${referring(tx, column, id, limit + except.size)}`;
  });
  const isExcepted = tx.dialect.isAmong(sql`id`, sql`${JSON.stringify([...except])}`);
  const counts = await tx.rows<{ n: number | string }>(
    sql`select count(*) as n from (
      select id from (${sql.join(each, sql` union `)}) found where not ${isExcepted} limit ${limit}
    ) counted`,
  );
  return Number(only(counts).n);
}

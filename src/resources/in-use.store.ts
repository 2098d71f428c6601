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
    const ids = await once(tx, type, `${left} by ${name} ${column} ${id}`, except, () =>
      someReferring(tx, { table: name, column, from }, id, left + except.size),
    );
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

/** What is found of a noun holds until one of its objects is written: a batch may try to remove the same object many times. */
const once = <T>(
  { pending }: Tx,
  of: ResourceName,
  question: string,
  except: ReadonlySet<string>,
  find: () => Promise<T>,
): Promise<T> => (pending && except.size === 0 ? pending.once(of, question, find) : find());

/** Objects that refer to several and may all go along with these; beyond that it is told one by one. */
const MOST_GOING = 1_000;

/**
 * PostgreSQL cannot tell how many refer to the objects of a list. Where it supposes many, it goes through all objects in the order
 * of their ids until it has a thousand: so these are not asked for as distinct, and those of another table in a form that has no order.
 */
const referringToSome = prepared((tx, { table: name, column, from }: ReferringColumn) => {
  const table = tableNamed(tx, name);
  const id = columnOf(table, from);
  const selected = from === 'id' ? tx.db.select({ id }) : tx.db.selectDistinct({ id: tx.dialect.opaque(id) });
  return selected
    .from(table)
    .where(isMeant(tx, columnOf(table, column)))
    .limit(atMost(MOST_GOING)) as unknown as Built<{ id: string }>;
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
    if (found.length === MOST_GOING || found.some(({ id }) => !except.has(id))) return true;
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
    const n = await once(tx, type, `${noun.name} ${id}`, except, () =>
      countReferring(tx, columns, id, COUNTED + 1, except),
    );
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
  for (const columns of byReferring(noun).values()) {
    if ((await countReferring(tx, columns, id, 1, except)) > 0) return true;
  }
  return false;
}

const byReferring = ({ referrers }: ResourceType) => groupBy(referrers, (referrer) => referrer.noun);

type ReferringColumn = Pick<Referrer, 'table' | 'column' | 'from'>;

/** Objects that refer to another in a column, each once: no more than these are read, in no order. */
function referring(tx: Tx, { table: name, column, from }: ReferringColumn, id: string, limit: number): SQL {
  const table = tableNamed(tx, name);
  const distinct = from === 'id' ? sql`` : sql`distinct`;
  return sql`(select ${distinct} ${table[from]} as id from ${table} where ${table[column]} = ${id} limit ${limit}) referring`;
}

/** The same on SQLite, where a statement holds the event loop, by pages; one whose rows are several may stand in them several times. */
async function* pagesReferring(
  tx: Tx,
  { table: name, column, from }: ReferringColumn,
  id: string,
  limit: number,
): AsyncGenerator<string[], undefined> {
  const table = tableNamed(tx, name);
  const [named, to] = [columnOf(table, from), columnOf(table, column)];
  let last = '';
  for (let read = 0; read < limit; ) {
    await tx.yield();
    const size = Math.min(tx.dialect.rowsAtOnce, limit - read);
    // What stands in the table itself has no order there; what has rows in another one is ordered by their index.
    const page =
      from === 'id'
        ? sql`limit ${size} offset ${read}`
        : sql`and ${named} > ${last} order by ${named} limit ${size}`;
    const rows = await tx.rows<{ id: string }>(
      sql`select ${named} as id from ${table} where ${to} = ${id} ${page}`,
    );
    const ids = rows.map((row) => row.id);
    if (ids.length > 0) yield ids;
    if (ids.length < size) return;
    read += from === 'id' ? size : new Set(ids).size;
    last = ids.at(-1)!;
  }
}

/** How many rows refer to an object in a column, up to a limit. An index tells, and no row is read. */
async function countRows(
  tx: Tx,
  { table: name, column }: ReferringColumn,
  id: string,
  limit: number,
): Promise<number> {
  const table = tableNamed(tx, name);
  const counts = await tx.rows<{ n: number }>(
    sql`select count(*) as n from (select 1 from ${table} where ${columnOf(table, column)} = ${id} limit ${limit}) counted`,
  );
  return only(counts).n;
}

/** Some of the objects that refer to another in a column, in the order of their ids; where there are many, of those found first. */
async function someReferring(tx: Tx, column: ReferringColumn, id: string, limit: number): Promise<string[]> {
  if (tx.dialect.engine !== 'sqlite') {
    const found = referring(tx, column, id, COUNTED + limit);
    const rows = await tx.rows<{ id: string }>(sql`select id from ${found} order by id limit ${limit}`);
    return rows.map((row) => row.id);
  }
  const first = new Set<string>();
  for await (const some of pagesReferring(tx, column, id, COUNTED + limit))
    for (const one of some) first.add(one);
  return [...first].sort().slice(0, limit);
}

/** How many objects refer to another in any of the columns, each once, counted up to a limit. */
export async function countReferring(
  tx: Tx,
  columns: readonly ReferringColumn[],
  id: string,
  limit: number,
  except: ReadonlySet<string> = new Set(),
): Promise<number> {
  if (tx.dialect.engine === 'sqlite') return countInPages(tx, columns, id, limit, except);
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

/** The same by statements of which none holds the event loop for long. */
async function countInPages(
  tx: Tx,
  columns: readonly ReferringColumn[],
  id: string,
  limit: number,
  except: ReadonlySet<string>,
): Promise<number> {
  const most = limit + except.size;
  // Rows of an object itself are counted by an index alone, where they are many.
  for (const column of columns) {
    if (column.from === 'id' && (await countRows(tx, column, id, most)) === most) return limit;
  }
  const [column, ...others] = columns;
  if (column?.from === 'id' && others.length === 0 && except.size === 0)
    return countRows(tx, column, id, most);
  const found = new Set<string>();
  for (const column of columns) {
    for await (const some of pagesReferring(tx, column, id, most)) {
      for (const one of some) if (!except.has(one)) found.add(one);
      if (found.size >= limit) return limit;
    }
  }
  return found.size;
}

import { and, asc, desc, eq, gt, lt, or, type SQL, type SQLWrapper, sql } from 'drizzle-orm';
import { columnOf, documentJoin, tableNamed } from '../db/query/rows.js';
import type { Tx } from '../db/store/store.js';
import type { Ending } from '../lib/retraction-ending.js';
import type { Carried, ResourceType } from './resource-type.js';

/** Objects inside of others: the attributions of a claim. */

const quoted = (text: string): SQL => sql.raw(`'${text.replaceAll("'", "''")}'`);

/**
 * A document and behind it the ending that its row tells, written out: lists select it in a part that holds no values.
 * To take the last brace away, SQLite would count the characters of the document: {@link inPlace} does it.
 */
function ended(doc: SQLWrapper, column: SQLWrapper, ending: Ending): SQL<string> {
  const [none, before, after] = [ending.none, ending.before, ending.after].map(quoted);
  return sql<string>`${doc} || case when ${column} is null then ${none} else ${before} || ${column} || ${after} end`;
}

/** Rows whose carried documents have their endings in place of their last braces. */
export function withEndings<Row extends { carried?: string | null }>(noun: ResourceType, rows: Row[]): Row[] {
  if (!noun.carries) return rows;
  for (const row of rows) if (row.carried) row.carried = inPlace(row.carried, noun.carries.ending);
  return rows;
}

/** No text can hold the member: its quotes are escaped. */
const inPlace = (documents: string, { member }: Ending): string =>
  documents.replaceAll(`},"${member}":`, `,"${member}":`);

/** A subquery: the documents of the first objects that stand in this one's output form, with commas between them. */
export function carriedDocuments(
  tx: Tx,
  noun: ResourceType,
  { table: name, owner, order, ending }: Carried,
  limit: number,
): SQL<string | null> {
  const { documents: from } = tx;
  const table = tx.tables[name];
  const named = (column: string) => sql`${table}.${sql.identifier(column)}`;
  const documents = sql`select ${ended(sql`${from}.doc`, named(ending.column), ending)} as doc, ${named(order)} as place, ${named('id')} as id
    from ${table} join ${from} on ${from}.seq = ${named('seq')}
    where ${named(owner)} = ${tx.tables[noun.table]}.id
    order by ${named(order)} desc, ${named('id')} limit ${sql.raw(String(limit))}`;
  return sql<
    string | null
  >`(select ${tx.dialect.joined(sql`doc`, sql`place desc, id`)} from (${documents}) shown)`;
}

/** Carried objects that are read at once. */
const PIECE = 500;

/** The documents of all objects that one carries, in the same order and form; others get their turn meanwhile. */
export async function allCarried(
  tx: Tx,
  { table: name, owner, order, ending }: Carried,
  ownerId: string,
): Promise<string> {
  const table = tableNamed(tx, name);
  const id = columnOf(table, 'id');
  const place = columnOf(table, order);
  const doc = ended(tx.documents.doc, columnOf(table, ending.column), ending);
  const documents: string[] = [];
  let beyond: SQL | undefined;
  for (;;) {
    await tx.yield();
    const rows = await tx.db
      .select({ id, place, doc })
      .from(table)
      .innerJoin(tx.documents, documentJoin(tx, table as never))
      .where(and(eq(columnOf(table, owner), ownerId), beyond))
      .orderBy(desc(place), asc(id))
      .limit(PIECE);
    for (const { doc } of rows) documents.push(inPlace(doc, ending));
    const last = rows.at(-1);
    if (!last || rows.length < PIECE) return documents.join(',');
    beyond = or(lt(place, last.place), and(eq(place, last.place), gt(id, last.id)));
  }
}

import { getTableColumns, sql } from 'drizzle-orm';
import { sqliteKit } from '../db/columns.js';
import type { Tx } from '../db/store.js';
import type { Tables } from '../db/tables.js';
import { OPEN, versioned, versionTables } from '../db/versions.js';

/** Rows of a table that are looked at in one statement, which a server ends when it takes too long. */
const STEP = 5_000;

/** The first column of a table, besides its noun, says which object a row belongs to; with all that is kept. */
const tables = Object.entries(versionTables(sqliteKit)).map(([name, table]) => {
  const {
    valid_from: _from,
    valid_to: _to,
    ...columns
  } = getTableColumns(table as Tables['slugs']) as Record<string, unknown>;
  const kept = Object.keys(columns);
  const owner = kept.includes('id') ? 'id' : kept.find((column) => column !== 'noun')!;
  return { name, kept, owner };
});

/** Where what the kept versions say of the present is not what the tables say: a sentence for each object. */
export async function* differingVersions(tx: Tx): AsyncGenerator<string> {
  for (const [i, { name, kept, owner }] of tables.entries()) {
    const [table, versions, id] = [versioned[i]!, name, owner].map((word) => sql.identifier(word));
    const columns = sql.join(
      kept.map((column) => sql.identifier(column)),
      sql`, `,
    );
    for (let after: unknown = null; ; ) {
      const above = after === null ? sql`TRUE` : sql`${id} > ${after}`;
      const [end] = await tx.rows<{ id: unknown }>(
        sql`SELECT ${id} AS id FROM ${table} WHERE ${above} ORDER BY ${id} LIMIT 1 OFFSET ${STEP - 1}`,
      );
      const within = end ? sql`${above} AND ${id} <= ${end.id}` : above;
      const now = sql`SELECT ${columns} FROM ${table} WHERE ${within}`;
      const open = sql`SELECT ${columns} FROM ${versions} WHERE ${within} AND valid_to = ${OPEN}`;
      const rows = await tx.rows<{ id: unknown }>(
        sql`SELECT ${id} AS id FROM (${now} EXCEPT ${open}) a UNION SELECT ${id} FROM (${open} EXCEPT ${now}) b ORDER BY 1`,
      );
      for (const row of rows) yield `${name} of ${row.id}: what holds now is not what ${versioned[i]} has`;
      if (!end) break;
      after = end.id;
    }
  }
}

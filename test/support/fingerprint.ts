import Database from 'better-sqlite3';
import { sql } from 'drizzle-orm';
import type { Store } from '../../src/db/store/store.js';

/**
 * Watches an SQLite file from a connection of its own: `data_version` rises there whenever another connection
 * commits a change of any row, and not when it rolls back.
 */
export function commitObserver(file: string) {
  const client = new Database(file, { readonly: true });
  return {
    fingerprint: async () => String(client.pragma('data_version', { simple: true })),
    close: () => client.close(),
  };
}

/**
 * The number of rows of each table and the newest transaction that wrote one of them: an insert or an update
 * raises the second, a removal lowers the first.
 */
export function postgresFingerprint(store: Store): Promise<string> {
  return store.read(async (tx) => {
    const named = await tx.rows<{ name: string }>(
      sql`select tablename as name from pg_tables where schemaname = 'public' order by 1`,
    );
    const counted = named.map(
      ({ name }) =>
        sql`select count(*)::text || ':' || coalesce(max(xmin::text::bigint), 0)::text as rows from ${sql.identifier(name)}`,
    );
    const tables = await tx.rows<{ rows: string }>(sql.join(counted, sql` union all `));
    return tables.map(({ rows }) => rows).join(' ');
  });
}

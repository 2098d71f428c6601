import Database from 'better-sqlite3';
import { type Guard, type Guards, quoted } from '../migrations/guards.js';

const SCHEMA = `SELECT type, name, tbl_name AS "on", sql FROM main.sqlite_schema
  WHERE type IN ('table', 'trigger') AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'`;

const guardsOf = (client: Database.Database): Guard[] =>
  (client.prepare(SCHEMA).raw(false).all() as Guard[]).map((guard) =>
    guard.type === 'trigger'
      ? { ...guard, make: guard.sql, drop: `DROP TRIGGER ${quoted(guard.name)}` }
      : guard,
  );

/** Compares the text of each statement with what the migrations make in a new database in memory. */
export function sqliteGuards(client: Database.Database, migrations: string[]): Guards {
  const fresh = new Database(':memory:');
  try {
    for (const sql of migrations) fresh.exec(sql);
    return { expected: guardsOf(fresh), found: guardsOf(client) };
  } finally {
    fresh.close();
  }
}

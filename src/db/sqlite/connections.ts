import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import type { SQL } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import { SQLiteSyncDialect } from 'drizzle-orm/sqlite-core';
import { LRUCache } from 'lru-cache';
import { yieldIfLong } from '../../lib/event-loop.js';
import { sqliteKit } from '../schema/columns.js';
import { tablesAsOf, viewsAsOf } from '../schema/past.js';
import { defineTables, type Tables } from '../schema/tables.js';
import { FEW } from '../store/limits.js';
import type { NameCache, Tx } from '../store/store.js';
import { sqliteDialect } from './dialect.js';
import { Meter, meterTables, visitOf } from './meter.js';
import { compiled, insertion, modification } from './statements.js';

export type Client = Database.Database;

export const tables = defineTables(sqliteKit);
export const asOfTables = tablesAsOf(sqliteKit);

/** The settings every connection must have; better-sqlite3 drops `synchronous` to NORMAL on WAL files. */
const pragmas: Record<string, [set: string, expected: string | number]> = {
  busy_timeout: ['50', 50],
  journal_mode: ['WAL', 'wal'],
  synchronous: ['FULL', 2],
  foreign_keys: ['ON', 1],
  recursive_triggers: ['ON', 1],
  trusted_schema: ['OFF', 0],
};

/** Cache of the writer; SQLite takes a negative number for kibibytes. */
export const WRITER_CACHE = -65_536;
/** What one that reads lacks lies in the memory of the system as a rule: four times as much make it no faster. */
const READER_CACHE = -4_096;

/** What a connection reads: the register as it is, or as it was at an instant. */
export interface Past {
  asOf: string;
}

export function connectWriter(path: string): Client {
  return connect(path, false, (client) => {
    // Where journals of savepoints go that outgrow 64 KB, for the whole process: any other folder may be read-only, or small.
    client.pragma(`temp_store_directory = '${dirname(path).replaceAll("'", "''")}'`);
  });
}

/** A connection that reads, with a meter for what its reads take. */
export function connectReader(path: string, past: Past | null): { client: Client; meter: Meter } {
  let meter!: Meter;
  // Views of the schema may use no functions of ours, so these are temporary.
  const client = connect(path, true, (opened) => {
    meter = new Meter(opened);
    if (past) {
      opened.function('as_of', { deterministic: true }, () => Date.parse(past.asOf));
      opened.function('as_of_text', { deterministic: true }, () => past.asOf);
      const visit = (name: keyof Tables) => visitOf(tables, name);
      for (const [name, select] of viewsAsOf(
        tables,
        { at: 'as_of()', text: 'as_of_text()', visit },
        'main.',
      )) {
        opened.exec(`CREATE TEMP VIEW ${name} AS ${select}`);
      }
    } else meterTables(opened, tables);
  });
  return { client, meter };
}

function connect(path: string, readonly: boolean, prepare: (client: Client) => void): Client {
  const client = new Database(path, { readonly });
  try {
    // Of a journal of a savepoint that is in memory SQLite goes through all pages after each statement: ten thousand changes
    // would take minutes. Those that read write none. A change of this drops what is temporary, such as views.
    client.pragma(`temp_store = ${readonly ? 'MEMORY' : 'FILE'}`);
    prepare(client);
    configure(client, readonly);
    return client;
  } catch (error) {
    client.close();
    throw error;
  }
}

/**
 * Bytes of a page of a new file. A new claim changes one page in each of some seventy indexes, and the log takes
 * whole pages.
 */
const PAGE_BYTES = 1_024;

function configure(client: Client, readonly: boolean): void {
  if (!readonly) client.pragma(`page_size = ${PAGE_BYTES}`);
  for (const [name, [value, expected]] of Object.entries(pragmas)) {
    if (!(readonly && name === 'journal_mode')) client.pragma(`${name} = ${value}`);
    const actual = client.pragma(name, { simple: true });
    if (actual !== expected) throw new Error(`SQLite: ${name} is ${actual}, must be ${expected}`);
  }
  client.pragma(`cache_size = ${readonly ? READER_CACHE : WRITER_CACHE}`);
  client.pragma('journal_size_limit = 67108864');
  // A thread does it (`log-mover.ts`).
  client.pragma('wal_autocheckpoint = 0');
  if (!readonly) return;
  client.pragma('query_only = 1');
  // SQLite reads a whole table for an index of its own, which no meter ends.
  client.pragma('automatic_index = 0');
}

/** The transaction of a connection in which every query of `rows` first leaves the event loop if its turn was long. */
export const inTurns = (tx: Tx, turn: () => Promise<unknown>): Tx => ({
  ...tx,
  yield: turn,
  async rows<T>(query: SQL): Promise<T[]> {
    await turn();
    return tx.rows<T>(query);
  },
});

/** A connection with its prepared statements: preparing costs far more than running a small query. */
export function session(client: Client, seen: Tables, cache: NameCache | null) {
  const statements = new LRUCache<string, Database.Statement>({ max: 500 });
  const prepare = client.prepare.bind(client);
  client.prepare = ((text: string) => {
    const statement = statements.get(text) ?? prepare(text);
    statements.set(text, statement);
    return statement;
  }) as typeof client.prepare;

  const columnNames = new WeakMap<Database.Statement, string[]>();
  const namesOf = (statement: Database.Statement): string[] => {
    const names = columnNames.get(statement) ?? statement.columns().map(({ name }) => name);
    columnNames.set(statement, names);
    return names;
  };

  const toQuery = new SQLiteSyncDialect();
  const rows = async <T>(query: SQL): Promise<T[]> => {
    const { sql, params } = toQuery.sqlToQuery(query);
    const statement = client.prepare(sql).raw(true);
    // Faster than the objects that the driver makes.
    const names = namesOf(statement);
    const found = statement.all(...params) as unknown[][];
    return found.map((values) => {
      const row: Record<string, unknown> = {};
      for (const [i, name] of names.entries()) row[name] = values[i];
      return row as T;
    });
  };
  const exec = (text: string): void => void client.prepare(text).run();
  async function savepoint<T>(fn: () => Promise<T>): Promise<T> {
    exec('SAVEPOINT part');
    try {
      const result = await fn();
      exec('RELEASE part');
      return result;
    } catch (error) {
      // Some errors end the whole transaction.
      if (client.inTransaction) {
        exec('ROLLBACK TO part');
        exec('RELEASE part');
      }
      throw error;
    }
  }
  const tx: Tx = {
    db: drizzle(client),
    tables: seen,
    documents: tables.history,
    dialect: sqliteDialect,
    few: FEW,
    rows,
    prepare: (query) => compiled(prepare, query),
    insertion: (table, columns) => insertion(prepare, table, columns),
    modification: (table, columns) => modification(prepare, table, columns),
    yield: () => yieldIfLong(),
    savepoint,
    cache,
    asOf: null,
    at: 0,
    pending: null,
  };
  return { client, exec, tx };
}

import Database from 'better-sqlite3';
import type { SQL } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import { SQLiteSyncDialect } from 'drizzle-orm/sqlite-core';
import { LRUCache } from 'lru-cache';
import { yieldIfLong } from '../lib/event-loop.js';
import { sqliteKit } from './columns.js';
import { sqliteDialect } from './dialect.js';
import { tablesAsOf, viewsAsOf } from './past.js';
import type { NameCache } from './references.js';
import type { Tx } from './store.js';
import { defineTables, type Tables } from './tables.js';

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

/** Kibibytes of pages that the writer keeps, as SQLite counts them: below zero. */
export const WRITER_CACHE = -65_536;

interface Connecting {
  readonly: boolean;
  /** For a connection that reads the register as it was: where to look the instant up. */
  past?: Past | undefined;
}

export interface Past {
  asOf: string;
}

export function connect(path: string, { readonly, past }: Connecting): Client {
  const client = new Database(path, { readonly });
  try {
    // Journals of statements stay out of files. A change of this drops what is temporary, such as views.
    client.pragma('temp_store = MEMORY');
    if (past) {
      client.function('as_of', { deterministic: true }, () => Date.parse(past.asOf));
      client.function('as_of_text', { deterministic: true }, () => past.asOf);
      // Views of the schema may use no functions of ours.
      const instant = { at: 'as_of()', text: 'as_of_text()' };
      for (const [name, select] of viewsAsOf(tables, instant, 'main.')) {
        client.exec(`CREATE TEMP VIEW ${name} AS ${select}`);
      }
    }
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

/** Pages that the log holds before they are written to the file: most are changed many times by then. */
export const LOG_PAGES = 32_000;

function configure(client: Client, readonly: boolean): void {
  if (!readonly) client.pragma(`page_size = ${PAGE_BYTES}`);
  for (const [name, [value, expected]] of Object.entries(pragmas)) {
    if (!(readonly && name === 'journal_mode')) client.pragma(`${name} = ${value}`);
    const actual = client.pragma(name, { simple: true });
    if (actual !== expected) throw new Error(`SQLite: ${name} is ${actual}, must be ${expected}`);
  }
  client.pragma(`cache_size = ${readonly ? -16_384 : WRITER_CACHE}`);
  client.pragma('journal_size_limit = 67108864');
  client.pragma(`wal_autocheckpoint = ${LOG_PAGES}`);
  if (readonly) client.pragma('query_only = 1');
}

export type Session = ReturnType<typeof session>;

/** Connections that are lent out one by one. */
export class Readers {
  private readonly all: Session[] = [];
  private readonly idle: Session[] = [];
  private readonly waiting: (() => void)[] = [];

  get size(): number {
    return this.all.length;
  }

  [Symbol.iterator] = () => this.all.values();

  add(reader: Session): void {
    this.all.push(reader);
    this.idle.push(reader);
  }

  async take(): Promise<Session> {
    while (this.idle.length === 0) await new Promise<void>((resolve) => this.waiting.push(resolve));
    return this.idle.pop()!;
  }

  giveBack(reader: Session): void {
    this.idle.push(reader);
    this.waiting.shift()?.();
  }
}

/** A connection with its prepared statements: preparing costs far more than running a small query. */
export function session(client: Client, tables: Tables, cache: NameCache | null) {
  const statements = new LRUCache<string, Database.Statement>({ max: 500 });
  const prepare = client.prepare.bind(client);
  client.prepare = ((text: string) => {
    const statement = statements.get(text) ?? prepare(text);
    statements.set(text, statement);
    return statement;
  }) as typeof client.prepare;

  const toQuery = new SQLiteSyncDialect();
  const rows = async <T>(query: SQL): Promise<T[]> => {
    const { sql, params } = toQuery.sqlToQuery(query);
    const statement = client.prepare(sql).raw(true);
    // Faster than the objects that the driver makes.
    const names = statement.columns().map(({ name }) => name);
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
    tables,
    dialect: sqliteDialect,
    rows,
    yield: () => yieldIfLong(),
    savepoint,
    cache,
    asOf: null,
    at: 0,
  };
  return { client, exec, tx };
}

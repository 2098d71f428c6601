import type { SQL } from 'drizzle-orm';
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3';
import type { Dialect } from './dialect.js';
import { openPostgres } from './postgres.js';
import { openPool } from './postgres-pool.js';
import type { ReferenceCache } from './references.js';
import { openSqlite } from './sqlite.js';
import type { Tables } from './tables.js';

/**
 * The part of Drizzle that means the same on both engines. `transaction`, `get`, `all`, `run` and `execute`
 * are left out on purpose: the store alone begins and ends transactions.
 */
export type Db = Pick<
  BetterSQLite3Database,
  'select' | 'selectDistinct' | 'insert' | 'update' | 'delete' | 'with' | '$with' | '$count'
>;

/** A transaction, handed as first argument to every function that touches the database. */
export interface Tx {
  db: Db;
  tables: Tables;
  dialect: Dialect;
  /** Runs a hand-written query, for what the query builder cannot say on both engines. */
  rows<T>(query: SQL): Promise<T[]>;
  /** All or nothing within the transaction: what `fn` did is undone when it throws, and the rest stays. */
  savepoint<T>(fn: () => Promise<T>): Promise<T>;
  /** Names shown in references; absent in a write, whose changes may yet be rolled back. */
  cache: ReferenceCache | null;
}

export interface Store {
  /** One snapshot of the register for all queries of `fn`. */
  read<T>(fn: (tx: Tx) => Promise<T>): Promise<T>;
  /** All or nothing: what `fn` did is committed when it resolves and undone when it throws. */
  write<T>(fn: (tx: Tx) => Promise<T>): Promise<T>;
  /** Throws unless the database answers and its schema is the one this program knows. */
  check(): Promise<void>;
  close(): Promise<void>;
}

export interface StoreOptions {
  /** `file:…` for SQLite, `postgres://…` for PostgreSQL. */
  url: string;
  /** Most connections to PostgreSQL. */
  poolSize?: number;
  /** Called when the engine reports that its storage can no longer be trusted; the process must end. */
  onFatal: (error: Error) => void;
}

/** Opens the register behind a URL, brings its schema up to date, and asserts its settings. */
export async function openStore({ url, poolSize = 10, onFatal }: StoreOptions): Promise<Store> {
  if (/^postgres(ql)?:/.test(url)) {
    return openPostgres(openPool(url, poolSize)).catch((error: Error & { code?: string }) => {
      const { host, pathname } = new URL(url);
      throw new Error(`PostgreSQL at ${host}${pathname}: ${error.message || error.code}`, { cause: error });
    });
  }
  return openSqlite(url.replace(/^file:/, ''), onFatal);
}

import type { SQL } from 'drizzle-orm';
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3';
import type { SQLiteColumn, SQLiteTable } from 'drizzle-orm/sqlite-core';
import type { LRUCache } from 'lru-cache';
import type { MigrationTarget } from '../migrations/migrate.js';
import type { Tables } from '../schema/tables.js';
import type { Dialect } from './dialect.js';
import type { Limits } from './limits.js';
import type { Pending } from './pending.js';
import type { ReadLog } from './read-log.js';

/**
 * The part of Drizzle that means the same on both engines. `transaction`, `get`, `all`, `run` and `execute`
 * are left out on purpose: only the store begins and ends transactions.
 */
export type Db = Pick<
  BetterSQLite3Database,
  'select' | 'selectDistinct' | 'insert' | 'update' | 'delete' | 'with' | '$with' | '$count'
>;

export type Values = Record<string, unknown>;
/** A query of the query builder, with the type of the rows that it selects. */
export interface Built<Row> {
  prepare(): {
    execute(values?: Values): PromiseLike<Row[]>;
    getQuery(): { sql: string; params: unknown[] };
  };
  _: { selectedFields?: Record<string, unknown> };
}

/** The cells of a row, in the order of some columns. */
export type Cells = readonly unknown[];

/** Names shown in references, kept from one read to the next. */
export interface NameCache {
  /** The names that hold in this transaction, as JSON text by `noun:id`; null where nothing can be kept. */
  entries(tx: Tx): Promise<LRUCache<string, string> | null>;
}

/** A transaction, handed as first argument to every function that touches the database. */
export interface Tx {
  db: Db;
  tables: Tables;
  /**
   * The history, in which rows find their documents by number. In a read of the past all of it: a row names no version
   * that was recorded later, and SQLite would read the whole history for a Bloom filter if it had a condition.
   */
  documents: Tables['history'];
  dialect: Dialect;
  /** Rows of a list that are looked up and sorted, where a condition leads to no more. */
  few: number;
  /** Is told of how many rows were looked up, where these were few. */
  onFew?: (rows: number) => void;
  /** Runs a hand-written query, for what the query builder cannot say on both engines. */
  rows<T>(query: SQL): Promise<T[]>;
  /** Makes a query ready to be run often, with values for its placeholders. */
  prepare<Row>(query: Built<Row>): (values?: Values) => PromiseLike<Row[]>;
  /** The same for many values with one statement, where each statement costs a round trip: the rows for each of them, in their order. */
  prepareEach?<Row>(query: Built<Row>): (all: readonly Values[]) => Promise<Row[][]>;
  /**
   * Makes a statement ready that inserts any number of rows, each the cells of these columns. That rows cannot be stored may be
   * told only by what comes after: another statement, or the end of the savepoint or of the transaction.
   */
  insertion(
    table: SQLiteTable,
    columns: readonly SQLiteColumn[],
  ): (rows: readonly Cells[]) => PromiseLike<unknown>;
  /** Makes a statement ready that changes any number of rows in the same way, each found by the first of these columns, and given once. */
  modification: Tx['insertion'];
  /**
   * To be awaited between the pieces of long work: gives the event loop its turn when this one has lasted long, and
   * throws where nobody waits for the transaction any more. The functions of `db/` do it before each statement.
   */
  yield(): Promise<unknown>;
  /** All or nothing within the transaction: what `fn` did is undone when it throws, and the rest stays. */
  savepoint<T>(fn: () => Promise<T>): Promise<T>;
  /** Names shown in references; absent in a write, whose changes may yet be rolled back. */
  cache: NameCache | null;
  /** The instant whose register is read; null for the present. */
  asOf: string | null;
  /** The instant of a write in milliseconds: `valid_from` of all rows that it leaves. 0 in a read. */
  at: number;
  /** What a write has done that the database does not show yet; null in a read. */
  pending: Pending | null;
  /** Where its queries are written down, and the transaction behind it, whose queries are not. */
  noted?: { tx: Tx; log: ReadLog };
}

export interface ReadOptions {
  /** RFC 3339, UTC, milliseconds: the register as all writes recorded up to then left it. */
  asOf?: string | null | undefined;
  /** How much the read may take; no limit by default. */
  limits?: Limits | undefined;
}

/** What reads the register: the store itself, or the store at an instant. */
export type Reader = Pick<Store, 'read'>;
/** A register that is opened only for reading. */
export type ReadStore = Pick<Store, 'read' | 'close'>;

export interface Store {
  /** One snapshot of the register for all queries of `fn`, as it is or as it was at an instant. */
  read<T>(fn: (tx: Tx) => Promise<T>, options?: ReadOptions): Promise<T>;
  /**
   * All or nothing: what `fn` did is committed when it resolves and undone when it throws. `now` is the
   * present instant; `fn` gets the one at which the write is recorded, which is never before that of an
   * earlier write, whatever the clocks of several instances say. Left out: that of the newest write. Once
   * `signal` is aborted nothing is begun or committed: the write throws the reason.
   */
  write<T>(fn: (tx: Tx, at: string) => Promise<T>, now?: string, signal?: AbortSignal): Promise<T>;
  /** Statements of the engine's own, after all writes that were asked for before. */
  maintain<T>(fn: (target: MigrationTarget) => Promise<T>): Promise<T>;
  /** Throws unless the database answers and its schema is the one this program knows. */
  check(): Promise<void>;
  close(): Promise<void>;
}

import type { SQL } from 'drizzle-orm';
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3';
import type { Dialect } from './dialect.js';
import { refuseGuardFaults } from './guards.js';
import type { Limits } from './limits.js';
import { guardFaultsOf, type MigrationTarget } from './migrate.js';
import { isPostgres, nameOf } from './postgres/hosts.js';
import type { Built, Values } from './query/prepared.js';
import type { NameCache } from './query/references.js';
import type { Tables } from './schema/tables.js';
import { refuseUnfinishedCopy } from './settings.js';
import type { Unindexed } from './unindexed.js';

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
  /**
   * The history, in which rows find their documents by number. In a read of the past all of it: a row names no version
   * that was recorded later, and SQLite would read the whole history for a Bloom filter if it had a condition.
   */
  documents: Tables['history'];
  dialect: Dialect;
  /** Runs a hand-written query, for what the query builder cannot say on both engines. */
  rows<T>(query: SQL): Promise<T[]>;
  /** Makes a query ready to be run often, with values for its placeholders. */
  prepare<Row>(query: Built<Row>): (values?: Values) => PromiseLike<Row[]>;
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
  /** Objects that a write has still to put into the index of words; null in a read. */
  unindexed: Unindexed | null;
}

export interface ReadOptions {
  /** RFC 3339, UTC, milliseconds: the register as all writes recorded up to then left it. */
  asOf?: string | null | undefined;
  /** As much as it needs unless told. */
  limits?: Limits | undefined;
}

/** What reads the register: the store itself, or the store at an instant. */
export type Reader = Pick<Store, 'read'>;
/** A register that is opened for reading alone. */
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

export interface StoreOptions {
  /** `file:…` for SQLite, `postgres://…` for PostgreSQL. */
  url: string;
  /** Streaming replicas of the PostgreSQL server, for reads. */
  replicaUrls?: string[];
  /** Most connections to a PostgreSQL server. */
  poolSize?: number;
  /** Whether the register may be an unfinished copy. */
  copying?: boolean;
  /** Whether guards of the register may be missing or altered, as in one that is to be verified. */
  damaged?: boolean;
  /** Called when the engine reports that its storage can no longer be trusted; the process must end. */
  onFatal: (error: Error) => void;
}

/** Opens the register behind a URL, brings its schema up to date, and asserts its settings and guards. */
export async function openStore(options: StoreOptions): Promise<Store> {
  const store = await openEngine(options);
  try {
    // Guards of a copy are made when all rows are there.
    if (!options.copying) {
      await refuseUnfinishedCopy(store);
      if (!options.damaged) refuseGuardFaults(await store.maintain(guardFaultsOf));
    }
    return store;
  } catch (error) {
    await store.close();
    throw error;
  }
}

/** Only the engine in use is loaded: that of PostgreSQL takes a tenth of a whole start. */
async function openEngine({ url, replicaUrls = [], poolSize = 10, onFatal }: StoreOptions): Promise<Store> {
  if (!isPostgres(url)) {
    const { openSqlite } = await import('./sqlite/sqlite.js');
    return openSqlite(pathOf(url), onFatal);
  }
  const { openPool, openReplica } = await import('./postgres/pool.js');
  const { openPostgres } = await import('./postgres/postgres.js');
  const replicas = replicaUrls.map((replica) => openReplica(replica, poolSize));
  return openPostgres(openPool(url, poolSize), replicas).catch((error: Error & { code?: string }) => {
    throw new Error(`PostgreSQL at ${nameOf(url)}: ${error.message || error.code}`, { cause: error });
  });
}

const pathOf = (url: string): string => url.replace(/^file:/, '');

/** Opens a register that this process serves already, for one more thread of it that reads. */
export async function openReader({
  url,
  replicaUrls = [],
}: Pick<StoreOptions, 'url' | 'replicaUrls'>): Promise<ReadStore> {
  if (!isPostgres(url)) return (await import('./sqlite/sqlite.js')).openSqliteReader(pathOf(url));
  const { openPool, openReplica } = await import('./postgres/pool.js');
  const { openPostgresReader } = await import('./postgres/postgres.js');
  // One connection for a read, and one to cancel it.
  return openPostgresReader(
    openPool(url, 2),
    replicaUrls.map((replica) => openReplica(replica, 2)),
  );
}

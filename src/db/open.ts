import { refuseGuardFaults } from './migrations/guards.js';
import { guardFaultsOf } from './migrations/migrate.js';
import { refuseUnfinishedCopy } from './store/settings.js';
import type { ReadStore, Store } from './store/store.js';
import { isPostgres, nameOf } from './store/url.js';

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

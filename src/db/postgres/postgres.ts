import { setTimeout as sleep } from 'node:timers/promises';
import { yieldIfLong } from '../../lib/event-loop.js';
import { type MigrationTarget, migrate, schemaIsCurrent } from '../migrations/migrate.js';
import { Pending } from '../store/pending.js';
import type { ReadStore, Store, Tx } from '../store/store.js';
import { isConflict, isConnectionError, toApiError, unavailable } from './errors.js';
import { postgresGuards } from './guards.js';
import type { PgConnection, PgPool, Session } from './pool.js';
import { openReaders } from './readers.js';

/** Oldest server this is tested on. */
const MIN_VERSION = 150_000;
/** The key of the lock: any number, the same for all instances. */
const MIGRATION_LOCK = 7_310_021;
/** How often a write is run again after a conflict with another one. */
const TRIES = 10;

/**
 * Writes of all instances follow one another, as on SQLite: history is numbered in the order of commits, and
 * no write decides on what another one is just changing. The lock is on a table that hardly ever changes and
 * keeps nobody else from reading or writing it. LOCK comes before the snapshot; an advisory lock would not.
 */
const LOCKED = 'BEGIN ISOLATION LEVEL REPEATABLE READ; LOCK TABLE settings IN SHARE UPDATE EXCLUSIVE MODE';

/**
 * A write looks up what it needs by indexes. Where it asks for many values at once PostgreSQL does not know them, supposes for each
 * as many rows as most have, and would rather go through a whole table for each where few values stand in it.
 */
const WRITE = `${LOCKED}; SET LOCAL enable_seqscan = off`;

/** PostgreSQL through a pool of connections; reads may go to replicas (`postgres-readers.ts`). */
export async function openPostgres(pool: PgPool, replicaPools: PgPool[] = []): Promise<Store> {
  const readers = openReaders(pool, replicaPools);
  const { session, read } = readers;
  let last: Promise<unknown> = Promise.resolve();

  function write<T>(fn: (tx: Tx, at: string) => Promise<T>, now?: string, signal?: AbortSignal): Promise<T> {
    const run = last.then(() => transact(fn, now, signal));
    last = run.catch(() => undefined);
    return run;
  }

  async function transact<T>(
    fn: (tx: Tx, at: string) => Promise<T>,
    now?: string,
    signal?: AbortSignal,
  ): Promise<T> {
    for (let tries = 1; ; tries += 1) {
      await yieldIfLong(signal);
      const writer = await session();
      let committing = false;
      try {
        const [, at] = await Promise.all([writer.begin(WRITE), recordedAt(writer, now)]);
        const pending = new Pending();
        const savepoint: Tx['savepoint'] = (part) => writer.writing.savepoint(() => pending.within(part));
        const yielding = () => yieldIfLong(signal);
        const tx = { ...writer.writing, at: Date.parse(at), yield: yielding, pending, savepoint };
        const result = await fn(tx, at);
        await pending.finish();
        signal?.throwIfAborted();
        // PostgreSQL answers COMMIT with a silent rollback when a statement has failed.
        await writer.inserted();
        committing = true;
        await writer.commit();
        return result;
      } catch (error) {
        if (committing && isConnectionError(writer.fault)) {
          const detail =
            'The database was lost; whether the write was kept is unknown. Retry with the same key.';
          throw unavailable(detail, error);
        }
        if (!isConflict(writer.fault) || tries === TRIES) throw toApiError(error);
      } finally {
        await writer.release();
      }
      await sleep(Math.random() * Math.min(2 ** tries, 100));
    }
  }

  async function withConnection<T>(fn: (connection: PgConnection) => Promise<T>): Promise<T> {
    const connection = await pool.connect();
    let fault: unknown = null;
    try {
      return await fn(connection);
    } catch (error) {
      fault = error;
      throw error;
    } finally {
      connection.release(isConnectionError(fault));
    }
  }

  async function maintain<T>(fn: (target: MigrationTarget) => Promise<T>): Promise<T> {
    await last;
    return withConnection((connection) => fn(migrationTarget(connection)));
  }

  async function check(): Promise<void> {
    await withConnection(async (connection) => {
      const target = migrationTarget(connection);
      const [server] = await target.rows<{ read_only: string }>(
        "SELECT current_setting('transaction_read_only') AS read_only",
      );
      if (server?.read_only !== 'off') throw new Error('the server takes no writes: it is a standby');
      if (!(await schemaIsCurrent(target))) throw new Error('the schema is not current');
    });
  }

  async function close(): Promise<void> {
    await last;
    await readers.close();
  }

  try {
    await withConnection(async (connection) => {
      await assertSettings(connection);
      await migrate(migrationTarget(connection));
    });
  } catch (error) {
    await readers.close();
    throw error;
  }
  return { read, write, maintain, check, close };
}

/** Opens the register only for reading. */
export function openPostgresReader(pool: PgPool, replicaPools: PgPool[] = []): ReadStore {
  const { read, close } = openReaders(pool, replicaPools);
  return { read, close };
}

/** The instant of a write: the present, but never before that of the write before it, of any instance. */
async function recordedAt(writer: Session, now: string | undefined): Promise<string> {
  const text = 'UPDATE commit_clock SET at = greatest(at, $1) RETURNING at';
  const { rows } = await writer.query({ text }, [now === undefined ? 0 : Date.parse(now)]);
  // A register that is being copied into has no instant yet.
  return new Date((rows[0] as { at: number } | undefined)?.at ?? 0).toISOString();
}

async function assertSettings(connection: PgConnection): Promise<void> {
  const names = ['server_version_num', 'server_encoding', 'synchronous_commit'];
  const shown = await connection.query(
    `SELECT ${names.map((name) => `current_setting('${name}') AS ${name}`).join(', ')}`,
  );
  const settings = shown.rows[0] as Record<string, string>;
  if (Number(settings.server_version_num) < MIN_VERSION) {
    throw new Error(`PostgreSQL: version ${MIN_VERSION / 10_000} or later is needed`);
  }
  if (settings.server_encoding !== 'UTF8') {
    throw new Error(`PostgreSQL: the database is encoded in ${settings.server_encoding}, must be UTF8`);
  }
  if (settings.synchronous_commit === 'off') {
    throw new Error('PostgreSQL: synchronous_commit is off, which loses acknowledged writes');
  }
}

function migrationTarget(connection: PgConnection): MigrationTarget {
  // No limit on this side: building an index may take hours.
  const run = (text: string) => connection.query({ text, query_timeout: 2 ** 31 - 1 });
  const target: MigrationTarget = {
    engine: 'postgres',
    exec: async (text) => void (await run(text)),
    rows: async <T>(text: string) => (await run(text)).rows as T[],
    guards: (migrations) => postgresGuards(target, migrations),
    async exclusively(fn) {
      await run(
        'BEGIN ISOLATION LEVEL READ COMMITTED; SET LOCAL statement_timeout = 0; SET LOCAL lock_timeout = 0',
      );
      try {
        await run(`SELECT pg_advisory_xact_lock(${MIGRATION_LOCK})`);
        await fn();
        await run('COMMIT');
      } catch (error) {
        await run('ROLLBACK').catch(() => undefined);
        throw error;
      }
    },
  };
  return target;
}

import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ApiError } from '../../lib/errors.js';
import { yieldIfLong } from '../../lib/event-loop.js';
import { type MigrationTarget, migrate, schemaIsCurrent } from '../migrations/migrate.js';
import { Pending } from '../store/pending.js';
import type { ReadStore, Store, Tx } from '../store/store.js';
import { type Client, connectWriter, inTurns, session, tables, WRITER_CACHE } from './connections.js';
import { sqliteCode } from './dialect.js';
import { sqliteGuards } from './guards.js';
import { LogMover } from './log-mover.js';
import { LongWrites } from './long-writes.js';
import { openReaders } from './readers.js';

/** Connections that read the present. One thread uses them in turns, and each keeps its own pages in memory. */
const READERS = 2;
/** Connections that read the register as it was. */
const PAST_READERS = 1;
/** How long a write waits for another process (an import, a backup) before it answers 503. */
const BUSY_LIMIT_MS = 5_000;
/** How long an instance that starts waits for another one, which may be migrating a large register. */
const START_LIMIT_MS = 60_000;

/**
 * SQLite through better-sqlite3: one writer connection with a queue, separate readers. The driver is
 * synchronous, so a transaction must await nothing but its own queries and the turns it leaves to others.
 */
export async function openSqlite(path: string, onFatal: (error: Error) => void): Promise<Store> {
  mkdirSync(dirname(path), { recursive: true });
  const writer = await retryWhileBusy(() => connectWriter(path), START_LIMIT_MS);
  await migrate(migrationTarget(writer));
  const readers = await openReaders(path, { present: READERS, past: PAST_READERS, opening, toApiError });
  const writing = session(writer, tables, null);
  const longWrites = new LongWrites(writer, path, WRITER_CACHE);
  const log = new LogMover(writer, path);
  let last: Promise<unknown> = Promise.resolve();
  let failed: Error | null = null;

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
    if (failed) throw unavailable('The storage has failed; the service is stopping.');
    try {
      await log.ready();
      await yieldIfLong(signal);
      await retryWhileBusy(() => writing.exec('BEGIN IMMEDIATE'), BUSY_LIMIT_MS);
      const at = recordedAt(writer, now);
      const yieldOrEnd = async () => {
        // A load of files has no signal: it delays no other write, and may use all memory.
        if ((await yieldIfLong(signal)) && signal) longWrites.look();
      };
      const pending = new Pending();
      const savepoint: Tx['savepoint'] = (part) => writing.tx.savepoint(() => pending.within(part));
      const tx = { ...inTurns(writing.tx, yieldOrEnd), at: Date.parse(at), pending, savepoint };
      const result = await fn(tx, at);
      await pending.finish();
      await longWrites.sync();
      signal?.throwIfAborted();
      writing.exec('COMMIT');
      return result;
    } catch (error) {
      if (writer.inTransaction) writing.exec('ROLLBACK');
      throw toApiError(error);
    } finally {
      longWrites.end();
      log.look();
    }
  }

  function toApiError(error: unknown): unknown {
    const code = sqliteCode(error);
    if (code === 'SQLITE_FULL') {
      return new ApiError(
        'storage_full',
        'The disk is full; nothing was written.',
        [],
        {},
        { 'retry-after': '30' },
      );
    }
    // A failed sync leaves it unknown what is on the disk: only a restart can tell, so the process ends.
    if (isBroken(error)) {
      failed ??= error as Error;
      onFatal(failed);
      return unavailable(
        'The storage failed; whether the write was kept is unknown. Retry with the same key.',
      );
    }
    return error;
  }

  function maintain<T>(fn: (target: MigrationTarget) => Promise<T>): Promise<T> {
    const run = last.then(() => fn(migrationTarget(writer))).finally(() => log.look());
    last = run.catch(() => undefined);
    return run;
  }

  async function check(): Promise<void> {
    if (failed) throw failed;
    await readers.read(async (tx) => tx.db.select().from(tx.tables.reference_epoch));
    if (!(await schemaIsCurrent(migrationTarget(writer)))) throw new Error('the schema is not current');
  }

  async function close(): Promise<void> {
    await last;
    await log.close();
    readers.close();
    try {
      if (isWorthCounting(writer)) writer.pragma('optimize');
      writer.pragma('wal_checkpoint(TRUNCATE)');
    } catch (error) {
      // Another process is doing the same, for these changes as well.
      if (!isBusy(error)) throw error;
    } finally {
      writer.close();
    }
  }

  return { read: readers.read, write, maintain, check, close };
}

/** Opens the register only for reading, while another thread of the process writes it. */
export async function openSqliteReader(path: string): Promise<ReadStore> {
  const toApiError = (error: unknown) => (isBroken(error) ? unavailable('The storage failed.') : error);
  const { read, close } = await openReaders(path, { present: 1, past: 1, opening, toApiError });
  return { read, close: async () => close() };
}

/** From this number of versions on, statistics of the register stay useful while it grows. */
const ENOUGH_TO_COUNT = 10_000;

/** Statistics of a small register say that a scan is as good as an index, also after it has grown. */
const isWorthCounting = (client: Client): boolean =>
  ((client.prepare('SELECT max(seq) FROM history').pluck().get() as number | null) ?? 0) >= ENOUGH_TO_COUNT;

/** Another process may be migrating. */
const opening = <T>(fn: () => T): Promise<T> => retryWhileBusy(fn, START_LIMIT_MS);

const isBroken = (error: unknown): boolean => /^SQLITE_(IOERR|CORRUPT|NOTADB)/.test(sqliteCode(error));
const isBusy = (error: unknown): boolean => sqliteCode(error).startsWith('SQLITE_BUSY');
const unavailable = (detail: string) => new ApiError('unavailable', detail, [], {}, { 'retry-after': '1' });

/** Runs what needs a lock that another process may hold; waits for it without blocking the event loop. */
async function retryWhileBusy<T>(fn: () => T, limit: number): Promise<T> {
  const deadline = Date.now() + limit;
  for (let pause = 5; ; pause = Math.min(pause * 2, 100)) {
    try {
      return fn();
    } catch (error) {
      if (!isBusy(error)) throw error;
      if (Date.now() > deadline) throw unavailable('Another process is writing; try again shortly.');
      await sleep(pause);
    }
  }
}

/** The instant of a write: the present, but never before that of the write before it. */
function recordedAt(writer: Client, now: string | undefined): string {
  const stamp = writer.prepare('UPDATE commit_clock SET at = max(at, ?) RETURNING at').raw(false);
  const row = stamp.get(now === undefined ? 0 : Date.parse(now)) as { at: number } | undefined;
  // A register that is being copied into has no instant yet.
  return new Date(row?.at ?? 0).toISOString();
}

function migrationTarget(client: Client): MigrationTarget {
  return {
    engine: 'sqlite',
    exec: async (text) => void client.exec(text),
    rows: async <T>(text: string) => client.prepare(text).raw(false).all() as T[],
    guards: async (migrations) => sqliteGuards(client, migrations),
    // Rebuilding a table must not fire its foreign keys; the setting is ignored inside a transaction.
    async exclusively(fn) {
      client.pragma('foreign_keys = OFF');
      await retryWhileBusy(() => client.exec('BEGIN IMMEDIATE'), START_LIMIT_MS);
      try {
        const changed = await fn();
        const broken = changed ? client.prepare('PRAGMA foreign_key_check').all() : [];
        if (broken.length > 0) throw new Error(`migration breaks ${broken.length} foreign keys`);
        client.exec('COMMIT');
      } catch (error) {
        client.exec('ROLLBACK');
        throw error;
      } finally {
        client.pragma('foreign_keys = ON');
      }
    },
  };
}

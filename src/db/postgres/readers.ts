import { PastReferenceCache, ReferenceCache } from '../query/references.js';
import { snapshotOf } from '../query/snapshot.js';
import { LimitExceeded, type Limits } from '../store/limits.js';
import type { ReadOptions, Tx } from '../store/store.js';
import { isEnded, toApiError, unavailable } from './errors.js';
import { type PgConnection, type PgPool, Session } from './pool.js';
import { Replicas } from './replicas.js';

const READ = 'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY';

interface Reading<T> {
  /** The error of the database, if there was one. */
  fault: unknown;
  /** Returns the result, or throws the error that a client is shown. */
  result: () => T;
}

/** The server ends a statement that takes longer; 0 would mean without limit. */
const begin = (limits: Limits | undefined): string =>
  limits ? `${READ}; SET LOCAL statement_timeout = ${Math.max(1, Math.ceil(limits.milliseconds()))}` : READ;

/** The views of the past look the instant up in these settings. */
function settingsAt(asOf: string): string {
  const instant = new Date(asOf);
  return `SET LOCAL attested.as_of = '${instant.getTime()}'; SET LOCAL attested.as_of_text = '${instant.toISOString()}'`;
}

/** Snapshots for reading, of replicas where there are fresh ones. */
export function openReaders(pool: PgPool, replicaPools: PgPool[]) {
  const replicas = new Replicas(pool, replicaPools);
  const cache = new ReferenceCache();
  const pastCache = new PastReferenceCache();
  const sessions = new WeakMap<PgConnection, Session>();

  /** A connection to the primary. */
  async function session(): Promise<Session> {
    const connection = await pool.connect().catch((error) => {
      throw unavailable('The database cannot be reached; try again shortly.', error);
    });
    return sessionOf(connection);
  }

  function sessionOf(connection: PgConnection): Session {
    const known = sessions.get(connection) ?? new Session(connection, cache, pastCache);
    sessions.set(connection, known);
    return known;
  }

  async function read<T>(fn: (tx: Tx) => Promise<T>, options: ReadOptions = {}): Promise<T> {
    const replica = await replicas.connect();
    if (replica) {
      const answer = await readFrom(sessionOf(replica), fn, options);
      if (answer.fault === null || (options.limits && isEnded(answer.fault))) return answer.result();
    }
    // Also what a replica failed at, as it does when it must remove a row that the read still needs.
    return (await readFrom(await session(), fn, options)).result();
  }

  async function readFrom<T>(
    reader: Session,
    fn: (tx: Tx) => Promise<T>,
    { asOf, limits }: ReadOptions,
  ): Promise<Reading<T>> {
    let result: () => T;
    const cancel = () => reader.cancel();
    limits?.signal?.addEventListener('abort', cancel);
    // A read of many statements may exceed its time although none of them does.
    const timer = limits && setTimeout(cancel, limits.milliseconds());
    try {
      if (limits?.isCancelled()) throw new LimitExceeded('cancelled');
      // Not awaited: it travels with the first query. Its error is kept as the fault of the session.
      reader.begin(begin(limits)).catch(() => undefined);
      const value = await fn(asOf ? await txAsOf(reader, asOf) : { ...reader.reading });
      if (reader.fault) throw reader.fault;
      result = () => value;
    } catch (error) {
      result = () => {
        throw limits && isEnded(error)
          ? new LimitExceeded('out of time', { cause: error })
          : toApiError(error);
      };
    } finally {
      limits?.signal?.removeEventListener('abort', cancel);
      clearTimeout(timer);
    }
    const { fault } = reader;
    void reader.release();
    return { fault, result };
  }

  async function txAsOf(reader: Session, asOf: string): Promise<Tx> {
    const now = { ...reader.reading };
    const { newestWrite } = await snapshotOf(now);
    // Nothing has changed since the newest write.
    if (Date.parse(asOf) >= (newestWrite ?? 0)) return now;
    await reader.query(settingsAt(asOf));
    return { ...reader.readingPast, asOf };
  }

  async function close(): Promise<void> {
    await replicas.end();
    await pool.end();
  }

  return { session, read, close };
}

import type { SQL } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/node-postgres';
import { PgDialect } from 'drizzle-orm/pg-core';
import type { SQLiteColumn, SQLiteTable } from 'drizzle-orm/sqlite-core';
import pg from 'pg';
import { yieldIfLong } from '../../lib/event-loop.js';
import { tablesAsOf } from '../schema/past.js';
import { postgresKit } from '../schema/postgres-columns.js';
import { defineTables } from '../schema/tables.js';
import { FEW, LimitExceeded } from '../store/limits.js';
import type { Built, Cells, Db, NameCache, Tx, Values } from '../store/store.js';
import { postgresDialect } from './dialect.js';
import { isConflict, isConnectionError } from './errors.js';
import { forEach } from './for-each.js';
import { hostsOf, PrimaryPool } from './hosts.js';
import { type ForRows, insertion, modification } from './many-rows.js';

/** What is used of node-postgres; tests put an engine of their own behind it. */
export interface PgConnection {
  query(query: string | PgQuery, params?: unknown[]): Promise<{ rows: unknown[] }>;
  /** Gives the connection back, or ends it when it is broken. */
  release(broken?: boolean): void;
  /** Ends the statement that it runs, through another connection. Absent where there can be no other. */
  cancel?(): void;
}
export interface PgQuery {
  text: string;
  rowMode?: 'array';
  query_timeout?: number;
  types?: unknown;
}
export interface PgPool {
  connect(): Promise<PgConnection>;
  end(): Promise<void>;
}

/** Defaults, which parameters of the URL override; times in milliseconds. */
const settings: pg.PoolConfig = {
  application_name: 'attested',
  connectionTimeoutMillis: 5_000,
  idleTimeoutMillis: 60_000,
  statement_timeout: 30_000,
  idle_in_transaction_session_timeout: 30_000,
  // How long a write waits for that of another instance.
  lock_timeout: 5_000,
  // A server that vanished is noticed here, after it would have ended the statement itself.
  query_timeout: 35_000,
  keepAlive: true,
  // BEGIN travels with the first query of a transaction instead of costing a round trip of its own.
  pipeline: true,
};

/** Connections to the server of a URL, or to the one of several that takes writes. */
export function openPool(url: string, size: number): PgPool {
  const hosts = hostsOf(url);
  if (hosts.length === 1) return poolOf(url, size, {});
  return new PrimaryPool(hosts.map((host) => poolOf(host, size, { onConnect: refuseStandby })));
}

/** Connections to a replica: one that does not answer soon is not worth waiting for. */
export const openReplica = (url: string, size: number): PgPool =>
  poolOf(url, size, { connectionTimeoutMillis: 1_000 });

async function refuseStandby(client: pg.ClientBase): Promise<void> {
  const { rows } = await client.query('SELECT pg_is_in_recovery() AS standby');
  if (rows[0].standby) throw new Error('the server takes no writes: it is a standby');
}

function poolOf(url: string, size: number, more: pg.PoolConfig): PgPool {
  const pool = new pg.Pool({ ...settings, ...more, connectionString: url, max: size });
  // The query that uses the connection gets its error; without a listener the error would end the process.
  pool.on('error', () => undefined);
  pool.on('connect', (client: pg.PoolClient & PgConnection & { processID?: number }) => {
    client.on('error', () => undefined);
    client.cancel = () => {
      pool.query('SELECT pg_cancel_backend($1)', [client.processID]).catch(() => undefined);
    };
  });
  return pool;
}

/** Whole numbers of 64 bits and sums of them arrive as text; ours are all small enough for a number. */
const types = {
  getTypeParser: (oid: number, format: 'text' | 'binary') =>
    oid === pg.types.builtins.INT8 || oid === pg.types.builtins.NUMERIC
      ? Number
      : pg.types.getTypeParser(oid, format as 'text'),
};

const tables = defineTables(postgresKit);
const asOfTables = tablesAsOf(postgresKit);
const toQuery = new PgDialect();

/**
 * PostgreSQL compiles statements that it reckons to be expensive by the rows that it supposes: 175 ms of one that runs for 2 (ADR 57).
 */
const UNCOMPILED = 'SET LOCAL jit = off';

/** Characters of statements that a connection sends before it has an answer; a longer one is sent alone. */
const SENT_AHEAD = 4_000_000;

/** A connection as Drizzle sees it. Its first error dooms the transaction, so it is kept. */
export class Session {
  readonly reading: Tx;
  /** For the register as it was at the instant that the transaction was begun with. */
  readonly readingPast: Tx;
  readonly writing: Tx;
  fault: unknown = null;
  private open = false;
  private cancelled = false;
  /** The number of savepoints so far, each of which has a name of its own. */
  private parts = 0;
  /** Statements without an answer yet, the oldest first, and their characters. */
  private readonly sent = new Set<Promise<void>>();
  private sentSize = 0;

  constructor(
    private readonly connection: PgConnection,
    cache: NameCache,
    pastCache: NameCache,
  ) {
    const client = { query: (query: string | PgQuery, params?: unknown[]) => this.query(query, params) };
    const tx = {
      db: drizzle({ client: client as unknown as pg.PoolClient }) as unknown as Db,
      tables,
      documents: tables.history,
      dialect: postgresDialect,
      few: FEW,
      asOf: null,
      at: 0,
      pending: null,
      yield: async () => {
        await yieldIfLong();
        if (this.cancelled) throw new LimitExceeded('cancelled');
      },
      rows: async <T>(query: SQL): Promise<T[]> => {
        const { sql, params } = toQuery.sqlToQuery(query);
        return (await this.query({ text: sql }, params)).rows as T[];
      },
      prepare: <Row>(query: Built<Row>) => {
        const made = query.prepare();
        return (values?: Values) => made.execute(values);
      },
      prepareEach: <Row>(query: Built<Row>) =>
        forEach(query, async (text, params) => {
          const { rows } = await this.query({ text, rowMode: 'array' }, params);
          return rows as unknown[][];
        }),
      insertion: (table: SQLiteTable, columns: readonly SQLiteColumn[]) =>
        this.forRows(insertion(table, columns)),
      modification: (table: SQLiteTable, columns: readonly SQLiteColumn[]) =>
        this.forRows(modification(table, columns)),
      savepoint: <T>(fn: () => Promise<T>) => this.savepoint(fn),
    };
    this.reading = { ...tx, cache };
    this.readingPast = { ...tx, tables: asOfTables, cache: pastCache };
    this.writing = { ...tx, cache: null };
  }

  async query(query: string | PgQuery, params?: unknown[]): Promise<{ rows: unknown[] }> {
    if (!this.open) throw new Error('the transaction is over');
    if (this.cancelled) throw new LimitExceeded('cancelled');
    try {
      return await this.connection.query(typeof query === 'string' ? query : { ...query, types }, params);
    } catch (error) {
      // Statements after one that failed are refused for that alone.
      this.fault ??= error;
      throw this.fault;
    }
  }

  private forRows({ text, params }: ForRows): (rows: readonly Cells[]) => Promise<void> {
    return (rows) => this.send({ text }, params(rows));
  }

  /**
   * Sends rows, or a statement of a savepoint, and does not wait for the answer: the next are made meanwhile, until
   * {@link SENT_AHEAD} are under way. Whether they were stored is known from {@link inserted}.
   */
  private async send(query: PgQuery, params: string[]): Promise<void> {
    const size = params.reduce((sum, { length }) => sum + length, 0);
    for (const oldest of this.sent) {
      if (this.sentSize + size <= SENT_AHEAD) break;
      await oldest;
    }
    if (this.fault) throw this.fault;
    const answer = this.query(query, params)
      .catch((error) => {
        this.fault ??= error;
      })
      .then(() => {
        this.sent.delete(answer);
        this.sentSize -= size;
      });
    this.sent.add(answer);
    this.sentSize += size;
  }

  /** Waits for the rows that were sent; throws what the database said of them, or of anything before. */
  async inserted(): Promise<void> {
    await Promise.all(this.sent);
    if (this.fault) throw this.fault;
  }

  private async savepoint<T>(fn: () => Promise<T>): Promise<T> {
    this.parts += 1;
    const part = `part_${this.parts}`;
    await this.send({ text: `SAVEPOINT ${part}` }, []);
    try {
      const result = await fn();
      await this.inserted();
      await this.send({ text: `RELEASE ${part}` }, []);
      return result;
    } catch (error) {
      await Promise.all(this.sent);
      // These end the whole transaction.
      if (isConnectionError(this.fault) || isConflict(this.fault)) throw this.fault;
      await this.query(`ROLLBACK TO ${part}; RELEASE ${part}`);
      this.fault = null;
      throw error;
    }
  }

  async begin(statement: string): Promise<void> {
    this.fault = null;
    this.cancelled = false;
    this.open = true;
    this.parts = 0;
    await this.query(`${statement}; ${UNCOMPILED}`);
  }

  async commit(): Promise<void> {
    await this.query('COMMIT');
    this.open = false;
  }

  /** Ends the statement that runs and refuses others. Nobody else gets the connection: this may come late. */
  cancel(): void {
    if (!this.open || this.cancelled) return;
    this.cancelled = true;
    this.connection.cancel?.();
  }

  /** Undoes what was not committed and gives the connection back. */
  async release(): Promise<void> {
    const cancelling = this.cancelled && this.connection.cancel !== undefined;
    const broken = () => cancelling || isConnectionError(this.fault);
    if (this.open && !broken()) {
      await this.connection.query('ROLLBACK').catch((error) => {
        this.fault ??= error;
      });
    }
    this.open = false;
    this.connection.release(broken());
  }
}

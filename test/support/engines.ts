import { randomUUID } from 'node:crypto';
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { openStore } from '../../src/db/open.js';
import { openPool } from '../../src/db/postgres/pool.js';
import { openPostgres } from '../../src/db/postgres/postgres.js';
import type { Store } from '../../src/db/store/store.js';
import { commitObserver, postgresFingerprint } from './fingerprint.js';
import { PglitePool } from './pglite.js';
import { BUSY_MS } from './reads.js';
import { type Templates, templatesOf } from './shared.js';

export type Engine = 'sqlite' | 'pglite' | 'postgres';

const server = process.env.TEST_POSTGRES_URL;
/** The engine that the API suites run on; `cluster` is two instances on one PostgreSQL, behind a proxy. */
const asked = process.env.ATTESTED_TEST_ENGINE || 'sqlite';
/**
 * The engines that a suite runs on by itself. A real PostgreSQL server takes part where TEST_POSTGRES_URL names
 * one; asked for, it stands alone, since the others need no server and are tested without.
 */
const alone = asked === 'postgres' || asked === 'cluster';
const withServer: Engine[] = alone ? ['postgres'] : ['sqlite', 'pglite', 'postgres'];
export const engines: Engine[] = server ? withServer : ['sqlite', 'pglite'];
/** For what is compared with SQLite: the server where it stands alone, or else PGlite. */
export const anyPostgres: Engine = alone ? 'postgres' : 'pglite';

export const clustered = asked === 'cluster';
export const chosenEngine = (clustered ? 'postgres' : asked) as Engine;
if (!engines.includes(chosenEngine)) {
  throw new Error(
    `ATTESTED_TEST_ENGINE is one of ${engines.join(', ')}, cluster; postgres and cluster need TEST_POSTGRES_URL`,
  );
}

/** A register of its own for a test. */
export interface TestRegister {
  store: Store;
  /** Where other threads and processes find it; null inside of this process. */
  url: string | null;
  /** Opens the same register once more, as a second instance would. */
  another(): Promise<Store>;
  /** Runs SQL by hand and gives its last rows. */
  sql(text: string): Promise<Record<string, unknown>[]>;
  /** Differs from the one before if any transaction that changed a row was committed in between. */
  fingerprint(): Promise<string>;
  close(): Promise<void>;
}

const BUSY_PAUSE_MS = 10;

const onFatal = (error: Error) => {
  throw error;
};

/** Opens a copy of a template register: of the empty one, if not told otherwise. */
export async function openRegister(
  engine: Engine,
  content: keyof Templates = 'empty',
): Promise<TestRegister> {
  const template = (await templatesOf(engine))[content];
  if (engine === 'sqlite') return sqliteRegister(template);
  return engine === 'pglite' ? pgliteRegister(template) : postgresRegister(template);
}

/** Opens a copy of the sample register. */
export const openSample = (engine: Engine): Promise<TestRegister> => openRegister(engine, 'sample');

async function sqliteRegister(template: string): Promise<TestRegister> {
  const folder = mkdtempSync(join(tmpdir(), 'attested-test-'));
  const file = join(folder, 'register.db');
  copyFileSync(template, file);
  const another = () => openStore({ url: `file:${file}`, onFatal });
  const store = await another();
  const observer = commitObserver(file);
  return {
    store,
    url: `file:${file}`,
    another,
    fingerprint: observer.fingerprint,
    async sql(text) {
      const { default: Database } = await import('better-sqlite3');
      const isOne = !/;\s+\S/.test(text);
      for (;;) {
        // What holds the lock may be a write of this very thread, which goes on only if this one lets it.
        const client = new Database(file, isOne ? { timeout: 0 } : {});
        try {
          if (!isOne) {
            client.exec(text);
            return [];
          }
          const statement = client.prepare(text);
          if (statement.reader) return statement.all() as Record<string, unknown>[];
          statement.run();
          return [];
        } catch (error) {
          if (!isOne || (error as { code?: string }).code !== 'SQLITE_BUSY') throw error;
        } finally {
          client.close();
        }
        await sleep(BUSY_PAUSE_MS);
      }
    },
    async close() {
      observer.close();
      await store.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function pgliteRegister(template: string): Promise<TestRegister> {
  const pool = await PglitePool.create(template);
  const store = await openPostgres(pool);
  return {
    store,
    url: null,
    another: () => openPostgres({ connect: () => pool.connect(), end: async () => {} }),
    async sql(text) {
      // Not into a transaction of the store.
      const connection = await pool.connect();
      try {
        return (await connection.query(text)).rows as Record<string, unknown>[];
      } finally {
        connection.release();
      }
    },
    fingerprint: () => postgresFingerprint(store),
    close: () => store.close(),
  };
}

async function postgresRegister(template: string): Promise<TestRegister> {
  const name = `attested_${randomUUID().replaceAll('-', '')}`;
  await administer(`CREATE DATABASE ${name} TEMPLATE ${template}`);
  const url = databaseUrl(name);
  const another = () => openPostgres(openPool(url, 10));
  const store = await another();
  return {
    store,
    url,
    another,
    sql: (text) => withClient(url, async (client) => (await client.query(text)).rows),
    fingerprint: () => postgresFingerprint(store),
    async close() {
      await store.close();
      await administer(`DROP DATABASE ${name} WITH (FORCE)`);
    },
  };
}

/** Time limits of connections, as parameters of a URL. */
const LIMITS = [
  'statement_timeout',
  'idle_in_transaction_session_timeout',
  'lock_timeout',
  'query_timeout',
] as const;

/** A database of the server, through connections that a busy machine does not end. */
export function databaseUrl(name: string): string {
  const url = new URL(server!);
  url.pathname = `/${name}`;
  for (const limit of LIMITS) url.searchParams.set(limit, String(BUSY_MS));
  return url.href;
}

async function withClient<T>(url: string, fn: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    return await fn(client);
  } finally {
    await client.end();
  }
}

export const administer = (text: string) =>
  withClient(server!, async (client) => void (await client.query(text)));

/** Two databases that nothing uses are two thirds of the files that each copy of a register unpacks. */
async function dropUnused({ lite }: PglitePool): Promise<void> {
  await lite.exec('UPDATE pg_database SET datistemplate = false');
  for (const name of ['template0', 'template1']) await lite.exec(`DROP DATABASE ${name}`);
  await lite.exec('CHECKPOINT');
}

/**
 * Makes a register to be copied: that of another template or a new one, filled by `fill`. Gives its name and a
 * way to remove it.
 */
export async function saveTemplate(
  engine: Engine,
  folder: string,
  name: string,
  fill: (store: Store) => Promise<void>,
  from?: string,
): Promise<{ template: string; remove(): Promise<void> }> {
  const remove = async () => {};
  const filled = async (store: Store) => {
    await fill(store);
    return store;
  };
  if (engine === 'sqlite') {
    const template = join(folder, `${name}.db`);
    if (from) copyFileSync(from, template);
    await (await filled(await openStore({ url: `file:${template}`, onFatal }))).close();
    return { template, remove };
  }
  if (engine === 'pglite') {
    const pool = await PglitePool.create(from);
    const store = await filled(await openPostgres(pool));
    const template = join(folder, `${name}.tar`);
    if (!from) await dropUnused(pool);
    const dump = await pool.lite.dumpDataDir('none');
    writeFileSync(template, Buffer.from(await dump.arrayBuffer()));
    await store.close();
    return { template, remove };
  }
  const template = `attested_${name}_${randomUUID().slice(0, 8)}`;
  await administer(`CREATE DATABASE ${template} TEMPLATE ${from ?? 'template1'}`);
  await (await filled(await openPostgres(openPool(databaseUrl(template), 2)))).close();
  return { template, remove: () => administer(`DROP DATABASE ${template} WITH (FORCE)`) };
}

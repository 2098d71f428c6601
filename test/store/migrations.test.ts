import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import { getTableConfig as postgresConfig } from 'drizzle-orm/pg-core';
import { getTableConfig as sqliteConfig } from 'drizzle-orm/sqlite-core';
import { afterAll, describe, expect, it } from 'vitest';
import { openStore } from '../../src/db/open.js';
import { shapeOf, sqliteKit } from '../../src/db/schema/columns.js';
import { pastTables } from '../../src/db/schema/past.js';
import { postgresKit } from '../../src/db/schema/postgres-columns.js';
import { schemaSql } from '../../src/db/schema/schema-sql.js';
import { defineTables } from '../../src/db/schema/tables.js';
import { effort } from '../support/effort.js';
import { anyPostgres, engines, openRegister } from '../support/engines.js';

interface ColumnShape {
  name: string;
  type: string;
  notNull: boolean;
}

const byName = (a: { name: string }, b: { name: string }) => (a.name < b.name ? -1 : 1);
const migrationsOf = (engine: string) =>
  readdirSync(fileURLToPath(new URL(`../../migrations/${engine}/`, import.meta.url)));

/** What the code believes the tables to be. SQLite declares no columns of an index of words. */
function declared(engine: 'sqlite' | 'postgres') {
  const kit = engine === 'sqlite' ? sqliteKit : postgresKit;
  const tables = { ...defineTables(kit), ...pastTables(kit) };
  return Object.fromEntries(
    Object.values(tables).flatMap((table) => {
      if (engine === 'sqlite' && shapeOf(table).fullText) return [];
      const config = engine === 'sqlite' ? sqliteConfig(table) : postgresConfig(table as never);
      const columns: ColumnShape[] = config.columns.map((column) => ({
        name: column.name,
        type: column.getSQLType(),
        notNull: column.notNull,
      }));
      return [[config.name, columns.sort(byName)]];
    }),
  );
}

interface Row {
  table_name: string;
  name: string;
  type: string;
  required: number | boolean;
}

const columnQueries = {
  // SQLite lets a primary key of a STRICT table be declared without NOT NULL, but never takes a null in it.
  sqlite: `SELECT m.name AS table_name, c.name, lower(c.type) AS type, c."notnull" OR c.pk > 0 AS required
    FROM pragma_table_list m JOIN pragma_table_info(m.name) c
    WHERE m.type = 'table' AND m.schema = 'main' AND m.name NOT LIKE 'sqlite_%' AND m.name <> 'schema_migrations'`,
  postgres: `SELECT table_name, column_name AS name, data_type AS type, is_nullable = 'NO' AS required
    FROM information_schema.columns WHERE table_schema = 'public' AND table_name <> 'schema_migrations'
    AND table_name NOT LIKE '%\\_as\\_of'`,
};

const foreignKeyQueries = {
  sqlite: `SELECT m.name || '.' || f."from" || ' -> ' || f."table" || ' on delete ' || lower(f.on_delete) AS line
    FROM sqlite_schema m JOIN pragma_foreign_key_list(m.name) f WHERE m.type = 'table'`,
  postgres: `SELECT t.relname || '.' || a.attname || ' -> ' || r.relname || ' on delete ' ||
      CASE c.confdeltype WHEN 'c' THEN 'cascade' ELSE 'no action' END AS line
    FROM pg_constraint c JOIN pg_class t ON t.oid = c.conrelid JOIN pg_class r ON r.oid = c.confrelid
    JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = c.conkey[1] WHERE c.contype = 'f'`,
};

const indexQueries = {
  sqlite: `SELECT name AS line FROM sqlite_schema WHERE type = 'index' AND name NOT LIKE 'sqlite_%'`,
  postgres: `SELECT c.relname AS line FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
    JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname = 'public' AND NOT i.indisunique`,
};

const lines = (rows: Record<string, unknown>[]) => rows.map(({ line }) => String(line)).sort();

describe.each(engines)('migrate on %s', async (engine) => {
  const kind = engine === 'sqlite' ? 'sqlite' : 'postgres';
  const register = await openRegister(engine);
  afterAll(() => register.close());

  it('the tables are those that the code declares', async () => {
    const made: Record<string, ColumnShape[]> = {};
    for (const row of (await register.sql(columnQueries[kind])) as unknown as Row[]) {
      const column = { name: row.name, type: row.type, notNull: Boolean(row.required) };
      made[row.table_name] = [...(made[row.table_name] ?? []), column].sort(byName);
    }
    expect(made).toEqual(declared(kind));
  });

  it('each migration is recorded once', async () => {
    const rows = await register.sql('SELECT name FROM schema_migrations ORDER BY name');
    expect(rows.map(({ name }) => name)).toEqual(migrationsOf(kind).sort());
  });

  it('a migration that was changed after it was applied is refused', async () => {
    const [row] = await register.sql("SELECT checksum FROM schema_migrations WHERE name LIKE '0001%'");
    const set = (checksum: unknown) =>
      register.sql(`UPDATE schema_migrations SET checksum = '${checksum}' WHERE name LIKE '0001%'`);
    await set('0');
    await expect(register.another()).rejects.toThrow('0001_register.sql was changed after it was applied');
    await set(row?.checksum);
    await (await register.another()).close();
  });

  it('a migration that the program does not know is refused', async () => {
    await register.sql("INSERT INTO schema_migrations VALUES ('9999_later.sql', 'x', 'x')");
    await expect(register.another()).rejects.toThrow('9999_later.sql, which this program does not know');
    await register.sql("DELETE FROM schema_migrations WHERE name = '9999_later.sql'");
    await (await register.another()).close();
  });

  it.runIf(kind === 'postgres')('every text column is compared by its bytes', async () => {
    const rows = await register.sql(`SELECT table_name || '.' || column_name AS line
      FROM information_schema.columns WHERE table_schema = 'public' AND data_type = 'text'
      AND table_name <> 'schema_migrations' AND collation_name IS DISTINCT FROM 'C'`);
    expect(lines(rows)).toEqual([]);
  });
});

it.each(['sqlite', 'postgres'] as const)(
  'migrations/%s/0001_register.sql is what schemaSql makes of the tables',
  (engine) => {
    const folder = fileURLToPath(new URL(`../../migrations/${engine}/`, import.meta.url));
    const same = readFileSync(`${folder}0001_register.sql`, 'utf8') === schemaSql(engine);
    expect(same, 'The tables changed. Run `npm run schema`.').toBe(true);
  },
);

it('migrate: both engines have the same foreign keys and indexes', async () => {
  const [sqlite, postgres] = await Promise.all([openRegister('sqlite'), openRegister(anyPostgres)]);
  const keys = lines(await sqlite.sql(foreignKeyQueries.sqlite));
  // Which PostgreSQL holds by triggers.
  const links = [
    'attribution_relays.attribution_id -> attributions on delete cascade',
    'attribution_relays.relayed_id -> attributions on delete no action',
  ];
  expect(keys).toEqual(expect.arrayContaining(links));
  expect(lines(await postgres.sql(foreignKeyQueries.postgres))).toEqual(
    keys.filter((line) => !links.includes(line)),
  );
  const onBoth = lines(await sqlite.sql(indexQueries.sqlite));
  // Which SQLite keeps as tables.
  const ofWords = ['search_gin'];
  expect(lines(await postgres.sql(indexQueries.postgres))).toEqual([...onBoth, ...ofWords].sort());
  await Promise.all([sqlite.close(), postgres.close()]);
});

describe('openStore by two instances at once', () => {
  const STARTS = effort(10, 50);

  it('on sqlite both open the register, and each migration is applied once', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'attested-test-'));
    const script = fileURLToPath(new URL('../support/opener.ts', import.meta.url));
    const processes = [0, 1].map(() => fork(script, { execArgv: ['--import', 'tsx'] }));
    const reply = async (child: ChildProcess) => (await once(child, 'message'))[0] as string;
    await Promise.all(processes.map(reply));
    for (let i = 0; i < STARTS; i += 1) {
      const file = join(folder, `${i}.db`);
      const replies = processes.map(reply);
      for (const child of processes) child.send(`file:${file}`);
      expect(await Promise.all(replies), `start ${i}`).toEqual(['opened', 'opened']);
      const client = new Database(file, { readonly: true });
      const applied = client.prepare('SELECT count(*) FROM schema_migrations').pluck().get();
      client.close();
      expect(applied).toBe(migrationsOf('sqlite').length);
    }
    for (const child of processes) child.kill();
    rmSync(folder, { recursive: true, force: true });
  });

  it.runIf(engines.includes('postgres'))(
    'on postgres both open the register, and each migration is applied once',
    async () => {
      const register = await openRegister('postgres');
      await register.sql('DROP SCHEMA public CASCADE; CREATE SCHEMA public');
      for (let i = 0; i < STARTS; i += 1) {
        const stores = await Promise.all([register.another(), register.another()]);
        const [row] = await register.sql('SELECT count(*)::int AS n FROM schema_migrations');
        expect(row?.n).toBe(migrationsOf('postgres').length);
        await Promise.all(stores.map((store) => store.close()));
        await register.sql('DROP SCHEMA public CASCADE; CREATE SCHEMA public');
      }
      await register.close();
    },
  );
});

describe('openStore with a dangling reference', () => {
  const LOST = "INSERT INTO claim_topics (claim_id, topic, valid_from) VALUES ('claim_none', 'lost', 0)";

  it('a start without a migration does not look for it', async () => {
    const register = await openRegister('sqlite');
    await register.sql(`PRAGMA foreign_keys = OFF; ${LOST}`);
    const again = await register.another();
    expect(await again.read(async (tx) => tx.db.$count(tx.tables.claim_topics))).toBe(1);
    await again.close();
    await register.close();
  });

  it('a migration finds it and is undone', async () => {
    const register = await openRegister('sqlite');
    const migration = register.store.maintain((target) =>
      target.exclusively(async () => {
        await target.exec(`CREATE TABLE later (id TEXT); ${LOST}`);
        return true;
      }),
    );
    await expect(migration).rejects.toThrow('migration breaks 1 foreign keys');
    expect(await register.sql("SELECT 1 FROM sqlite_schema WHERE name = 'later'")).toEqual([]);
    expect(await register.store.read(async (tx) => tx.db.$count(tx.tables.claim_topics))).toBe(0);
    await register.close();
  });
});

it('a new SQLite file has small pages, which the log takes whole', async () => {
  const path = join(mkdtempSync(join(tmpdir(), 'attested-test-')), 'new.db');
  await (await openStore({ url: `file:${path}`, onFatal: () => undefined })).close();
  const client = new Database(path, { readonly: true });
  expect(client.pragma('page_size', { simple: true })).toBe(1_024);
  expect(client.pragma('journal_mode', { simple: true })).toBe('wal');
  client.close();
  rmSync(dirname(path), { recursive: true });
});

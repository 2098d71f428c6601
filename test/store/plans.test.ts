import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { eq, sql } from 'drizzle-orm';
import { SQLiteSyncDialect } from 'drizzle-orm/sqlite-core';
import { afterAll, describe, expect, it } from 'vitest';
import { openStore } from '../../src/db/open.js';
import { tables } from '../../src/db/sqlite/connections.js';
import { sqliteDialect } from '../../src/db/sqlite/dialect.js';
import { templatesOf } from '../support/shared.js';

/** What SQLite counts in a small register it goes on believing when the register has grown. */

const folder = mkdtempSync(join(tmpdir(), 'attested-test-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const INSERT = `INSERT INTO history (noun, object_id, version, operation, recorded_at, actor, request_id, doc, digest)
  VALUES ('party', ?, 1, 'create', '2026-01-01T00:00:00.000Z', 'cli', 'request', '{}', '')`;

async function closedWith(name: string, versions: number): Promise<Database.Database> {
  const file = join(folder, name);
  copyFileSync((await templatesOf('sqlite')).empty, file);
  const filling = new Database(file);
  filling.transaction(() => {
    for (let i = 0; i < versions; i++) filling.prepare(INSERT).run(`party_${i}`);
  })();
  filling.close();
  const store = await openStore({
    url: `file:${file}`,
    onFatal(error) {
      throw error;
    },
  });
  const { history } = await store.read(async (tx) => tx.tables);
  await store.write((tx) => tx.db.select().from(history).where(eq(history.object_id, 'party_0')));
  await store.close();
  return new Database(file);
}

/** Rows of statistics on the history; the table of statistics is made with the first. */
function counted(client: Database.Database): unknown {
  const made = client.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'sqlite_stat1'").get();
  if (made === undefined) return 0;
  return client.prepare("SELECT count(*) FROM sqlite_stat1 WHERE tbl = 'history'").pluck().get();
}

describe('Store.close on SQLite', () => {
  it('a small register is not analysed', async () => {
    const client = await closedWith('small.db', 1);
    expect(counted(client)).toBe(0);
    client.close();
  });

  it('a large register is analysed', async () => {
    const client = await closedWith('grown.db', 10_000);
    expect(counted(client)).not.toBe(0);
    client.close();
  });

  it('the trigger of history uses indexes, whatever was analysed', async () => {
    const client = await closedWith('guarded.db', 1);
    client.exec('ANALYZE');
    const guard = client
      .prepare("SELECT sql FROM sqlite_schema WHERE name = 'history_no_replace'")
      .pluck()
      .get() as string;
    const condition = /WHEN(.*)BEGIN/s.exec(guard)![1]!;
    const asked = condition
      .replace('NEW.seq', '7')
      .replace('NEW.object_id', "'party_7'")
      .replace('NEW.version', '1');
    const steps = client.prepare(`EXPLAIN QUERY PLAN SELECT 1 WHERE ${asked}`).all() as { detail: string }[];
    const onHistory = steps.map(({ detail }) => detail).filter((detail) => detail.includes('history'));
    expect(onHistory).toHaveLength(2);
    for (const detail of onHistory) expect(detail).toMatch(/^SEARCH/);
    client.close();
  });
});

it('links are deleted by both of their ends, though each attribution relays one in the statistics', async () => {
  const client = await closedWith('links.db', 0);
  client.exec(`ANALYZE; INSERT INTO sqlite_stat1 VALUES ('attribution_relays', 'attribution_relays', '1000000 1 1'),
    ('attribution_relays', 'attribution_relays_relayed', '1000000 1'); ANALYZE sqlite_schema`);
  const { attribution_id, relayed_id } = tables.attribution_relays;
  const isGone = sqliteDialect.areAmong([attribution_id, relayed_id], sql`${'[["a","b"]]'}`);
  const query = sql`explain query plan delete from ${tables.attribution_relays} where ${isGone}`;
  const { sql: text, params } = new SQLiteSyncDialect().sqlToQuery(query);
  const plan = client.prepare(text).all(...params) as { detail: string }[];
  client.close();
  const [deletion] = plan.filter(({ detail }) => detail.includes('attribution_relays'));
  expect(deletion?.detail).toContain('PRIMARY KEY (attribution_id=? AND relayed_id>? AND relayed_id<?)');
});

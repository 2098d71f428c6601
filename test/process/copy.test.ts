import Database from 'better-sqlite3';
import { expect, it } from 'vitest';
import { newDatabase, newRegister, run, start, startServer, stop } from '../support/server.js';

/** `attested copy` as a process of its own, killed in the middle. */

const ROWS = 30_000;

/** A register with a long history. */
async function longRegister(): Promise<string> {
  const database = await newRegister('empty');
  const client = new Database(database);
  client
    .prepare(
      `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)
        INSERT INTO history (seq, noun, object_id, version, operation, recorded_at, actor, request_id, doc, digest)
        SELECT i, 'party', 'party_' || i, 1, 'create', '2026-01-01T00:00:00.000Z', 'cli', 'r', '{"n":' || i || '}', ''
        FROM n`,
    )
    .run(ROWS);
  client.close();
  return database;
}

const rows = (database: string): unknown[] => {
  const client = new Database(database, { readonly: true });
  const found = client.prepare('SELECT * FROM history ORDER BY seq').all();
  client.close();
  return found;
};

it('attested copy: a copy that is killed again and again is completed by running it once more', async () => {
  const [from, to] = [await longRegister(), newDatabase()];
  const args = ['copy', '--from', `file:${from}`, '--to', `file:${to}`];
  for (const reached of [10_000, 20_000]) {
    const copying = start(args, {});
    await copying.until(new RegExp(`history: ${reached} of`));
    expect((await stop(copying, 'SIGKILL')).signal).toBe('SIGKILL');
    expect(rows(to).length).toBeGreaterThanOrEqual(reached);
    expect(rows(to).length).toBeLessThan(ROWS);
  }
  const refused = await run(['serve'], { ATTESTED_DATABASE_URL: `file:${to}` });
  expect([refused.code, refused.stderr]).toEqual([
    1,
    'the register is an unfinished copy; run attested copy again to complete it\n',
  ]);

  const last = await run(args, {});
  expect([last.code, last.stderr]).toEqual([0, '']);
  expect(last.stdout).toMatch(/^taking up an unfinished copy\n/);
  expect(last.stdout).toMatch(/history: verified, 30000 rows, digest [0-9a-f]{64}\n/);
  expect(last.stdout).toMatch(/complete\n$/);
  expect(rows(to)).toEqual(rows(from));
  await stop(await startServer(to));

  const again = await run(args, {});
  expect([again.code, again.stderr]).toEqual([1, 'the target is not empty; nothing was changed\n']);
});

it.each([
  ['file:/nowhere/register.db', 'file:x.db', 'there is no register at file:/nowhere/register.db\n'],
  ['file:x.db', 'file:x.db', '--from and --to are the same\n'],
  ['mysql://x', 'file:x.db', /write file:.\/data\/attested.db or postgres:/],
])('attested copy: --from %s --to %s is refused with a message', async (from, to, message) => {
  const { code, stderr } = await run(['copy', '--from', from, '--to', to], {});
  expect(code).toBe(1);
  if (typeof message === 'string') expect(stderr).toBe(message);
  else expect(stderr).toMatch(message);
});

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, describe, expect, it } from 'vitest';
import { openStore } from '../../src/db/open.js';
import { GAP } from '../../src/db/store/dialect.js';
import { systemClock } from '../../src/lib/clock.js';
import { nouns } from '../../src/resource-types/services.js';
import { computedOf } from '../../src/transfer/past-computed.js';
import { notCompared, verifyRegister } from '../../src/transfer/verify.js';
import { testApp } from '../support/app.js';
import { effort } from '../support/effort.js';
import { engines, openRegister, type TestRegister } from '../support/engines.js';
import { oneOfEach } from '../support/one-of-each.js';
import { seeded } from '../support/random.js';

/** Whatever SQL or a disk does to a register behind its back is noticed by `verify`. */

async function linesOf(store: TestRegister['store']): Promise<string[]> {
  const lines: string[] = [];
  const { differences } = await verifyRegister(store, nouns, systemClock, (line) => lines.push(line));
  expect(differences).toBe(lines.length);
  return lines;
}

/** A register with one object of each noun, several versions, something removed, and a key that was revoked. */
async function filled(register: TestRegister): Promise<void> {
  const t = await testApp({ on: register });
  const { admin } = await oneOfEach(t);
  const send = async (method: string, url: string, body?: object) => {
    const answer = await t.send(method, url, body, { ...admin, 'if-match': '*' });
    expect(answer.status, answer.text).toBeLessThan(300);
    return answer.json;
  };
  await send('PATCH', '/v1/parties/ttp', { country: 'AF', names: [{ name: 'T.T.P.', kind: 'alias' }] });
  await send('PATCH', '/v1/sources/report-35', { url: 'https://un.example/35', authors: ['ttp'] });
  const { id } = await send('POST', '/v1/claims', {
    text: 'Removed.',
    subject: 'ttp',
    attributions: [{ party: 'ttp', stance: 'asserts' }],
  });
  await send('DELETE', `/v1/claims/${id}`);
  // What is computed changes, too: a claim gets its first words, which are taken back with their source.
  const note = await send('POST', '/v1/sources', { type: 'report', title: 'Note', authors: ['ttp'] });
  const claim = await send('POST', '/v1/claims', { text: 'Said, and taken back.' });
  const says = { party: 'ttp', stance: 'asserts', source: note.id, said: '2025' };
  await send('POST', `/v1/claims/${claim.id}/attributions`, says);
  const withdrawal = { about_source: note.id, party: 'ttp', stance: 'retracts', said: '2025-02' };
  const { id: taken } = await send('POST', '/v1/attributions', withdrawal);
  await send('POST', '/v1/attributions', { ...withdrawal, in_reply_to: taken });
  await send('PATCH', `/v1/attributions/${taken}`, { note: 'seen' });
  await send('PATCH', `/v1/sources/${note.id}`, { title: 'A note' });
  const retried = { ...admin, 'idempotency-key': 'once' };
  await t.send('POST', '/v1/sources', { type: 'report', title: 'Once' }, retried);
  const made = await send('POST', '/v1/keys', { name: 'former', scopes: ['write'] });
  await send('DELETE', `/v1/keys/${made.id}`);
}

/** Tables that `verify` does not answer for. Only the names and digests of migrations are compared. */
const apart: ReadonlySet<string> = new Set([
  ...notCompared.flatMap((name) => [name, `${name}_past`]),
  'schema_migrations',
]);

const flags = ['contested', 'self_denied', 'retracted', 'unnamed_only', 'unsourced'];
const numbers = ['last_said', 'attribution_count', 'min_origins', 'relay_depth'];

/** Makes SQL of a value that a computed column does not hold. */
const otherThan = (kind: 'sqlite' | 'postgres', column: string): string => {
  if (flags.includes(column)) return kind === 'sqlite' ? `1 - ${column}` : `NOT ${column}`;
  return numbers.includes(column) ? `coalesce(${column}, 0) + 1` : `coalesce(${column}, '') || 'x'`;
};

/** The number of the newest version of each noun. */
type Places = Record<string, number>;
/** What is done, and what is told of it. Each changes something that the others leave alone. */
type Damage = [sql: (at: Places) => string, told: RegExp];

const damages: Damage[] = [
  [
    () => "UPDATE api_keys SET scopes = 'read write review admin' WHERE name = 'former'",
    /^api_keys apikey_\w+: scopes is \["read","write","review","admin"\], the history makes \["write"\]$/,
  ],
  [
    () => "UPDATE api_keys SET secret_hash = 'x' WHERE name = 'former'",
    /^api_keys apikey_\w+: secret_hash differs from the history$/,
  ],
  [
    () => "UPDATE api_keys SET revoked_at = NULL WHERE name = 'former'",
    /^api_keys apikey_\w+: revoked_at is null, the history makes "20/,
  ],
  [
    () =>
      "INSERT INTO api_keys SELECT 'apikey_smuggled', name, secret_hash, scopes, on_behalf_of, created_at, expires_at, NULL FROM api_keys WHERE name = 'former'",
    /^api_keys apikey_smuggled: is there; the history does not have it$/,
  ],
  [
    () => "DELETE FROM api_keys WHERE name <> 'former'",
    /^api_keys apikey_\w+: is missing; the history has it$/,
  ],
  [() => "UPDATE idempotency SET body = 'x'", /^idempotency apikey_\w+ "once": differs from its digest$/],
  [() => 'UPDATE commit_clock SET at = 1', /^commit_clock: is 1, before that of the newest version, \d+$/],
  [
    ({ predicate }) => `UPDATE history SET actor = 'somebody' WHERE seq = ${predicate}`,
    /^history \d+ \(predicate \w+, version 1\): differs from its digest$/,
  ],
  [
    () => "UPDATE history SET doc = replace(doc, '35th', '36th') WHERE noun = 'source' AND version = 1",
    /^history \d+ \(source source_\w+, version 1\): differs from its digest$/,
  ],
  [
    ({ apikey }) =>
      `INSERT INTO history SELECT ${apikey! + 1}, noun, object_id, 3, 'update', recorded_at, actor, on_behalf_of, reason, request_id, doc, digest FROM history WHERE seq = ${apikey}`,
    /^history \d+ \(apikey apikey_\w+, version 3\): differs from its digest$/,
  ],
  // Two versions change places.
  [
    ({ relation, assessment }) =>
      `UPDATE history SET seq = -1 WHERE seq = ${relation}; UPDATE history SET seq = ${relation} WHERE seq = ${assessment}; UPDATE history SET seq = ${assessment} WHERE seq = -1`,
    /^history \d+ \(relation relation_\w+, version 1\): differs from its digest$/,
  ],
  [
    () => "DELETE FROM history WHERE noun = 'claim' AND operation = 'remove'",
    /^history \d+ \(\w+ \w+, version \d+\): stands where \d+ should$/,
  ],
  [() => "DELETE FROM search_words WHERE word = 'cfighters'", /^search_words: lacks "cfighters"$/],
  [
    () => 'UPDATE relations SET entry = (SELECT max(entry) FROM assessments)',
    /^(relation|assessment) \w+: shares entry \d+ of the index of words$/,
  ],
  [
    () => 'UPDATE predicates SET entry = 999999',
    /^predicate [\w-]+: has entry 999999 in the index of words, the newest is \d+$/,
  ],
  [() => 'DELETE FROM parties_past', /^parties of party_\w+: held /],
  [() => 'UPDATE reserved_keys SET valid_from = valid_from + 1', /^reserved_keys of party_\w+: held /],
];

/** The entry of a source, of which only the order of its words is altered. */
const ENTRY = `(SELECT entry FROM sources JOIN history ON history.seq = sources.seq WHERE doc LIKE '%"A note"%')`;

const ownDamages: Record<'sqlite' | 'postgres', Damage[]> = {
  sqlite: [
    [
      () => "INSERT INTO search (rowid, words) SELECT entry, 'cforged' FROM claims ORDER BY id LIMIT 1",
      /^search: entry \d+, of claim claim_\w+, has other words than that$/,
    ],
    [
      () =>
        `INSERT INTO search (search, rowid, words) VALUES ('delete', ${ENTRY}, 'sa snote');
        INSERT INTO search (rowid, words) VALUES (${ENTRY}, 'snote sa')`,
      /^search: entry \d+, of source source_\w+, has other words than that$/,
    ],
    [() => 'SELECT 1', /^guards: trigger history_no_update on history is missing$/],
  ],
  postgres: [
    [
      () => "UPDATE search SET words = '' WHERE rowid = (SELECT entry FROM claims ORDER BY id LIMIT 1)",
      /^search: entry \d+, of claim claim_\w+, has other words than that$/,
    ],
    [
      () => `UPDATE search SET words = '''sa'':2 ''snote'':1'::tsvector WHERE rowid = ${ENTRY}`,
      /^search: entry \d+, of source source_\w+, has other words than that$/,
    ],
    [() => 'DROP TRIGGER claims_changed ON claims', /^guards: trigger claims_changed on claims is missing$/],
    [
      () => 'CREATE OR REPLACE VIEW reserved_keys_as_of AS SELECT * FROM reserved_keys',
      /^guards: view reserved_keys_as_of was altered$/,
    ],
  ],
};

describe.each(engines)('verifyRegister on %s', async (engine) => {
  const kind = engine === 'sqlite' ? 'sqlite' : 'postgres';
  const register = await openRegister(engine);
  await filled(register);

  /** As somebody who may do anything. */
  const sql = (text: string) =>
    register.sql(
      kind === 'sqlite'
        ? `PRAGMA foreign_keys = OFF; ${text}`
        : `SET session_replication_role = replica; ${text}; SET session_replication_role = origin`,
    );

  it('nothing is told of a register as the service left it', async () => {
    expect(await linesOf(register.store)).toEqual([]);
  });

  it('each column that was computed in the past is computed anew', async () => {
    const expected: RegExp[] = [];
    for (const { table, owner, columns } of computedOf) {
      const rows = await register.sql(
        `SELECT id, valid_from FROM ${table}_past WHERE ${owner} IS NOT NULL ORDER BY valid_from DESC`,
      );
      expect(rows.length, `${table} of ${owner}`).toBeGreaterThan(0);
      const { id, valid_from } = rows[0]!;
      for (const column of columns) expected.push(new RegExp(`^${table} ${id}: ${column} was .+ from 20`));
      const others = columns.map((column) => `${column} = ${otherThan(kind, column)}`);
      await sql(`UPDATE ${table}_past SET ${others} WHERE id = '${id}' AND valid_from = ${valid_from}`);
    }
    const lines = await linesOf(register.store);
    for (const told of expected)
      expect(
        lines.filter((line) => told.test(line)),
        String(told),
      ).toHaveLength(1);
    expect(lines).toHaveLength(expected.length);
  });

  it('entries that no version can have made are told of without a count of each', async () => {
    await sql('UPDATE commit_clock SET entry = entry + 1000000');
    expect(await linesOf(register.store)).toContainEqual(
      expect.stringMatching(
        /^commit_clock: 1\d{6} entries of the index of words cannot come from \d+ versions$/,
      ),
    );
    await sql('UPDATE commit_clock SET entry = entry - 1000000');
  });

  it('each of many damages is told', async () => {
    const rows = await register.sql('SELECT noun, max(seq) AS seq FROM history GROUP BY noun');
    const at = Object.fromEntries(rows.map(({ noun, seq }) => [String(noun), Number(seq)]));
    if (kind === 'sqlite') {
      const [triggers] = await register.sql(
        "SELECT group_concat('DROP TRIGGER ' || name, ';') AS text FROM sqlite_schema WHERE type = 'trigger'",
      );
      await sql(String(triggers!.text));
    }
    const all = [...damages, ...ownDamages[kind]];
    for (const [damage] of all) await sql(damage(at));
    const lines = await linesOf(register.store);
    for (const [, told] of all) {
      expect(lines.filter((line) => told.test(line)).length, `${told}\n${lines.join('\n')}`).toBeGreaterThan(
        0,
      );
    }
  });
});

describe('verifyRegister: bit flips in the file', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'attested-test-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const register = await openRegister('sqlite');
  await filled(register);
  const whole = join(folder, 'whole.db');
  await register.sql(`VACUUM INTO '${whole}'`);
  const bytes = readFileSync(whole);

  /** Everything that verify answers for, as a reader of the file sees it; null where it cannot be read. */
  function content(file: string): string | null {
    let client: Database.Database | null = null;
    try {
      client = new Database(file, { readonly: true });
      const names = client
        .prepare(
          "SELECT name FROM pragma_table_list WHERE type = 'table' AND schema = 'main' AND name NOT LIKE 'sqlite%' ORDER BY 1",
        )
        .pluck()
        .all() as string[];
      const tables = names.filter((name) => !apart.has(name));
      const guards = "SELECT name, sql FROM sqlite_schema WHERE type IN ('table', 'trigger') ORDER BY 1";
      const words = `SELECT term, doc, offset FROM search_instances WHERE term <> '${GAP}'`;
      const shown = tables.map((name) => `SELECT * FROM ${name} NOT INDEXED`);
      return JSON.stringify([guards, words, ...shown].map((query) => client!.prepare(query).raw().all()));
    } catch {
      return null;
    } finally {
      client?.close();
    }
  }

  async function noticed(file: string): Promise<boolean> {
    try {
      const onFatal = (error: Error) => {
        throw error;
      };
      const store = await openStore({ url: `file:${file}`, damaged: true, onFatal });
      try {
        return (await linesOf(store)).length > 0;
      } finally {
        await store.close();
      }
    } catch {
      return true;
    }
  }

  const FLIPS = effort(15, 100);
  it(`${FLIPS} that change what is stored are all noticed`, async () => {
    const random = seeded(41);
    const before = content(whole);
    expect(before).not.toBeNull();
    const file = join(folder, 'flipped.db');
    const missed: number[] = [];
    for (let hits = 0; hits < FLIPS; ) {
      const place = random.below(bytes.length);
      const flipped = Buffer.from(bytes);
      flipped[place]! ^= 1 << random.below(8);
      for (const end of ['', '-wal', '-shm']) rmSync(file + end, { force: true });
      writeFileSync(file, flipped);
      if (content(file) === before) continue;
      hits += 1;
      if (!(await noticed(file))) missed.push(place);
    }
    expect(missed).toEqual([]);
  });
});

import { readFileSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import type { Answer } from '../support/app.js';
import { databases } from '../support/databases.js';
import { effort } from '../support/effort.js';
import { seeded } from '../support/random.js';
import {
  type Env,
  newDatabase,
  newRegister,
  readText,
  run,
  type Server,
  startServer,
  stop,
} from '../support/server.js';
import { Traffic } from '../support/traffic.js';

/**
 * Random changes by several clients, with the process killed in between; then the register must be what its
 * history makes, in full.
 */

const OPERATIONS = effort(100, 500);
const CLIENTS = 4;
const KILLS = effort(2, 6);

describe.each(await databases())('attested verify on %s', (_, url) => {
  const env: Env = { ATTESTED_DATABASE_URL: url };

  it(`after ${OPERATIONS} random operations and ${KILLS} kills the tables are what the history makes`, async () => {
    const { stdout } = await run(['keys', 'create', '--name', 'test', '--scopes', 'read,write,review'], env);
    const authorization = `Bearer ${stdout.trim()}`;
    let running: Promise<Server> = startServer('', env);
    const random = seeded(17);
    const traffic = new Traffic(random);
    const counts = { written: 0, refused: 0, cut: 0, kills: 0 };
    let left = OPERATIONS;

    async function client(): Promise<void> {
      while (left > 0) {
        const sent = traffic.next();
        // A few reads tell the generator of versions.
        if (sent.method === 'GET' && random.chance(0.9)) continue;
        left -= 1;
        const { base } = await running;
        try {
          const json: Record<string, string> =
            sent.body === undefined ? {} : { 'content-type': 'application/json' };
          const response = await fetch(base + sent.url, {
            method: sent.method,
            headers: { ...json, ...sent.headers, authorization },
            ...(sent.body === undefined ? {} : { body: JSON.stringify(sent.body) }),
          });
          const text = await response.text();
          // A busy machine refuses reads that take long; what is verified here is what was written.
          if (sent.method === 'GET' && response.status === 503) continue;
          const isJson = /[/+]json(;|$)/.test(response.headers.get('content-type') ?? '');
          const answer = {
            status: response.status,
            headers: Object.fromEntries(response.headers),
            text,
            json: isJson && text ? JSON.parse(text) : null,
          };
          expect(answer.status, text).toBeLessThan(500);
          traffic.learn(sent, answer as unknown as Answer);
          if (sent.method !== 'GET') counts[answer.status < 300 ? 'written' : 'refused'] += 1;
        } catch (error) {
          if (!(error instanceof TypeError)) throw error;
          counts.cut += 1;
        }
      }
    }

    async function killing(): Promise<void> {
      for (let kill = 1; kill <= KILLS; kill += 1) {
        const next = OPERATIONS * (1 - kill / (KILLS + 1));
        while (left > next) await sleep(2);
        await sleep(random.below(30));
        const dying = await running;
        running = stop(dying, 'SIGKILL').then(() => startServer('', env));
        await running;
        counts.kills += 1;
      }
    }

    await Promise.all([killing(), ...Array.from({ length: CLIENTS }, client)]);
    expect((await stop(await running)).code).toBe(0);
    const verified = await run(['verify'], env);
    expect(verified.stdout).toMatch(/^\d+ versions make \d+ objects; 0 differences\n$/);
    expect(verified.code).toBe(0);
    expect(counts.kills).toBe(KILLS);
    // How many are cut depends on how long a start takes.
    expect(counts.written).toBeGreaterThan(OPERATIONS / 40);
  }, 3_600_000);
});

describe('attested migrate --repair-guards', () => {
  it('what a start refuses is made again', async () => {
    const database = await newRegister('empty');
    const env: Env = { ATTESTED_DATABASE_URL: `file:${database}` };
    const client = new Database(database);
    client.exec('DROP TRIGGER history_no_update; DROP TRIGGER claims_removed');
    client.close();
    const refused = await run(['migrate'], env);
    expect([refused.code, refused.stderr]).toEqual([
      1,
      expect.stringMatching(/history_no_update on history is missing.*"attested migrate --repair-guards"/),
    ]);
    const repaired = await run(['migrate', '--repair-guards'], env);
    expect(repaired.stdout.split('\n').slice(0, 3).sort()).toEqual([
      '2 guards repaired',
      'repaired: trigger claims_removed on claims is missing',
      'repaired: trigger history_no_update on history is missing',
    ]);
    expect((await run(['migrate'], env)).code).toBe(0);
    expect((await run(['verify'], env)).stdout).toContain('0 differences');
  });
});

describe('attested backup, attested restore', async () => {
  const database = await newRegister('sample');
  const env: Env = { ATTESTED_DATABASE_URL: `file:${database}` };
  const copy = `${newDatabase()}.backup`;
  const elsewhere: Env = { ATTESTED_DATABASE_URL: `file:${newDatabase()}` };

  let serving: Server;

  it('a backup made while the register is served is complete, and can be restored', async () => {
    serving = await startServer(database);
    const made = await run(['backup', copy], env);
    expect(made.stdout).toMatch(/: \d+ bytes, \d+ versions, the last recorded \d{4}-.*; checked\n$/);
    expect((await run(['backup', copy], env)).stderr).toContain('never overwrites');
    expect((await run(['restore', copy], elsewhere)).code).toBe(0);
    expect((await run(['verify'], elsewhere)).stdout).toContain('0 differences');
    const restored = await startServer('', elsewhere);
    const lists = await Promise.all(
      [serving, restored].map(({ base }) => readText(`${base}/v1/claims.ndjson`)),
    );
    await stop(restored);
    expect(lists[1]).toBe(lists[0]);
    expect(lists[0]!.length).toBeGreaterThan(100_000);
  });

  it('a register is replaced only with --replace, and the old file is kept', async () => {
    const busy = await run(['restore', copy, '--replace'], env);
    expect([busy.code, busy.stderr]).toEqual([1, expect.stringContaining('stop it first')]);
    await stop(serving);
    const refused = await run(['restore', copy], env);
    expect([refused.code, refused.stderr]).toEqual([1, expect.stringContaining('add --replace')]);
    expect((await run(['keys', 'create', '--name', 'later'], env)).code).toBe(0);
    const replaced = await run(['restore', copy, '--replace'], env);
    expect(replaced.code, replaced.stderr).toBe(0);
    const kept = /what was there is now (\S+)/.exec(replaced.stdout)![1];
    const names = async (url: string) =>
      (await run(['keys', 'list'], { ATTESTED_DATABASE_URL: url })).stdout.trim();
    expect(await names(`file:${database}`)).toBe('');
    expect(await names(`file:${kept}`)).toContain('"later"');
  });

  it('a file that is no register is refused, and the register stays as it was', async () => {
    const bad = newDatabase();
    writeFileSync(bad, 'no database');
    const before = readFileSync(database);
    const { code, stderr } = await run(['restore', bad, '--replace'], env);
    expect([code, stderr]).toEqual([1, expect.stringContaining('is no register')]);
    expect(readFileSync(database).equals(before)).toBe(true);
  });

  it('for PostgreSQL both commands refer to pg_dump', async () => {
    for (const command of ['backup', 'restore']) {
      const { code, stderr } = await run([command, copy], {
        ATTESTED_DATABASE_URL: 'postgres://127.0.0.1:1/x',
      });
      expect([code, stderr]).toEqual([1, expect.stringContaining('pg_dump')]);
    }
  });
});

import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, describe, expect, it } from 'vitest';
import { type Env, newDatabase, newRegister, run, start, startServer, stop } from '../support/server.js';

/** The command line as an operator meets it. */

const on = (database: string): Env => ({ ATTESTED_DATABASE_URL: `file:${database}` });

function count(database: string, table: string): number {
  const file = new Database(database, { readonly: true });
  const rows = file.prepare(`SELECT count(*) FROM ${table}`).pluck().get() as number;
  file.close();
  return rows;
}

describe('attested demo', () => {
  const folder = mkdtempSync(join(tmpdir(), 'attested-test-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('the sample is served, the key and the curl line that are printed work, and no file is left', async () => {
    const demo = start(['demo'], { ATTESTED_PORT: '0', TMPDIR: folder });
    const [, base] = await demo.until(/at (http:\/\/127\.0\.0\.1:\d+) /);
    const [, key] = await demo.until(/^(att_\w+)$/m);
    const [, url] = await demo.until(/^curl -s '(\S+)'$/m);
    expect(url).toMatch(new RegExp(`^${base}/v1/claims/`));

    const claim = (await (await fetch(url!)).json()) as Record<string, unknown>;
    expect(claim).toMatchObject({
      key: 'ttp-leader-family-stipend',
      subject: { key: 'noor-wali-mehsud-family' },
      value: { type: 'money', value: '3000000', currency: 'AFN', per: 'month' },
      attribution_count: 3,
    });

    const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
    const body = JSON.stringify({ kind: 'other', name: 'Somebody' });
    const written = await fetch(`${base}/v1/parties`, { method: 'POST', headers, body });
    expect(written.status).toBe(201);
    expect((await fetch(base + written.headers.get('location')!)).status).toBe(200);
    expect((await fetch(`${base}/v1/keys`, { headers })).status).toBe(200);
    expect((await fetch(`${base}/docs`)).status).toBe(200);

    expect((await stop(demo, 'SIGINT')).code).toBe(0);
    expect(demo.output().stderr).toBe('');
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe('attested seed', () => {
  it('the sample is loaded once, however often the command runs', async () => {
    const database = newDatabase();
    const first = await run(['seed'], on(database));
    const created = Number(/^(\d+) created, 0 already there$/m.exec(first.stdout)?.[1]);
    expect(created).toBeGreaterThan(200);
    const tables = ['history', 'claims', 'attributions', 'parties', 'sources', 'predicates', 'reserved_keys'];
    const before = tables.map((table) => count(database, table));
    expect(before[0]).toBeGreaterThanOrEqual(created);

    const second = await run(['seed'], on(database));
    expect(second).toMatchObject({ code: 0, stdout: `0 created, ${created} already there\n`, stderr: '' });
    expect(tables.map((table) => count(database, table))).toEqual(before);
  });

  it('the file and line that cannot be loaded are named, and nothing of that file is loaded', async () => {
    const database = newDatabase();
    const folder = mkdtempSync(join(tmpdir(), 'attested-test-'));
    const lines = [
      '{"party":{"key":"one","kind":"other","name":"One"}}',
      '{"party":{"key":"two","kind":"army","name":"Two"}}',
    ];
    writeFileSync(join(folder, 'parties.ndjson'), lines.join('\n'));
    const { code, stderr } = await run(['seed', folder], on(database));
    rmSync(folder, { recursive: true });
    expect(code).toBe(1);
    expect(stderr).toMatch(/^parties\.ndjson:2: .*kind/);
    expect(count(database, 'parties')).toBe(0);
  });
});

describe('attested keys', () => {
  const database = newDatabase();
  const keys = (...args: string[]) => run(['keys', ...args], on(database));

  it('a key works at once and is revoked at once while the service runs', async () => {
    const server = await startServer(database);
    const me = async (key: string) => {
      const response = await fetch(`${server.base}/v1/me`, { headers: { authorization: `Bearer ${key}` } });
      return { status: response.status, body: (await response.json()) as Record<string, unknown> };
    };
    const made = await keys(
      'create',
      '--name',
      'court records',
      '--scopes',
      'read',
      '--on-behalf-of',
      'Desk',
    );
    expect(made).toMatchObject({ code: 0, stderr: '' });
    const key = made.stdout.trim();
    expect(key).toMatch(/^att_[0-9a-z]{26}_[0-9a-f]{72}$/);
    const mine = await me(key);
    expect(mine).toMatchObject({
      status: 200,
      body: { name: 'court records', scopes: ['read'], on_behalf_of: 'Desk' },
    });

    const listed = await keys('list');
    expect(JSON.parse(listed.stdout)).toMatchObject({ id: mine.body.id, revoked_at: null });
    expect(listed.stdout).not.toContain(key.split('_')[2]);

    expect(await keys('revoke', String(mine.body.id))).toMatchObject({ code: 0, stdout: '', stderr: '' });
    expect((await me(key)).status).toBe(401);
    expect(JSON.parse((await keys('list')).stdout).revoked_at).toMatch(/Z$/);
    await stop(server);
  });

  it.each([
    ['no name', ['create'], /--name/],
    ['an unknown scope', ['create', '--name', 'x', '--scopes', 'read,all'], /scopes\/1/],
    [
      'an end that is past',
      ['create', '--name', 'x', '--expires-at', '2020-01-01T00:00:00Z'],
      /expired already/,
    ],
    ['an unknown key', ['revoke', 'apikey_01h455vb4pex5vsknk084sn02q'], /no such key/],
    ['an unknown command', ['rotate'], /unknown command/],
  ])('%s is refused in one or two lines', async (_name, args, message) => {
    const { code, stderr } = await keys(...args);
    expect(code).toBe(1);
    expect(stderr).toMatch(message);
    expect(stderr).not.toContain('    at ');
    expect(stderr.trim().split('\n').length).toBeLessThanOrEqual(2);
  });
});

describe('attested serve', () => {
  const failing = async (args: string[], env: Env) => {
    const begun = start(['serve', ...args], { ATTESTED_PORT: '0', ...env });
    const { code, stdout, stderr } = await begun.exited;
    expect(code).toBe(1);
    expect(stdout).not.toContain('listening');
    expect(stderr).not.toContain('    at ');
    return stderr;
  };

  it('an unknown setting ends the start with the names of all settings', async () => {
    const database = newDatabase();
    const message = await failing([], { ...on(database), ATTESTED_PROT: '1', ATTESTED_READ: 'open' });
    expect(message).toMatch(/unknown setting ATTESTED_PROT, ATTESTED_READ; there are ATTESTED_HOST, /);
    expect(() => count(database, 'history')).toThrow();
  });

  it('an unknown flag ends the start with its name', async () => {
    expect(await failing(['--prot', '1'], on(newDatabase()))).toMatch(/unknown option '--prot'/);
  });

  it('all invalid values are reported at once', async () => {
    const message = await failing(['--port', '99999'], { ...on(newDatabase()), ATTESTED_READS: 'sometimes' });
    expect(message).toMatch(/ATTESTED_PORT: write a port number/);
    expect(message).toMatch(/ATTESTED_READS: /);
  });

  it('a port that is taken ends the start with its address', async () => {
    const other = net.createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => other.once('listening', resolve));
    const { port } = other.address() as net.AddressInfo;
    expect(await failing(['--port', String(port)], on(newDatabase()))).toMatch(`127.0.0.1:${port}`);
    other.close();
  });

  it('a file that is no database ends the start with a message', async () => {
    const database = newDatabase();
    writeFileSync(database, 'a letter, not a database\n'.repeat(100));
    expect(await failing([], on(database))).toMatch(/not a database/);
  });

  it('a register of a later version ends the start with the unknown migration', async () => {
    const database = await newRegister('empty');
    const file = new Database(database);
    file.prepare("INSERT INTO schema_migrations VALUES ('9999_later.sql', 'x', 'x')").run();
    file.close();
    expect(await failing([], on(database))).toMatch(/9999_later\.sql, which this program does not know/);
  });

  it('a migration that was changed after it was applied ends the start with its name', async () => {
    const database = await newRegister('empty');
    const file = new Database(database);
    file.prepare("UPDATE schema_migrations SET checksum = 'x'").run();
    file.close();
    expect(await failing([], on(database))).toMatch(/0001_register\.sql was changed after it was applied/);
  });

  it.each([
    [['verify']],
    [['keys', 'list']],
    [['keys', 'revoke', 'apikey_x']],
    [['migrate', '--repair-guards']],
  ])('%s is refused where there is no register, and makes none', async (args) => {
    const database = newDatabase();
    const { code, stderr } = await run(args, on(database));
    expect([code, stderr]).toEqual([1, `there is no register at file:${database}\n`]);
    expect(existsSync(database)).toBe(false);
  });

  it('a register without a guard ends the start with its name and what to do; verify tells the same', async () => {
    const database = await newRegister('empty');
    const file = new Database(database);
    file.exec('DROP TRIGGER history_no_update');
    file.close();
    const message = await failing([], on(database));
    expect(message).toMatch(/trigger history_no_update on history is missing\. Run "attested verify"/);
    const verified = await run(['verify'], on(database));
    expect(verified.stdout).toBe(
      'guards: trigger history_no_update on history is missing\n0 versions make 0 objects; 1 differences\n',
    );
    expect(verified.code).toBe(1);
  });
});

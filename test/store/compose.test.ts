import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readConfig } from '../../src/config.js';
import { engines } from '../support/engines.js';
import { binary, freePort, owner, type PostgresServer, postgresServer } from '../support/postgres-server.js';

/** The files in `cluster/`: what they say of each other is true, and their scripts make a standby. */

const read = (name: string) => readFileSync(`cluster/${name}`, 'utf8');
const compose = read('compose.yaml');

it('compose.yaml: every setting exists, and names services of the file', () => {
  const services = new Set([...compose.matchAll(/^ {2}(\w+):/gm)].map((match) => match[1]));
  const settings = Object.fromEntries(
    [...compose.matchAll(/^ +(ATTESTED_\w+): (.+)$/gm)].map(([, name, value]) => [
      name,
      value!.replace(/\$\{POSTGRES_PASSWORD\}/g, 'secret'),
    ]),
  );
  const { databaseUrl, replicaUrls } = readConfig(settings);
  expect(databaseUrl).toBe('postgres://attested:secret@primary:5432,standby:5432/attested');
  expect(replicaUrls).toHaveLength(2);
  for (const [, host] of [databaseUrl, ...replicaUrls].join().matchAll(/(\w+):5432/g)) {
    expect(services).toContain(host);
  }
  for (const [, host] of read('haproxy.cfg').matchAll(/^ {2}server \w+ (\w+):3000$/gm)) {
    expect(services).toContain(host);
  }
  for (const [, file] of compose.matchAll(/- \.\/([\w.]+):/g)) expect(read(file!)).not.toBe('');
});

describe.runIf(engines.includes('postgres'))('primary.sh, standby.sh', () => {
  const as = owner();
  let primary: PostgresServer;
  let standbyPort: number;
  let standby: ChildProcess | null = null;
  const folder = mkdtempSync(join(tmpdir(), 'attested-cluster-'));
  if (as) chownSync(folder, as.uid, as.gid);

  const ask = async (url: string, text: string) => {
    const client = new pg.Client(url);
    await client.connect();
    const { rows } = await client.query(text);
    await client.end();
    return rows;
  };
  /** Runs a script as the image would, with its programs on the path. */
  const script = (name: string, args: string[], env: Record<string, string>) => {
    const path = `${dirname(binary('postgres'))}:${process.env.PATH}`;
    const child = spawn('bash', ['-s', '--', ...args], {
      ...as,
      cwd: folder,
      env: { PATH: path, ...env },
      stdio: ['pipe', 'ignore', 'ignore'],
    });
    child.stdin.end(read(name));
    return child;
  };
  const startStandby = () => {
    // A standby must have room for as many connections as its primary.
    standby = script('standby.sh', ['-p', String(standbyPort), '-k', folder, '-c', 'max_connections=200'], {
      PGDATA: join(folder, 'data'),
      PRIMARY_HOST: '127.0.0.1',
      PRIMARY_PORT: new URL(primary.url).port,
      REPLICATION_PASSWORD: 'secret',
    });
  };
  const untilSynchronous = async () => {
    const states = "SELECT sync_state FROM pg_stat_replication WHERE application_name = 'standby'";
    for (let tries = 0; tries < 200; tries += 1) {
      const [row] = await ask(primary.url, states);
      if (row?.sync_state === 'sync') return;
      await sleep(100);
    }
    expect.unreachable('the standby did not come');
  };

  beforeAll(async () => {
    primary = await postgresServer();
    standbyPort = await freePort();
    const [{ data_directory: data }] = (await ask(primary.url, 'SHOW data_directory')) as [
      { data_directory: string },
    ];
    const made = script('primary.sh', [], {
      PGHOST: '127.0.0.1',
      PGPORT: new URL(primary.url).port,
      POSTGRES_USER: 'attested',
      POSTGRES_DB: 'postgres',
      PGDATA: data,
      REPLICATION_PASSWORD: 'secret',
    });
    expect((await once(made, 'exit'))[0]).toBe(0);
    // As the image does when its scripts have run.
    await primary.halt();
    await primary.start();
  });
  afterAll(async () => {
    standby?.kill('SIGQUIT');
    await primary.remove();
    rmSync(folder, { recursive: true, force: true });
  });

  it('the standby is one that every commit waits for', async () => {
    startStandby();
    await untilSynchronous();
    await ask(primary.url, 'CREATE TABLE seen AS SELECT 1 AS n');
    const url = primary.url.replace(/:\d+\//, `:${standbyPort}/`);
    const [row] = await ask(
      url,
      "SELECT pg_is_in_recovery() AS standby, current_setting('synchronous_standby_names') AS names",
    );
    expect(row).toEqual({ standby: true, names: '' });
  });

  it('a standby that exists is only started, and can be promoted', async () => {
    const ended = once(standby!, 'exit');
    standby!.kill('SIGINT');
    await ended;
    startStandby();
    await untilSynchronous();
    await primary.halt('SIGKILL');
    const url = primary.url.replace(/:\d+\//, `:${standbyPort}/`);
    await ask(url, 'SELECT pg_promote()');
    await ask(url, 'INSERT INTO seen VALUES (2)');
    expect(await ask(url, 'SELECT n FROM seen ORDER BY n')).toEqual([{ n: 1 }, { n: 2 }]);
  });
});

import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import pg from 'pg';

/**
 * A PostgreSQL server of one's own: a new cluster in a temporary folder, on a free loopback port.
 *
 *     tsx test/support/postgres-server.ts npx vitest run test/store
 *
 * runs a command with TEST_POSTGRES_URL set to the server and stops the server after it.
 */
export interface PostgresServer {
  url: string;
  /** Ends the server, as an administrator would (`SIGINT`) or as a crash would (`SIGQUIT`, `SIGKILL`). */
  halt(signal?: 'SIGINT' | 'SIGQUIT' | 'SIGKILL'): Promise<void>;
  start(): Promise<void>;
  /** Makes a streaming replica of it, on a port of one's choice or a free one. */
  standby(options?: Record<string, string>, port?: number): Promise<PostgresServer>;
  /** Ends the server and removes the cluster. */
  remove(): Promise<void>;
}

/** Where Debian keeps the programs of all versions; elsewhere they are on the path. */
const DEBIAN = '/usr/lib/postgresql';
/** PostgreSQL refuses to run as root. */
const SERVANTS = ['postgres', 'nobody'];

function binary(name: string): string {
  const versions = existsSync(DEBIAN) ? readdirSync(DEBIAN).sort((a, b) => Number(b) - Number(a)) : [];
  const found = versions.map((version) => join(DEBIAN, version, 'bin', name)).find(existsSync);
  return found ?? name;
}

function owner(): { uid: number; gid: number } | null {
  if (process.getuid?.() !== 0) return null;
  const id = (flag: string, name: string) => Number(execFileSync('id', [flag, name], { stdio: 'pipe' }));
  for (const name of SERVANTS) {
    try {
      return { uid: id('-u', name), gid: id('-g', name) };
    } catch {
      // no such user here
    }
  }
  throw new Error(`root cannot run PostgreSQL, and there is no user ${SERVANTS.join(' or ')}`);
}

const freePort = () =>
  new Promise<number>((resolve, reject) => {
    const probe = createServer().once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => resolve(port));
    });
  });

/** A new server with an empty database. */
export async function postgresServer(options: Record<string, string> = {}): Promise<PostgresServer> {
  return serverOn(options, (data, as) => {
    // A language's own order of letters by default, so that text compared without collation "C" is noticed.
    const cluster = ['-U', 'attested', '-A', 'trust', '-E', 'UTF8', '--locale=C.UTF-8'];
    const order = ['--locale-provider=icu', '--icu-locale=en'];
    execFileSync(binary('initdb'), ['-D', data, '-N', ...cluster, ...order], as);
  });
}

type Servant = Partial<NonNullable<ReturnType<typeof owner>>>;

async function serverOn(
  options: Record<string, string>,
  fill: (data: string, as: { cwd: string; stdio: 'pipe' } & Servant) => void,
  chosenPort?: number,
): Promise<PostgresServer> {
  const as = owner();
  const folder = mkdtempSync(join(tmpdir(), 'attested-postgres-'));
  if (as) chownSync(folder, as.uid, as.gid);
  const data = join(folder, 'data');
  const inFolder = { ...as, cwd: folder };
  fill(data, { ...inFolder, stdio: 'pipe' });

  const port = chosenPort ?? (await freePort());
  const url = `postgres://attested@127.0.0.1:${port}/postgres`;
  const settings = Object.entries({
    listen_addresses: '127.0.0.1',
    unix_socket_directories: folder,
    max_connections: '200',
    fsync: 'off',
    ...options,
  }).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  let server: ChildProcess | null = null;

  async function start(): Promise<void> {
    let log = '';
    const child = spawn(binary('postgres'), ['-D', data, '-p', String(port), ...settings], {
      ...inFolder,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      log = (log + text).slice(-4_000);
    });
    server = child;
    for (let tries = 0; tries < 200; tries += 1) {
      if (child.exitCode !== null) break;
      const client = new pg.Client(url);
      try {
        await client.connect();
        return await client.end();
      } catch {
        await sleep(50);
      }
    }
    throw new Error(`PostgreSQL did not start:\n${log}`);
  }

  async function halt(signal: 'SIGINT' | 'SIGQUIT' | 'SIGKILL' = 'SIGINT'): Promise<void> {
    const child = server;
    server = null;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill(signal);
    await ended;
  }

  async function remove(): Promise<void> {
    await halt();
    rmSync(folder, { recursive: true, force: true });
  }

  const standby: PostgresServer['standby'] = (more = {}, itsPort) =>
    serverOn(
      more,
      (copy, user) => {
        const source = `host=127.0.0.1 port=${port} user=attested`;
        execFileSync(binary('pg_basebackup'), ['-D', copy, '-d', source, '-R', '-N', '-c', 'fast'], user);
      },
      itsPort,
    );

  await start();
  return { url, halt, start, standby, remove };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const server = await postgresServer();
  const [command, ...args] = process.argv.slice(2);
  process.stdout.write(`${server.url}\n`);
  const env = { ...process.env, TEST_POSTGRES_URL: server.url };
  const child = command ? spawn(command, args, { env, stdio: 'inherit' }) : null;
  const stop = () => child?.kill('SIGTERM') ?? finish(0);
  const finish = (code: number) => server.remove().then(() => process.exit(code));
  process.on('SIGINT', stop).on('SIGTERM', stop);
  child?.once('exit', (code) => finish(code ?? 1));
}

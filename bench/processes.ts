import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const FIRST_PORT = 23_000;
const LAST_PORT = 23_999;
const START_LIMIT_MS = 60_000;

/** Compiles the program as it ships to a folder of its own, which goes when this process ends. */
export function build(): string {
  const cache = join(root, 'node_modules', '.cache');
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(join(cache, 'attested-bench-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  for (const name of ['package.json', 'migrations', 'public', 'seeds']) {
    cpSync(join(root, name), join(folder, name), { recursive: true });
  }
  const cli = join(folder, 'dist', 'cli.js');
  const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  try {
    const out = join(folder, 'dist');
    execFileSync(process.execPath, [tsc, '-p', 'tsconfig.build.json', '--outDir', out], { cwd: root });
  } catch (error) {
    // A fault of types does not keep the compiler from writing a program that can be measured.
    if (!existsSync(cli)) throw error;
  }
  return cli;
}

const children = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of children) child.kill('SIGKILL');
});

export interface Server {
  port: number;
  /** Milliseconds from the start of the process to its first good answer. */
  ready: number;
  pid: number;
  close(): Promise<void>;
}

/** Starts the register's own server, logging as it does by default. */
export const startRegister = (cli: string, file: string): Promise<Server> =>
  startInstance(cli, { ATTESTED_DATABASE_URL: `file:${file}` });

/** Starts the register's own server with settings. */
export const startInstance = (cli: string, settings: Record<string, string>): Promise<Server> =>
  start('/readyz', (port) =>
    spawn(process.execPath, [cli, 'serve'], {
      env: { ...process.env, ...settings, ATTESTED_PORT: String(port) },
      stdio: ['ignore', 'ignore', 'inherit'],
    }),
  );

export interface Watched extends Server {
  /** For how long at most its event loop was held since it was last asked. */
  held(): Promise<Hold>;
}

/** Milliseconds by the clock, and of processor time, of which other work on the machine takes nothing away. */
export interface Hold {
  ms: number;
  cpu: number;
}

/** Starts the register's own server so that it tells how long its event loop was held. */
export async function startWatched(cli: string, url: string): Promise<Watched> {
  const held = pathToFileURL(join(root, 'bench', 'event-loop-lag.mjs')).href;
  let child!: ChildProcess;
  const server = await start('/readyz', (port) => {
    child = spawn(process.execPath, ['--import', held, cli, 'serve'], {
      env: { ...process.env, ATTESTED_DATABASE_URL: url, ATTESTED_PORT: String(port) },
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    return child;
  });
  return {
    ...server,
    async held() {
      child.send('held');
      const [hold] = (await once(child, 'message')) as [Hold];
      return hold;
    },
  };
}

/** Starts what the register is measured against. */
export const startBare = (file: string): Promise<Server> =>
  start('/livez', (port) =>
    spawn(process.execPath, ['--import', 'tsx', join(root, 'bench', 'bare-server.ts'), file, String(port)], {
      cwd: root,
      stdio: ['ignore', 'ignore', 'inherit'],
    }),
  );

/** Starts a server on a port of its own and waits until it answers at this path. */
export async function start(path: string, begin: (port: number) => ChildProcess): Promise<Server> {
  const port = await freePort();
  const from = performance.now();
  const child = begin(port);
  children.add(child);
  child.once('exit', () => children.delete(child));
  const address = `http://127.0.0.1:${port}${path}`;
  while (!(await fetch(address).catch(() => null))?.ok) {
    if (child.exitCode !== null) throw new Error('the server ended before it was ready');
    if (performance.now() - from > START_LIMIT_MS) throw new Error('the server did not become ready');
    await sleep(2);
  }
  const ready = performance.now() - from;
  return {
    port,
    ready,
    pid: child.pid!,
    async close() {
      child.kill('SIGTERM');
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    },
  };
}

async function freePort(): Promise<number> {
  for (let port = FIRST_PORT; port <= LAST_PORT; port++) {
    const server = createServer();
    const free = await new Promise<boolean>((resolve) => {
      server.once('error', () => resolve(false));
      server.listen(port, '127.0.0.1', () => resolve(true));
    });
    if (!free) continue;
    await new Promise((resolve) => server.close(resolve));
    return port;
  }
  throw new Error(`no free port from ${FIRST_PORT} to ${LAST_PORT}`);
}

/** Runs a command of a program to its end and gives the seconds of processor and the megabytes that it took. */
export function measured(cli: string, args: string[], settings: Record<string, string>, folder: string) {
  const used = join(folder, 'used.json');
  const hook = pathToFileURL(join(root, 'bench', 'used.mjs')).href;
  const from = performance.now();
  execFileSync(process.execPath, ['--import', hook, cli, ...args], {
    env: { ...process.env, ...settings, BENCH_USED: used },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const { cpu, peak } = JSON.parse(readFileSync(used, 'utf8')) as { cpu: number; peak: number };
  return { cpu, peak, seconds: (performance.now() - from) / 1_000 };
}

/** Runs a command of the program to its end and gives what it printed. */
export const run = (cli: string, args: string[], settings: Record<string, string>): string =>
  execFileSync(process.execPath, [cli, ...args], {
    env: { ...process.env, ...settings },
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });

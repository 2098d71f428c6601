import { type ChildProcess, spawn } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll } from 'vitest';
import { program, type Templates, templatesOf } from './shared.js';

/** The program as a process of its own: what signals, sockets and the command line do to it. */

const LIMIT_MS = 120_000;

const folderOfProgram = await program();
const children = new Set<ChildProcess>();
const folders: string[] = [];

afterAll(() => {
  for (const child of children) child.kill('SIGKILL');
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** A path for a register that does not exist yet; removed after the file's tests. */
export function newDatabase(): string {
  const folder = mkdtempSync(join(tmpdir(), 'attested-test-'));
  folders.push(folder);
  return join(folder, 'register.db');
}

/** A register that is there already: a copy of a template, which takes no process of its own. */
export async function newRegister(content: keyof Templates): Promise<string> {
  const database = newDatabase();
  copyFileSync((await templatesOf('sqlite'))[content], database);
  return database;
}

export type Env = Record<string, string>;

export interface Exit {
  code: number | null;
  signal: NodeJS.Signals | null;
}

export interface Run extends Exit {
  stdout: string;
  stderr: string;
}

export interface Program {
  child: ChildProcess;
  /** What it has written so far. */
  output(): Run;
  /** Resolves when it has ended. */
  exited: Promise<Run>;
  /** Resolves with what a pattern matches in the standard output; rejects when the program ends before. */
  until(pattern: RegExp): Promise<RegExpExecArray>;
}

/** Starts the command line with a clean environment: no setting of the machine gets through. */
export function start(args: string[], env: Env): Program {
  const clean = Object.entries(process.env).filter(
    ([name]) => !/^(ATTESTED_|PORT$|NODE_OPTIONS$|VITEST)/.test(name),
  );
  const child = spawn(process.execPath, [join(folderOfProgram, 'dist/cli.js'), ...args], {
    cwd: folderOfProgram,
    env: { ...Object.fromEntries(clean), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  children.add(child);
  const run: Run = { stdout: '', stderr: '', code: null, signal: null };
  const watchers = new Set<() => void>();
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    run.stdout += text;
    for (const watcher of watchers) watcher();
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    run.stderr += text;
  });
  const exited = new Promise<Run>((resolve) => {
    child.on('close', (code, signal) => {
      children.delete(child);
      resolve(Object.assign(run, { code, signal }));
    });
  });

  const until: Program['until'] = (pattern) =>
    new Promise((resolve, reject) => {
      const late = setTimeout(() => fail('did not write it in time'), LIMIT_MS);
      const settle = (act: () => void) => {
        clearTimeout(late);
        watchers.delete(look);
        act();
      };
      const fail = (why: string) =>
        settle(() => reject(new Error(`${args.join(' ')} ${why}: ${pattern}\n${run.stdout}${run.stderr}`)));
      const look = () => {
        const match = pattern.exec(run.stdout);
        if (match) settle(() => resolve(match));
      };
      watchers.add(look);
      look();
      void exited.then(() => fail('ended before it wrote'));
    });
  return { child, output: () => run, exited, until };
}

/** Runs a command to its end. */
export const run = (args: string[], env: Env): Promise<Run> => start(args, env).exited;

const databaseEnv = (database: string): Env => ({ ATTESTED_DATABASE_URL: `file:${database}` });

export async function newKey(database: string, scopes = 'read,write'): Promise<string> {
  const made = await run(['keys', 'create', '--name', 'test', '--scopes', scopes], databaseEnv(database));
  if (made.code !== 0) throw new Error(made.stderr);
  return made.stdout.trim();
}

export interface Server extends Program {
  /** `http://127.0.0.1:<port>`. */
  base: string;
  port: number;
  /** Milliseconds from the start of the process to the first 200 of `/readyz`. */
  readyMs: number;
}

/** Serves a register on a free port of the loopback address and waits until it is ready. */
export async function startServer(database: string, env: Env = {}): Promise<Server> {
  const begun = performance.now();
  const started = start(['serve'], { ATTESTED_PORT: '0', ...databaseEnv(database), ...env });
  const [base, port] = await started.until(/http:\/\/127\.0\.0\.1:(\d+)/);
  const ready = await fetch(`${base}/readyz`);
  if (ready.status !== 200) throw new Error(`not ready: ${ready.status} ${await ready.text()}`);
  return { ...started, base, port: Number(port), readyMs: performance.now() - begun };
}

/** The text of an answer that must be 200. A busy machine refuses reads that take long, and is asked again. */
export async function readText(url: string): Promise<string> {
  for (;;) {
    const answer = await fetch(url);
    const text = await answer.text();
    if (answer.status === 200) return text;
    if (answer.status !== 503) throw new Error(`${url}: ${answer.status} ${text}`);
    await sleep(1_000);
  }
}

/** Sends a signal and waits for the end. */
export async function stop({ child, exited }: Program, signal: NodeJS.Signals = 'SIGTERM'): Promise<Run> {
  child.kill(signal);
  return exited;
}

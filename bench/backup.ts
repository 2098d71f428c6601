import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { backUp } from '../src/db/sqlite/backup.js';

/**
 * Backups taken every 5 seconds of a register that takes 500 writes a second over HTTP:
 *
 *     npx tsx bench/backup.ts [seconds]
 *
 * Each must finish, open, verify, and hold every write that was acknowledged before it began.
 */

const SECONDS = Number(process.argv[2] ?? 60);
const EVERY_MS = 5_000;
const RATE = 500;
/** Objects in one request; with single writes a slow disk or a busy machine would not reach the rate. */
const TOGETHER = 10;

const folder = mkdtempSync(join(tmpdir(), 'attested-backup-'));
const url = `file:${join(folder, 'register.db')}`;

interface Ran {
  code: number | null;
  text: string;
}

const attested = (args: string[], databaseUrl = url) =>
  spawn(process.execPath, ['--import', 'tsx', 'src/cli.ts', ...args], {
    env: { ...process.env, ATTESTED_DATABASE_URL: databaseUrl, ATTESTED_PORT: '0' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });

function run(args: string[], databaseUrl?: string): Promise<Ran> {
  return new Promise((resolve) => {
    const child = attested(args, databaseUrl);
    let text = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (text += String(chunk)));
    child.on('close', (code) => resolve({ code, text }));
  });
}

const key = (await run(['keys', 'create', '--name', 'bench'])).text.match(/att_\S+/)![0];
const server = attested(['serve']);
const base = await new Promise<string>((resolve) => {
  server.stdout.on('data', (chunk) => {
    const found = /http:\/\/127\.0\.0\.1:\d+/.exec(String(chunk));
    if (found) resolve(found[0]);
  });
});

const acknowledged: string[] = [];
let running = true;
let sent = 0;
const began = performance.now();

async function write(): Promise<void> {
  while (running) {
    // The pace is that of the whole, whoever is late.
    const due = (sent / RATE) * 1_000;
    sent += TOGETHER;
    await sleep(Math.max(0, due - (performance.now() - began)));
    const operations = Array.from({ length: TOGETHER }, (_, i) => ({
      ...{ method: 'POST', type: 'party' },
      body: { kind: 'other', name: `Party ${sent + i}`, description: 'text '.repeat(40) },
    }));
    const answer = await fetch(`${base}/v1/batch`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      body: JSON.stringify({ operations }),
    });
    if (answer.status !== 200) throw new Error(await answer.text());
    const { items } = (await answer.json()) as { items: { id: string }[] };
    acknowledged.push(...items.map(({ id }) => id));
  }
}

const writers = Array.from({ length: 8 }, write);
const copies: { file: string; before: number }[] = [];
for (let i = 0; performance.now() - began < SECONDS * 1_000; i += 1) {
  await sleep(Math.max(0, (i + 1) * EVERY_MS - (performance.now() - began)));
  const file = join(folder, `backup-${i}.db`);
  const before = acknowledged.length;
  const start = performance.now();
  // What the command does, in this process: the start of another would take most of the time.
  await backUp(join(folder, 'register.db'), file);
  const ms = Math.round(performance.now() - start);
  copies.push({ file, before });
  console.log(
    `backup ${i}: ${ms} ms, ${statSync(file).size} bytes, begun after ${before} acknowledged writes`,
  );
}
running = false;
await Promise.all(writers);
const seconds = (performance.now() - began) / 1_000;
server.kill('SIGTERM');
console.log(
  `${acknowledged.length} writes in ${seconds.toFixed(0)} s: ${(acknowledged.length / seconds).toFixed(0)}/s`,
);

let missing = 0;
for (const { file, before } of copies) {
  const copy = new Database(file, { readonly: true });
  const held = new Set(copy.prepare('SELECT id FROM parties').pluck().all());
  copy.close();
  missing += acknowledged.slice(0, before).filter((id) => !held.has(id)).length;
}
// The last one is the largest; rebuilding each would take longer than the run.
const verified = await run(['verify'], `file:${copies.at(-1)!.file}`);
console.log(
  `${copies.length} backups hold all but ${missing} writes acknowledged before; verify: ${verified.text.trim()}`,
);
rmSync(folder, { recursive: true, force: true });
process.exitCode = missing > 0 || verified.code !== 0 ? 1 : 0;

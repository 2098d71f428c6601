import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { openStore } from '../../src/db/open.js';
import { connectWriter } from '../../src/db/sqlite/connections.js';
import { LogMover } from '../../src/db/sqlite/log-mover.js';
import { until } from '../support/until.js';

/** Who moves the log of SQLite into the database, and when. */

const folder = mkdtempSync(join(tmpdir(), 'attested-test-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const PAGE = 1_024;
const TEXT = 'x'.repeat(1_000 * PAGE);
/** More writes of such a text than the log holds before it is moved. */
const MANY = 36;
/** What moves the log at once. */
const MOVE = 'wal_checkpoint(PASSIVE)';
/** Writes that would make a log of 400 MB. */
const BUSY = 400;

/** What tells one log from the next: the salts in its header (https://sqlite.org/fileformat2.html#walformat). */
const saltsOf = (file: string): string => readFileSync(`${file}-wal`).subarray(16, 24).toString('hex');

async function openFile(name: string) {
  const file = join(folder, name);
  const store = await openStore({
    url: `file:${file}`,
    onFatal(error) {
      throw error;
    },
  });
  const write = (name: string, value = TEXT) =>
    store.write((tx) => tx.db.insert(tx.tables.settings).values({ name, value }));
  return { file, write, read: store.read, close: store.close, sizeOf: () => statSync(file).size };
}

describe('A log that has grown long', () => {
  it('is moved by a thread, and begins anew where it has grown longer still', async () => {
    const register = await openFile('short.db');
    onTestFinished(register.close);
    const pragma = vi.spyOn(Database.prototype, 'pragma');
    onTestFinished(() => pragma.mockRestore());
    await register.write('first');
    const before = register.sizeOf();
    const first = saltsOf(register.file);
    for (let i = 0; i < MANY; i++) await register.write(`many-${i}`);
    await until(() => register.sizeOf() >= before + 32_000 * PAGE);
    expect(saltsOf(register.file)).toBe(first);
    for (let i = 0; i < 2 * MANY; i++) await register.write(`more-${i}`);
    expect(saltsOf(register.file)).not.toBe(first);
    expect(pragma.mock.calls).not.toContainEqual([MOVE]);
  });

  it('is waited for where writes follow each other, so that it stays short', async () => {
    const register = await openFile('busy.db');
    onTestFinished(register.close);
    let longest = 0;
    for (let i = 0; i < BUSY; i++) {
      await register.write(`busy-${i}`);
      longest = Math.max(longest, statSync(`${register.file}-wal`).size);
    }
    expect(longest).toBeLessThan(180e6);
  });

  it('is left to grow where a read goes on that needs it', async () => {
    const register = await openFile('read.db');
    onTestFinished(register.close);
    await register.write('first');
    const threads = vi.spyOn(
      LogMover.prototype as unknown as { moveInThread(): Promise<void> },
      'moveInThread',
    );
    onTestFinished(() => threads.mockRestore());
    const writeMany = async (name: string, many: number) => {
      for (let i = 0; i < many; i++) {
        await register.write(`${name}-${i}`);
        await Promise.all(threads.mock.results.map(({ value }) => value));
      }
      return threads.mock.calls.length;
    };
    await register.read(async (tx) => {
      await tx.db.$count(tx.tables.settings);
      expect(await writeMany('held', 2 * MANY)).toBeLessThan(MANY / 4);
    });
    expect(await writeMany('free', MANY)).toBeLessThan(MANY / 3);
    expect(register.sizeOf()).toBeGreaterThan(2 * MANY * 1_000 * PAGE);
  });

  it('is moved by a thread also behind a read that held on to much of it', async () => {
    const register = await openFile('held.db');
    onTestFinished(register.close);
    await register.write('first');
    const pragma = vi.spyOn(Database.prototype, 'pragma');
    onTestFinished(() => pragma.mockRestore());
    await register.read(async (tx) => {
      await tx.db.$count(tx.tables.settings);
      for (let i = 0; i < 4 * MANY; i++) await register.write(`held-${i}`);
    });
    for (let i = 0; i < 2 * MANY; i++) await register.write(`free-${i}`);
    expect(pragma.mock.calls).not.toContainEqual([MOVE]);
    expect(register.sizeOf()).toBeGreaterThan(4 * MANY * 1_000 * PAGE);
  });

  it('is moved by a thread where another process moved what a read had held on to', async () => {
    const file = join(folder, 'others.db');
    const [client, other] = [connectWriter(file), connectWriter(file)];
    onTestFinished(() => {
      client.close();
      other.close();
    });
    client.exec('CREATE TABLE texts (text TEXT)');
    const fill = (many: number) => {
      const insert = client.prepare('INSERT INTO texts VALUES (?)');
      for (let i = 0; i < many; i++) insert.run(TEXT);
    };
    const log = new LogMover(client, file);
    other.exec('BEGIN');
    other.prepare('SELECT count(*) FROM texts').get();
    fill(2 * MANY);
    log.look();
    await log.close();
    other.exec('COMMIT');
    other.pragma('wal_checkpoint(TRUNCATE)');
    log.look();
    fill(MANY);
    const before = statSync(file).size;
    log.look();
    await log.close();
    expect(statSync(file).size).toBeGreaterThan(before + 32_000 * PAGE);
  });

  it.each([
    ['fails', join(folder, 'missing', 'alone.db')],
    // What cannot be handed over makes the constructor throw, as a limit on threads does.
    ['cannot be had', (() => 0) as never],
  ])('is moved at once where a thread %s', async (what, path) => {
    const file = join(folder, `${what}.db`);
    const client = connectWriter(file);
    onTestFinished(() => void client.close());
    client.exec('CREATE TABLE texts (text TEXT)');
    const insert = client.prepare('INSERT INTO texts VALUES (?)');
    const log = new LogMover(client, path);
    for (let i = 0; i < MANY; i++) insert.run(TEXT);
    const before = statSync(file).size;
    log.look();
    await log.close();
    expect(statSync(file).size).toBeGreaterThan(before + MANY * 1_000 * PAGE);
  });
});

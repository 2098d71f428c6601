import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { openStore } from '../../src/db/open.js';
import type { Tx } from '../../src/db/store/store.js';

/** Writes that leave turns to others, on SQLite: what they leave to the commit, and that nothing is lost by it. */

const folder = mkdtempSync(join(tmpdir(), 'attested-test-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const file = join(folder, 'long.db');
const open = () =>
  openStore({
    url: `file:${file}`,
    onFatal(error) {
      throw error;
    },
  });

const ROWS = 120;
const TEXT = 'x'.repeat(100_000);
const BYTES = ROWS * TEXT.length;

/** Takes so many milliseconds of processor time. */
function spin(milliseconds: number): void {
  const before = process.cpuUsage();
  for (let used = 0; used < milliseconds * 1_000; ) {
    const { user, system } = process.cpuUsage(before);
    used = user + system;
  }
}

/** Writes what takes a commit long to write. */
async function fill(tx: Tx, name: string): Promise<void> {
  for (let i = 0; i < ROWS; i++) {
    if (i < 4) spin(20);
    await tx.yield();
    await tx.db.insert(tx.tables.settings).values({ name: `${name}-${i}`, value: TEXT });
  }
}

/** As the writes of requests are: somebody waits for them. */
const waitedFor = new AbortController().signal;

const count = (tx: Tx) => tx.db.$count(tx.tables.settings);

/** A page in the log: its header, and a page of 1 KiB. */
const FRAME = 24 + 1_024;

/** What only a long write asks for. */
const CACHE_OF_LONG = 'cache_size = 80000';

const prepare = Database.prototype.prepare;
/** The log as it was when the last transaction committed. */
let logBefore = Buffer.alloc(0);
const watched = vi.spyOn(Database.prototype, 'prepare').mockImplementation(function (
  this: Database.Database,
  text,
) {
  const statement = prepare.call(this, text);
  if (text !== 'COMMIT' || this.readonly) return statement;
  const run = statement.run.bind(statement) as () => Database.RunResult;
  return Object.assign(statement, {
    run: () => {
      logBefore = readFileSync(`${file}-wal`);
      return run();
    },
  });
});
afterAll(() => watched.mockRestore());

describe('Store.write, when it is long', () => {
  it('commits with nearly all pages in the log', async () => {
    const store = await open();
    const pragma = vi.spyOn(Database.prototype, 'pragma');
    onTestFinished(() => pragma.mockRestore());
    await store.write((tx) => fill(tx, 'flushed'), undefined, waitedFor);
    expect(pragma.mock.calls).toContainEqual([CACHE_OF_LONG]);
    const log = readFileSync(`${file}-wal`);
    const written: number[] = [];
    for (let at = 32; at < log.length; at += FRAME) {
      const frame = log.subarray(at, at + FRAME);
      if (!frame.equals(logBefore.subarray(at, at + FRAME))) written.push(at);
    }
    expect(log.length / FRAME).toBeGreaterThan(BYTES / 1_024);
    expect(written.length).toBeLessThan(100);
    await store.close();
  });

  it('is not, however long it takes by the clock', async () => {
    const store = await open();
    // Which counts what other threads of the tests use.
    const used = vi.spyOn(process, 'cpuUsage').mockReturnValue({ user: 0, system: 0 });
    const pragma = vi.spyOn(Database.prototype, 'pragma');
    onTestFinished(() => {
      used.mockRestore();
      pragma.mockRestore();
    });
    await store.write(
      async (tx) => {
        for (let i = 0; i < 3; i++) {
          Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100);
          await tx.yield();
          await tx.db.insert(tx.tables.settings).values({ name: `slow-${i}`, value: 'x' });
        }
      },
      undefined,
      waitedFor,
    );
    expect(pragma.mock.calls).not.toContainEqual([CACHE_OF_LONG]);
    await store.close();
  });

  it('is undone when it fails, and whole when it does not', async () => {
    const store = await open();
    const before = await store.read(count);
    const failing = store.write(
      async (tx) => {
        await fill(tx, 'undone');
        throw new Error('undo');
      },
      undefined,
      waitedFor,
    );
    await expect(failing).rejects.toThrow('undo');
    expect(await store.read(count)).toBe(before);
    await store.write((tx) => fill(tx, 'kept'), undefined, waitedFor);
    expect(await store.read(count)).toBe(before + ROWS);
    await store.close();
    const again = await open();
    expect(await again.read(count)).toBe(before + ROWS);
    await again.close();
  });
});

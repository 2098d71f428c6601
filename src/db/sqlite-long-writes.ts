import { open } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';
import { type Client, LOG_PAGES } from './sqlite-connections.js';

/** Pages that a long write keeps in memory until it is committed: 8 MB, which take some 20 milliseconds to write. */
const LONG_WRITE_CACHE = -8_192;

const driver = createRequire(import.meta.url).resolve('better-sqlite3');
/** As text, since the driver is all that it needs: from sources a file would need a loader as well. */
const CHECKPOINT = `
  const { driver, path } = require('node:worker_threads').workerData;
  const client = new (require(driver))(path);
  client.pragma('wal_checkpoint(PASSIVE)');
  client.close();
`;

/**
 * Keeps the end of a long write short. A commit of SQLite writes all pages that were changed, sees to it that they are
 * on the disk and, when the log is long, moves it into the database: for a write of 100 MB half a second, in one
 * call. A write that has left turns to others writes its pages as it goes, has the log synced before it commits, and
 * leaves the log to a thread.
 */
export class LongWrites {
  private long = false;
  private checkpoint: Promise<void> | null = null;

  constructor(
    private readonly client: Client,
    private readonly path: string,
    private readonly cache: number,
  ) {}

  /** To be called when a write turns out to be long. */
  begin(): void {
    if (this.long) return;
    this.long = true;
    this.client.pragma(`cache_size = ${LONG_WRITE_CACHE}`);
    this.client.pragma('wal_autocheckpoint = 0');
  }

  /** To be awaited before a write commits. */
  async sync(): Promise<void> {
    if (!this.long) return;
    const log = await open(`${this.path}-wal`);
    try {
      await log.datasync();
    } finally {
      await log.close();
    }
  }

  /** To be called when a write is over. */
  end(): void {
    if (!this.long) return;
    this.long = false;
    this.client.pragma(`cache_size = ${this.cache}`);
    this.checkpoint ??= this.moveLog().finally(() => {
      this.checkpoint = null;
      if (!this.long && this.client.open) this.client.pragma(`wal_autocheckpoint = ${LOG_PAGES}`);
    });
  }

  /** Resolves when nothing works on the log any more. */
  async close(): Promise<void> {
    await this.checkpoint;
  }

  /** What goes wrong there is left to the next commit, which moves the log by itself. */
  private moveLog(): Promise<void> {
    return new Promise((resolve) => {
      const worker = new Worker(CHECKPOINT, { eval: true, workerData: { driver, path: this.path } });
      worker.once('error', () => resolve());
      worker.once('exit', () => resolve());
    });
  }
}

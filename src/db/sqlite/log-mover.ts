import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';
import type { Client } from './connections.js';

/** Pages that the log holds before they are moved: most are changed many times by then. */
const LOG_PAGES = 32_000;
/** Pages of a log at which the next write waits for the thread, so that it is moved whole and begins anew. */
const MOST_PAGES = 64_000;
/** Pages beyond these that are moved: the wait is short. */
const FEW_PAGES = 4_000;

const driver = createRequire(import.meta.url).resolve('better-sqlite3');
/** As text, since the driver is all that it needs: from sources a file would need a loader as well. */
const CHECKPOINT = `
  const { parentPort, workerData } = require('node:worker_threads');
  const client = new (require(workerData.driver))(workerData.path);
  const [{ log, checkpointed }] = client.pragma('wal_checkpoint(PASSIVE)');
  client.close();
  parentPort.postMessage(log - checkpointed);
`;

/**
 * Moves the write-ahead log into the database. The commit that found it long would do it, and hold the event loop
 * for 32,000 pages, or for a few until they are on the disk; a thread moves them while other writes go on. SQLite begins
 * the log anew only with a write that finds all of it moved: so one write waits for the thread where the log is long.
 */
export class LogMover {
  private moving: Promise<void> | null = null;
  /** Pages that the last thread left, since reads that went on held on to them: the next one would not move them either. */
  private held = 0;

  constructor(
    private readonly client: Client,
    private readonly path: string,
  ) {}

  /**
   * To be awaited before a write begins: without a rest for the thread the log would grow by 25 MB with each batch, and
   * to cut 2 GB off takes a commit half a second.
   */
  async ready(): Promise<void> {
    if (this.moving && this.pages().all > MOST_PAGES) await this.moving;
  }

  /** To be called when a write is over. Errors are left to the next write: what was written is in the log. */
  look(): void {
    if (this.moving) return;
    const { all, left } = this.pages();
    // Another process may have moved them since.
    this.held = Math.min(this.held, left);
    if (left <= this.held + (all > MOST_PAGES ? FEW_PAGES : LOG_PAGES)) return;
    this.moving = this.moveInThread().finally(() => {
      this.moving = null;
    });
  }

  /** Resolves when nothing works on the log any more. */
  async close(): Promise<void> {
    await this.moving;
  }

  /** Pages in the log, and those of them that are not moved. */
  private pages(): { all: number; left: number } {
    const { log, checkpointed } = this.checkpoint('NOOP') ?? { log: 0, checkpointed: 0 };
    return { all: log, left: log - checkpointed };
  }

  private checkpoint(mode: string): { log: number; checkpointed: number } | undefined {
    try {
      const [counts] = this.client.pragma(`wal_checkpoint(${mode})`) as {
        log: number;
        checkpointed: number;
      }[];
      return counts;
    } catch {
      return undefined;
    }
  }

  private moveInThread(): Promise<void> {
    return new Promise<void>((resolve, reject) => {
      const worker = new Worker(CHECKPOINT, { eval: true, workerData: { driver, path: this.path } });
      worker.once('message', (left: number) => {
        this.held = left;
      });
      worker.once('error', reject);
      worker.once('exit', () => resolve());
    }).catch(() => {
      // Where there can be no thread; in the middle of a write this does nothing, and the next one tries again.
      this.checkpoint('PASSIVE');
    });
  }
}

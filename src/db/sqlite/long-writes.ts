import { type FileHandle, open } from 'node:fs/promises';
import { yieldIfLong } from '../../lib/event-loop.js';
import type { Client } from './connections.js';

/**
 * Milliseconds of processor time that a short write takes at most; it has then changed some 2,000 pages, which a commit
 * writes in 10 ms. Elapsed time says nothing here: on a busy machine any write takes long.
 */
const SHORT_MS = 50;
/** Pages that a long write may keep in memory until its end: 100 MB, more than the largest request changes. */
const LONG_WRITE_CACHE = 80_000;
/** A cache of one page: to read another page, SQLite has to write the changed one. */
const NO_CACHE = 1;
/** How often to check whether changed pages are left; file systems count time in steps of some milliseconds. */
const LOOK_MS = 10;

/**
 * Keeps the end of a long write short. A commit of SQLite writes all pages that were changed and sees to it that they
 * are on the disk: for a write of 100 MB a third of a second, in one call. Pages that do not fit into memory are written
 * before; but where one of them is changed again, the commit reads the log from there on to correct its sums. So a long
 * write keeps its pages until nothing is changed any more, then writes them some at a time, and has the log synced
 * before it commits.
 */
export class LongWrites {
  private long = false;
  /** The processor time when the present write was first looked at. */
  private began: number | null = null;

  constructor(
    private readonly client: Client,
    private readonly path: string,
    private readonly cache: number,
  ) {}

  /** To be called whenever a write has left a turn to others: it may turn out to be long. */
  look(): void {
    if (this.long) return;
    const now = processorMs();
    this.began ??= now;
    if (now - this.began < SHORT_MS) return;
    this.long = true;
    this.client.pragma(`cache_size = ${LONG_WRITE_CACHE}`);
  }

  /** To be awaited before a write commits, when nothing is changed any more. */
  async sync(): Promise<void> {
    if (!this.long) return;
    const log = await open(`${this.path}-wal`);
    try {
      await this.writePages(log);
      await log.datasync();
    } finally {
      await log.close();
    }
  }

  /**
   * SQLite has no call for it that the driver gives. Without room in its cache it writes one changed page for each page
   * that it has to read; those of the schema are never changed by a write, and are forgotten as soon as they are read.
   */
  private async writePages(log: FileHandle): Promise<void> {
    this.client.pragma(`cache_size = ${NO_CACHE}`);
    const readSchema = this.client.prepare('SELECT count(*) FROM sqlite_schema');
    const lastWritten = async () => (await log.stat({ bigint: true })).mtimeNs;
    for (let before = await lastWritten(); ; ) {
      for (const start = performance.now(); performance.now() - start < LOOK_MS; await yieldIfLong()) {
        readSchema.get();
      }
      const after = await lastWritten();
      if (after === before) return;
      before = after;
    }
  }

  /** To be called when a write is over. */
  end(): void {
    this.began = null;
    if (!this.long) return;
    this.long = false;
    this.client.pragma(`cache_size = ${this.cache}`);
  }
}

/** What the process has used so far; Node.js does not tell it of a thread. */
function processorMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}

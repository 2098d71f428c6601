import type { FastifyBaseLogger } from 'fastify';
import type { Store } from '../db/store/store.js';
import { newestPlace } from './changes.store.js';

/** How often the history is checked for changes that other instances wrote. */
const INTERVAL_MS = 200;
/** How soon it is checked after a write of this instance; writes close to each other are seen together. */
const NUDGED_MS = 5;

interface Waiter {
  seq: number;
  wake: (changed: boolean) => void;
}

/** Notices new changes for all streams of an instance with one cheap query at a time, and only while any waits. */
export class ChangeNotifier {
  closing = false;
  private readonly waiters = new Set<Waiter>();
  private timer: NodeJS.Timeout | null = null;
  private due = 0;
  private looking: Promise<void> = Promise.resolve();

  constructor(
    private readonly store: Store,
    private readonly logger: FastifyBaseLogger,
  ) {}

  /**
   * Resolves with true when something may have been recorded after `seq`, with false when `ms` have passed, the
   * signal came, or the service stops.
   */
  changed(seq: number, ms: number, signal: AbortSignal): Promise<boolean> {
    if (this.closing || signal.aborted) return Promise.resolve(false);
    return new Promise((resolve) => {
      const stop = () => waiter.wake(false);
      const timer = setTimeout(stop, ms);
      const waiter: Waiter = {
        seq,
        wake: (changed) => {
          this.waiters.delete(waiter);
          clearTimeout(timer);
          signal.removeEventListener('abort', stop);
          resolve(changed);
        },
      };
      signal.addEventListener('abort', stop);
      this.waiters.add(waiter);
      this.schedulePoll(INTERVAL_MS);
    });
  }

  /** To be called after a write of this instance. */
  notify(): void {
    if (this.waiters.size > 0) this.schedulePoll(NUDGED_MS);
  }

  async close(): Promise<void> {
    this.closing = true;
    if (this.timer) clearTimeout(this.timer);
    for (const waiter of [...this.waiters]) waiter.wake(false);
    await this.looking;
  }

  private schedulePoll(ms: number): void {
    const at = performance.now() + ms;
    if (this.timer && this.due <= at) return;
    if (this.timer) clearTimeout(this.timer);
    this.due = at;
    this.timer = setTimeout(() => {
      this.timer = null;
      this.looking = this.look();
    }, ms);
  }

  private async look(): Promise<void> {
    try {
      const seq = (await this.store.read(newestPlace))?.seq ?? 0;
      for (const waiter of [...this.waiters]) if (seq > waiter.seq) waiter.wake(true);
    } catch (error) {
      this.logger.warn({ err: error }, 'the history could not be looked at; trying again');
    }
    if (!this.closing && this.waiters.size > 0) this.schedulePoll(INTERVAL_MS);
  }
}

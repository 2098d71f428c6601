import { LimitExceeded } from '../db/store/limits.js';
import { ApiError } from '../lib/errors.js';

interface Waiter {
  begin: () => void;
  /** Counts its wait, once: as long as no place is ready at all, it waits for the first. */
  hurry: () => void;
  patient: boolean;
}

interface TurnLimits {
  /** How many run at once. */
  atOnce: number;
  /** How many of them have a place that is ready; the others take time and memory to make. None while the first is made. */
  ready: () => number;
  /** Milliseconds after which one that waits takes a place that is not ready. */
  spareMs: number;
  mostWaiting: number;
  /** Milliseconds after which one that waits is refused. */
  waitMs: number;
  /** Milliseconds after which one that waits for the first place is refused. */
  firstMs: number;
}

/** Lets so many run at once; a bounded number of others waits for its turn, for a bounded time. */
export class Turns {
  private running = 0;
  private readonly waiting: Waiter[] = [];

  constructor(private readonly limits: TurnLimits) {}

  /**
   * Throws 503 when too many wait or the wait was too long; those who are patient wait however long it takes. Tells how many
   * milliseconds the wait was, without that for the first place.
   */
  async run<T>(fn: (waited: number) => Promise<T>, signal: AbortSignal, patient: boolean): Promise<T> {
    const waited = await this.turn(signal, patient);
    try {
      return await fn(waited);
    } finally {
      this.running -= 1;
      this.waiting.shift()?.begin();
    }
  }

  /** To be called when the first place is ready. */
  wake(): void {
    while (this.isPlaceFree()) {
      const next = this.waiting.shift();
      if (!next) return;
      next.begin();
    }
    for (const waiter of this.waiting) waiter.hurry();
  }

  private isPlaceFree(): boolean {
    const { atOnce, ready } = this.limits;
    return this.running < Math.min(atOnce, ready());
  }

  private turn(signal: AbortSignal, patient: boolean): Promise<number> {
    if (signal.aborted) throw new LimitExceeded('cancelled');
    const { atOnce, ready, spareMs, mostWaiting, waitMs, firstMs } = this.limits;
    if (this.isPlaceFree()) {
      this.running += 1;
      return Promise.resolve(0);
    }
    if (!patient && this.waiting.filter((one) => !one.patient).length >= mostWaiting) throw busy();
    return new Promise((resolve, reject) => {
      const withdraw = () => this.waiting.splice(this.waiting.indexOf(waiter), 1);
      const leave = (error: Error) => {
        withdraw();
        settle();
        reject(error);
      };
      const hungUp = () => leave(new LimitExceeded('cancelled'));
      const refuseAfter = (ms: number) => (patient ? undefined : setTimeout(() => leave(busy()), ms));
      let timer = refuseAfter(firstMs);
      let spare: NodeJS.Timeout | undefined;
      let from: number | undefined;
      const hurry = () => {
        if (spare) return;
        from = performance.now();
        clearTimeout(timer);
        timer = refuseAfter(waitMs);
        spare = setTimeout(() => {
          if (this.running >= atOnce) return;
          withdraw();
          waiter.begin();
        }, spareMs);
      };
      const settle = () => {
        clearTimeout(timer);
        clearTimeout(spare);
        signal.removeEventListener('abort', hungUp);
      };
      const waiter: Waiter = {
        patient,
        hurry,
        begin: () => {
          this.running += 1;
          settle();
          resolve(from === undefined ? 0 : performance.now() - from);
        },
      };
      signal.addEventListener('abort', hungUp);
      this.waiting.push(waiter);
      if (ready() > 0) hurry();
    });
  }
}

export const busy = (): ApiError =>
  new ApiError(
    'unavailable',
    'Too many requests that take long are running; try again shortly.',
    [],
    {},
    { 'retry-after': '2' },
  );

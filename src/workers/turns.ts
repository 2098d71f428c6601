import { LimitExceeded } from '../db/store/limits.js';
import { ApiError } from '../lib/errors.js';

interface Waiter {
  begin: () => void;
  patient: boolean;
}

interface TurnLimits {
  /** How many run at once. */
  atOnce: number;
  /** How many of them have a place that is ready; the others take time and memory to make. */
  ready: () => number;
  /** Milliseconds after which one that waits takes a place that is not ready. */
  spareMs: number;
  mostWaiting: number;
  /** Milliseconds after which one that waits is refused. */
  waitMs: number;
}

/** Lets so many run at once; a bounded number of others waits for its turn, for a bounded time. */
export class Turns {
  private running = 0;
  private readonly waiting: Waiter[] = [];

  constructor(private readonly limits: TurnLimits) {}

  /** Throws 503 when too many wait or the wait was too long; those who are patient wait however long it takes. */
  async run<T>(fn: () => Promise<T>, signal: AbortSignal, patient: boolean): Promise<T> {
    await this.turn(signal, patient);
    try {
      return await fn();
    } finally {
      this.running -= 1;
      this.waiting.shift()?.begin();
    }
  }

  private turn(signal: AbortSignal, patient: boolean): Promise<void> {
    if (signal.aborted) throw new LimitExceeded('cancelled');
    const { atOnce, ready, spareMs, mostWaiting, waitMs } = this.limits;
    if (this.running < Math.min(atOnce, ready())) {
      this.running += 1;
      return Promise.resolve();
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
      const timer = patient ? undefined : setTimeout(() => leave(busy()), waitMs);
      const spare = setTimeout(() => {
        if (this.running >= atOnce) return;
        withdraw();
        waiter.begin();
      }, spareMs);
      const settle = () => {
        clearTimeout(timer);
        clearTimeout(spare);
        signal.removeEventListener('abort', hungUp);
      };
      const waiter: Waiter = {
        patient,
        begin: () => {
          this.running += 1;
          settle();
          resolve();
        },
      };
      signal.addEventListener('abort', hungUp);
      this.waiting.push(waiter);
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

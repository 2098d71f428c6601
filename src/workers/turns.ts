import { LimitExceeded } from '../db/store/limits.js';
import { ApiError } from '../lib/errors.js';

interface Waiter {
  begin: () => void;
  patient: boolean;
}

/** Lets so many run at once; a bounded number of others waits for its turn, for a bounded time. */
export class Turns {
  private running = 0;
  private readonly waiting: Waiter[] = [];

  constructor(
    private readonly atOnce: number,
    private readonly mostWaiting: number,
    private readonly waitMs: number,
  ) {}

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
    if (this.running < this.atOnce) {
      this.running += 1;
      return Promise.resolve();
    }
    if (!patient && this.waiting.filter((one) => !one.patient).length >= this.mostWaiting) throw busy();
    return new Promise((resolve, reject) => {
      const leave = (error: Error) => {
        this.waiting.splice(this.waiting.indexOf(waiter), 1);
        settle();
        reject(error);
      };
      const hungUp = () => leave(new LimitExceeded('cancelled'));
      const timer = patient ? undefined : setTimeout(() => leave(busy()), this.waitMs);
      const settle = () => {
        clearTimeout(timer);
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

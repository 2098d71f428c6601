import type { FastifyBaseLogger } from 'fastify';
import type { Store } from '../../db/store/store.js';
import type { Clock } from '../../lib/clock.js';
import { drainStep } from './standing.service.js';

/** How often the queue is checked: another instance may have stopped halfway. */
const INTERVAL_MS = 250;

/** Works through the queue of standings in the background until it is closed. */
export function startStandingQueue(
  store: Store,
  clock: Clock,
  logger: FastifyBaseLogger,
): { close(): Promise<void> } {
  let closing = false;
  let timer: NodeJS.Timeout;
  let running: Promise<void> = Promise.resolve();

  const drain = async () => {
    try {
      while (!closing && (await drainStep(store, clock, () => closing)));
    } catch (error) {
      logger.warn({ err: error }, 'standings could not be brought up to date; trying again');
    }
    if (!closing) schedule();
  };
  const schedule = () => {
    timer = setTimeout(() => {
      running = drain();
    }, INTERVAL_MS).unref();
  };
  schedule();

  return {
    async close() {
      closing = true;
      clearTimeout(timer);
      await running;
    },
  };
}

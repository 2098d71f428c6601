import type { FastifyInstance } from 'fastify';
import { pino } from 'pino';
import { buildReader } from '../../src/app.js';
import { FEW, type Limits, shortReads } from '../../src/db/store/limits.js';
import { cursorSecret } from '../../src/db/store/settings.js';
import type { Store } from '../../src/db/store/store.js';
import type { Workers } from '../../src/http/server/costs.js';
import { answerWith } from '../../src/http/server/inject.js';
import type { Clock } from '../../src/lib/clock.js';

/** What nothing in a test takes, however busy the machine is. */
export const BUSY_MS = 900_000;

export const boundless: Limits = {
  rows: Number.POSITIVE_INFINITY,
  few: FEW,
  characters: Number.POSITIVE_INFINITY,
  milliseconds: () => BUSY_MS,
  inSteps: () => BUSY_MS,
  isCancelled: () => false,
};

interface Options {
  clock?: Clock;
  /** What reads may take in the app, and in the workers. */
  limits?: Limits;
  ofWorkers?: Limits;
  /** The address of the service, where workers know one. */
  publicUrl?: string;
}

/** For `buildApp`: workers that are no threads, since starting one takes long. They read from the same store. */
export function readsHere(
  store: Store,
  { clock, limits = shortReads('file:'), ofWorkers = boundless, publicUrl }: Options = {},
): { limits: Limits; workers: Workers } {
  let reader: Promise<FastifyInstance> | null = null;
  const open = async () =>
    buildReader({
      store: { read: store.read, close: async () => {} },
      limits: ofWorkers,
      cursorSecret: await cursorSecret(store),
      logger: pino({ level: 'silent' }),
      ...(clock && { clock }),
      ...(publicUrl !== undefined && { publicUrl }),
    });
  return {
    limits,
    workers: {
      async answer(asked) {
        reader ??= open();
        return answerWith(await reader, asked);
      },
      warm() {},
      close: async () => void (await (await reader)?.close()),
    },
  };
}

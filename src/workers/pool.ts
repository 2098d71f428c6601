import { existsSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { FastifyBaseLogger } from 'fastify';
import { Piscina } from 'piscina';
import type { Answered, Asked, Workers } from '../http/server/costs.js';
import { busy, Turns } from './turns.js';

const MAX_WORKERS = 2;
const MAX_WAITING = 50;
/** How long a request waits for a worker; a worker that is started takes part of it. */
const MAX_WAIT_MS = 2_000;
/** What an answer may take: a refusal is to reach the client within three seconds. */
const LIMIT_MS = 2_800;
/** A worker that does not end its task long after its deadline is stopped. */
const STUCK_MS = 15_000;
/** Starting a worker takes longer than most tasks, but one that has drawn holds as much memory as the service. */
const IDLE_MS = 60_000;
/** A worker that is stopped while it loads modules can take the whole process down with it. */
const TO_END_MS = 8_000;

/** Compiled code runs as it is; from sources, the worker has to load the loader first. */
const compiled = fileURLToPath(new URL('../worker.js', import.meta.url));
const source = fileURLToPath(new URL('./from-source.mjs', import.meta.url));

/** What a worker must know of the instance. */
export interface Setup {
  databaseUrl: string;
  replicaUrls: string[];
  cursorSecret: string;
  /** Null where the service does not know under which address clients reach it. */
  publicUrl?: string | null;
  logLevel: string;
}

export interface Task {
  asked: Asked;
  /** What the answer may take. */
  milliseconds: number;
  /** Becomes 1, with a notification, when nobody waits for the answer any more. */
  cancelled: Int32Array;
}

/** Threads that answer reads, each with connections of its own; they start when they are first needed. */
export function openWorkers(
  setup: Setup,
  logger: FastifyBaseLogger,
  { workers = MAX_WORKERS, milliseconds = LIMIT_MS } = {},
): Workers {
  const pool = new Piscina({
    filename: existsSync(compiled) ? compiled : source,
    execArgv: [],
    workerData: setup,
    minThreads: 0,
    maxThreads: workers,
    idleTimeout: IDLE_MS,
  });
  // A worker that cannot start also fails the task that waits for it; the process goes on.
  pool.on('error', (error) => logger.error({ err: error }, 'a worker failed'));
  const turns = new Turns(workers, MAX_WAITING, MAX_WAIT_MS);
  const running = new Set<Promise<Answered>>();

  return {
    answer: (asked, signal, patient = false) =>
      turns.run(
        async () => {
          const cancelled = new Int32Array(new SharedArrayBuffer(4));
          const cancel = () => {
            Atomics.store(cancelled, 0, 1);
            Atomics.notify(cancelled, 0);
          };
          signal.addEventListener('abort', cancel);
          if (signal.aborted) cancel();
          const task: Task = { asked, milliseconds, cancelled };
          const stuck = AbortSignal.timeout(STUCK_MS);
          const answer: Promise<Answered> = pool.run(task, { signal: stuck });
          running.add(answer);
          try {
            return await answer;
          } catch (error) {
            if (!stuck.aborted) throw error;
            logger.warn({ url: asked.url }, 'a worker did not end its task in time');
            throw busy();
          } finally {
            running.delete(answer);
            signal.removeEventListener('abort', cancel);
          }
        },
        signal,
        patient,
      ),
    async close() {
      await Promise.race([Promise.allSettled(running), sleep(TO_END_MS, undefined, { ref: false })]);
      await pool.destroy();
    },
  };
}

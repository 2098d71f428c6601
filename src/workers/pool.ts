import { existsSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { FastifyBaseLogger } from 'fastify';
import { Piscina } from 'piscina';
import type { Answered, Asked, Workers } from '../http/server/costs.js';
import { busy, Turns } from './turns.js';

const MAX_WORKERS = 2;
const MAX_WAITING = 50;
/** How long a request waits for a worker. */
const MAX_WAIT_MS = 2_000;
/** How long it waits for one that runs before another is started, which holds as much memory as the service. */
const SPARE_MS = 500;
/** What an answer may take, the first try and the wait for a worker included: a refusal is to reach the client within three seconds. */
const LIMIT_MS = 2_800;
/** Starting a worker takes longer than most tasks. */
const IDLE_MS = 60_000;
/** A worker that is stopped while it loads modules can take the whole process down with it. */
const TO_END_MS = 8_000;

/** Compiled code runs as it is; from sources, the worker has to load the loader first. */
const compiled = fileURLToPath(new URL('../worker.js', import.meta.url));
const source = fileURLToPath(new URL('./from-source.mjs', import.meta.url));
/**
 * A worker that does not end its task long after its deadline is stopped. First it loads its modules: one that was stopped
 * at that would be stopped each time on a busy machine.
 */
const STUCK_MS = 60_000;

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
  /** What is left for the answer. */
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
  const turns = new Turns({
    atOnce: workers,
    // The first is started before any turn: else a second one would be started meanwhile.
    ready: () => (isStarting ? 0 : Math.max(1, pool.threads.length)),
    spareMs: SPARE_MS,
    mostWaiting: MAX_WAITING,
    waitMs: MAX_WAIT_MS,
    firstMs: STUCK_MS,
  });
  const running = new Set<Promise<unknown>>();
  const track = async <T>(task: Promise<T>): Promise<T> => {
    running.add(task);
    try {
      return await task;
    } finally {
      running.delete(task);
    }
  };
  /** Whether the first worker is being started, ahead of its first task. */
  let isStarting = false;
  function warm(): void {
    if (pool.threads.length > 0) return;
    isStarting = true;
    const ready: Promise<void> = pool.run(null);
    const started = () => {
      isStarting = false;
      turns.wake();
    };
    // The pool has logged why it failed; the next task starts another worker.
    void track(ready.then(started, started));
  }

  async function run(asked: Asked, signal: AbortSignal, left: number): Promise<Answered> {
    const cancelled = new Int32Array(new SharedArrayBuffer(4));
    const cancel = () => {
      Atomics.store(cancelled, 0, 1);
      Atomics.notify(cancelled, 0);
    };
    signal.addEventListener('abort', cancel);
    if (signal.aborted) cancel();
    const task: Task = { asked, milliseconds: left, cancelled };
    const stuck = AbortSignal.timeout(STUCK_MS);
    try {
      const answer: Answered = await pool.run(task, { signal: stuck });
      // What was refused for time that others took may be answered another time.
      if (answer.status === 503 && left < milliseconds / 2) throw busy();
      return answer;
    } catch (error) {
      if (!stuck.aborted) throw error;
      logger.warn({ url: asked.url }, 'a worker did not end its task in time');
      throw busy();
    } finally {
      signal.removeEventListener('abort', cancel);
    }
  }

  function inTurn(asked: Asked, signal: AbortSignal, { patient = false, spent = 0 }): Promise<Answered> {
    warm();
    const inTime = (waited: number) => run(asked, signal, milliseconds - spent - (patient ? 0 : waited));
    return turns.run(inTime, signal, patient);
  }

  return {
    answer: (asked, signal, options = {}) => track(inTurn(asked, signal, options)),
    warm,
    async close() {
      await Promise.race([Promise.allSettled(running), sleep(TO_END_MS, undefined, { ref: false })]);
      await pool.destroy();
    },
  };
}

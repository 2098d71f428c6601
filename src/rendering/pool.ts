import { existsSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { FastifyBaseLogger } from 'fastify';
import { Piscina } from 'piscina';
import { Failure } from '../lib/errors.js';
import { isLarge } from '../provenance/graph-rows.js';
import { remembering } from './remembered.js';
import { type ProvenanceTask, type Rendered, render, type Task } from './worker.js';

/** Renders drawings, charts and citations outside the event loop. */
export interface Renderer {
  /** Throws 503 when too many renderings wait, or when one takes too long. */
  render(task: Task): Promise<Rendered>;
  /** The same, but what takes less than handing it over is done at once. */
  workOut(task: ProvenanceTask): Promise<Rendered>;
  /** Starts a worker and rehearses, so that the first request need wait for neither. */
  warm(): Promise<void>;
  close(): Promise<void>;
}

const MAX_WAITING = 50;
const LIMIT_MS = 10_000;
/** After so many, working out a large claim gets no faster. */
const REHEARSALS = 12;
/** A worker that is stopped while it loads modules can take the whole process down with it. */
const TO_END_MS = 8_000;

/** Compiled code runs as it is; from sources, the worker has to load the loader first. */
const compiled = fileURLToPath(new URL('./worker.js', import.meta.url));
const source = fileURLToPath(new URL('./from-source.mjs', import.meta.url));

/**
 * There are two workers. What follows from attributions has one to itself: it neither waits for a drawing nor
 * meets a worker that has not rehearsed.
 */
export function openRenderer(logger: FastifyBaseLogger): Renderer {
  const drawing = openWorker(logger);
  const reckoning = openWorker(logger);
  const workOutLarge = remembering(reckoning.run);
  let closing = false;
  return {
    render: drawing.run,
    workOut: async (task) => (isLarge(task.rows) ? workOutLarge(task) : render(task)),
    async warm() {
      for (let round = 0; round < REHEARSALS && !closing; round++) await reckoning.run({ kind: 'rehearsal' });
    },
    async close() {
      closing = true;
      await Promise.all([drawing.close(), reckoning.close()]);
    },
  };
}

/** A worker that is started with its first task, and does one after the other. */
function openWorker(logger: FastifyBaseLogger) {
  const pool = new Piscina({
    filename: existsSync(compiled) ? compiled : source,
    execArgv: [],
    minThreads: 0,
    maxThreads: 1,
    // A worker that has started stays: starting another takes longer than most of what it does.
    idleTimeout: Number.POSITIVE_INFINITY,
    maxQueue: MAX_WAITING,
    // What is read of a large claim fits, so that little of it is moved about while it is in use.
    resourceLimits: { maxYoungGenerationSizeMb: 192 },
  });
  // A worker that cannot start also fails the task that waits for it; the process goes on.
  pool.on('error', (error) => logger.error({ err: error }, 'a rendering worker failed'));

  const running = new Set<Promise<Rendered>>();

  async function run(task: Task): Promise<Rendered> {
    const rendered: Promise<Rendered> = pool.run(task, { signal: AbortSignal.timeout(LIMIT_MS) });
    running.add(rendered);
    try {
      return await rendered;
    } catch (error) {
      const { name, message } = error as Error;
      const overloaded = name === 'AbortError' || name === 'TimeoutError' || message.includes('at limit');
      if (!overloaded) throw error;
      throw new Failure(
        'unavailable',
        'Too much to work out at once; try again shortly.',
        [],
        {},
        { 'retry-after': '2' },
      );
    } finally {
      running.delete(rendered);
    }
  }

  async function close(): Promise<void> {
    await Promise.race([Promise.allSettled(running), sleep(TO_END_MS, undefined, { ref: false })]);
    await pool.destroy();
  }
  return { run, close };
}

import { existsSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { FastifyBaseLogger } from 'fastify';
import { Piscina } from 'piscina';
import { Failure } from '../lib/errors.js';
import { type ProvenanceTask, type Rendered, render, type Task } from './worker.js';

/** Runs what takes long outside the event loop, in workers that start when they are first needed. */
export interface Renderer {
  /** Throws 503 when too many tasks wait, or when one takes too long. */
  render(task: Task): Promise<Rendered>;
  /** The same, but what takes less time than handing it over is done at once. */
  compute(task: ProvenanceTask): Promise<Rendered>;
  close(): Promise<void>;
}

const MAX_WORKERS = 2;
const MAX_WAITING = 50;
const LIMIT_MS = 10_000;
/** Starting a worker takes longer than most tasks, but one that has drawn holds as much memory as the service. */
const IDLE_MS = 60_000;
/** A worker that is stopped while it loads modules can take the whole process down with it. */
const TO_END_MS = 8_000;
/** Attributions, parties and sources that are computed on the event loop: they take a few milliseconds. */
const AT_ONCE = 500;

/** Compiled code runs as it is; from sources, the worker has to load the loader first. */
const compiled = fileURLToPath(new URL('./worker.js', import.meta.url));
const source = fileURLToPath(new URL('./from-source.mjs', import.meta.url));

export function openRenderer(logger: FastifyBaseLogger): Renderer {
  const pool = new Piscina({
    filename: existsSync(compiled) ? compiled : source,
    execArgv: [],
    minThreads: 0,
    maxThreads: MAX_WORKERS,
    idleTimeout: IDLE_MS,
    maxQueue: MAX_WAITING,
  });
  // A worker that cannot start also fails the task that waits for it; the process goes on.
  pool.on('error', (error) => logger.error({ err: error }, 'a worker failed'));

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
        'Too many computations are queued; retry later.',
        [],
        {},
        { 'retry-after': '2' },
      );
    } finally {
      running.delete(rendered);
    }
  }

  return {
    render: run,
    compute: async (task) => (sizeOf(task) > AT_ONCE ? run(task) : render(task)),
    async close() {
      await Promise.race([Promise.allSettled(running), sleep(TO_END_MS, undefined, { ref: false })]);
      await pool.destroy();
    },
  };
}

function sizeOf(task: ProvenanceTask): number {
  const graphs = 'graph' in task ? [task.graph] : [...task.graphs.values()];
  const shared = graphs[0];
  const said = graphs.reduce((sum, { attributions }) => sum + attributions.length, 0);
  return shared ? said + shared.about_sources.length + shared.parties.size + shared.sources.size : said;
}

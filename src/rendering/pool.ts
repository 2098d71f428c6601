import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { FastifyBaseLogger } from 'fastify';
import { Piscina } from 'piscina';
import { Failure } from '../lib/errors.js';
import { isLarge, noRows } from '../provenance/graph-rows.js';
import { type ProvenanceTask, type Rendered, render, type Task } from './worker.js';

/** Renders drawings, charts and citations outside the event loop. */
export interface Renderer {
  /** Throws 503 when too many renderings wait, or when one takes too long. */
  render(task: Task): Promise<Rendered>;
  /** The same, but what takes less than handing it over is done at once. */
  workOut(task: ProvenanceTask): Promise<Rendered>;
  /** Starts a worker, so that the first request need not wait for it. */
  warm(): Promise<void>;
  close(): Promise<void>;
}

const MAX_WAITING = 50;
const NOTHING_TO_EXPLAIN = { claim: { id: '', key: null, name: '' }, rows: noRows('') };
const LIMIT_MS = 10_000;

/** Compiled code runs as it is; from sources, the worker has to load the loader first. */
const compiled = fileURLToPath(new URL('./worker.js', import.meta.url));
const source = fileURLToPath(new URL('./from-source.mjs', import.meta.url));

export function openRenderer(logger: FastifyBaseLogger): Renderer {
  const pool = new Piscina({
    filename: existsSync(compiled) ? compiled : source,
    execArgv: [],
    minThreads: 0,
    maxThreads: 2,
    // A worker that has started stays: starting another takes longer than most of what it does.
    idleTimeout: Number.POSITIVE_INFINITY,
    maxQueue: MAX_WAITING,
  });
  // A worker that cannot start also fails the task that waits for it; the process goes on.
  pool.on('error', (error) => logger.error({ err: error }, 'a rendering worker failed'));

  const renderer: Renderer = {
    async render(task) {
      try {
        return (await pool.run(task, { signal: AbortSignal.timeout(LIMIT_MS) })) as Rendered;
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
      }
    },
    workOut: async (task) => (isLarge(task.rows) ? renderer.render(task) : render(task)),
    async warm() {
      await renderer.render({ kind: 'explanation', ...NOTHING_TO_EXPLAIN });
    },
    close: () => pool.destroy(),
  };
  return renderer;
}

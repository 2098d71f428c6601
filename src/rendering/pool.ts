import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { FastifyBaseLogger } from 'fastify';
import { Piscina } from 'piscina';
import { Failure } from '../lib/errors.js';
import type { Rendered, Task } from './worker.js';

/** Renders drawings, charts and citations outside the event loop. */
export interface Renderer {
  /** Throws 503 when too many renderings wait, or when one takes too long. */
  render(task: Task): Promise<Rendered>;
  close(): Promise<void>;
}

const MAX_WAITING = 50;
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
    idleTimeout: 60_000,
    maxQueue: MAX_WAITING,
  });
  // A worker that cannot start also fails the task that waits for it; the process goes on.
  pool.on('error', (error) => logger.error({ err: error }, 'a rendering worker failed'));

  return {
    async render(task) {
      try {
        return (await pool.run(task, { signal: AbortSignal.timeout(LIMIT_MS) })) as Rendered;
      } catch (error) {
        const { name, message } = error as Error;
        const overloaded = name === 'AbortError' || name === 'TimeoutError' || message.includes('at limit');
        if (!overloaded) throw error;
        throw new Failure(
          'unavailable',
          'Too much to draw at once; try again shortly.',
          [],
          {},
          { 'retry-after': '2' },
        );
      }
    },
    close: () => pool.destroy(),
  };
}

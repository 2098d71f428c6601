import { workerData } from 'node:worker_threads';
import { destination, pino } from 'pino';
import { move, transferableSymbol, valueSymbol } from 'piscina';
import { buildReader } from './app.js';
import { openReader } from './db/open.js';
import type { Limits } from './db/store/limits.js';
import type { Answered } from './http/server/costs.js';
import { answerWith } from './http/server/inject.js';
import type { Setup, Task } from './workers/pool.js';

/** What takes long, or is large, is for workers. Where 20,000 rows lie scattered over the disk they can still be read in time. */
const SIZES = { rows: Number.POSITIVE_INFINITY, characters: Number.POSITIVE_INFINITY, few: 20_000 };
let running: Limits = { ...SIZES, milliseconds: () => 0, inSteps: () => 0, isCancelled: () => true };
const limits: Limits = {
  ...SIZES,
  milliseconds: () => running.milliseconds(),
  inSteps: () => running.inSteps(),
  isCancelled: () => running.isCancelled(),
  get signal() {
    return running.signal;
  },
};

const setup = workerData as Setup;
const app = open();

async function open() {
  const { databaseUrl: url, replicaUrls, cursorSecret, publicUrl, logLevel } = setup;
  const level = logLevel === 'silent' ? 'silent' : 'warn';
  // Requests are logged where they came in.
  const logger = pino({ level }, destination({ dest: 1, sync: true }));
  return buildReader({
    store: await openReader({ url, replicaUrls }),
    limits,
    cursorSecret,
    publicUrl,
    logger,
  });
}

/** Answers a read as the service itself would. A worker does one at a time. Without a task it only gets ready. */
async function run(task: Task | null): Promise<Answered | null> {
  const reader = await app;
  if (task === null) return null;
  const { asked, milliseconds, cancelled } = task;
  const until = performance.now() + milliseconds;
  const gone = new AbortController();
  // PostgreSQL runs elsewhere, so this thread is free to notice; SQLite looks by itself.
  const wait = Atomics.waitAsync(cancelled, 0, 0);
  if (wait.async) void wait.value.then(() => gone.abort());
  const left = () => until - performance.now();
  running = {
    ...SIZES,
    milliseconds: left,
    inSteps: left,
    isCancelled: () => Atomics.load(cancelled, 0) === 1,
    signal: gone.signal,
  };
  try {
    return moved(await answerWith(reader, asked));
  } finally {
    Atomics.notify(cancelled, 0);
  }
}

/** An answer whose bytes are handed over, not copied; short ones share their memory with others. */
function moved(answer: Answered): Answered {
  const { buffer, byteLength } = answer.body;
  if (buffer.byteLength !== byteLength) return answer;
  return move({ [transferableSymbol]: [buffer], [valueSymbol]: answer } as never) as unknown as Answered;
}

// biome-ignore lint/style/noDefaultExport: the pool calls a worker's default export
export default run;

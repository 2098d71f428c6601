import closeWithGrace from 'close-with-grace';
import { destination, pino } from 'pino';
import { buildApp } from './app.js';
import type { Config } from './config.js';
import { openStore } from './db/open.js';
import { shortReads } from './db/store/limits.js';
import { cursorSecret } from './db/store/settings.js';
import type { Store } from './db/store/store.js';
import { systemClock } from './lib/clock.js';
import { newId } from './lib/ids.js';
import { openWorkers } from './workers/pool.js';

/** Lines are written together, at the latest after a quarter of a second and before the process ends. */
const OUTPUT = { dest: 1, sync: false, minLength: 4_096, periodicFlush: 250 };

/** Opens the store, builds the app and listens; on a signal, finishes what is in flight and closes. */
export async function serve(config: Config, prepare?: (store: Store) => Promise<void>): Promise<string> {
  const logger = pino({ level: config.logLevel }, destination(OUTPUT));
  const store = await openStore({
    url: config.databaseUrl,
    replicaUrls: config.replicaUrls,
    poolSize: config.poolSize,
    onFatal(error) {
      logger.fatal({ err: error }, 'the storage failed; stopping');
      process.exit(1);
    },
  });
  try {
    await prepare?.(store);
    const { databaseUrl, replicaUrls, publicUrl, logLevel } = config;
    const setup = { databaseUrl, replicaUrls, publicUrl, logLevel, cursorSecret: await cursorSecret(store) };
    const workers = openWorkers(setup, logger);
    const limits = shortReads(databaseUrl);
    const app = await buildApp({ config, store, clock: systemClock, ids: newId, logger, limits, workers });
    // A start that fails ends by itself, with its own exit code.
    closeWithGrace({ delay: 10_000, logger, skip: ['beforeExit'] }, async ({ err }) => {
      if (err) logger.error({ err }, 'stopping after an error');
      await app.close();
      await store.close();
    });
    return await app.listen({ host: config.host, port: config.port });
  } catch (error) {
    // Connections that stay open would keep the process.
    await store.close();
    throw error;
  }
}

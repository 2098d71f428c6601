import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { pino } from 'pino';
import { buildApp } from '../../src/app.js';
import { openStore } from '../../src/db/store.js';
import { systemClock } from '../../src/lib/clock.js';
import { newId } from '../../src/lib/ids.js';
import { readsHere } from './reads.js';

/** The OpenAPI document as it stands in the repository, so that a change of the contract shows in a diff. */
export const goldenFile = fileURLToPath(new URL('../api/openapi.json', import.meta.url));
export const goldenText = (document: unknown): string => `${JSON.stringify(document, null, 2)}\n`;

async function write(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'attested-openapi-'));
  const store = await openStore({
    url: `file:${join(folder, 'empty.db')}`,
    onFatal(error) {
      throw error;
    },
  });
  const app = await buildApp({
    config: { openReads: true, corsOrigins: '*' },
    store,
    clock: systemClock,
    ids: newId,
    logger: pino({ level: 'silent' }),
    ...readsHere(store),
  });
  writeFileSync(goldenFile, goldenText((await app.inject('/openapi.json')).json()));
  await app.close();
  await store.close();
  rmSync(folder, { recursive: true });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await write();

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { pino } from 'pino';
import { buildApp } from '../../src/app.js';
import { openStore } from '../../src/db/open.js';
import { systemClock } from '../../src/lib/clock.js';
import { newId } from '../../src/lib/ids.js';
import { readsHere } from './reads.js';

/** The OpenAPI document as it stands in the repository, so that a change of the contract shows in a diff. */
export const goldenFile = fileURLToPath(new URL('../api/openapi.json', import.meta.url));
export const goldenText = (document: unknown): string => `${JSON.stringify(document, null, 2)}\n`;

/** The documents as an empty register publishes them. */
export async function openApiDocuments(): Promise<Record<'3.1' | '3.0', unknown>> {
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
  const at = async (path: string) => (await app.inject(path)).json() as unknown;
  const documents = { '3.1': await at('/openapi.json'), '3.0': await at('/openapi-3.0.json') };
  await app.close();
  await store.close();
  rmSync(folder, { recursive: true });
  return documents;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  writeFileSync(goldenFile, goldenText((await openApiDocuments())['3.1']));
}

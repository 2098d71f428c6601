import { once } from 'node:events';
import { copyFileSync, createWriteStream, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { openStore } from '../src/db/open.js';
import type { Store } from '../src/db/store/store.js';
import { indexWords } from '../src/transfer/copy.service.js';
import { loadSeeds } from '../src/transfer/seed.js';
import { cloneClaims } from './clone-claims.js';
import { claimLine, RARE_PARTIES, rareKey } from './sample.js';

export const AT = '2026-01-31T09:00:00.000Z';
const CLAIMS_OF_RARE = 60;

export async function open(file: string): Promise<Store> {
  return openStore({
    url: `file:${file}`,
    onFatal(error) {
      throw error;
    },
  });
}

export async function writeLines(path: string, lines: Iterable<string>): Promise<void> {
  const stream = createWriteStream(path);
  for (const line of lines) if (!stream.write(`${line}\n`)) await once(stream, 'drain');
  stream.end();
  await once(stream, 'finish');
}

/**
 * Loads lines as an operator loads a folder: through the services, with all checks and history, in one
 * transaction. Gives the seconds that loading took.
 */
export async function load(store: Store, folder: string, lines: Iterable<string>): Promise<number> {
  const path = join(folder, 'load', '/');
  mkdirSync(path, { recursive: true });
  await writeLines(`${path}lines.ndjson`, lines);
  const start = performance.now();
  await loadSeeds(store, AT, path);
  const seconds = (performance.now() - start) / 1_000;
  rmSync(path, { recursive: true });
  return seconds;
}

export function* claimLines(from: number, to: number, size: number): Generator<string> {
  for (let number = from; number < to; number++) yield claimLine(number, size);
}

function* rareLines(from: number, size: number): Generator<string> {
  for (let i = 0; i < RARE_PARTIES * CLAIMS_OF_RARE; i++) {
    yield claimLine(from + i, size, rareKey(i % RARE_PARTIES));
  }
}

/**
 * Makes a register of so many claims from one that the services have filled: its claims are copied under new
 * ids and keys until there are enough, and a few with rare parties are added through the services.
 */
export async function scale(base: string, file: string, folder: string, claims: number): Promise<void> {
  copyFileSync(base, file);
  cloneClaims(file, claims - RARE_PARTIES * CLAIMS_OF_RARE);
  const store = await open(file);
  await indexWords(store, () => {});
  await load(store, folder, rareLines(10_000_000, claims));
  await store.close();
}

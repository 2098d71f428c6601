import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { openStore } from '../../src/db/store.js';
import { loadSeeds } from '../../src/transfer/seed.js';

declare module 'vitest' {
  interface ProvidedContext {
    templates: { empty: string; sample: string };
  }
}

/** Migrates an empty register and loads the sample once; each test file works on a copy of one of them. */
export async function setup(project: TestProject) {
  const folder = mkdtempSync(join(tmpdir(), 'attested-test-'));
  const templates = { empty: join(folder, 'empty.db'), sample: join(folder, 'sample.db') };
  for (const [name, file] of Object.entries(templates)) {
    const store = await openStore({
      url: `file:${file}`,
      onFatal(error) {
        throw error;
      },
    });
    if (name === 'sample') await loadSeeds(store, '2026-01-31T09:00:00.000Z');
    await store.close();
  }
  project.provide('templates', templates);
  return () => rmSync(folder, { recursive: true, force: true });
}

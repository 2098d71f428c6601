import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import type { Store } from '../../src/db/store.js';
import { loadSeeds } from '../../src/transfer/seed.js';
import { chosenEngine, type Engine, saveTemplate } from './engines.js';

interface Templates {
  empty: string;
  sample: string;
}

declare module 'vitest' {
  interface ProvidedContext {
    /** SQLite files. */
    templates: Templates;
    /** What `openRegister` copies on the engine that the API suites run on. */
    chosenTemplates: Templates;
  }
}

/** Migrates an empty register and loads the sample once; each test file works on a copy of one of them. */
export async function setup(project: TestProject) {
  const folder = mkdtempSync(join(tmpdir(), 'attested-test-'));
  const removals: (() => Promise<void>)[] = [];
  const both = async (engine: Engine): Promise<Templates> => {
    const load = async (store: Store) => void (await loadSeeds(store, '2026-01-31T09:00:00.000Z'));
    const empty = await saveTemplate(engine, folder, 'empty', async () => {});
    const sample = await saveTemplate(engine, folder, 'sample', load, empty.template);
    removals.push(empty.remove, sample.remove);
    return { empty: empty.template, sample: sample.template };
  };
  const templates = await both('sqlite');
  project.provide('templates', templates);
  // What a project sets for its tests is not set for this process.
  const engine = (project.config.env?.ATTESTED_TEST_ENGINE as Engine | undefined) ?? chosenEngine;
  project.provide('chosenTemplates', engine === 'sqlite' ? templates : await both(engine));
  return async () => {
    for (const remove of removals) await remove();
    rmSync(folder, { recursive: true, force: true });
  };
}

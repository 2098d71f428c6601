import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import type { Store } from '../../src/db/store/store.js';
import { loadSeeds } from '../../src/transfer/seed.js';
import { chosenEngine, type Engine, engines, saveTemplate } from './engines.js';
import { buildProgram } from './program.js';

interface Templates {
  empty: string;
  sample: string;
}

declare module 'vitest' {
  interface ProvidedContext {
    /** SQLite files. */
    templates: Templates;
    /** What `testApp` copies, on the engine of the project. */
    chosenTemplates: Templates;
    /** What `openRegister` and `openSample` copy, for each engine that the project uses. */
    engineTemplates: Partial<Record<Engine, Templates>>;
    /** The folder of the program that processes run. */
    program: string;
  }
}

/** What was made for one project serves the others, though each of them loads this file anew. */
interface Shared {
  folder: string;
  templates: Map<Engine, Promise<Templates>>;
  program: string | null;
  removals: (() => Promise<void> | void)[];
}
const holder = globalThis as { attestedTestRun?: Shared };
holder.attestedTestRun ??= {
  folder: mkdtempSync(join(tmpdir(), 'attested-test-')),
  templates: new Map(),
  program: null,
  removals: [],
};
const shared = holder.attestedTestRun;

/** Migrates an empty register and loads the sample; each test file works on a copy of one of them. */
async function makeTemplates(engine: Engine): Promise<Templates> {
  const load = async (store: Store) => void (await loadSeeds(store, '2026-01-31T09:00:00.000Z'));
  const empty = await saveTemplate(engine, shared.folder, 'empty', async () => {});
  const sample = await saveTemplate(engine, shared.folder, 'sample', load, empty.template);
  shared.removals.push(empty.remove, sample.remove);
  return { empty: empty.template, sample: sample.template };
}

function templatesOf(engine: Engine): Promise<Templates> {
  const made = shared.templates.get(engine) ?? makeTemplates(engine);
  shared.templates.set(engine, made);
  return made;
}

function program(): string {
  if (shared.program === null) {
    const { folder, remove } = buildProgram();
    shared.program = folder;
    shared.removals.push(remove);
  }
  return shared.program;
}

export async function setup(project: TestProject) {
  if (project.isRootProject()) return removeAll;
  if (project.name === 'process' || project.name === 'store') project.provide('program', program());
  // What a project sets for its tests is not set for this process.
  const asked = project.config.env?.ATTESTED_TEST_ENGINE;
  const chosen = asked === undefined || asked === 'cluster' ? chosenEngine : (asked as Engine);
  const used = new Set<Engine>(['sqlite', chosen, ...(project.name === 'store' ? engines : [])]);
  const made = new Map<Engine, Templates>();
  for (const engine of used) made.set(engine, await templatesOf(engine));
  project.provide('templates', made.get('sqlite')!);
  project.provide('chosenTemplates', made.get(chosen)!);
  project.provide('engineTemplates', Object.fromEntries(made));
}

/** Runs when all tests of all projects are over. */
async function removeAll() {
  for (const remove of shared.removals) await remove();
  rmSync(shared.folder, { recursive: true, force: true });
}

import { loadSeeds } from '../../src/transfer/seed.js';
import { type Engine, saveTemplate } from './engines.js';
import type { Templates } from './shared.js';

/** Migrates an empty register and loads the sample; each test file works on a copy of one of them. */
export async function makeTemplates(
  engine: Engine,
  folder: string,
): Promise<{ templates: Templates; remove(): Promise<void> }> {
  const empty = await saveTemplate(engine, folder, `${engine}_empty`, async () => {});
  const sample = await saveTemplate(
    engine,
    folder,
    `${engine}_sample`,
    async (store) => void (await loadSeeds(store, '2026-01-31T09:00:00.000Z')),
    empty.template,
  );
  const remove = async () => {
    await empty.remove();
    await sample.remove();
  };
  return { templates: { empty: empty.template, sample: sample.template }, remove };
}

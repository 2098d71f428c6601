import { defineConfig } from 'vitest/config';

const asked = process.env.ATTESTED_TEST_ENGINE;

/** Each file of these brings a register of its own, or needs none, so that modules are loaded once for all. */
const together = (name: string, folders: string[], env = {}) => ({
  extends: true as const,
  test: { name, include: folders.map((folder) => `test/${folder}/**/*.test.ts`), env, isolate: false },
});

export default defineConfig({
  test: {
    globalSetup: ['test/support/template.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    pool: 'threads',
    maxWorkers: 2,
    projects: [
      // In process, PostgreSQL takes part in every run; a server takes part where one is named.
      ...(asked ? [asked] : ['sqlite', 'pglite']).map((engine) =>
        together(engine, ['api'], { ATTESTED_TEST_ENGINE: engine }),
      ),
      together('units', ['unit', 'docs']),
      { extends: true, test: { name: 'processes', include: ['test/{process,store}/**/*.test.ts'] } },
    ],
  },
});

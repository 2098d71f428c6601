import { defineConfig } from 'vitest/config';

const all = ['test/**/*.test.ts'];
const ofTheApi = ['test/api/**/*.test.ts'];
const project = (name: string, include: string[], env = {}) => ({
  extends: true as const,
  test: { name, include, env },
});

export default defineConfig({
  test: {
    globalSetup: ['test/support/template.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    pool: 'threads',
    maxWorkers: 2,
    // All on SQLite and, in process, the API suites on PostgreSQL too; or everything on the engine asked for.
    ...(process.env.ATTESTED_TEST_ENGINE
      ? { include: all }
      : {
          projects: [project('sqlite', all), project('pglite', ofTheApi, { ATTESTED_TEST_ENGINE: 'pglite' })],
        }),
  },
});

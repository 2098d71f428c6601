import { statfsSync } from 'node:fs';
import { defineConfig } from 'vitest/config';

/** Another engine for the API suites: `postgres`, or `cluster` for two instances behind a proxy. */
const asked = process.env.ATTESTED_TEST_ENGINE;

/** Where Linux keeps files in memory. */
const IN_MEMORY = '/dev/shm';
/** Several times what the registers of all tests take. */
const ROOM = 4_000_000_000;

function hasRoom(): boolean {
  try {
    const { bavail, bsize } = statfsSync(IN_MEMORY);
    return bavail * bsize > ROOM;
  } catch {
    return false;
  }
}

// Each commit of a test waits for the disk otherwise.
if (process.env.TMPDIR === undefined && hasRoom()) process.env.TMPDIR = IN_MEMORY;

/** Each file of these brings a register of its own, or needs none, so that modules are loaded once for all. */
const together = (name: string, include: string[], env = {}) => ({
  extends: true as const,
  test: { name, include, env, isolate: false },
});

export default defineConfig({
  test: {
    globalSetup: ['test/support/run.ts'],
    // Ends what hangs; a busy machine takes many times as long as most.
    testTimeout: 900_000,
    hookTimeout: 900_000,
    // A busy machine takes longer than the second that is the default.
    expect: { poll: { timeout: 120_000 } },
    pool: 'threads',
    // One more than the cores it is meant for: process suites mostly wait for the processes that they start.
    maxWorkers: 3,
    coverage: { include: ['src/**/*.ts'], reporter: ['text-summary', 'html', 'json-summary'] },
    projects: [
      // All that runs in this process, as one project: each project loads all modules anew. Projects run by the order of
      // their names, and the many small files of this one fill what the long ones leave at the end.
      together('suites', ['test/{unit,docs,api,store}/**/*.test.ts', 'clients/typescript/test/*.test.ts'], {
        ATTESTED_TEST_ENGINE: asked ?? 'sqlite',
      }),
      together('pages', ['test/pages/**/*.test.ts'], { ATTESTED_TEST_ENGINE: 'sqlite' }),
      { extends: true, test: { name: 'process', include: ['test/process/**/*.test.ts'] } },
    ],
  },
});

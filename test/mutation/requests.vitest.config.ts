import { defineConfig } from 'vitest/config';
import { project, shared } from './vitest.shared.js';

export default defineConfig({
  test: {
    ...shared,
    projects: [
      project('api', {
        globalSetup: ['test/support/run.ts'],
        env: { ATTESTED_TEST_ENGINE: 'sqlite' },
        include: ['test/{api,unit}/**/*.test.ts'],
        exclude: [
          // These read the source, which is instrumented here, or start programs of their own.
          'test/unit/architecture.test.ts',
          'test/unit/rendering/**',
          'test/api/{client,openapi}.test.ts',
          // Each mutant that survives would wait minutes for these; what they find at random, others state.
          'test/api/{claim-filters,known-rows,paging,property,round-trip}.test.ts',
        ],
      }),
    ],
  },
});

import { defineConfig } from 'vitest/config';
import { project, shared } from './vitest.shared.js';

export default defineConfig({
  test: {
    ...shared,
    projects: [
      project('unit', {
        include: ['test/unit/**/*.test.ts'],
        // The first reads the source, which is instrumented here; the others neither test these rules nor are quick.
        exclude: ['test/unit/architecture.test.ts', 'test/unit/rendering/**'],
      }),
    ],
  },
});

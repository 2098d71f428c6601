import { sampleOf } from './sample.mjs';
import { shared } from './stryker.shared.mjs';

/** Mutates `lib` and the rules of provenance, against the unit tests. */
export default {
  ...shared('rules'),
  vitest: { configFile: 'test/mutation/rules.vitest.config.ts', related: false },
  mutate: [
    ...sampleOf('src/lib', 3),
    ...sampleOf('src/provenance', 3),
    // What reads and writes, and what only declares shapes.
    '!src/provenance/**/*.{columns,routes,schemas,service,store}.ts',
    '!src/provenance/**/{queue,*-task}.ts',
    // What sorts claims into reads, and what draws graphs.
    '!src/provenance/**/chunks.ts',
    '!src/provenance/**/{graph-view,graph-view-*,timeline-svg}.ts',
  ],
};

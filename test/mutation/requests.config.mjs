import { sampleOf } from './sample.mjs';
import { shared } from './stryker.shared.mjs';

/** Mutates a sample of `resources` and `http`, against the unit tests and the API suites on SQLite. */
export default {
  ...shared('requests'),
  vitest: { configFile: 'test/mutation/requests.vitest.config.ts', related: false },
  mutate: [...sampleOf('src/resources', 30), ...sampleOf('src/http', 30)],
};

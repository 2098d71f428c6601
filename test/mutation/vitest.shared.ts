import { BaseSequencer, type TestSpecification, type TestUserConfig } from 'vitest/node';

/** The shortest files first, since a mutant is done with when one test fails. */
class ShortestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]) {
    return (await super.sort(files)).reverse();
  }
}

/** One worker that loads each module once, with the same random input for every mutant. */
export const shared: TestUserConfig = {
  setupFiles: ['test/mutation/same-random.ts'],
  sequence: { sequencer: ShortestFirst },
  testTimeout: 60_000,
  hookTimeout: 60_000,
  pool: 'threads',
  isolate: false,
};

import { BaseSequencer, type TestSpecification, type TestUserConfig } from 'vitest/node';

/** A mutant is done with when one test fails. */
class ShortestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]) {
    return (await super.sort(files)).reverse();
  }
}

/** The shortest files first, in one worker that loads each module once. */
export const shared: TestUserConfig = {
  sequence: { sequencer: ShortestFirst },
  testTimeout: 60_000,
  hookTimeout: 60_000,
  pool: 'threads',
};

/** Draws the same random input for every mutant. */
export const project = (name: string, test: TestUserConfig) => ({
  extends: true as const,
  test: { name, isolate: false, setupFiles: ['test/mutation/same-random.ts'], ...test },
});

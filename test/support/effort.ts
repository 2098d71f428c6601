const asked = process.env.TEST_EFFORT ?? 'small';
if (!['small', 'large', 'vast'].includes(asked)) {
  throw new Error(`TEST_EFFORT is small, large or vast, not ${asked}`);
}

/**
 * How much a random suite tries: enough to notice a fault that was made just now, with TEST_EFFORT=large as in
 * `.ci/run` enough to find one that hides, or with TEST_EFFORT=vast as much as takes an hour.
 */
export const effort = (small: number, large: number, vast = large): number =>
  ({ small, large, vast })[asked as 'small' | 'large' | 'vast'];

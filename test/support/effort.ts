const asked = process.env.TEST_EFFORT ?? 'small';
if (asked !== 'small' && asked !== 'large') throw new Error(`TEST_EFFORT is small or large, not ${asked}`);

/**
 * How much a random suite tries: enough to notice a fault that was made just now, or, with TEST_EFFORT=large as
 * in `.ci/run`, enough to find one that hides.
 */
export const effort = (small: number, large: number): number => (asked === 'large' ? large : small);

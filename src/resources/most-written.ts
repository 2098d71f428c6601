/**
 * Attributions that one request writes or takes away at most, and other objects that it moves or brings up to date: other writes wait
 * for all of them. Twice as many took up to 5.6 s in a register of a million claims, on slow cores.
 */
export const MOST_WRITTEN = 5_000;

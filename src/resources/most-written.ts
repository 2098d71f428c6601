/**
 * Attributions that one request writes or takes away at most, and other objects that it moves or brings up to date: other writes wait
 * for all of them. With twice as many a write took up to 5.6 s in a register of a million claims, its revert longer than itself.
 */
export const MOST_WRITTEN = 5_000;

import { LimitExceeded } from '../db/store/limits.js';

/** Computes and draws, as far as the thread that it runs in may be held. */
export interface Renderer {
  /** Throws `LimitExceeded` on the thread that serves all requests: a drawing takes too long for it. */
  render<T>(draw: () => Promise<T>): Promise<T>;
  /**
   * The same, but what takes a few milliseconds is done at once. `size` is the number of attributions, parties and
   * sources that `work` looks at.
   */
  compute<T>(size: number, work: () => T): Promise<T>;
}

/** The largest size that is computed at once. */
const AT_ONCE = 500;

const tooLong = async () => {
  throw new LimitExceeded('too much to compute here');
};

/** For the thread that serves all requests. */
export const shortRenderer: Renderer = {
  render: tooLong,
  compute: async (size, work) => (size > AT_ONCE ? tooLong() : work()),
};

/** For a worker. */
export const fullRenderer: Renderer = { render: (draw) => draw(), compute: async (_size, work) => work() };

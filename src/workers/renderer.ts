import { LimitExceeded } from '../db/limits.js';
import { type ProvenanceTask, type Rendered, render, type Task } from '../rendering/tasks.js';

/** Computes and draws, as far as the thread that it runs in may be held. */
export interface Renderer {
  /** Throws `LimitExceeded` on the thread that serves all requests: a drawing takes too long for it. */
  render(task: Task): Promise<Rendered>;
  /** The same, but what takes a few milliseconds is done at once. */
  compute(task: ProvenanceTask): Promise<Rendered>;
}

/** Attributions, parties and sources that are computed at once. */
const AT_ONCE = 500;

const tooLong = async () => {
  throw new LimitExceeded('too much to compute here');
};

/** For the thread that serves all requests. */
export const shortRenderer: Renderer = {
  render: tooLong,
  compute: (task) => (sizeOf(task) > AT_ONCE ? tooLong() : render(task)),
};

/** For a worker. */
export const fullRenderer: Renderer = { render, compute: render };

function sizeOf(task: ProvenanceTask): number {
  const graphs = 'graph' in task ? [task.graph] : [...task.graphs.values()];
  const shared = graphs[0];
  const said = graphs.reduce((sum, { attributions }) => sum + attributions.length, 0);
  return shared ? said + shared.about_sources.length + shared.parties.size + shared.sources.size : said;
}

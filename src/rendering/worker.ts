import { type CitationTask, formatCitation } from './citation.js';

/** What runs in the worker: pure functions from data to text, of libraries too slow for the event loop. */
export type Task = CitationTask;

export type Rendered = string;

const renderers: { [Kind in Task['kind']]: (task: Extract<Task, { kind: Kind }>) => Promise<Rendered> } = {
  citation: formatCitation,
};

export function render(task: Task): Promise<Rendered> {
  return renderers[task.kind](task);
}

// biome-ignore lint/style/noDefaultExport: the pool calls a worker's default export
export default render;

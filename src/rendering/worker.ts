import type { ChartTask } from './chart.js';
import type { CitationTask } from './citation.js';
import type { GraphTask } from './graph.js';

/** What runs in the worker: pure functions from data to text, of libraries too slow for the event loop. */
export type Task = CitationTask | GraphTask | ChartTask;

export type Rendered = string;

type Renderers = { [Kind in Task['kind']]: (task: Extract<Task, { kind: Kind }>) => Promise<Rendered> };

/** Each library is loaded with its first task: a citation need not wait for what draws charts. */
const renderers: Renderers = {
  citation: async (task) => (await import('./citation.js')).formatCitation(task),
  graph: async (task) => (await import('./graph.js')).renderGraph(task),
  chart: async (task) => (await import('./chart.js')).renderChart(task),
};

export function render<Kind extends Task['kind']>(task: Extract<Task, { kind: Kind }>): Promise<Rendered> {
  return renderers[task.kind as Kind](task);
}

// biome-ignore lint/style/noDefaultExport: the pool calls a worker's default export
export default render;

import { type ChartTask, renderChart } from './chart.js';
import { type CitationTask, formatCitation } from './citation.js';
import { type GraphTask, renderGraph } from './graph.js';

/** What runs in the worker: pure functions from data to text, of libraries too slow for the event loop. */
export type Task = CitationTask | GraphTask | ChartTask;

export type Rendered = string;

const renderers: { [Kind in Task['kind']]: (task: Extract<Task, { kind: Kind }>) => Promise<Rendered> } = {
  citation: formatCitation,
  graph: renderGraph,
  chart: renderChart,
};

export function render<Kind extends Task['kind']>(task: Extract<Task, { kind: Kind }>): Promise<Rendered> {
  return renderers[task.kind as Kind](task);
}

// biome-ignore lint/style/noDefaultExport: the pool calls a worker's default export
export default render;

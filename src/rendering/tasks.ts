import type { FallsTask } from '../provenance/impact/falls-task.js';
import type { SentenceTask } from '../provenance/sentence/sentence-task.js';
import type { ExplanationTask } from '../provenance/standing/explanation-task.js';
import type { TimelineTask } from '../provenance/timeline/timeline-task.js';
import type { ChartTask } from './chart/chart.js';
import type { CitationTask } from './citation.js';
import type { GraphTask } from './graph/graph.js';

/** Pure functions from data to text that take long. */
export type Task = CitationTask | GraphTask | ChartTask | ProvenanceTask;
/** What follows from attributions; only of claims with many does it take long. */
export type ProvenanceTask = ExplanationTask | SentenceTask | FallsTask | TimelineTask;

export type Rendered = string;

type Renderers = { [Kind in Task['kind']]: (task: Extract<Task, { kind: Kind }>) => Promise<Rendered> };

/** Each is loaded with its first task: a citation need not wait for what draws charts. */
const renderers: Renderers = {
  citation: async (task) => (await import('./citation.js')).formatCitation(task),
  graph: async (task) => (await import('./graph/graph.js')).renderGraph(task),
  chart: async (task) => (await import('./chart/chart.js')).renderChart(task),
  explanation: async (task) =>
    (await import('../provenance/standing/explanation-task.js')).explanationText(task),
  sentence: async (task) => (await import('../provenance/sentence/sentence-task.js')).sentenceText(task),
  timeline: async (task) => (await import('../provenance/timeline/timeline-task.js')).timelineText(task),
  falls: async (task) =>
    JSON.stringify((await import('../provenance/impact/falls-task.js')).fallenClaims(task)),
};

export function render<Kind extends Task['kind']>(task: Extract<Task, { kind: Kind }>): Promise<Rendered> {
  return renderers[task.kind as Kind](task);
}

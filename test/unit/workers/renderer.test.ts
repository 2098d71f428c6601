import { expect, it } from 'vitest';
import { LimitExceeded } from '../../../src/db/limits.js';
import { type ExplanationTask, explanationText } from '../../../src/provenance/standing/explanation-task.js';
import { fullRenderer, shortRenderer } from '../../../src/workers/renderer.js';
import { deep } from '../provenance/deep.js';

function taskOf(attributions: number): ExplanationTask {
  const graph = deep(attributions, 3);
  return {
    kind: 'explanation',
    graph,
    keys: new Map(),
    claim: { id: 'claim', key: null, name: 'It is closed.' },
  };
}

/** With those parties and sources alone that the attributions name. */
function smallTask(): ExplanationTask {
  const task = taskOf(10);
  const { graph } = task;
  const named = new Set(graph.attributions.flatMap(({ party, source }) => [party, source]));
  const isNamed = ([id]: [string, unknown]) => named.has(id) || id.startsWith('body');
  const parties = new Map([...graph.parties].filter(isNamed));
  return { ...task, graph: { ...graph, parties, sources: new Map() } };
}

it('Renderer.compute: what is small is done at once, what is large in a worker alone', async () => {
  const [small, large] = [smallTask(), taskOf(2_000)];
  expect(await shortRenderer.compute(small)).toBe(explanationText(small));
  await expect(shortRenderer.compute(large)).rejects.toThrow(LimitExceeded);
  expect(await fullRenderer.compute(large)).toBe(explanationText(large));
});

it('Renderer.render: draws in a worker alone', async () => {
  const task = smallTask();
  await expect(shortRenderer.render(task)).rejects.toThrow(LimitExceeded);
  expect(await fullRenderer.render(task)).toBe(explanationText(task));
});

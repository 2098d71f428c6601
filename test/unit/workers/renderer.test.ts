import { expect, it } from 'vitest';
import { LimitExceeded } from '../../../src/db/store/limits.js';
import {
  type ExplanationTask,
  explanationText,
} from '../../../src/provenance/explanation/explanation-task.js';
import { sizeOf } from '../../../src/provenance/graph/graph.js';
import { fullRenderer, type Renderer, shortRenderer } from '../../../src/workers/renderer.js';
import { deep } from '../provenance/deep.js';

function taskOf(attributions: number): ExplanationTask {
  const graph = deep(attributions, 3);
  return {
    graph,
    keys: new Map(
      [...graph.parties.keys(), ...graph.attributions.map(({ id }) => id)].map((id) => [id, null]),
    ),
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
  const compute = (renderer: Renderer, task: ExplanationTask) =>
    renderer.compute(sizeOf([task.graph]), () => explanationText(task));
  expect(await compute(shortRenderer, small)).toBe(explanationText(small));
  await expect(compute(shortRenderer, large)).rejects.toThrow(LimitExceeded);
  expect(await compute(fullRenderer, large)).toBe(explanationText(large));
});

it('Renderer.render: draws in a worker alone', async () => {
  const drawing = async () => 'drawn';
  await expect(shortRenderer.render(drawing)).rejects.toThrow(LimitExceeded);
  expect(await fullRenderer.render(drawing)).toBe('drawn');
});

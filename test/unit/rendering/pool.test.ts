import { pino } from 'pino';
import { expect, it } from 'vitest';
import { type ExplanationTask, explanationText } from '../../../src/provenance/explanation-task.js';
import { openRenderer } from '../../../src/rendering/pool.js';
import { deep } from '../provenance/deep.js';

const graph = deep(2_000, 30);
const task: ExplanationTask = {
  kind: 'explanation',
  graph,
  keys: new Map([...graph.attributions, ...graph.parties.values()].map(({ id }) => [id, `key-${id}`])),
  claim: { id: 'claim', key: null, name: 'The bridge is closed.' },
};

it('Renderer.compute, Renderer.render: a worker answers as the event loop does', async () => {
  const renderer = openRenderer(pino({ level: 'silent' }));
  try {
    expect(await renderer.compute(task)).toBe(explanationText(task));
    expect(JSON.parse(await renderer.render(task)).ends[0].party.key).toMatch(/^key-/);
  } finally {
    await renderer.close();
  }
});

it('Renderer.close: a task that is running is finished first', async () => {
  const renderer = openRenderer(pino({ level: 'silent' }));
  const answer = renderer.compute(task);
  await renderer.close();
  expect(await answer).toBe(explanationText(task));
});

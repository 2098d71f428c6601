import { pino } from 'pino';
import { expect, it } from 'vitest';
import { explanationText } from '../../../src/provenance/explanation-task.js';
import { openRenderer } from '../../../src/rendering/pool.js';
import { rehearsed } from '../../../src/rendering/rehearsal.js';

const logger = pino({ level: 'silent' });

it('ends what is being worked out before it closes', async () => {
  const renderer = openRenderer(logger);
  const task = rehearsed();
  const answer = renderer.workOut(task);
  await renderer.close();
  expect(await answer).toBe(explanationText(task));
});

it('closes in the middle of a rehearsal without cutting a round off', async () => {
  const renderer = openRenderer(logger);
  const warm = renderer.warm();
  await renderer.close();
  // A round that is cut off would reject.
  await warm;
});

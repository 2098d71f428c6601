import { expect, it } from 'vitest';
import { testApp } from '../support/app.js';
import { effort } from '../support/effort.js';

const t = await testApp();

it('POST /v1/batch: a large batch leaves other requests their turn every few operations', async () => {
  await t.send('PUT', '/v1/parties/p', { kind: 'other', name: 'P' });
  const size = effort(300, 1_000);
  const operations = Array.from({ length: size }, (_, i) => ({
    method: 'POST',
    ...(i % 2
      ? {
          type: 'claim',
          body: { text: 'x', subject: `@p${i - 1}`, attributions: [{ party: 'p', stance: 'asserts' }] },
        }
      : { type: 'party', local_id: `p${i}`, body: { kind: 'other', name: `P ${i}` } }),
  }));
  let turns = 0;
  let running = true;
  const count = () => {
    turns += 1;
    if (running) setImmediate(count);
  };
  setImmediate(count);
  const answer = await t.send('POST', '/v1/batch', { operations });
  running = false;
  expect([answer.status, answer.json.failed, answer.json.items.length]).toEqual([200, 0, size]);
  // The bodies are checked, then written; without a turn in between it would be a dozen in all.
  expect(turns).toBeGreaterThan(size / 3);
});

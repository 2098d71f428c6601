import { describe, expect, it } from 'vitest';
import { batchSender, type Operation, statuses } from '../support/batch.js';
import { watchedApp } from '../support/watched-app.js';

/** Claims with so many attributions that few of them are written together. */

const CLAIMS = 3;
const ATTRIBUTIONS = 900;

/** PUTs of claims, the last of which another operation adds to. */
const putAll = (note: string, count = ATTRIBUTIONS): Operation[] =>
  Array.from({ length: CLAIMS }, (_, i) => ({
    ...{ method: 'PUT', type: 'claim', id: `broad-${i}`, if_match: note === 'first' ? undefined : '*' },
    body: {
      text: `Broad ${i}.`,
      attributions: Array.from({ length: count }, (_, n) => ({
        ...{ key: `broad-${i}-${n}`, party: 'ttp', stance: 'asserts', note },
      })),
    },
  }));

const denial = {
  method: 'POST',
  type: 'attribution',
  body: { claim: 'broad-2', party: 'ttp', stance: 'denies', in_reply_to: 'broad-2-7' },
};

describe('a batch of claims with very many attributions', async () => {
  const { t, watched } = await watchedApp();
  const batch = await batchSender(t);
  const notes = async (i: number): Promise<Record<string, number>> => {
    const counts: Record<string, number> = {};
    const { text } = await t.send('GET', `/v1/attributions.ndjson?claim=broad-${i}`);
    for (const line of text.trimEnd().split('\n')) {
      const { note, stance } = JSON.parse(line);
      counts[note ?? stance] = (counts[note ?? stance] ?? 0) + 1;
    }
    return counts;
  };

  it('is written in parts of few of them, of which later ones refer to earlier ones', async () => {
    expect(statuses(await batch([...putAll('first'), denial]))).toEqual([201, 201, 201, 201]);
    expect(await notes(0)).toEqual({ first: 900 });
    expect(await notes(2)).toEqual({ first: 900, denies: 1 });
  });

  it('changes all of them in as many parts, and nothing where one claim is at fault', async () => {
    watched.savepoints = 0;
    expect(statuses(await batch(putAll('second')))).toEqual([200, 200, 200]);
    const ofAll = watched.savepoints;
    expect(await notes(1)).toEqual({ second: 900 });
    watched.savepoints = 0;
    await batch(putAll('third', 600));
    expect(watched.savepoints).toBeLessThan(ofAll);
    const [one, other, last] = putAll('fourth');
    const failing = await batch([one, other, { ...last!, if_match: 'W/"9"' }]);
    expect(failing.status).toBe(422);
    expect(await notes(1)).toEqual({ third: 600 });
  });

  it('is undone, and that is undone', async () => {
    const done = await batch(putAll('fifth', 700));
    const undo = (id: string) => t.send('POST', `/v1/batches/${id}/revert`, {});
    const requestOf = ({ headers }: { headers: Record<string, unknown> }) => String(headers['x-request-id']);
    const undone = await undo(requestOf(done));
    expect(undone.status, undone.text).toBe(200);
    expect(await notes(1)).toEqual({ third: 600 });
    expect((await undo(requestOf(undone))).status).toBe(200);
    expect(await notes(1)).toEqual({ fifth: 700 });
  });
});

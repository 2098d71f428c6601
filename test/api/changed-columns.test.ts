import { expect, it } from 'vitest';
import { watchedApp } from '../support/watched-app.js';

/** A change writes the columns that differ: each other one would cost a look at its indexes and at what it refers to. */

const ALWAYS = ['id', 'valid_from', 'version', 'updated_at', 'seq', 'entry'];

const { t, watched } = await watchedApp();
const headers = { authorization: `Bearer ${t.key}` };

async function write(method: string, path: string, body: object): Promise<void> {
  const { status } = await t.send(method, `/v1/${path}`, body, {
    ...headers,
    ...(method === 'PATCH' && { 'if-match': '*' }),
  });
  expect(status).toBe(method === 'POST' ? 201 : 200);
}

/** The columns that a patch changes in the row of an object. */
async function changedBy(table: 'claims' | 'attributions', reference: string, patch: object) {
  watched.changes = [];
  await write('PATCH', `${table}/${reference}`, patch);
  const ofTable = watched.changes.filter((change) => change.startsWith(`${table}: `));
  return ofTable.map((change) => new Set(change.split(' ').slice(1)));
}

it('a change writes the columns that it changes, and those of every version', async () => {
  await write('POST', 'parties', { key: 'press', kind: 'media', name: 'Press' });
  const attribution = { key: 'said', party: 'press', stance: 'asserts', said: '2020', note: 'Once.' };
  await write('POST', 'claims', { key: 'c', text: 'It is so.', attributions: [attribution] });

  const ofNote = await changedBy('attributions', 'said', { note: 'Twice.' });
  expect(ofNote).toContainEqual(new Set(ALWAYS));
  const ofDate = await changedBy('attributions', 'said', { said: '2021-03' });
  expect(ofDate).toContainEqual(new Set([...ALWAYS, 'said', 'said_from', 'said_to']));
  const ofText = await changedBy('claims', 'c', { text: 'It was so.' });
  expect(ofText).toContainEqual(new Set([...ALWAYS, 'text', 'activity_at']));

  const { json } = await t.send('GET', '/v1/attributions/said');
  expect(json).toMatchObject({ said: '2021-03', note: 'Twice.', stance: 'asserts', version: 3 });
  const found = await t.send('GET', '/v1/attributions?said_from=2021-03&said_to=2021-03&stance=asserts');
  expect(found.json.items).toMatchObject([{ key: 'said' }]);
});

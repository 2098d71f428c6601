import { describe, expect, it } from 'vitest';
import { testApp } from '../support/app.js';
import { effort } from '../support/effort.js';
import { chosenEngine } from '../support/engines.js';

const t = await testApp({ register: 'sample' });
/** Of the objects, one in so many is put back by itself; all of them are in a batch. */
const STEP = effort(15, chosenEngine === 'sqlite' ? 1 : 5);
const nouns = [
  ['parties', 'party'],
  ['sources', 'source'],
  ['predicates', 'predicate'],
  ['claims', 'claim'],
  ['attributions', 'attribution'],
] as const;
interface Item {
  status: number;
  version: number;
}
const before = await t.dump();
const objectsOf = async (url: string) => {
  const { text } = await t.send('GET', url);
  return text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
};

describe.each(nouns)('PUT and PATCH /v1/%s/{id}', (plural, type) => {
  it('answer as before where they send what was read, by key or id, with or without If-Match', async () => {
    const objects = await objectsOf(`/v1/${plural}.ndjson`);
    expect(objects.length).toBeGreaterThan(10);
    for (const { id, key } of objects.filter((_, i) => i % STEP === 0)) {
      for (const name of new Set([id, key])) {
        const url = `/v1/${plural}/${name}`;
        const stored = await t.send('GET', url);
        const { text: form } = await t.send('GET', `${url}/input`);
        for (const headers of [{}, { 'if-match': String(stored.headers.etag) }] as Record<string, string>[]) {
          const put = await t.send('PUT', url, form, headers);
          expect([put.status, put.text, put.headers.etag]).toEqual([200, stored.text, stored.headers.etag]);
        }
        const patched = await t.send('PATCH', url, form, { 'if-match': '*' });
        expect([patched.status, patched.text]).toEqual([200, stored.text]);
      }
    }
  });

  it('answer as before where all lines of an export are sent back in a batch', async () => {
    const forms = await objectsOf(`/v1/${plural}.ndjson?form=input`);
    const operations = forms.map((body) => ({ method: 'PUT', type, id: body.key, body }));
    const answer = await t.send('POST', '/v1/batch', { operations });
    expect(answer.status, answer.text.slice(0, 500)).toBe(200);
    expect(answer.json.items.map(({ status, version }: Item) => [status, version])).toEqual(
      forms.map(() => [200, 1]),
    );
  });
});

describe('all of these', () => {
  it('leave every row of every table as it was', async () => {
    expect(await t.dump()).toBe(before);
  });
});

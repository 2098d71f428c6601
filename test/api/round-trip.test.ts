import { describe, expect, it } from 'vitest';
import { testApp } from '../support/app.js';
import { chosenEngine } from '../support/engines.js';

const t = await testApp({ register: 'sample' });
/** Of the objects, one in so many is put back by itself: PostgreSQL, in process or behind a proxy, takes long for each. */
const STEP = chosenEngine === 'sqlite' ? 1 : 5;
const plurals = ['parties', 'sources', 'predicates', 'claims', 'attributions'];

describe.each(plurals)('what was read of %s, put back, changes nothing', (plural) => {
  it('one by one, by key and by id, with and without If-Match', async () => {
    const { text } = await t.send('GET', `/v1/${plural}?format=ndjson`);
    const objects = text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(objects.length).toBeGreaterThan(10);
    const before = await t.dump();
    for (const { id, key } of objects.filter((_, i) => i % STEP === 0)) {
      for (const name of new Set([id, key])) {
        const url = `/v1/${plural}/${name}`;
        const stored = await t.send('GET', url);
        const { text: form } = await t.send('GET', `${url}?view=input`);
        for (const headers of [{}, { 'if-match': String(stored.headers.etag) }] as Record<string, string>[]) {
          const put = await t.send('PUT', url, form, headers);
          expect([put.status, put.text, put.headers.etag]).toEqual([200, stored.text, stored.headers.etag]);
        }
        const patched = await t.send('PATCH', url, form, { 'if-match': '*' });
        expect([patched.status, patched.text]).toEqual([200, stored.text]);
      }
    }
    expect(await t.dump()).toBe(before);
  });

  it('from pages and from NDJSON', async () => {
    const { text } = await t.send('GET', `/v1/${plural}?format=ndjson&view=input`);
    const lines = text.trimEnd().split('\n');
    const { json } = await t.send('GET', `/v1/${plural}?view=input&limit=200`);
    expect(json.items).toEqual(lines.slice(0, 200).map((line) => JSON.parse(line)));
    const before = await t.dump();
    for (const line of lines) {
      const put = await t.send('PUT', `/v1/${plural}/${JSON.parse(line).key}`, line);
      expect([put.status, put.json.version]).toEqual([200, 1]);
    }
    expect(await t.dump()).toBe(before);
  });
});

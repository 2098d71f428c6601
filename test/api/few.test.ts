import { expect, it } from 'vitest';
import { appReading, testApp } from '../support/app.js';
import { batchSender, statuses } from '../support/batch.js';
import { boundless, readsHere } from '../support/reads.js';

/** Rows are looked up and sorted where a filter leads to few; in a worker more of them count as few. */

const CLAIMS = 400;
const OF_LATE = 12;

// Only SQLite counts the rows that a read visits.
const t = await testApp({ engine: 'sqlite' });
const batch = await batchSender(t);
const party = (key: string) => ({ method: 'POST', type: 'party', body: { key, kind: 'media', name: key } });
const source = (key: string) => ({
  method: 'POST',
  type: 'source',
  body: { key, type: 'report', title: key },
});
const claim = (i: number) => {
  const late = i >= CLAIMS - OF_LATE;
  const attributions = [{ party: late ? 'late' : 'early', stance: late ? 'disputes' : 'asserts' }];
  const topics = [late ? 'late' : 'early'];
  return { method: 'POST', type: 'claim', body: { text: `Claim ${i}.`, topics, attributions } };
};
const LAST = CLAIMS - 1;
const PRINTED = 3 * OF_LATE;
const ALIKE = 150;
const printed = (topic: string, inSource: (i: number) => number) => {
  const said = (_: unknown, i: number) => ({
    party: 'early',
    stance: 'reports',
    source: `source-${inSource(i)}`,
  });
  const attributions = Array.from({ length: PRINTED }, said);
  return {
    method: 'POST',
    type: 'claim',
    body: { kind: 'opinion', text: `Printed ${topic}.`, topics: [topic], attributions },
  };
};
const made = await batch([
  party('early'),
  party('late'),
  ...Array.from({ length: CLAIMS }, (_, i) => claim(i)),
  ...Array.from({ length: CLAIMS }, (_, i) => source(`source-${i}`)),
  printed('once', () => LAST),
  printed('widely', (i) => LAST - i),
  {
    method: 'POST',
    type: 'predicate',
    body: { key: 'strength', label: 'Strength', value_type: 'quantity' },
  },
  ...Array.from({ length: ALIKE }, (_, i) => ({
    method: 'POST',
    type: 'claim',
    body: {
      text: `Strength ${i}.`,
      subject: 'late',
      predicate: 'strength',
      value: { type: 'quantity', value: String(i), unit: 'persons' },
    },
  })),
]);
expect(new Set(statuses(made))).toEqual(new Set([201]));
await t.send('PUT', '/v1/claims/often', { text: 'A zebra.' });
for (const scope of ['One.', 'Two.', 'Three.']) {
  const { status } = await t.send(
    'PUT',
    '/v1/claims/often',
    { text: 'A zebra.', scope },
    { 'if-match': '*' },
  );
  expect(status).toBe(200);
}

/** How a list is answered that goes to a worker, in which so many rows are few. */
async function answered(few: number, url: string, rows = 200): Promise<[status: number, items: number]> {
  const here = { ...boundless, rows: 0, few: 0 };
  const ofWorkers = { ...boundless, rows, few };
  const app = await appReading(t.store, readsHere(t.store, { limits: here, ofWorkers }));
  const { statusCode, json } = await app.inject({ url });
  const found = json();
  const items = Array.isArray(found) ? found : (found.items ?? []);
  await app.close();
  return [statusCode, items.length];
}

it.each([
  '/v1/claims?party=late',
  '/v1/claims?topic=late&sort=created',
  '/v1/claims?stance=disputes&sort=occurred',
  '/v1/attributions?party=late',
  '/v1/claims?party=late&sort=occurred',
  '/v1/claims?stance=disputes',
  '/v1/attributions?stance=disputes',
  '/v1/attributions?stance=disputes&sort=said',
])('%s is looked up by what a worker takes for few', async (url) => {
  expect(await answered(OF_LATE, url)).toEqual([200, OF_LATE]);
  expect(await answered(OF_LATE - 1, url)).toEqual([503, 0]);
});

it('objects with words are few however many versions had these', async () => {
  expect(await answered(1, '/v1/claims?q=zebra&sort=created')).toEqual([200, 1]);
});

it('the sources behind few claims are looked up, however many attributions stand in them', async () => {
  expect(await answered(OF_LATE, '/v1/claims.csl.json?topic=once')).toEqual([200, 1]);
  // The index of kinds is in the order of claims by id, which is none of sources.
  expect(await answered(PRINTED, '/v1/claims.csl.json?kind=opinion')).toEqual([200, PRINTED]);
});

it('where these are many, each source is tried by its attributions', async () => {
  expect(await answered(OF_LATE, '/v1/claims.csl.json?topic=widely', 1_000)).toEqual([200, PRINTED]);
});

it('fewer claims are tried for others like them where each leads to many', async () => {
  expect(await answered(ALIKE, '/v1/duplicates?noun=claim', 2_000)).toEqual([200, 0]);
});

import { describe, expect, it } from 'vitest';
import { testApp } from '../support/app.js';
import { allIds, refusedQuery } from '../support/pages.js';

const t = await testApp({ register: 'sample' });
const reviewer = { authorization: `Bearer ${await t.newKey(['read', 'review'])}` };
const [strong, fewer] = ['ttp-strength-10000', 'ttp-strength-up-to-6500'];
for (const [path, body] of [
  [`/v1/claims/${strong}/relations`, { type: 'contradicts', to: fewer }],
  [`/v1/claims/${fewer}/relations`, { type: 'updates', to: strong }],
  [`/v1/claims/${fewer}/relations`, { type: 'answers', to: 'ttp-attacks-over-600' }],
  [`/v1/claims/${strong}/assessments`, { credibility: 2, likelihood: 'likely', assessor: 'A. Nalyst' }],
  [`/v1/claims/${strong}/assessments`, { credibility: 6, confidence: 'low', assessor: 'B' }],
  [`/v1/claims/${fewer}/assessments`, { credibility: 6 }],
] as const) {
  const answer = await t.send('POST', path, body, path.endsWith('assessments') ? reviewer : {});
  expect(answer.status, answer.text).toBe(201);
}

/** The values of each filter that lists under a claim know. */
const filters: Record<string, Record<string, string[]>> = {
  attributions: {
    stance: ['asserts', 'reports', 'denies'],
    lineage: ['relays', 'originates'],
    party: ['pakistan', 'defence-talks', 'un-monitoring-team'],
    party_exact: ['true'],
    source: ['monitoring-team-report-35'],
    manner: ['estimates', 'assesses'],
    basis: ['unknown'],
    said_from: ['2025'],
    said_to: ['2024'],
    key: ['ttp-strength-10000-outlet', 'none'],
  },
  relations: { type: ['contradicts', 'answers'], from: [strong], to: [strong, fewer] },
  assessments: {
    credibility: ['2', '6', '2,6', '1'],
    likelihood: ['likely'],
    confidence: ['low'],
    assessor: ['B'],
  },
};

describe.each(Object.keys(filters))('GET /v1/claims/{id}/%s', (noun) => {
  const path = (reference: string) => `/v1/claims/${reference}/${noun}`;

  it('is the list of all with claim= set, by id and by key, under every filter and order', async () => {
    const { id } = (await t.send('GET', `/v1/claims/${strong}`)).json;
    const all = await allIds(t, `/v1/${noun}?claim=${strong}`);
    expect(all.length).toBeGreaterThan(1);
    expect(all.length).toBeLessThan((await allIds(t, `/v1/${noun}?limit=200`)).length);
    for (const reference of [strong, id]) {
      expect(await allIds(t, path(reference))).toEqual(all);
      expect(await allIds(t, `${path(reference)}?limit=1&sort=-id`)).toEqual([...all].reverse());
    }
    let telling = 0;
    for (const [name, values] of Object.entries(filters[noun]!)) {
      for (const value of values) {
        const right = await allIds(t, `/v1/${noun}?claim=${id}&${name}=${value}`);
        expect(await allIds(t, `${path(strong)}?${name}=${value}`), `${name}=${value}`).toEqual(right);
        if (right.length > 0 && right.length < all.length) telling += 1;
      }
    }
    expect(telling).toBeGreaterThan(1);
  });

  it('has its exports, and takes no claim=', async () => {
    const all = await allIds(t, path(strong));
    const csv = (await t.send('GET', `${path(strong)}.csv?fields=id`)).text.trim();
    expect(csv.split('\n')).toEqual(['id', ...all]);
    await refusedQuery(t, `${path(strong)}?claim=${strong}`, 'claim unknown_parameter');
  });

  it('answers 404 for a claim that never was, 410 for one that was removed', async () => {
    expect((await t.send('GET', path('no-such'))).status).toBe(404);
    expect((await t.send('GET', path('claim_01h2xcejqtf2nbrexx3vqjhp41'))).status).toBe(404);
    const key = `brief-${noun}`;
    const { id } = (await t.send('POST', '/v1/claims', { key, text: 'Brief.' })).json;
    expect((await t.send('GET', path(key))).json.items).toEqual([]);
    await t.send('DELETE', `/v1/claims/${key}`, undefined, { 'if-match': '"1"' });
    for (const reference of [key, id]) {
      for (const query of ['', '.csv']) {
        const gone = await t.send('GET', path(reference) + query);
        expect([gone.status, gone.json.code]).toEqual([410, 'gone']);
        expect(gone.json.tombstone).toMatchObject({ id, key, version: 2 });
      }
    }
  });
});

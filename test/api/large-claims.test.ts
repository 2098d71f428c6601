import { beforeAll, describe, expect, it } from 'vitest';
import { explanationText } from '../../src/provenance/explanation-task.js';
import { fallenClaims } from '../../src/provenance/falls-task.js';
import { isLarge, onlyGraph } from '../../src/provenance/graph-rows.js';
import { graphRows, wordingOf } from '../../src/provenance/provenance.store.js';
import { sentenceText } from '../../src/provenance/sentence-task.js';
import { standingOf } from '../../src/provenance/standing.js';
import { testApp } from '../support/app.js';

/** A claim whose attributions are so many that a worker works them out. */

const t = await testApp();
const LINKS = 10;
const said = 1_000;

const attributions = Array.from({ length: said }, (_, i) => ({
  local_id: `said-${i}`,
  party: `outlet-${i % 20}`,
  ...(i % LINKS === 0
    ? { stance: 'asserts', lineage: 'originates' }
    : {
        stance: 'reports',
        relays: [`@said-${i - 1}`, ...(i > LINKS + 1 ? [`@said-${i - LINKS - 1}`] : [])],
      }),
}));

const read = async (path: string) => (await t.send('GET', path)).json;
const rows = async () => t.store.read((tx) => graphRows(tx, [id]));
let id = '';

beforeAll(async () => {
  for (let i = 0; i < 20; i++)
    await t.send('PUT', `/v1/parties/outlet-${i}`, { kind: 'media', name: `Outlet ${i}` });
  await t.send('PUT', '/v1/parties/somebody', { kind: 'person', name: 'Somebody', unnamed: true });
  await t.send('PUT', '/v1/claims/large', { text: 'The bridge is closed.', attributions });
  const late = {
    party: 'somebody',
    party_as_stated: 'a senior official',
    stance: 'asserts',
    lineage: 'originates',
  };
  expect((await t.send('POST', '/v1/claims/large/attributions', late)).status).toBe(201);
  id = (await read('/v1/claims/large')).id;
});

describe('a claim of 1,001 attributions', () => {
  it('is large', async () => {
    expect(isLarge(await rows())).toBe(true);
    expect((await read('/v1/claims/large')).attribution_count).toBe(said + 1);
  });

  it('has its standing explained as if it were small', async () => {
    const claim = { id, key: 'large', name: 'The bridge is closed.' };
    const expected = JSON.parse(explanationText({ kind: 'explanation', rows: await rows(), claim }));
    const explained = await read('/v1/claims/large/standing');
    expect(explained).toEqual(expected);
    // Outlets 0 and 10 stand at the ends of all chains; the official may be one of them.
    expect(explained.standing.origins).toEqual({ min: 2, max: null });
    expect(explained.ends[0].party).toMatchObject({ key: 'outlet-0', name: 'Outlet 0' });
    expect(explained.paths[0].at(-1)).toMatchObject({
      id: explained.ends[0].attribution.id,
      name: 'Outlet 0',
    });
  });

  it('keeps the same standing with the claim', async () => {
    expect((await read('/v1/claims/large')).standing).toEqual(standingOf(onlyGraph(await rows()).graph));
  });

  it('is told in a sentence as if it were small', async () => {
    const wording = await t.store.read((tx) => wordingOf(tx, id));
    expect(wording.map(([, words]) => words)).toEqual(['a senior official']);
    const expected = sentenceText({
      kind: 'sentence',
      rows: await rows(),
      text: 'The bridge is closed.',
      wording,
    });
    const { sentence } = await read('/v1/claims/large/attribution-sentence');
    expect(sentence).toBe(expected);
    expect(sentence).toMatch(/^According to Outlet 0, as relayed by .*the bridge is closed\.$/);
  });

  it('falls as if it were small', async () => {
    const party = (await read('/v1/parties/outlet-10')).id;
    const [expected] = fallenClaims({ kind: 'falls', rows: await rows(), falling: { party } });
    const { items, complete } = await read('/v1/parties/outlet-10/dependents');
    expect(complete).toBe(true);
    expect(items).toHaveLength(1);
    expect(items[0]).toMatchObject({ before: expected!.fallen.before, after: expected!.fallen.after });
    expect(items[0].after.origins.min).toBe(1);
    expect(items[0].fallen).toHaveLength(expected!.fallen.fallen.length);
  });
});

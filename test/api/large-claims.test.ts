import { beforeAll, describe, expect, it } from 'vitest';
import { explanationText } from '../../src/provenance/explanation/explanation-task.js';
import { affectedClaims } from '../../src/provenance/impact/affected-claims.js';
import { loadGraph } from '../../src/provenance/load/provenance.store.js';
import { sentenceText } from '../../src/provenance/sentence/sentence-task.js';
import { wordingOf } from '../../src/provenance/sentence/wording.service.js';
import { standingOf } from '../../src/provenance/standing/standing.js';
import { testApp } from '../support/app.js';
import { makeLargeClaim } from '../support/large-claim.js';

/** A claim whose attributions are so many that a worker works them out. */

const t = await testApp();
const read = async (path: string) => (await t.send('GET', path)).json;
const load = async () => t.store.read((tx) => loadGraph(tx, id));
let id = '';

beforeAll(async () => {
  id = await makeLargeClaim(t);
});

describe('a claim of 501 attributions', () => {
  it('counts them', async () => {
    expect((await read('/v1/claims/large')).attribution_count).toBe(501);
  });

  it('has its standing explained as if it were small', async () => {
    const claim = { id, key: 'large', name: 'The bridge is closed.' };
    const { graph, keys } = await load();
    const expected = JSON.parse(explanationText({ graph, keys, claim }));
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
    expect((await read('/v1/claims/large')).standing).toEqual(standingOf((await load()).graph));
  });

  it('is told in a sentence as if it were small', async () => {
    const { graph } = await load();
    const wording = await t.store.read((tx) => wordingOf(tx, graph));
    expect(wording.attributions.size).toBe(500);
    const text = 'The bridge is closed.';
    const expected = sentenceText({ style: 'inline', graph, text, wording });
    const { sentence } = await read('/v1/claims/large/attribution-sentence');
    expect(sentence).toBe(expected);
    expect(sentence).toMatch(/^According to Outlet 0, as relayed by .*the bridge is closed\.$/);
  });

  it('falls as if it were small', async () => {
    const party = (await read('/v1/parties/outlet-10')).id;
    const graphs = new Map([[id, (await load()).graph]]);
    const [expected] = affectedClaims({ graphs, falling: { party } });
    const { items, complete } = await read('/v1/parties/outlet-10/dependents');
    expect(complete).toBe(true);
    expect(items).toHaveLength(1);
    expect(items[0]).toMatchObject({ before: expected!.fallen.before, after: expected!.fallen.after });
    expect(items[0].after.origins.min).toBe(1);
    expect(items[0].fallen).toHaveLength(expected!.fallen.fallen.length);
  });
});

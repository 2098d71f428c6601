import { describe, expect, it } from 'vitest';
import { drawConsequences } from '../../src/provenance/consequences/consequences.service.js';
import { testApp } from '../support/app.js';
import { expectRejected } from '../support/expect-rejected.js';
import { generate } from '../support/generate.js';

const t = await testApp({ register: 'sample' });

const standingOf = async (claim: string) => (await t.send('GET', `/v1/claims/${claim}`)).json.standing;
const keysOf = async (query: string) =>
  (await t.send('GET', `/v1/claims?limit=200&${query}`)).json.items
    .map((claim: { key: string }) => claim.key)
    .sort();

async function patch(path: string, body: object) {
  const answer = await t.send('PATCH', path, body, { 'if-match': '*' });
  expect(answer.status, answer.text).toBe(200);
}

describe('GET /v1/claims of the sample', () => {
  it('rests the stipend on one unnamed origin', async () => {
    expect(await standingOf('ttp-leader-family-stipend')).toMatchObject({
      support: 'single_origin',
      origins: { min: 1, max: 1 },
      asserting: 1,
      reporting: 2,
      contested: false,
    });
    expect(await keysOf('unnamed_only=true')).toContain('ttp-leader-family-stipend');
    const explained = (await t.send('GET', '/v1/claims/ttp-leader-family-stipend/standing')).json;
    expect(explained.paths[0].map((step: { name: string }) => step.name)).toEqual([
      'Defence Talks',
      'Analytical Support and Sanctions Monitoring Team',
      'One Member State (on the stipend for the TTP leader’s family)',
    ]);
  });

  it('calls exactly those claims contested that somebody denies or disputes', async () => {
    const denied = new Set<string>();
    for (const stance of ['denies', 'disputes']) {
      const rows = (await t.send('GET', `/v1/attributions?limit=200&stance=${stance}`)).json.items;
      for (const row of rows) if (row.claim) denied.add(row.claim.key);
    }
    expect(await keysOf('contested=true')).toEqual([...denied].sort());
    expect(denied.size).toBe(11);
  });

  it('counts the blanket denial of a report without making its claims contested', async () => {
    const claims = await keysOf('source=security-council-monitoring-report-2024');
    const standing = await standingOf(claims[0]);
    expect(standing.blanket_denials).toBe(1);
    expect(await keysOf('contested=true&source=security-council-monitoring-report-2024')).toEqual([
      'taliban-works-with-terrorist-groups',
    ]);
  });

  it('lists by support, and the levels add up', async () => {
    const total = (await t.send('GET', '/v1/claims?count=exact&limit=1')).json.total;
    let sum = 0;
    for (const support of ['none', 'untraced', 'single_origin', 'corroborated']) {
      sum += (await t.send('GET', `/v1/claims?support=${support}&count=exact&limit=1`)).json.total;
    }
    expect(sum).toBe(total);
    const { items } = (await t.send('GET', '/v1/claims?limit=200&min_origins=2')).json;
    expect(items.length).toBeGreaterThan(1);
    for (const { standing } of items) expect(standing.support).toBe('corroborated');
  });
});

describe('GET /v1/claims/{id}: the standing follows', () => {
  it('an attribution that is added, changed and removed', async () => {
    const before = await standingOf('ttp-strength-10000');
    const made = await t.send('POST', '/v1/claims/ttp-strength-10000/attributions', {
      party: 'united-states',
      stance: 'asserts',
      lineage: 'originates',
      said: '2026-01',
    });
    expect(await standingOf('ttp-strength-10000')).toMatchObject({
      support: 'corroborated',
      last_said: '2026-01',
    });
    await patch(`/v1/attributions/${made.json.id}`, { stance: 'denies' });
    expect(await standingOf('ttp-strength-10000')).toMatchObject({
      support: 'single_origin',
      contested: true,
    });
    await t.send('DELETE', `/v1/attributions/${made.json.id}`, undefined, { 'if-match': '*' });
    expect(await standingOf('ttp-strength-10000')).toEqual(before);
  });

  it('a part_of: two voices of one body are one origin', async () => {
    const before = await standingOf('ttp-strength-up-to-6500');
    expect(before.origins.min).toBe(2);
    await patch('/v1/parties/pakistan', { part_of: 'un' });
    expect((await standingOf('ttp-strength-up-to-6500')).origins.min).toBe(1);
    await patch('/v1/parties/pakistan', { independent_voice: true });
    expect((await standingOf('ttp-strength-up-to-6500')).origins.min).toBe(2);
    await patch('/v1/parties/pakistan', { part_of: null, independent_voice: false });
    expect(await standingOf('ttp-strength-up-to-6500')).toEqual(before);
  });

  it('a derived_from: who draws on the report relays it', async () => {
    for (const key of ['wire', 'paper']) {
      await t.send('PUT', `/v1/sources/${key}`, { type: 'article', title: key });
      await t.send('PUT', `/v1/parties/${key}`, { kind: 'media', name: key });
    }
    const claim = await t.send('PUT', '/v1/claims/two-papers', {
      text: 'Two papers print it.',
      attributions: [
        { party: 'wire', stance: 'asserts', source: 'wire', lineage: 'originates' },
        { party: 'paper', stance: 'asserts', source: 'paper' },
      ],
    });
    expect(claim.json.standing.origins).toEqual({ min: 1, max: 2 });
    await patch('/v1/sources/paper', { derived_from: ['wire'] });
    expect((await standingOf('two-papers')).origins).toEqual({ min: 1, max: 1 });
  });

  it('a retraction: what all took back is retracted', async () => {
    const claim = await t.send('PUT', '/v1/claims/taken-back', {
      text: 'It was said and taken back.',
      attributions: [
        { local_id: 'said', key: 'said-it', party: 'pakistan', stance: 'asserts', lineage: 'originates' },
      ],
    });
    expect(claim.json.standing).toMatchObject({ support: 'single_origin', retracted: false });
    await t.send('POST', '/v1/claims/taken-back/attributions', {
      party: 'pakistan',
      stance: 'retracts',
      in_reply_to: 'said-it',
    });
    expect(await standingOf('taken-back')).toMatchObject({ support: 'none', retracted: true });
    expect(await keysOf('retracted=true')).toEqual(['taken-back']);
  });

  it('no change that was refused', async () => {
    const circle = { part_of: 'un-monitoring-team' };
    const any = { 'if-match': '*' };
    await expectRejected(t, 422, 'invalid_body', 'PATCH', '/v1/parties/un', circle, any);
  });
});

describe('PATCH /v1/parties/{id} of a party with more than 200 attributions', () => {
  it('leaves items exact at once, and lists after they said standing_pending', async () => {
    await t.send('PUT', '/v1/parties/agency', { kind: 'media', name: 'Agency' });
    await t.send('PUT', '/v1/parties/desk', { kind: 'media', name: 'Desk' });
    const attributions = ['agency', 'desk'].map((party) => ({
      party,
      stance: 'asserts',
      lineage: 'originates',
    }));
    await generate(t.store, async (make) => {
      for (let n = 0; n < 205; n++) {
        await make('claim', { key: `wire-${n}`, text: `Message ${n}.`, topics: ['wire'], attributions });
      }
    });
    expect((await standingOf('wire-204')).origins.min).toBe(2);
    await patch('/v1/parties/desk', { part_of: 'agency' });
    const list = (await t.send('GET', '/v1/claims?topic=wire&support=corroborated&count=exact')).json;
    // The queue may have begun already; the item is exact in any case.
    expect((await standingOf('wire-204')).origins.min).toBe(1);
    const unchanged = await t.send(
      'PATCH',
      '/v1/claims/wire-203',
      { text: 'Message 203.' },
      { 'if-match': '*' },
    );
    expect(unchanged.json).toMatchObject({ version: 1, standing: { origins: { min: 1 } } });
    if (list.standing_pending) expect(list.total).toBeGreaterThan(0);
    await expect
      .poll(async () => (await t.send('GET', '/v1/claims?limit=1')).json.standing_pending)
      .toBe(false);
    expect(await keysOf('topic=wire&support=corroborated')).toEqual([]);
    expect((await t.send('GET', '/v1/claims?topic=wire&support=single_origin&count=exact')).json.total).toBe(
      205,
    );
  });
});

describe('drawConsequences', () => {
  it('changes nothing where nothing changed', async () => {
    // Any write transaction renews the instant of the newest, so rows are compared.
    const before = await t.dump();
    const none = ['source_00000000000000000000000000'];
    await t.store.write((tx) => drawConsequences(tx, { sources: none, statuses: none }));
    expect(await t.dump()).toBe(before);
  });
});

describe('GET /v1/{parties,sources}/{id}/dependents', () => {
  it('tells what falls with the 35th report, most affected first', async () => {
    const { json } = await t.send('GET', '/v1/sources/monitoring-team-report-35/dependents?limit=200');
    expect(json.complete).toBe(true);
    expect(json.items).toHaveLength(json.total);
    const stipend = json.items.find(
      (item: { claim: { key: string } }) => item.claim.key === 'ttp-leader-family-stipend',
    );
    expect(stipend.before.support).toBe('single_origin');
    expect(stipend.after.support).toBe('none');
    expect(stipend.fallen.map((f: { because: string }) => f.because).sort()).toEqual([
      'source',
      'unfounded',
      'unheard',
    ]);
    const levels = ['none', 'untraced', 'single_origin', 'corroborated'];
    const losses = json.items.map(
      (item: { before: { support: string }; after: { support: string } }) =>
        levels.indexOf(item.before.support) - levels.indexOf(item.after.support),
    );
    expect(losses).toEqual([...losses].sort((a, b) => b - a));
  });

  it('answers 404 for what never was, 410 for what was removed', async () => {
    expect((await t.send('GET', '/v1/parties/nobody/dependents')).status).toBe(404);
    await t.send('PUT', '/v1/parties/short-lived', { kind: 'other', name: 'Short-lived' });
    await t.send('DELETE', '/v1/parties/short-lived', undefined, { 'if-match': '*' });
    expect((await t.send('GET', '/v1/parties/short-lived/dependents')).status).toBe(410);
  });
});

import { describe, expect, it } from 'vitest';
import { testApp } from '../support/app.js';
import { any, fresh } from '../support/claims.js';
import { expectRejected, faults } from '../support/expect-rejected.js';
import { sender } from '../support/sender.js';

const t = await testApp();
const send = sender(t);
const party = async (key: string) => send('PUT', `/v1/parties/${key}`, { kind: 'other', name: key }, {});
const source = async (key: string) => send('PUT', `/v1/sources/${key}`, { type: 'other', title: key }, {});
const claim = async (more: object) => send('POST', '/v1/claims', { text: 'x', ...more });
await party('p');
await source('s');

/** A claim with a chain of three attributions, the first of which answers the last. */
const chain = [
  { local_id: 'a', party: 'p', stance: 'reports', source: 's', relays: ['@b'], in_reply_to: '@c' },
  { local_id: 'b', party: 'p', stance: 'reports', relays: ['@c'], note: 'b' },
  { local_id: 'c', party: 'p', stance: 'asserts', lineage: 'originates' },
];
const circle = [
  { local_id: 'a', party: 'p', stance: 'reports', relays: ['@b'], in_reply_to: '@b' },
  { local_id: 'b', party: 'p', stance: 'reports', relays: ['@a'], in_reply_to: '@a' },
];
/** More than are recorded at once. */
const long = Array.from({ length: 60 }, (_, i) => ({
  ...{ local_id: `${i}`, party: 'p', stance: 'reports', note: `${i}` },
  relays: i < 59 ? [`@${i + 1}`] : [],
}));

describe('DELETE and PUT /v1/claims/{id}', () => {
  const remove = (id: string, headers = {}) =>
    send('DELETE', `/v1/claims/${id}`, undefined, { ...any, ...headers });
  const restore = (id: string, version: number, body: object, headers = {}) =>
    send('PUT', `/v1/claims/${id}`, body, { 'if-match': `"${version}"`, ...headers });
  const strip = (claim: { attributions: Record<string, unknown>[] }) =>
    claim.attributions.map(({ updated_at: _at, version: _version, ...rest }) => rest);

  it.each([
    ['a chain', chain],
    ['a circle', circle],
    ['a long chain', long],
  ])('take %s of attributions along, and bring it back', async (_what, attributions) => {
    const before = await claim({ attributions });
    await remove(before.id, { 'change-reason': 'why' });
    for (const { id } of before.attributions) {
      const { json } = await expectRejected(t, 410, 'gone', 'GET', `/v1/attributions/${id}`);
      expect(json.tombstone).toMatchObject({ id, version: 2, reason: 'why' });
    }
    await expectRejected(t, 410, 'gone', 'GET', `/v1/claims/${before.id}/attributions`);
    const sent = { party: 'p', stance: 'denies' };
    await expectRejected(t, 410, 'gone', 'POST', `/v1/claims/${before.id}/attributions`, sent);
    const to = { claim: before.id, ...sent };
    expect(faults(await expectRejected(t, 422, 'invalid_body', 'POST', '/v1/attributions', to))).toEqual([
      '/claim unknown_reference',
    ]);
    const [{ id }] = before.attributions;
    const one = await expectRejected(t, 422, 'invalid_body', 'PUT', `/v1/attributions/${id}`, to, {
      'if-match': '"2"',
    });
    expect(faults(one)).toEqual(['/claim unknown_reference']);

    const after = await restore(before.id, 2, { text: 'x' });
    expect(strip(after)).toEqual(strip(before));
    expect(after.attributions.map(({ version }: { version: number }) => version)).toEqual(
      before.attributions.map(() => 3),
    );
    expect((await t.send('GET', `/v1/claims/${before.id}`)).json).toEqual(after);
    for (const attribution of after.attributions) {
      expect((await t.send('GET', `/v1/attributions/${attribution.id}`)).json).toMatchObject(attribution);
    }
  });

  it('bring a claim back without what had been removed before', async () => {
    const { id, attributions } = await claim({
      attributions: [...chain, { party: 'p', stance: 'denies', note: 'odd' }],
    });
    const odd = attributions.find(({ note }: { note: string }) => note === 'odd');
    await send('DELETE', `/v1/attributions/${odd.id}`);
    await remove(id);
    const after = await restore(id, 2, { text: 'x' });
    expect(after.attribution_count).toBe(3);
    await expectRejected(t, 410, 'gone', 'GET', `/v1/attributions/${odd.id}`);
  });

  it('bring a claim back with the set that is sent, where one is sent', async () => {
    const { id, attributions } = await claim({ attributions: chain });
    const last = attributions[2];
    await remove(id);
    const set = [
      { id: last.id, party: 'p', stance: 'confirms' },
      { party: 'p', stance: 'denies' },
    ];
    const after = await restore(id, 2, { text: 'y', attributions: set });
    expect(after.attributions.map(({ stance }: { stance: string }) => stance)).toEqual([
      'confirms',
      'denies',
    ]);
    expect(after.attributions[0]).toMatchObject({ id: last.id, version: 3 });
    await expectRejected(t, 410, 'gone', 'GET', `/v1/attributions/${attributions[0].id}`);
  });

  it('bring a claim back with no attributions, where an empty set is sent', async () => {
    const { id } = await claim({ attributions: chain });
    await remove(id);
    expect((await restore(id, 2, { text: 'y', attributions: [] })).attribution_count).toBe(0);
  });

  it('bring back what went along with the claim, not what shares a request id', async () => {
    const named = { 'x-request-id': 'nightly-run' };
    const { id } = await claim({ attributions: [...chain, { party: 'p', stance: 'denies', note: 'odd' }] });
    const { items } = await send('GET', `/v1/claims/${id}/attributions`, undefined, {});
    const odd = items.find(({ note }: { note: string }) => note === 'odd');
    t.setClock('2030-01-01T00:00:00.000Z');
    await send('DELETE', `/v1/attributions/${odd.id}`, undefined, { ...any, ...named });
    for (const [day, version] of [
      [2, 1],
      [3, 3],
      [4, 5],
    ] as const) {
      t.setClock(`2030-01-0${day}T00:00:00.000Z`);
      await remove(id, named);
      t.setClock(`2030-01-0${day}T12:00:00.000Z`);
      const after = await restore(id, version + 1, { text: 'x' }, named);
      expect([after.version, after.attribution_count]).toEqual([version + 2, 3]);
    }
  });

  describe('in one batch', () => {
    const batch = (operations: object[], headers = {}) => send('POST', '/v1/batch', { operations }, headers);
    const removal = (type: string, id: string) => ({ method: 'DELETE', type, id, if_match: '*' });
    const odd = { party: 'p', stance: 'denies', note: 'odd' };

    it('bring a claim back without what was removed for itself just before', async () => {
      const { id, attributions } = await claim({ attributions: [odd] });
      const other = await claim({});
      const relation = await send('POST', '/v1/relations', { from: id, type: 'supports', to: other.id });
      const authorization = `Bearer ${await t.newKey(['write', 'review'])}`;
      const judged = { claim: id, credibility: 2 };
      const assessment = await send('POST', '/v1/assessments', judged, { authorization });
      await batch(
        [
          removal('attribution', attributions[0].id),
          removal('relation', relation.id),
          removal('assessment', assessment.id),
          removal('claim', id),
        ],
        { authorization },
      );
      expect((await restore(id, 2, { text: 'x' })).attribution_count).toBe(0);
      await expectRejected(t, 410, 'gone', 'GET', `/v1/attributions/${attributions[0].id}`);
      await expectRejected(t, 410, 'gone', 'GET', `/v1/relations/${relation.id}`);
      await expectRejected(t, 410, 'gone', 'GET', `/v1/assessments/${assessment.id}`);
    });

    it('bring a claim back with what went along the last time, and another with its own', async () => {
      const { id } = await claim({ attributions: [...chain, odd] });
      const other = await claim({ attributions: [odd] });
      const { id: relation } = await send('POST', '/v1/relations', {
        from: id,
        type: 'supports',
        to: other.id,
      });
      await batch([
        removal('claim', id),
        { method: 'PUT', type: 'claim', id, if_match: '2', body: { text: 'x' } },
        removal('claim', id),
        removal('claim', other.id),
      ]);
      const after = await restore(id, 4, { text: 'x' });
      expect(after.attributions.map(({ version }: { version: number }) => version)).toEqual([5, 5, 5, 5]);
      expect((await restore(other.id, 2, { text: 'x' })).attribution_count).toBe(1);
      // It went along with the one, when the other was still to go.
      await expectRejected(t, 410, 'gone', 'GET', `/v1/relations/${relation}`);
    });
  });

  it('leave alone what came back by itself, about other claims', async () => {
    const [one, two, three] = [await claim({}), await claim({}), await claim({})];
    const { id } = await send('POST', '/v1/relations', { from: one.id, type: 'supports', to: two.id });
    await remove(one.id);
    const moved = { from: three.id, type: 'supports', to: two.id };
    await send('PUT', `/v1/relations/${id}`, moved, { 'if-match': '"2"' });
    await restore(one.id, 2, { text: 'x' });
    expect((await t.send('GET', `/v1/relations/${id}`)).json).toMatchObject({ version: 3 });
  });

  it('answer 422 where the party or source of attributions is gone, and tell each once', async () => {
    const [who, where, id] = [fresh('party'), fresh('source'), fresh('claim')];
    await party(who);
    await source(where);
    const attributions = ['denies', 'disputes', 'asserts'].map((stance, i) => ({
      ...{ key: `${id}-${i}`, party: who, stance, source: i === 0 ? where : null },
    }));
    await send('PUT', `/v1/claims/${id}`, { text: 'x', attributions }, {});
    await remove(id);
    await send('DELETE', `/v1/parties/${who}`);
    await send('DELETE', `/v1/sources/${where}`);
    const match = { 'if-match': '"2"' };
    const body = { text: 'x', subject: 'nobody' };
    const { json } = await expectRejected(t, 422, 'invalid_body', 'PUT', `/v1/claims/${id}`, body, match);
    const fix = (noun: string) =>
      `which was removed; restore the ${noun} first, or send the claim with the \`attributions\` that it is to have`;
    expect(json.errors.map(({ pointer, detail }: Record<string, string>) => [pointer, detail])).toEqual([
      ['/subject', expect.stringContaining('nobody')],
      ['/attributions', `3 attributions, \`${id}-0\` first, name the party \`${who}\`, ${fix('party')}`],
      ['/attributions', `attribution \`${id}-0\` names the source \`${where}\`, ${fix('source')}`],
    ]);
    expect((await restore(id, 2, { text: 'x', attributions: [] })).attribution_count).toBe(0);
  });

  it('let the subject of a removed claim go', async () => {
    const key = fresh('party');
    await party(key);
    const { id } = await claim({ subject: key });
    await remove(id);
    expect((await t.send('DELETE', `/v1/parties/${key}`, undefined, any)).status).toBe(204);
    const body = { text: 'x', subject: key };
    const answer = await expectRejected(t, 422, 'invalid_body', 'PUT', `/v1/claims/${id}`, body, {
      'if-match': '"2"',
    });
    expect(faults(answer)).toEqual(['/subject unknown_reference']);
  });
});

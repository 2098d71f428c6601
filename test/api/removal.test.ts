import { describe, expect, it, test } from 'vitest';
import { testApp } from '../support/app.js';
import { faults, rejected } from '../support/rejected.js';

const t = await testApp();
const any = { 'if-match': '*' };
let made = 0;
const fresh = (name: string) => `${name}-${made++}`;
const send = async (method: string, url: string, body?: object, headers: Record<string, string> = any) => {
  const answer = await t.send(method, url, body, headers);
  expect([method, url, answer.status, answer.status < 300 || answer.text]).toEqual([
    method,
    url,
    answer.status,
    true,
  ]);
  return answer.json;
};
const party = async (key: string) => send('PUT', `/v1/parties/${key}`, { kind: 'other', name: key }, {});
const source = async (key: string) => send('PUT', `/v1/sources/${key}`, { type: 'other', title: key }, {});
const claim = async (more: object) => send('POST', '/v1/claims', { text: 'x', ...more });
await party('p');
await source('s');

/** Every way in which one object refers to another: who refers, with what, and how it lets go. */
const references: [
  what: string,
  target: string,
  referrer: string,
  body: (key: string) => object,
  free: object,
][] = [
  [
    'a party in part_of',
    'parties',
    'parties',
    (k) => ({ kind: 'other', name: 'x', part_of: k }),
    { part_of: null },
  ],
  [
    'a publisher',
    'parties',
    'sources',
    (k) => ({ type: 'other', title: 'x', publisher: k }),
    { publisher: null },
  ],
  [
    'an author',
    'parties',
    'sources',
    (k) => ({ type: 'other', title: 'x', authors: ['p', k] }),
    { authors: [] },
  ],
  ['a subject', 'parties', 'claims', (k) => ({ text: 'x', subject: k }), { subject: null }],
  [
    'a party as value',
    'parties',
    'claims',
    (k) => ({ text: 'x', value: { type: 'party', party: k } }),
    { value: null },
  ],
  [
    'a participant',
    'parties',
    'claims',
    (k) => ({ text: 'x', participants: [{ party: k, role: 'giver' }] }),
    { participants: [] },
  ],
  [
    'a party of an attribution',
    'parties',
    'attributions',
    (k) => ({ about_source: 's', party: k, stance: 'denies' }),
    { party: 'p' },
  ],
  [
    'a speaker',
    'parties',
    'attributions',
    (k) => ({ about_source: 's', party: 'p', speaker: k, stance: 'denies' }),
    { speaker: null },
  ],
  [
    'a source in part_of',
    'sources',
    'sources',
    (k) => ({ type: 'other', title: 'x', part_of: k }),
    { part_of: null },
  ],
  [
    'a source in derived_from',
    'sources',
    'sources',
    (k) => ({ type: 'other', title: 'x', derived_from: ['s', k] }),
    { derived_from: ['s'] },
  ],
  [
    'the source of an attribution',
    'sources',
    'attributions',
    (k) => ({ about_source: 's', party: 'p', stance: 'denies', source: k }),
    { source: null },
  ],
  ['a predicate', 'predicates', 'claims', (k) => ({ text: 'x', predicate: k }), { predicate: null }],
];
const inputs: Record<string, object> = {
  parties: { kind: 'other', name: 'x' },
  sources: { type: 'other', title: 'x' },
  predicates: { label: 'x', value_type: 'none' },
};

describe('what others refer to stays: 409', () => {
  test.each(references)('%s', async (_what, target, referrer, body, free) => {
    const key = fresh('target');
    await send('PUT', `/v1/${target}/${key}`, inputs[target], {});
    const by = await send('POST', `/v1/${referrer}`, body(key));
    const url = `/v1/${target}/${key}`;
    const answer = await rejected(t, 409, 'in_use', 'DELETE', url, undefined, any);
    expect(answer.json.errors).toEqual([
      { code: 'in_use', detail: `${by.id.split('_')[0]} ${by.id} refers to it` },
    ]);
    await send('PATCH', `/v1/${referrer}/${by.id}`, free);
    expect((await t.send('DELETE', url, undefined, any)).status).toBe(204);
    const gone = await rejected(t, 422, 'invalid_body', 'POST', `/v1/${referrer}`, body(key));
    expect(faults(gone)).toEqual([expect.stringMatching(/ unknown_reference$/)]);
  });

  it('a source that is denied as a whole', async () => {
    const key = fresh('source');
    await source(key);
    const { id } = await send('POST', '/v1/attributions', {
      about_source: key,
      party: 'p',
      stance: 'denies',
    });
    await rejected(t, 409, 'in_use', 'DELETE', `/v1/sources/${key}`, undefined, any);
    await send('DELETE', `/v1/attributions/${id}`);
    expect((await t.send('DELETE', `/v1/sources/${key}`, undefined, any)).status).toBe(204);
  });

  test.each(['relays', 'in_reply_to'])('an attribution in %s', async (member) => {
    const c = await claim({ attributions: [{ party: 'p', stance: 'asserts' }] });
    const [{ id }] = c.attributions;
    const value = member === 'relays' ? [id] : id;
    const by = await send('POST', `/v1/claims/${c.id}/attributions`, {
      party: 'p',
      stance: 'reports',
      [member]: value,
    });
    const answer = await rejected(t, 409, 'in_use', 'DELETE', `/v1/attributions/${id}`, undefined, any);
    expect(answer.json.errors[0].detail).toContain(by.id);
    await send('DELETE', `/v1/attributions/${by.id}`);
    expect((await t.send('DELETE', `/v1/attributions/${id}`, undefined, any)).status).toBe(204);
    expect((await t.send('GET', `/v1/claims/${c.id}`)).json.attributions).toEqual([]);
  });

  it('names at most 20 of those that refer', async () => {
    const key = fresh('party');
    await party(key);
    for (let i = 0; i < 15; i++) await claim({ subject: key, participants: [{ party: key, role: 'x' }] });
    for (let i = 0; i < 15; i++)
      await send('POST', '/v1/sources', { type: 'other', title: 'x', authors: [key] });
    const { json } = await rejected(t, 409, 'in_use', 'DELETE', `/v1/parties/${key}`, undefined, any);
    expect(json.errors).toHaveLength(20);
  });
});

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

describe('a removed claim', () => {
  const remove = (id: string, headers = {}) =>
    send('DELETE', `/v1/claims/${id}`, undefined, { ...any, ...headers });
  const restore = (id: string, version: number, body: object, headers = {}) =>
    send('PUT', `/v1/claims/${id}`, body, { 'if-match': `"${version}"`, ...headers });
  const strip = (claim: { attributions: Record<string, unknown>[] }) =>
    claim.attributions.map(({ updated_at: _at, version: _version, ...rest }) => rest);

  test.each([
    ['a chain', chain],
    ['a circle', circle],
  ])('takes %s of attributions along, and brings it back', async (_what, attributions) => {
    const before = await claim({ attributions });
    await remove(before.id, { 'change-reason': 'why' });
    for (const { id } of before.attributions) {
      const { json } = await rejected(t, 410, 'gone', 'GET', `/v1/attributions/${id}`);
      expect(json.tombstone).toMatchObject({ id, version: 2, reason: 'why' });
    }
    await rejected(t, 410, 'gone', 'GET', `/v1/claims/${before.id}/attributions`);
    const sent = { party: 'p', stance: 'denies' };
    await rejected(t, 410, 'gone', 'POST', `/v1/claims/${before.id}/attributions`, sent);
    const to = { claim: before.id, ...sent };
    expect(faults(await rejected(t, 422, 'invalid_body', 'POST', '/v1/attributions', to))).toEqual([
      '/claim unknown_reference',
    ]);
    const [{ id }] = before.attributions;
    const one = await rejected(t, 422, 'invalid_body', 'PUT', `/v1/attributions/${id}`, to, {
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
      expect((await t.send('GET', `/v1/attributions/${attribution.id}`)).json).toEqual(attribution);
    }
  });

  it('comes back without what had been taken away before', async () => {
    const { id, attributions } = await claim({
      attributions: [...chain, { party: 'p', stance: 'denies', note: 'odd' }],
    });
    const odd = attributions.find(({ note }: { note: string }) => note === 'odd');
    await send('DELETE', `/v1/attributions/${odd.id}`);
    await remove(id);
    const after = await restore(id, 2, { text: 'x' });
    expect(after.attribution_count).toBe(3);
    await rejected(t, 410, 'gone', 'GET', `/v1/attributions/${odd.id}`);
  });

  it('comes back with the set that is sent, where one is sent', async () => {
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
    await rejected(t, 410, 'gone', 'GET', `/v1/attributions/${attributions[0].id}`);
  });

  it('comes back with none, where an empty set is sent', async () => {
    const { id } = await claim({ attributions: chain });
    await remove(id);
    expect((await restore(id, 2, { text: 'y', attributions: [] })).attribution_count).toBe(0);
  });

  it('comes back right under a request id that was used before', async () => {
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

    it('comes back without what was removed for itself just before', async () => {
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
      await rejected(t, 410, 'gone', 'GET', `/v1/attributions/${attributions[0].id}`);
      await rejected(t, 410, 'gone', 'GET', `/v1/relations/${relation.id}`);
      await rejected(t, 410, 'gone', 'GET', `/v1/assessments/${assessment.id}`);
    });

    it('comes back with what went along the last time, and another keeps its own', async () => {
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
      await rejected(t, 410, 'gone', 'GET', `/v1/relations/${relation}`);
    });
  });

  it('leaves alone what came back by itself, about other claims', async () => {
    const [one, two, three] = [await claim({}), await claim({}), await claim({})];
    const { id } = await send('POST', '/v1/relations', { from: one.id, type: 'supports', to: two.id });
    await remove(one.id);
    const moved = { from: three.id, type: 'supports', to: two.id };
    await send('PUT', `/v1/relations/${id}`, moved, { 'if-match': '"2"' });
    await restore(one.id, 2, { text: 'x' });
    expect((await t.send('GET', `/v1/relations/${id}`)).json).toMatchObject({ version: 3 });
  });

  it('cannot come back with attributions whose party or source is gone: 422 tells which', async () => {
    const [who, where] = [fresh('party'), fresh('source')];
    const lost = [await party(who), await source(where)];
    const { id, attributions } = await claim({
      attributions: [{ party: who, stance: 'denies', source: where }],
    });
    await remove(id);
    await send('DELETE', `/v1/parties/${who}`);
    await send('DELETE', `/v1/sources/${where}`);
    const match = { 'if-match': '"2"' };
    const { json } = await rejected(t, 422, 'invalid_body', 'PUT', `/v1/claims/${id}`, { text: 'x' }, match);
    expect(json.errors).toEqual(
      lost.map((object) => ({
        pointer: '/attributions',
        code: 'unknown_reference',
        detail: expect.stringContaining(`${attributions[0].id} names ${object.id}`),
      })),
    );
    expect((await restore(id, 2, { text: 'x', attributions: [] })).attribution_count).toBe(0);
  });

  it('does not hold its subject any more', async () => {
    const key = fresh('party');
    await party(key);
    const { id } = await claim({ subject: key });
    await remove(id);
    expect((await t.send('DELETE', `/v1/parties/${key}`, undefined, any)).status).toBe(204);
    const body = { text: 'x', subject: key };
    const answer = await rejected(t, 422, 'invalid_body', 'PUT', `/v1/claims/${id}`, body, {
      'if-match': '"2"',
    });
    expect(faults(answer)).toEqual(['/subject unknown_reference']);
  });
});

describe('Change-Reason', () => {
  const reasonOf = async (id: string) => {
    const rows = await t.store.read((tx) =>
      tx.db.select().from(tx.tables.history).orderBy(tx.tables.history.seq),
    );
    return rows.filter((row) => row.object_id === id).map(({ reason }) => reason);
  };

  it('is stored with every kind of change', async () => {
    const why = (reason: string) => ({ ...any, 'change-reason': encodeURIComponent(reason) });
    const { id } = await send('POST', '/v1/parties', { kind: 'other', name: 'x' }, why('née Ж 😀'));
    await send('PATCH', `/v1/parties/${id}`, { name: 'y' }, why('100 %'));
    await send('PUT', `/v1/parties/${id}`, { kind: 'other', name: 'z' }, why('a+b, "c"'));
    await send('DELETE', `/v1/parties/${id}`, undefined, why('line\nbreak'));
    expect(await reasonOf(id)).toEqual(['née Ж 😀', '100 %', 'a+b, "c"', 'line\nbreak']);
  });

  const wrong: [what: string, header: string][] = [
    ['a bare percent sign', '100 %'],
    ['half an escape', 'a%2'],
    ['no UTF-8', 'caf%e9'],
    ['half a surrogate pair', '%ed%a0%80'],
    ['letters beyond ASCII', 'café'],
    ['U+0000', 'a%00b'],
    ['nothing', ''],
    ['spaces', '%20%20'],
    ['1,001 characters', 'x'.repeat(1_001)],
  ];
  test.each(wrong)('%s: 400', async (_what, header) => {
    const { id } = await send('POST', '/v1/parties', { kind: 'other', name: 'x' });
    const headers = { ...any, 'change-reason': header };
    for (const [method, url, body] of [
      ['POST', '/v1/parties', { kind: 'other', name: 'x' }],
      ['PATCH', `/v1/parties/${id}`, { name: 'y' }],
      ['DELETE', `/v1/parties/${id}`, undefined],
    ] as const) {
      const answer = await rejected(t, 400, 'invalid_header', method, url, body, headers);
      expect(faults(answer)).toEqual(['Change-Reason invalid_header']);
    }
  });
});

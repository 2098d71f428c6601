import { describe, expect, it } from 'vitest';
import { type Answer, testApp } from '../support/app.js';
import { claim, party, patch, remove } from '../support/batch.js';
import { currentRegister } from '../support/current-register.js';
import { expectRejected } from '../support/expect-rejected.js';

const t = await testApp();
const admin = { authorization: `Bearer ${await t.newKey(['read', 'write', 'review', 'admin'])}` };
const any = { ...admin, 'if-match': '*' };

/** Sends a batch; gives its answer and the id of its request. */
async function batch(operations: object[]): Promise<{ id: string; json: Answer['json'] }> {
  const { status, json, headers, text } = await t.send('POST', '/v1/batch', { operations }, admin);
  expect(status, text).toBe(200);
  return { id: headers['x-request-id'] as string, json };
}
const revert = (id: string, body: object = {}, headers: object = {}) =>
  t.send('POST', `/v1/batches/${id}/revert`, body, { ...admin, ...headers });
const refused = async (id: string): Promise<string[]> => {
  const { json } = await expectRejected(
    t,
    409,
    'revert_conflict',
    'POST',
    `/v1/batches/${id}/revert`,
    {},
    admin,
  );
  return json.errors.map(({ code, detail }: Record<string, string>) => `${code}: ${detail}`);
};

describe('POST /v1/batches/{request_id}/revert', async () => {
  for (const key of ['a', 'b']) await t.send('PUT', `/v1/parties/${key}`, { kind: 'other', name: key });
  await t.send('PUT', '/v1/parties/whole', { kind: 'other', name: 'Whole' });
  await t.send('PUT', '/v1/parties/part', { kind: 'other', name: 'Part', part_of: 'whole' });
  await t.send('PUT', '/v1/claims/c', {
    text: 'x',
    subject: 'a',
    attributions: [{ party: 'b', stance: 'denies' }],
  });

  it('undoes a batch that created, changed and removed what belongs together', async () => {
    const before = await currentRegister(t);
    const { id } = await batch([
      { ...party({ key: 'newer', part_of: 'a' }), local_id: 'newer' },
      patch('b', { part_of: '@newer' }),
      { ...patch('c', { subject: 'newer' }), type: 'claim' },
      {
        ...claim({ subject: 'newer', attributions: [{ party: 'newer', stance: 'asserts' }] }),
        local_id: 'claim',
      },
      { method: 'POST', type: 'assessment', body: { claim: '@claim', credibility: 1 } },
      remove('c', 'claim'),
      patch('a', { name: 'once' }),
      patch('a', { name: 'twice' }),
    ]);
    const dry = await revert(id, { dry_run: true });
    expect(await currentRegister(t)).not.toEqual(before);
    const { status, json, text } = await revert(id);
    expect(status, text).toBe(200);
    expect(await currentRegister(t)).toEqual(before);
    expect(dry.json.items).toEqual(json.items);
    const done = json.items.map(({ type, operation }: Record<string, string>) => `${operation} ${type}`);
    expect(done).toEqual([
      ...['remove party', 'update party', 'restore claim', 'remove claim', 'remove attribution'],
      ...['remove assessment', 'restore attribution', 'update party'],
    ]);
    const [{ reason, request_id }] = (await t.send('GET', '/v1/parties/a/history')).json.items;
    expect([reason, request_id]).toEqual([`Reverted request ${id}.`, json.request_id]);

    expect((await revert(id)).json.items, 'undone already').toEqual([]);
    const redone = await revert(json.request_id);
    expect((await t.send('GET', '/v1/parties/a')).json.name, 'the undoing undone').toBe('twice');
    expect((await t.send('GET', '/v1/claims/c')).status).toBe(410);
    await revert(redone.json.request_id);
    expect(await currentRegister(t)).toEqual(before);
  });

  it.each<[what: string, operations: (claim: string) => object[]]>([
    [
      'a part and its whole',
      () => [
        { ...party(), local_id: 'whole' },
        { ...party({ part_of: '@whole' }), local_id: 'part' },
        party({ part_of: '@part' }),
      ],
    ],
    [
      'a whole that is changed after its part was made',
      () => [party({ key: 'made' }), party({ part_of: 'made' }), patch('made', { name: 'z' })],
    ],
    [
      'a part that is made before its whole',
      () => [party({ key: 'early' }), party({ key: 'late' }), patch('early', { part_of: 'late' })],
    ],
    [
      'an answer to another attribution',
      (claim) => [
        {
          method: 'POST',
          type: 'attribution',
          body: { claim, party: 'a', stance: 'asserts' },
          local_id: 'said',
        },
        {
          method: 'POST',
          type: 'attribution',
          body: { claim, party: 'b', stance: 'denies', in_reply_to: '@said' },
        },
      ],
    ],
    [
      'parts that change places',
      () => [
        patch('whole', { name: 'x' }),
        patch('part', { part_of: null }),
        patch('whole', { part_of: 'part' }),
      ],
    ],
    ['a whole that is removed after its part', () => [remove('part'), remove('whole')]],
  ])('undoes %s', async (_what, operations) => {
    const before = await currentRegister(t);
    const { id } = await batch(operations((await t.send('GET', '/v1/claims/c')).json.id));
    expect((await revert(id)).text).not.toContain('"items":[]');
    expect(await currentRegister(t)).toEqual(before);
  });

  it('is refused where others made changes amid those of the request, unless these were undone', async () => {
    const mine = { ...any, 'x-request-id': 'used-twice' };
    await t.send('PATCH', '/v1/parties/a', { name: 'first' }, mine);
    const other = await t.send('PATCH', '/v1/parties/a', { description: 'careful work' }, any);
    await t.send('PATCH', '/v1/parties/a', { name: 'second' }, mine);
    expect(await refused('used-twice')).toEqual([
      expect.stringMatching(new RegExp(`^changed_since: party .a. .*${other.headers['x-request-id']} on `)),
    ]);
    expect((await t.send('GET', '/v1/parties/a')).json.description).toBe('careful work');
  });

  it('is refused for an id that several keys used, and under that id itself', async () => {
    const key = { authorization: `Bearer ${t.key}`, 'x-request-id': 'by-two-keys', 'if-match': '*' };
    await t.send('PATCH', '/v1/parties/a', { name: 'one' }, key);
    await t.send('PATCH', '/v1/parties/b', { name: 'two' }, { ...any, 'x-request-id': 'by-two-keys' });
    expect(await refused('by-two-keys')).toEqual([expect.stringMatching(/^several_actors: /)]);
    const { id } = await batch([patch('a', { name: 'three' })]);
    const same = { ...admin, 'x-request-id': id };
    await expectRejected(t, 409, 'revert_conflict', 'POST', `/v1/batches/${id}/revert`, {}, same);
    expect((await t.send('GET', '/v1/parties/a')).json.name).toBe('three');
  });

  it('undoes a single write by its request, and gives a retry the same answer', async () => {
    const { headers } = await t.send('PATCH', '/v1/parties/a', { name: 'other' }, any);
    const id = headers['x-request-id'] as string;
    const keyed = { 'idempotency-key': 'once', 'change-reason': 'a%20slip' };
    const first = await revert(id, {}, keyed);
    const retry = await revert(id, {}, keyed);
    expect([retry.text, retry.headers['idempotent-replayed']]).toEqual([first.text, 'true']);
    const [{ reason }] = (await t.send('GET', '/v1/parties/a/history')).json.items;
    expect(reason).toBe('a slip');
  });

  it('is refused where later changes would be lost, and names them', async () => {
    const { id } = await batch([patch('a', { name: 'y' }), patch('b', { name: 'y' })]);
    const later = await t.send('PATCH', '/v1/parties/b', { country: 'PK' }, any);
    expect(await refused(id)).toEqual([
      expect.stringMatching(
        new RegExp(
          `^changed_since: party \`b\` .* to version \\d+ by request ${later.headers['x-request-id']} on `,
        ),
      ),
    ]);
    await revert(later.headers['x-request-id'] as string);
    expect((await revert(id)).status, 'once the later change is undone').toBe(200);
  });

  it('is refused where something was added to a claim that it created', async () => {
    const { id, json } = await batch([claim()]);
    const url = `/v1/claims/${json.items[0].id}/attributions`;
    const added = await t.send('POST', url, { party: 'a', stance: 'asserts' });
    expect(await refused(id)).toEqual([
      expect.stringMatching(new RegExp(`^added_since: attribution ${added.json.id} was added to claim `)),
    ]);
  });

  it('is refused where something was added between two requests with its id', async () => {
    const named = { ...any, 'x-request-id': 'sent-twice' };
    const { json } = await t.send('POST', '/v1/claims', { text: 'Sent first.' }, named);
    const other = { authorization: `Bearer ${await t.newKey(['read', 'write'])}` };
    const denial = { claim: json.id, party: 'a', stance: 'denies' };
    const added = await t.send('POST', '/v1/attributions', denial, other);
    const second = await t.send('POST', '/v1/parties', { kind: 'other', name: 'Sent then' }, named);
    expect([added.status, second.status]).toEqual([201, 201]);
    expect(await refused('sent-twice')).toEqual([
      expect.stringMatching(new RegExp(`^added_since: attribution ${added.json.id} was added to claim `)),
    ]);
  });

  it('is refused where others refer to what it created', async () => {
    const { id, json } = await batch([party()]);
    const { id: user } = (
      await t.send('POST', '/v1/parties', { kind: 'other', name: 'x', part_of: json.items[0].id })
    ).json;
    expect(await refused(id)).toEqual([
      expect.stringMatching(new RegExp(`^in_use: party ${json.items[0].id}: .*${user}`)),
    ]);
  });

  /** Attributions that relay all others, or answer the next, or pass on the one before. */
  const sets: [what: string, size: number, links: (i: number, size: number) => object][] = [
    ['relay each other', 4, (i, n) => ({ relays: names(n).filter((name) => name !== `@${i}`) })],
    ['answer each other', 3, (i, n) => ({ in_reply_to: `@${(i + 1) % n}` })],
    ['pass on one after the other', 60, (i) => ({ relays: i > 0 ? [`@${i - 1}`] : [] })],
    ['pass on one before the other', 60, (i, n) => ({ relays: i < n - 1 ? [`@${i + 1}`] : [] })],
  ];
  const names = (size: number) => Array.from({ length: size }, (_, i) => `@${i}`);
  it.each(sets)('undoes the coming and the going of attributions that %s', async (_what, size, links) => {
    const { json } = await t.send('POST', '/v1/claims', { text: 'x', attributions: [] });
    const url = `/v1/claims/${json.id}`;
    const said = (i: number) => ({ local_id: `${i}`, party: 'b', stance: 'reports', note: `${i}` });
    const attributions = names(size).map((_name, i) => ({ ...said(i), ...links(i, size) }));
    const set = async (attributions: object[]) => {
      const { status, headers, text } = await t.send('PUT', url, { text: 'x', attributions }, any);
      expect(status, text).toBe(200);
      return headers['x-request-id'] as string;
    };
    const all = async () => (await t.send('GET', `${url}/input`)).json.attributions;

    const came = await set(attributions);
    const before = await all();
    const went = await set([]);
    const back = await revert(went);
    expect(back.status, back.text).toBe(200);
    expect(back.json.items).toHaveLength(size);
    expect(await all()).toEqual(before);

    const undone = await revert(back.headers['x-request-id'] as string);
    expect(undone.status, undone.text).toBe(200);
    expect(await all()).toEqual([]);
    const again = await revert(undone.headers['x-request-id'] as string);
    expect(again.status, again.text).toBe(200);
    expect((await revert(came)).status).toBe(200);
    expect(await all()).toEqual([]);
  });

  it('refuses to take back attributions that another one passes on', async () => {
    const attributions = names(2).map((_name, i) => ({
      ...{ key: `passed-on-${i}`, local_id: `${i}`, party: 'b', stance: 'reports' },
      relays: [`@${1 - i}`],
    }));
    const { json } = await t.send('POST', '/v1/claims', { text: 'x' });
    const { headers } = await t.send('PUT', `/v1/claims/${json.id}`, { text: 'x', attributions }, any);
    const later = { claim: json.id, key: 'later', party: 'a', stance: 'reports', relays: ['passed-on-0'] };
    expect((await t.send('POST', '/v1/attributions', later)).status).toBe(201);
    expect(await refused(headers['x-request-id'] as string)).toEqual([
      expect.stringMatching(/^in_use: attribution `passed-on-0` .*: attribution `later` /),
    ]);
    const { json: problem } = await revert(headers['x-request-id'] as string);
    expect(problem.detail).toContain(': 1 attribution refers to this attribution.');
  });

  it('is refused where what would come back refers to what is gone', async () => {
    await t.send('PUT', '/v1/parties/gone', { kind: 'other', name: 'x' });
    await t.send('PUT', '/v1/parties/left', { kind: 'other', name: 'x', part_of: 'gone' });
    const { id } = await batch([remove('left')]);
    await t.send('DELETE', '/v1/parties/gone', undefined, any);
    expect(await refused(id)).toEqual([
      expect.stringMatching(/^unknown_reference: party `left` .*, \/part_of: /),
    ]);
  });

  it('needs a request that changed something, and the scopes of its objects', async () => {
    const url = '/v1/batches/request_01kahw2v9wfyy9k9vz3n2xq5ra/revert';
    await expectRejected(t, 404, 'not_found', 'POST', url, {}, admin);
    await expectRejected(t, 422, 'invalid_body', 'POST', url, { dry: true }, admin);
    const { json } = await batch([claim()]);
    const assessed = await batch([
      { method: 'POST', type: 'assessment', body: { claim: json.items[0].id, credibility: 1 } },
    ]);
    const writer = { authorization: `Bearer ${t.key}` };
    await expectRejected(t, 403, 'forbidden', 'POST', `/v1/batches/${assessed.id}/revert`, {}, writer);
    const removal = await batch([remove(json.items[0].id, 'claim')]);
    const back = await t.send('POST', `/v1/batches/${removal.id}/revert`, {}, writer);
    const types = back.json.items.map(({ type }: { type: string }) => type);
    expect(types, 'what went along comes back along').toEqual(['claim', 'assessment']);
  });
});

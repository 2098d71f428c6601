import { describe, expect, it } from 'vitest';
import { testApp } from '../support/app.js';
import { batchSender, type Operation, patch, remove } from '../support/batch.js';
import { currentRegister } from '../support/current-register.js';
import { effort } from '../support/effort.js';

/** What a request did to many objects is undone together, in an order in which each finds what it refers to. */

const t = await testApp();
const send = await batchSender(t);
const admin = { authorization: `Bearer ${await t.newKey(['read', 'write', 'review', 'admin'])}` };

/** Does operations; gives the id of their request. */
async function batch(operations: Operation[]): Promise<string> {
  const { status, headers, text } = await send(operations, {}, admin);
  expect(status, text).toBe(200);
  return headers['x-request-id'] as string;
}
async function revert(id: string, expected = 200) {
  const { status, headers, json, text } = await t.send('POST', `/v1/batches/${id}/revert`, {}, admin);
  expect(status, text).toBe(expected);
  return { json, id: headers['x-request-id'] as string };
}
/** Writes one object, be it in the name of a request that does more than this. */
async function alone(
  method: string,
  path: string,
  body?: object,
  { request, match = method === 'PUT' ? undefined : '*' }: { request?: string; match?: string } = {},
) {
  const headers = {
    ...admin,
    ...(match !== undefined && { 'if-match': match }),
    ...(request !== undefined && { 'x-request-id': request }),
  };
  const { status, text } = await t.send(method, `/v1/${path}`, body, headers);
  expect(status, text).toBeLessThan(300);
}
const each = (size: number, make: (i: number) => Operation) =>
  Array.from({ length: size }, (_, i) => make(i));

/** More than are inserted at once, and with more effort than are undone at once. */
const MANY = effort(60, 250);
const body = (type: string, i: number) =>
  type === 'party' ? { kind: 'other', name: `Party ${i}` } : { type: 'report', title: `Source ${i}` };

describe('POST /v1/batches/{request_id}/revert of many objects', () => {
  /** To which of those before it an object refers. */
  const shapes: [shape: string, whole: (i: number) => number | null][] = [
    ['that are apart', () => null],
    ['that are parts of the first', (i) => (i === 0 ? null : 0)],
    ['each of which is a part of the one before', (i) => (i === 0 ? null : i - 1)],
    ['that make a tree', (i) => (i === 0 ? null : Math.floor((i - 1) / 3))],
  ];
  const links = [
    ['party', 'part_of'],
    ['source', 'part_of'],
    ['source', 'derived_from'],
    ['source', 'supersedes'],
  ] as const;
  it.each(links.flatMap(([type, link]) => shapes.map(([shape, whole]) => ({ type, link, shape, whole }))))(
    'takes $type objects $shape by $link away and brings them back',
    async ({ type, link, shape, whole }) => {
      const key = (i: number) => `${type}-${link.replace('_', '-')}-${shape.replaceAll(' ', '-')}-${i}`;
      const before = await currentRegister(t);
      const created = await batch(
        each(MANY, (i) => {
          const of = whole(i);
          const linked = of === null ? {} : { [link]: link === 'part_of' ? key(of) : [key(of)] };
          return { method: 'POST', type, body: { ...body(type, i), key: key(i), ...linked } };
        }),
      );
      const after = await currentRegister(t);
      const taken = await revert(created);
      expect(taken.json.items).toHaveLength(MANY);
      expect(await currentRegister(t)).toEqual(before);
      const back = await revert(taken.id);
      expect(back.json.items.map(({ version }: { version: number }) => version)).toEqual(Array(MANY).fill(3));
      expect(await currentRegister(t)).toEqual(after);

      const removed = await batch(each(MANY, (i) => remove(key(MANY - 1 - i), type)));
      expect(await currentRegister(t)).toEqual(before);
      await revert(removed);
      expect(await currentRegister(t)).toEqual(after);
    },
  );

  it.each(links)('undoes that %s objects became a chain by %s, and that', async (type, link) => {
    const key = (i: number) => `${type}-${link.replace('_', '-')}-later-${i}`;
    await batch(each(MANY, (i) => ({ method: 'POST', type, body: { ...body(type, i), key: key(i) } })));
    const before = await currentRegister(t);
    const to = (i: number) => (link === 'part_of' ? key(i - 1) : [key(i - 1)]);
    const chained = await batch(
      each(MANY - 1, (i) => ({ ...patch(key(i + 1), { [link]: to(i + 1) }), type })),
    );
    const after = await currentRegister(t);
    const undone = await revert(chained);
    expect(await currentRegister(t)).toEqual(before);
    await revert(undone.id);
    expect(await currentRegister(t)).toEqual(after);
    // Each leads back to itself as long as the one before it does not go first.
    const turned = await batch([
      ...each(MANY, (i) => ({ ...patch(key(i), { [link]: link === 'part_of' ? null : [] }), type })),
      ...each(MANY - 1, (i) => ({
        ...patch(key(i), { [link]: link === 'part_of' ? key(i + 1) : [key(i + 1)] }),
        type,
      })),
    ]);
    await revert(turned);
    expect(await currentRegister(t)).toEqual(after);
  });

  it.each([1, 150])(
    'leaves what refers to each other in a circle alone, with %i others beside them',
    async (size) => {
      const others = Array.from({ length: size }, (_, i) => `circle-${size}-${i}`);
      await batch(
        others.map((key) => ({ method: 'POST', type: 'source', body: { ...body('source', 0), key } })),
      );
      const before = await currentRegister(t);
      const [one, other] = [`circle-${size}-one`, `circle-${size}-other`];
      const more = { derived_from: others };
      const id = await batch([
        { method: 'POST', type: 'source', body: { ...body('source', 0), ...more, key: one } },
        { method: 'POST', type: 'source', body: { ...body('source', 0), key: other, derived_from: [one] } },
        { ...patch(one, { supersedes: [other] }), type: 'source' },
      ]);
      await revert(id, 409);
      await alone('PATCH', `sources/${one}`, { supersedes: [] }, { request: id });
      await revert(id);
      expect(await currentRegister(t)).toEqual(before);
    },
  );

  it('brings back a part that was parted from its whole and removed after it', async () => {
    for (const type of ['party', 'source']) {
      await batch([
        { method: 'POST', type, body: { ...body(type, 0), key: 'parted-whole' } },
        { method: 'POST', type, body: { ...body(type, 1), key: 'parted', part_of: 'parted-whole' } },
      ]);
      const before = await currentRegister(t);
      const id = await batch([
        { ...patch('parted', { part_of: null }), type },
        remove('parted-whole', type),
        remove('parted', type),
      ]);
      await revert(id);
      expect(await currentRegister(t)).toEqual(before);
    }
  });

  it('undoes changes of all nouns at once', async () => {
    const keys = Array.from({ length: 3 }, (_, i) => `mixed-${i}`);
    const post = (type: string, body: object): Operation => ({ method: 'POST', type, body });
    await batch([
      ...keys.map((key) => post('party', { key, kind: 'other', name: key })),
      ...keys.map((key) => post('source', { key, type: 'report', title: key, publisher: key })),
      ...keys.map((key) => post('predicate', { key, label: key, value_type: 'quantity' })),
      ...keys.map((key) => post('claim', { key, text: `Of ${key}.`, subject: key })),
      ...keys.map((key) =>
        post('attribution', { key, claim: key, source: key, party: key, stance: 'asserts' }),
      ),
      ...keys.map((key, i) => post('relation', { key, from: key, to: keys[(i + 1) % 3], type: 'supports' })),
      ...keys.map((key) => post('assessment', { key, claim: key, credibility: 2 })),
      ...keys.map((key, i) =>
        post('judgement', { key, noun: 'claim', one: key, other: keys[(i + 1) % 3], judgement: 'unsure' }),
      ),
    ]);
    const before = await currentRegister(t);
    const changes: [type: string, body: object][] = [
      ['party', { name: 'Renamed' }],
      ['source', { title: 'Renamed', publisher: 'ttp' }],
      ['predicate', { label: 'renamed' }],
      ['claim', { scope: 'All.' }],
      ['attribution', { stance: 'denies' }],
      ['relation', { type: 'contradicts' }],
      ['assessment', { credibility: 5 }],
      ['judgement', { judgement: 'not_the_same' }],
    ];
    const changed = await batch(
      changes.flatMap(([type, body]) => keys.map((key) => ({ ...patch(key, body), type }))),
    );
    const after = await currentRegister(t);
    const undone = await revert(changed);
    expect(undone.json.items).toHaveLength(24);
    expect(await currentRegister(t)).toEqual(before);
    await revert(undone.id);
    expect(await currentRegister(t)).toEqual(after);

    const gone = await batch([
      ...keys.map((key) => remove(key, 'claim')),
      ...keys.map((key) => remove(key, 'source')),
      ...keys.map((key) => remove(key, 'party')),
      ...keys.map((key) => remove(key, 'predicate')),
    ]);
    const back = await revert(gone);
    expect(back.json.items).toHaveLength(24);
    expect(await currentRegister(t)).toEqual(after);
  });

  it('lets a predicate take other values once the claims that came to have these are what they were', async () => {
    const text = (key: string) => ({ kind: 'fact', text: key, subject: 'p-dated' });
    await batch([
      { method: 'PUT', type: 'party', id: 'p-dated', body: { kind: 'other', name: 'Dated' } },
      { method: 'PUT', type: 'predicate', id: 'dated', body: { label: 'Dated', value_type: 'quantity' } },
      ...each(3, (i) => ({ method: 'PUT', type: 'claim', id: `dated-${i}`, body: text(`dated-${i}`) })),
    ]);
    const before = await currentRegister(t);
    const value = { type: 'date', date: '2020' };
    const { id } = await revert(
      await batch([
        { ...patch('dated', { value_type: 'date' }), type: 'predicate' },
        ...each(3, (i) => ({ ...patch(`dated-${i}`, { predicate: 'dated', value }), type: 'claim' })),
      ]),
    );
    expect(await currentRegister(t)).toEqual(before);
    const after = await revert(id);
    expect((await t.send('GET', '/v1/predicates/dated')).json.value_type).toBe('date');
    await revert(after.id);
    expect(await currentRegister(t)).toEqual(before);
  });

  it('brings back what the request removed, not what a later removal took along', async () => {
    await alone('PUT', 'claims/again', {
      text: 'Again.',
      attributions: [{ key: 'own', party: 'ttp', stance: 'asserts' }],
    });
    await alone('DELETE', 'claims/again', undefined, { request: 'removed-once' });
    await alone('PUT', 'claims/again', { text: 'Again.' }, { match: '"2"' });
    await alone('POST', 'attributions', { key: 'added', claim: 'again', party: 'ttp', stance: 'denies' });
    await alone('DELETE', 'claims/again');
    await revert('removed-once');
    const { attributions } = (await t.send('GET', '/v1/claims/again')).json;
    expect(attributions.map(({ key }: { key: string }) => key)).toEqual(['own']);
  });

  it.each([
    ['parties', (of: string | null) => ({ part_of: of }), { kind: 'other', name: 'x' }],
    [
      'sources',
      (of: string | null) => ({ derived_from: of === null ? [] : [of] }),
      { type: 'report', title: 'x' },
    ],
    [
      'sources',
      (of: string | null) => ({ supersedes: of === null ? [] : [of] }),
      { type: 'report', title: 'x' },
    ],
  ])('brings back no %s that would lead back to themselves', async (plural, link, body) => {
    const name = Object.keys(link(null))[0]!.replace('_', '-');
    const [one, other] = [`${plural}-${name}-one`, `${plural}-${name}-other`];
    for (const key of [other, one]) await alone('PUT', `${plural}/${key}`, body);
    await alone('PATCH', `${plural}/${one}`, link(other));
    const request = `circle-of-${plural}-${name}`;
    await alone('PATCH', `${plural}/${one}`, link(null), { request });
    await alone('PATCH', `${plural}/${other}`, link(one));
    for (const key of [other, one]) await alone('DELETE', `${plural}/${key}`, undefined, { request });
    const { json } = await revert(request, 409);
    expect(json.code).toBe('revert_conflict');
    expect((await t.send('GET', `/v1/${plural}/${one}`)).status).toBe(410);
  });

  it('brings back no attribution that would relay one of another claim', async () => {
    for (const key of ['here', 'there']) await alone('PUT', `claims/${key}`, { text: key });
    await alone('POST', 'attributions', { key: 'relayed', claim: 'here', party: 'ttp', stance: 'asserts' });
    const relaying = { key: 'relaying', claim: 'here', party: 'ttp', stance: 'reports', relays: ['relayed'] };
    await alone('POST', 'attributions', relaying);
    await alone('DELETE', 'attributions/relaying', undefined, { request: 'across-claims' });
    await alone('POST', 'attributions/relayed/move', { claim: 'there' });
    await alone('PATCH', 'attributions/relayed', { stance: 'denies' }, { request: 'across-claims' });
    const { json } = await revert('across-claims', 409);
    expect(json.errors).toEqual([expect.objectContaining({ code: 'other_claim' })]);
  });
});

describe('changes of a batch', () => {
  it.each([
    ['party', (of: string | null) => ({ part_of: of })],
    ['source', (of: string | null) => ({ part_of: of })],
    ['source', (of: string | null) => ({ supersedes: of === null ? [] : [of] })],
  ])(
    'of a %s are refused where one of them would lead back to itself, even if a later one mends that',
    async (type, link) => {
      const name = Object.keys(link(null))[0]!.replace('_', '-');
      const [a, b, c] = ['a', 'b', 'c'].map((one) => `${type}-${name}-${one}`) as [string, string, string];
      await batch([a, b, c].map((key, i) => ({ method: 'POST', type, body: { ...body(type, i), key } })));
      await batch([{ ...patch(c, link(a)), type }]);
      const change = (key: string, of: string | null) => ({ ...patch(key, link(of)), type });
      const mended = await send([change(a, b), change(b, c), change(c, null)], {}, admin);
      expect([mended.status, mended.json.failed_operations]).toEqual([422, [1]]);
      expect(mended.json.errors[0].code).toBe('cycle');
      await batch([change(c, null), change(a, b), change(b, c)]);
      const closed = await send([change(c, a), change(a, b)], {}, admin);
      expect([closed.status, closed.json.failed_operations]).toEqual([422, [0]]);
    },
  );
});

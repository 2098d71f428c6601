import { describe, expect, it } from 'vitest';
import { testApp } from '../support/app.js';
import { any, claimSenders, fresh, type Json, notes, ok, says } from '../support/claims.js';
import { expectRejected, faults } from '../support/expect-rejected.js';

const t = await testApp();
const { create, replace } = await claimSenders(t);

const refuses = (attributions: object[]) =>
  expectRejected(t, 422, 'invalid_body', 'POST', '/v1/claims', { text: 'x', attributions });

describe('POST /v1/claims with attributions', () => {
  it('lets them refer to each other by local_id, whatever their order', async () => {
    const claim = await create([
      says({ local_id: 'end', note: 'end', lineage: 'originates' }),
      says({ stance: 'reports', note: 'first', relays: ['@middle'] }),
      says({ stance: 'denies', note: 'answer', in_reply_to: '@end' }),
      says({ local_id: 'middle', stance: 'reports', note: 'middle', relays: ['@end'] }),
    ]);
    expect(notes(claim)).toEqual(['first', 'middle', 'end', 'answer']);
    const [first, middle, end, answer] = claim.attributions;
    const to = ({ id }: Json) => ({ id, key: null, name: 'Party p' });
    expect([first.relays, middle.relays, end.relays]).toEqual([[to(middle)], [to(end)], []]);
    expect(answer.in_reply_to).toEqual(to(end));
    for (const one of claim.attributions) {
      expect(ok(await t.send('GET', `/v1/attributions/${one.id}`))).toEqual({
        ...one,
        claim: { id: claim.id, key: null, name: 'x' },
        about_source: null,
      });
    }
  });

  it.each(['},"retracted":true,"retracted_by":null}', '\\"},\\"retracted\\":', '},', '\\'])(
    'shows words that look like the end of an attribution as they are: %s',
    async (note) => {
      const { id, attributions } = await create([says({ note, capacity: note, locator: { section: note } })]);
      expect(attributions).toMatchObject([
        { note, capacity: note, locator: { section: note }, retracted: false },
      ]);
      const whole = await t.send('GET', '/v1/claims.ndjson?sort=-id&limit=1');
      expect(JSON.parse(whole.text)).toMatchObject({ id, attributions });
    },
  );

  it('lets them refer to each other by key, too', async () => {
    const [a, b] = [fresh('a'), fresh('b')];
    const claim = await create([says({ key: b, relays: [a] }), says({ key: a })]);
    expect(claim.attributions.map(({ key }: Json) => key)).toEqual([b, a]);
    expect(claim.attributions[0].relays[0].key).toBe(a);
  });

  it('shows them in the order of the longest chain, then of their making', async () => {
    const claim = await create([
      says({ note: 'd', local_id: 'd' }),
      says({ note: 'c', local_id: 'c', relays: ['@d'] }),
      says({ note: 'x' }),
      says({ note: 'a', relays: ['@d', '@b'] }),
      says({ note: 'b', local_id: 'b', relays: ['@c'] }),
    ]);
    expect(notes(claim)).toEqual(['a', 'b', 'c', 'd', 'x']);
  });

  it('stores those that relay in a circle', async () => {
    const claim = await create([
      says({ local_id: 'a', note: 'a', relays: ['@b'] }),
      says({ local_id: 'b', note: 'b', relays: ['@c'] }),
      says({ local_id: 'c', note: 'c', relays: ['@a'] }),
    ]);
    const byNote = Object.fromEntries(claim.attributions.map((one: Json) => [one.note, one]));
    for (const [from, to] of ['ab', 'bc', 'ca']) expect(byNote[from!].relays[0].id).toBe(byNote[to!].id);
    expect(ok(await t.send('GET', `/v1/claims/${claim.id}`))).toEqual(claim);
  });

  it('shows 100 in an item, 10 in a list that includes them, and their number', async () => {
    const relays = ['@99', '@104'];
    const attributions = Array.from({ length: 105 }, (_, i) => says({ local_id: `${i}`, note: `${i}` }));
    attributions[50] = says({ note: '50', local_id: '50', relays });
    const subject = fresh('subject');
    await t.send('PUT', `/v1/parties/${subject}`, { kind: 'other', name: 'x' });
    const claim = await create(attributions, { subject });
    const order = ['50', ...Array.from({ length: 105 }, (_, i) => `${i}`).filter((note) => note !== '50')];
    expect([claim.attribution_count, notes(claim)]).toEqual([105, order.slice(0, 100)]);
    const list = ok(await t.send('GET', `/v1/claims?subject=${subject}&include=attributions`));
    expect([list.items[0].attribution_count, notes(list.items[0])]).toEqual([105, order.slice(0, 10)]);
    const [bare] = ok(await t.send('GET', `/v1/claims?subject=${subject}`)).items;
    expect(bare).toEqual({ ...claim, attributions: [] });
    const all = ok(await t.send('GET', `/v1/claims/${claim.id}/attributions?limit=200`));
    expect(all.items).toHaveLength(105);
    const form = ok(await t.send('GET', `/v1/claims/${claim.id}/input`));
    expect(notes(form)).toEqual(order);
  });

  const wrong: [what: string, attributions: object[], faults: string[]][] = [
    ['a local name nobody has', [says({ relays: ['@x'] })], ['/attributions/0/relays/0 unknown_reference']],
    [
      'a key nobody has',
      [says(), says({ in_reply_to: 'nobody' })],
      ['/attributions/1/in_reply_to unknown_reference'],
    ],
    [
      'a local name of another noun',
      [says({ local_id: 'a', party: '@a' })],
      ['/attributions/0/party unknown_reference'],
    ],
    [
      'a local name twice',
      [says({ local_id: 'a' }), says({ local_id: 'a' })],
      ['/attributions/1/local_id repeated_local_id'],
    ],
    ['a local name with a sign', [says({ local_id: '@a' })], ['/attributions/0/local_id invalid_format']],
    ['a key twice', [says({ key: 'twice' }), says({ key: 'twice' })], ['/attributions/1 repeated_reference']],
    [
      'an id that does not exist',
      [says({ id: 'attribution_01kahw2v9wfyy9k9vz3n2xq5ra' })],
      ['/attributions/0/id unknown_reference'],
    ],
    [
      'itself as relayed',
      [says({ local_id: 'a', relays: ['@a'] })],
      ['/attributions/0/relays/0 self_reference'],
    ],
    [
      'itself as answered',
      [says({ local_id: 'a', in_reply_to: '@a' })],
      ['/attributions/0/in_reply_to self_reference'],
    ],
    [
      'its own key as relayed',
      [says({ key: 'own', relays: ['own'] })],
      ['/attributions/0/relays/0 self_reference'],
    ],
    [
      'one relayed twice',
      [says({ local_id: 'a' }), says({ relays: ['@a', '@a'] })],
      ['/attributions/1/relays/1 repeated_reference'],
    ],
    [
      'one relayed twice, by two names',
      [says({ local_id: 'a', key: 'two-names' }), says({ relays: ['@a', 'two-names'] })],
      ['/attributions/1/relays/1 repeated_reference'],
    ],
    [
      'a retraction of nothing',
      [says({ stance: 'retracts' })],
      ['/attributions/0/in_reply_to missing_member'],
    ],
    ['a claim of its own', [says({ claim: 'x' })], ['/attributions/0/claim unknown_member']],
    ['a source of its own', [says({ about_source: 's' })], ['/attributions/0/about_source unknown_member']],
    ['an unknown party', [says({ party: 'nobody' })], ['/attributions/0/party unknown_reference']],
    ['no party', [{ stance: 'denies' }], ['/attributions/0/party missing_member']],
    ['a stance that is none', [says({ stance: 'believes' })], ['/attributions/0/stance invalid_value']],
    ['1,001 of them', Array.from({ length: 1_001 }, () => says()), ['/attributions too_big']],
  ];
  it.each(wrong)('refuses %s', async (_what, attributions, expected) => {
    expect(faults(await refuses(attributions))).toEqual(expected);
  });

  it('lets one share its key with what it names', async () => {
    const key = fresh('shared');
    await t.send('PUT', `/v1/parties/${key}`, { kind: 'other', name: 'x' });
    await t.send('PUT', `/v1/sources/${key}`, { type: 'other', title: 'x' });
    const { attributions } = await create([says({ key, party: key, source: key })]);
    expect([attributions[0].party.key, attributions[0].source.key]).toEqual([key, key]);
  });

  it('tells all faults at once', async () => {
    const answer = await refuses([says({ stance: 'x' }), says({ said: '2024-13' }), says({ note: ' ' })]);
    expect(faults(answer)).toEqual([
      '/attributions/0/stance invalid_value',
      '/attributions/1/said invalid_date',
      '/attributions/2/note blank',
    ]);
  });
});

describe('PUT /v1/claims/{id} with attributions', () => {
  it('replaces the set, matched by id, then key, and brings back what it names', async () => {
    const [a, b] = [fresh('a'), fresh('b')];
    const before = await create([
      says({ key: a, note: 'a' }),
      says({ key: b, note: 'b' }),
      says({ note: 'c' }),
    ]);
    const [idA, idB, idC] = before.attributions.map(({ id }: Json) => id);
    const after = await replace(before.id, [
      says({ key: a, note: 'a' }),
      says({ id: idC, note: 'changed' }),
      says({ note: 'new' }),
    ]);
    expect(after.version).toBe(before.version);
    expect(after.attributions.map(({ id, key, version, note }: Json) => [id, key, version, note])).toEqual([
      [idA, a, 1, 'a'],
      [idC, null, 2, 'changed'],
      [expect.stringMatching(/^attribution_/), null, 1, 'new'],
    ]);
    const { json } = await expectRejected(t, 410, 'gone', 'GET', `/v1/attributions/${b}`);
    expect(json.tombstone).toMatchObject({ id: idB, version: 2 });

    const back = await replace(before.id, [
      says({ key: b, note: 'b' }),
      says({ id: idA, key: a, note: 'a' }),
    ]);
    expect(back.attributions.map(({ id, version }: Json) => [id, version])).toEqual([
      [idA, 1],
      [idB, 3],
    ]);
    const byId = await replace(before.id, [says({ id: idC, note: 'again' })]);
    expect(byId.attributions.map(({ id, version }: Json) => [id, version])).toEqual([[idC, 4]]);
  });

  it('is recorded in the order of the set, after the claim and before what it leaves out', async () => {
    const [a, b, c, d] = ['a', 'b', 'c', 'd'].map(fresh) as [string, string, string, string];
    const { id } = await create([says({ key: a }), says({ key: b }), says({ key: c })]);
    await replace(id, [says({ key: b }), says({ key: c })]);
    const set = [says({ key: d }), says({ key: c, note: 'changed' }), says({ key: a })];
    await replace(id, set, { text: 'y' });
    const { text } = await t.send('GET', '/v1/changes.ndjson');
    const last = text.trimEnd().split('\n').slice(-5);
    const told = last.map((line) => JSON.parse(line)).map(({ operation, key }) => [operation, key]);
    expect(told).toEqual([
      ['update', null],
      ['create', d],
      ['update', c],
      ['restore', a],
      ['remove', b],
    ]);
  });

  it('keeps the key of what it names by id', async () => {
    const [key, other] = [fresh('kept'), fresh('other')];
    const { id, attributions } = await create([says({ key })]);
    const [one] = attributions;
    const unnamed = await replace(id, [says({ id: one.id })]);
    expect(unnamed.attributions[0]).toMatchObject({ id: one.id, key, version: 1 });
    const body = { text: 'x', attributions: [says({ id: one.id, key: other })] };
    const answer = await expectRejected(t, 422, 'invalid_body', 'PUT', `/v1/claims/${id}`, body, any);
    expect(faults(answer)).toEqual(['/attributions/0/key immutable_key']);
  });

  it('gives a key to what it names by id', async () => {
    const before = await create([says()]);
    const key = fresh('given');
    const [{ id }] = before.attributions;
    const after = await replace(before.id, [says({ id, key })]);
    expect(after.attributions[0]).toMatchObject({ id, key, version: 2 });
  });

  it('without attributions leaves the set alone, and an empty list empties it', async () => {
    const before = await create([says({ note: 'a' }), says({ note: 'b' })]);
    const after = await replace(before.id, undefined, { text: 'y' });
    expect([after.text, after.version]).toEqual(['y', 2]);
    const untouched = (claim: Json) =>
      claim.attributions.map(({ id, version, note }: Json) => [id, version, note]);
    expect(untouched(after)).toEqual(untouched(before));
    expect(await replace(before.id, [], { text: 'y' })).toMatchObject({
      version: 2,
      attributions: [],
      attribution_count: 0,
    });
  });

  it('changes the links, too: a new head, a circle, no links at all', async () => {
    const before = await create([says({ note: 'a', relays: ['@b'] }), says({ note: 'b', local_id: 'b' })]);
    const [a, b] = before.attributions.map(({ id }: Json) => id);
    const turned = await replace(before.id, [
      says({ id: a, note: 'a' }),
      says({ id: b, note: 'b', relays: [a] }),
    ]);
    expect(notes(turned)).toEqual(['b', 'a']);
    const circle = await replace(before.id, [
      says({ id: a, note: 'a', relays: [b] }),
      says({ id: b, note: 'b', relays: [a] }),
    ]);
    expect(circle.attributions.map(({ relays }: Json) => relays.length)).toEqual([1, 1]);
    const loose = await replace(before.id, [says({ id: b, note: 'b' }), says({ id: a, note: 'a' })]);
    expect(notes(loose)).toEqual(['a', 'b']);
  });

  it('refuses what belongs to another claim, and links to what it leaves out', async () => {
    const key = fresh('other');
    const other = await create([says({ key })]);
    const own = await create([says(), says()]);
    const put = (attributions: object[], status: number, code: string) =>
      expectRejected(t, status, code, 'PUT', `/v1/claims/${own.id}`, { text: 'x', attributions }, any);
    const [foreign] = other.attributions;
    const [kept, left] = own.attributions;
    expect(faults(await put([says({ id: foreign.id })], 422, 'invalid_body'))).toEqual([
      '/attributions/0/id unknown_reference',
    ]);
    expect(faults(await put([says(), says({ key })], 409, 'key_taken'))).toEqual([
      '/attributions/1/key key_taken',
    ]);
    expect(faults(await put([says({ id: kept.id, key })], 409, 'key_taken'))).toEqual([
      '/attributions/0/key key_taken',
    ]);
    const second = [says({ id: kept.id, note: 'first' }), says({ id: left.id, key })];
    expect(faults(await put(second, 409, 'key_taken'))).toEqual(['/attributions/1/key key_taken']);
    for (const reference of [foreign.id, key, left.id]) {
      const answer = await put([says({ id: kept.id, relays: [reference] })], 422, 'invalid_body');
      expect(faults(answer)).toEqual(['/attributions/0/relays/0 not_in_set']);
    }
    const twice = await put([says({ id: kept.id }), says({ id: kept.id })], 422, 'invalid_body');
    expect(faults(twice)).toEqual(['/attributions/1 repeated_reference']);
    const self = await put([says({ id: kept.id, relays: [kept.id] })], 422, 'invalid_body');
    expect(faults(self)).toEqual(['/attributions/0/relays/0 self_reference']);
  });

  it('is all or nothing', async () => {
    const { id } = await create([says()]);
    const attributions = [says({ note: 'new' }), says({ party: 'nobody' })];
    await expectRejected(t, 422, 'invalid_body', 'PUT', `/v1/claims/${id}`, { text: 'y', attributions }, any);
  });
});

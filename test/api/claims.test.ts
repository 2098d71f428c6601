import { describe, expect, it, test } from 'vitest';
import { type Answer, testApp } from '../support/app.js';
import { faults, rejected } from '../support/rejected.js';

const t = await testApp();
const any = { 'if-match': '*' };
for (const key of ['p', 'q', 'r'])
  await t.send('PUT', `/v1/parties/${key}`, { kind: 'other', name: `Party ${key}` });
for (const key of ['s', 's2'])
  await t.send('PUT', `/v1/sources/${key}`, { type: 'other', title: `Source ${key}` });

// biome-ignore lint/suspicious/noExplicitAny: answers and inputs of many shapes
type Json = any;
let made = 0;
const fresh = (name: string) => `${name}-${made++}`;
const says = (more: object = {}) => ({ party: 'p', stance: 'asserts', ...more });
const notes = (claim: Json): string[] => claim.attributions.map(({ note }: Json) => note);
const ok = ({ status, json, text }: Answer, expected = 200): Json => {
  expect([status, status === expected || text]).toEqual([expected, true]);
  return json;
};
const create = async (attributions: object[], more: object = {}): Promise<Json> =>
  ok(await t.send('POST', '/v1/claims', { text: 'x', attributions, ...more }), 201);
const replace = async (id: string, attributions: object[] | undefined, more: object = {}): Promise<Json> =>
  ok(await t.send('PUT', `/v1/claims/${id}`, { text: 'x', attributions, ...more }, any));
const refuses = (attributions: object[]) =>
  rejected(t, 422, 'invalid_body', 'POST', '/v1/claims', { text: 'x', attributions });

describe('attributions inside a claim', () => {
  it('refer to each other by local_id, whatever their order', async () => {
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
      expect(one.claim).toEqual({ id: claim.id, key: null, name: 'x' });
      expect(ok(await t.send('GET', `/v1/attributions/${one.id}`))).toEqual(one);
    }
  });

  it('refer to each other by key, too', async () => {
    const [a, b] = [fresh('a'), fresh('b')];
    const claim = await create([says({ key: b, relays: [a] }), says({ key: a })]);
    expect(claim.attributions.map(({ key }: Json) => key)).toEqual([b, a]);
    expect(claim.attributions[0].relays[0].key).toBe(a);
  });

  it('stand in the order of the longest chain, then of their making', async () => {
    const claim = await create([
      says({ note: 'd', local_id: 'd' }),
      says({ note: 'c', local_id: 'c', relays: ['@d'] }),
      says({ note: 'x' }),
      says({ note: 'a', relays: ['@d', '@b'] }),
      says({ note: 'b', local_id: 'b', relays: ['@c'] }),
    ]);
    expect(notes(claim)).toEqual(['a', 'b', 'c', 'd', 'x']);
  });

  it('may relay in a circle, which is stored', async () => {
    const claim = await create([
      says({ local_id: 'a', note: 'a', relays: ['@b'] }),
      says({ local_id: 'b', note: 'b', relays: ['@c'] }),
      says({ local_id: 'c', note: 'c', relays: ['@a'] }),
    ]);
    const byNote = Object.fromEntries(claim.attributions.map((one: Json) => [one.note, one]));
    for (const [from, to] of ['ab', 'bc', 'ca']) expect(byNote[from!].relays[0].id).toBe(byNote[to!].id);
    expect(ok(await t.send('GET', `/v1/claims/${claim.id}`))).toEqual(claim);
  });

  it('are shown up to 100 in an item and 10 in a list, with their number', async () => {
    const relays = ['@99', '@104'];
    const attributions = Array.from({ length: 105 }, (_, i) => says({ local_id: `${i}`, note: `${i}` }));
    attributions[50] = says({ note: '50', local_id: '50', relays });
    const subject = fresh('subject');
    await t.send('PUT', `/v1/parties/${subject}`, { kind: 'other', name: 'x' });
    const claim = await create(attributions, { subject });
    const order = ['50', ...Array.from({ length: 105 }, (_, i) => `${i}`).filter((note) => note !== '50')];
    expect([claim.attribution_count, notes(claim)]).toEqual([105, order.slice(0, 100)]);
    const list = ok(await t.send('GET', `/v1/claims?subject=${subject}`));
    expect([list.items[0].attribution_count, notes(list.items[0])]).toEqual([105, order.slice(0, 10)]);
    const all = ok(await t.send('GET', `/v1/claims/${claim.id}/attributions?limit=200`));
    expect(all.items).toHaveLength(105);
    const form = ok(await t.send('GET', `/v1/claims/${claim.id}?view=input`));
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
  test.each(wrong)('with %s are refused: 422', async (_what, attributions, expected) => {
    expect(faults(await refuses(attributions))).toEqual(expected);
  });

  it('may share their key with what they name', async () => {
    const key = fresh('shared');
    await t.send('PUT', `/v1/parties/${key}`, { kind: 'other', name: 'x' });
    await t.send('PUT', `/v1/sources/${key}`, { type: 'other', title: 'x' });
    const { attributions } = await create([says({ key, party: key, source: key })]);
    expect([attributions[0].party.key, attributions[0].source.key]).toEqual([key, key]);
  });

  it('tell all faults at once', async () => {
    const answer = await refuses([says({ stance: 'x' }), says({ said: '2024-13' }), says({ note: ' ' })]);
    expect(faults(answer)).toEqual([
      '/attributions/0/stance invalid_value',
      '/attributions/1/said invalid_date',
      '/attributions/2/note blank',
    ]);
  });
});

describe('PUT with attributions', () => {
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
    const { json } = await rejected(t, 410, 'gone', 'GET', `/v1/attributions/${b}`);
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

  it('keeps the key of what it names by id', async () => {
    const [key, other] = [fresh('kept'), fresh('other')];
    const { id, attributions } = await create([says({ key })]);
    const [one] = attributions;
    const unnamed = await replace(id, [says({ id: one.id })]);
    expect(unnamed.attributions[0]).toMatchObject({ id: one.id, key, version: 1 });
    const body = { text: 'x', attributions: [says({ id: one.id, key: other })] };
    const answer = await rejected(t, 422, 'invalid_body', 'PUT', `/v1/claims/${id}`, body, any);
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

  it('cannot take what belongs to another claim, nor lean on what it leaves out', async () => {
    const key = fresh('other');
    const other = await create([says({ key })]);
    const own = await create([says(), says()]);
    const put = (attributions: object[], status: number, code: string) =>
      rejected(t, status, code, 'PUT', `/v1/claims/${own.id}`, { text: 'x', attributions }, any);
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
    await rejected(t, 422, 'invalid_body', 'PUT', `/v1/claims/${id}`, { text: 'y', attributions }, any);
  });
});

describe('an attribution of its own', () => {
  it('leaves the version and the ETag number of its claim as they are', async () => {
    const { id } = await create([]);
    const url = `/v1/claims/${id}`;
    const before = await t.send('GET', url);
    const one = ok(await t.send('POST', `${url}/attributions`, says({ said: '2024-05' })), 201);
    const two = ok(await t.send('POST', '/v1/attributions', says({ claim: id, relays: [one.id] })), 201);
    const after = await t.send('GET', url);
    expect([after.json.version, after.json.updated_at]).toEqual([1, before.json.updated_at]);
    expect(after.json.attributions.map(({ id: of }: Json) => of)).toEqual([two.id, one.id]);
    expect(after.json.attribution_count).toBe(2);
    expect(after.headers.etag).toMatch(/^"1-/);
    expect(after.headers.etag).not.toBe(before.headers.etag);
    await t.send('PATCH', `/v1/attributions/${two.id}`, { relays: [], note: 'z' }, any);
    await t.send('DELETE', `/v1/attributions/${one.id}`, undefined, any);
    const last = await t.send('GET', url);
    expect([last.json.version, notes(last.json)]).toEqual([1, ['z']]);
    const etag = String(before.headers.etag);
    expect((await t.send('PATCH', url, { text: 'y' }, { 'if-match': etag })).status).toBe(200);
  });

  it('speaks of attributions of the same claim only', async () => {
    const { id, attributions } = await create([says()]);
    const [mine] = attributions;
    const [other] = (await create([says()])).attributions;
    const [about] = [ok(await t.send('POST', '/v1/attributions', says({ about_source: 's' })), 201)];
    for (const stranger of [other.id, about.id]) {
      for (const body of [{ relays: [mine.id, stranger] }, { in_reply_to: stranger }]) {
        const answer = await rejected(
          t,
          422,
          'invalid_body',
          'POST',
          `/v1/claims/${id}/attributions`,
          says(body),
        );
        expect(faults(answer)).toEqual([`/${'relays' in body ? 'relays/1' : 'in_reply_to'} other_claim`]);
      }
    }
  });

  it('does not speak of itself, but may close a circle', async () => {
    const { attributions } = await create([says({ relays: ['@b'] }), says({ local_id: 'b' })]);
    const [a, b] = attributions.map(({ id }: Json) => id);
    for (const patch of [{ relays: [b] }, { in_reply_to: b }]) {
      const answer = await rejected(t, 422, 'invalid_body', 'PATCH', `/v1/attributions/${b}`, patch, any);
      expect(faults(answer)).toEqual([`/${'relays' in patch ? 'relays/0' : 'in_reply_to'} self_reference`]);
    }
    const closed = ok(await t.send('PATCH', `/v1/attributions/${b}`, { relays: [a] }, any));
    expect(closed).toMatchObject({ lineage: 'relays', relays: [{ id: a }] });
  });

  it('names what it relays once, by whatever name', async () => {
    const key = fresh('once');
    const { id, attributions } = await create([says({ key })]);
    const body = says({ relays: [key, attributions[0].id] });
    const answer = await rejected(t, 422, 'invalid_body', 'POST', `/v1/claims/${id}/attributions`, body);
    expect(faults(answer)).toEqual(['/relays/1 repeated_reference']);
  });

  it('retracts what it answers', async () => {
    const { id, attributions } = await create([says()]);
    const url = `/v1/claims/${id}/attributions`;
    const answer = await rejected(t, 422, 'invalid_body', 'POST', url, says({ stance: 'retracts' }));
    expect(faults(answer)).toEqual(['/in_reply_to missing_member']);
    const body = says({ stance: 'retracts', in_reply_to: attributions[0].id });
    const retraction = ok(await t.send('POST', url, body), 201);
    expect(retraction.in_reply_to.id).toBe(attributions[0].id);
    const patch = { in_reply_to: null };
    await rejected(t, 422, 'invalid_body', 'PATCH', `/v1/attributions/${retraction.id}`, patch, any);
  });

  const targets: [what: string, body: object, faults: string[]][] = [
    ['neither claim nor source', {}, ['/claim one_target']],
    ['both claim and source', { claim: 'x', about_source: 's' }, ['/claim one_target']],
    ['an unknown claim', { claim: 'nobody' }, ['/claim unknown_reference']],
    ['an unknown source', { about_source: 'nobody' }, ['/about_source unknown_reference']],
    ['a party for a claim', { claim: 'p' }, ['/claim unknown_reference']],
  ];
  test.each(targets)('about %s is refused: 422', async (_what, body, expected) => {
    const answer = await rejected(t, 422, 'invalid_body', 'POST', '/v1/attributions', says(body));
    expect(faults(answer)).toEqual(expected);
  });

  it('stays with what it is about', async () => {
    const [one, two] = [await create([says()]), await create([])];
    const { id } = one.attributions[0];
    const moves: [body: object, fault: string][] = [
      [says({ claim: two.id }), '/claim immutable'],
      [says({ about_source: 's' }), '/about_source immutable'],
    ];
    for (const [body, fault] of moves) {
      const answer = await rejected(t, 422, 'invalid_body', 'PUT', `/v1/attributions/${id}`, body, any);
      expect(faults(answer)).toEqual([fault]);
    }
  });

  it('about a source stands beside it, in no claim', async () => {
    const body = says({ about_source: 's', stance: 'denies', note: 'propaganda' });
    const about = ok(await t.send('POST', '/v1/attributions', body), 201);
    expect(about).toMatchObject({
      claim: null,
      about_source: { key: 's', name: 'Source s' },
      stance: 'denies',
    });
    const answer = says({ about_source: 's', stance: 'confirms', in_reply_to: about.id, relays: [about.id] });
    expect((await t.send('POST', '/v1/attributions', answer)).status).toBe(201);
    const found = ok(await t.send('GET', '/v1/attributions?about_source=s&stance=denies'));
    expect(found.items.map(({ id }: Json) => id)).toEqual([about.id]);
  });
});

describe('lineage', () => {
  const rows: [sent: object, relaying: boolean, kept: string, form: string | null][] = [
    [{}, false, 'unknown', null],
    [{}, true, 'relays', null],
    [{ lineage: null }, true, 'relays', null],
    [{ lineage: 'originates' }, false, 'originates', 'originates'],
    [{ lineage: 'originates' }, true, 'originates', 'originates'],
    [{ lineage: 'relays' }, false, 'relays', 'relays'],
    [{ lineage: 'unknown' }, true, 'unknown', 'unknown'],
  ];
  test.each(rows)('%j, relaying something: %s, is %s', async (sent, relaying, kept, form) => {
    const end = says({ local_id: 'end', stance: 'denies' });
    const claim = await create([says({ ...sent, relays: relaying ? ['@end'] : [] }), end]);
    const { id, lineage } = claim.attributions.find(({ stance }: Json) => stance === 'asserts');
    expect(lineage).toBe(kept);
    const input = ok(await t.send('GET', `/v1/attributions/${id}?view=input`));
    expect(input.lineage).toBe(form);
    const same = await t.send('PUT', `/v1/attributions/${id}`, input);
    expect([same.status, same.json.version, same.json.lineage]).toEqual([200, 1, kept]);
  });
});

describe('occurred_inherited', () => {
  it('says that occurred is the period of the source', async () => {
    const claim = await create([], { occurred: '2024-07-01/2024-12-13', occurred_inherited: true });
    expect(claim).toMatchObject({
      occurred_inherited: true,
      occurred_from: '2024-07-01',
      occurred_to: '2024-12-13',
    });
    expect((await create([], { occurred: '2024' })).occurred_inherited).toBe(false);
  });

  it('needs something that is inherited: 422', async () => {
    const body = { text: 'x', occurred_inherited: true };
    const answer = await rejected(t, 422, 'invalid_body', 'POST', '/v1/claims', body);
    expect(faults(answer)).toEqual(['/occurred_inherited nothing_inherited']);
  });
});

describe('include', () => {
  it('adds the objects that are named, each once and whole, and nothing else', async () => {
    const claim = await create(
      [says({ source: 's', speaker: 'q' }), says({ source: 's2' }), says({ party: 'q', source: 's' })],
      { subject: 'p', value: { type: 'party', party: 'r' }, participants: [{ party: 'r', role: 'x' }] },
    );
    const objects: Json = {};
    for (const path of ['parties/p', 'parties/q', 'parties/r', 'sources/s', 'sources/s2']) {
      objects[path.split('/')[1]!] = ok(await t.send('GET', `/v1/${path}`));
    }
    const rows: [include: string, keys: string[]][] = [
      ['subject', ['p']],
      ['party', ['p', 'q', 'r']],
      ['source', ['s', 's2']],
      ['speaker', ['q']],
      ['subject,source,party', ['p', 'q', 'r', 's', 's2']],
      ['predicate', []],
    ];
    for (const [include, keys] of rows) {
      const { included, ...rest } = ok(await t.send('GET', `/v1/claims/${claim.id}?include=${include}`));
      expect(rest).toEqual(claim);
      expect(included).toEqual(Object.fromEntries(keys.map((key) => [objects[key].id, objects[key]])));
    }
  });

  it('holds in a list what the items of the page name', async () => {
    const key = fresh('subject');
    const party = ok(await t.send('PUT', `/v1/parties/${key}`, { kind: 'other', name: 'x' }), 201);
    for (let i = 0; i < 3; i++) await create([says({ source: 's' })], { subject: key });
    const page = ok(await t.send('GET', `/v1/claims?subject=${key}&limit=2&include=subject,source`));
    expect(page.items).toHaveLength(2);
    expect(Object.keys(page.included)).toHaveLength(2);
    expect(page.included[party.id]).toEqual(party);
  });
});

describe('names in references', () => {
  it('follow the object at once', async () => {
    const [who, where, what] = [fresh('party'), fresh('source'), fresh('predicate')];
    await t.send('PUT', `/v1/parties/${who}`, { kind: 'other', name: 'Old' });
    await t.send('PUT', `/v1/sources/${where}`, { type: 'other', title: 'Old' });
    await t.send('PUT', `/v1/predicates/${what}`, { label: 'Old', value_type: 'none' });
    const claim = await create([says({ party: who, source: where }), says({ local_id: 'x' })], {
      subject: who,
      predicate: what,
    });
    const url = `/v1/claims/${claim.id}`;
    const read = async () => {
      const { subject, predicate, attributions } = ok(await t.send('GET', url));
      const [{ party, source, claim: of }] = attributions;
      return [subject, predicate, party, source, of].map(({ name }) => name);
    };
    expect(await read()).toEqual(['Old', 'Old', 'Old', 'Old', 'x']);
    await t.send('PATCH', `/v1/parties/${who}`, { name: 'New party' }, any);
    await t.send('PATCH', `/v1/sources/${where}`, { title: 'New source' }, any);
    await t.send('PATCH', `/v1/predicates/${what}`, { label: 'new predicate' }, any);
    await t.send('PATCH', url, { text: 'new text' }, any);
    expect(await read()).toEqual(['New party', 'new predicate', 'New party', 'New source', 'new text']);
  });
});

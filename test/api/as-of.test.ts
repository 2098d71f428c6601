import { describe, expect, it } from 'vitest';
import { type Answer, testApp } from '../support/app.js';
import { readOperation } from '../support/openapi.js';

const t = await testApp();

const any = { 'if-match': '*' };
const day = (n: number, time = '12:00:00.000') => `2030-01-${String(n).padStart(2, '0')}T${time}Z`;
const get = (url: string, headers = {}) => t.send('GET', url, undefined, headers);
const at = (path: string, asOf: string) =>
  get(`${path}${path.includes('?') ? '&' : '?'}as_of=${encodeURIComponent(asOf)}`);
const post = async (path: string, body: object) => {
  const answer = await t.send('POST', path, body);
  expect(answer.status, answer.text).toBe(201);
  return answer.json;
};
const ids = (answer: Answer) => answer.json.items.map(({ id }: { id: string }) => id);

describe('GET with as_of', async () => {
  t.setClock(day(1));
  const who = await post('/v1/parties', { key: 'who', kind: 'other', name: 'Old name' });
  const source = await post('/v1/sources', { key: 'report', type: 'report', title: 'Report' });
  t.setClock(day(2));
  const claim = await post('/v1/claims', {
    key: 'count',
    text: 'There were 100.',
    subject: 'who',
    occurred: '2023',
    value: { type: 'quantity', value: '100', unit: 'people' },
    topics: ['a'],
    attributions: [{ party: 'who', stance: 'asserts', lineage: 'originates', source: 'report' }],
  });
  t.setClock(day(3));
  await t.send('PATCH', '/v1/parties/who', { name: 'New name' }, any);
  t.setClock(day(4));
  const denier = await post('/v1/parties', { kind: 'other', name: 'Denier' });
  const denial = await post('/v1/claims/count/attributions', { party: denier.id, stance: 'denies' });
  t.setClock(day(5));
  await t.send('PATCH', '/v1/claims/count', { topics: ['b'], occurred: '2022' }, any);
  t.setClock(day(6));
  await t.send('DELETE', `/v1/attributions/${denial.id}`, undefined, any);
  await t.send('DELETE', '/v1/claims/count', undefined, any);
  t.setClock(day(7, '12:00:00.200'));
  await post('/v1/predicates', { key: 'quick', label: 'First', value_type: 'none' });
  t.setClock(day(7, '12:00:00.700'));
  await t.send('PATCH', '/v1/predicates/quick', { label: 'Second' }, any);
  t.setClock(day(8));

  it('answers 404 before an object was there, 410 after it was removed, and the object in between', async () => {
    const states = [1, 2, 3, 4, 5, 6, 7].map(async (n) => (await at('/v1/claims/count', day(n))).status);
    expect(await Promise.all(states)).toEqual([404, 200, 200, 200, 200, 410, 410]);
    const gone = (await at('/v1/claims/count', day(7))).json;
    expect(gone.tombstone).toMatchObject({ id: claim.id, removed_at: day(6) });
    expect((await at(`/v1/attributions/${denial.id}`, day(5))).status).toBe(200);
  });

  it('shows the names, attributions and standing of that time', async () => {
    const [two, three, four, five] = await Promise.all(
      [2, 3, 4, 5].map(async (n) => (await at('/v1/claims/count', day(n))).json),
    );
    expect(two).toEqual(claim);
    expect(two.subject.name).toBe('Old name');
    expect(three).toMatchObject({ subject: { name: 'New name' }, attribution_count: 1, version: 1 });
    expect(four).toMatchObject({
      attribution_count: 2,
      standing: { contested: true, denying: 1 },
      topics: ['a'],
    });
    expect(five).toMatchObject({ version: 2, topics: ['b'], occurred: '2022' });
  });

  it('takes a day for its end, and a fraction for the millisecond it is in', async () => {
    const name = async (asOf: string) => (await at('/v1/parties/who', asOf)).json?.name;
    expect(await name('2030-01-02')).toBe('Old name');
    expect(await name('2030-01-03')).toBe('New name');
    expect(await name(day(3, '11:59:59.999'))).toBe('Old name');
    expect(await name(day(3, '11:59:59.9999'))).toBe('Old name');
    expect(await name(day(3))).toBe('New name');
    expect(await name('2030-01-03T17:29:59.999+05:30')).toBe('Old name');
    expect(await name('2030-01-03T17:30:00+05:30')).toBe('New name');
  });

  it('shows in a history what was recorded up to that millisecond, not to the end of the second', async () => {
    const numbers = async (asOf: string) =>
      (await at('/v1/predicates/quick/history', asOf)).json.items.map(
        (one: { version: number }) => one.version,
      );
    expect(await numbers(day(7, '12:00:00.200'))).toEqual([1]);
    expect(await numbers(day(7, '12:00:00.699'))).toEqual([1]);
    expect(await numbers(day(7, '12:00:00.700'))).toEqual([2, 1]);
  });

  it('tells with occurred_from and occurred_to what was known then of events in a year', async () => {
    const known = async (query: string, n: number) => ids(await at(`/v1/claims?${query}`, day(n)));
    const in2023 = 'occurred_from=2023&occurred_to=2023';
    expect(await known(in2023, 1)).toEqual([]);
    expect(await known(in2023, 4)).toEqual([claim.id]);
    expect(await known(in2023, 5)).toEqual([]);
    expect(await known('occurred_from=2022&occurred_to=2022', 5)).toEqual([claim.id]);
    expect(await known('topic=a', 4)).toEqual([claim.id]);
    expect(await known('topic=a', 5)).toEqual([]);
    expect(await known('topic=b', 5)).toEqual([claim.id]);
    expect(await known('contested=true', 3)).toEqual([]);
    expect(await known('contested=true&party=who&unit=people&value_min=100', 4)).toEqual([claim.id]);
    expect(await known('contested=true', 7)).toEqual([]);
  });

  it('reaches what is computed and what lies below', async () => {
    const standing = async (n: number) => (await at('/v1/claims/count/standing', day(n))).json;
    expect((await standing(3)).standing.contested).toBe(false);
    expect((await standing(4)).standing.contested).toBe(true);
    const said = async (n: number) => (await at('/v1/claims/count/attributions', day(n))).json.items.length;
    expect([await said(2), await said(4)]).toEqual([1, 2]);
    expect((await at('/v1/claims/count/attributions', day(7))).status).toBe(410);
    expect((await at('/v1/sources/report/dependents', day(4))).json.items).toHaveLength(1);
    expect((await at('/v1/sources/report/dependents', day(7))).json.items).toHaveLength(0);
    const sentence = (await at('/v1/claims/count/attribution-sentence', day(2))).json.sentence;
    expect(sentence).toContain('Old name');
    expect((await at('/v1/claims/count/provenance.mermaid', day(4))).text).toContain('Denier');
    expect((await at('/v1/claims/count/provenance.mermaid', day(3))).text).not.toContain('Denier');
    expect((await at(`/v1/sources/${source.id}/citation`, day(1))).status).toBe(200);
    expect((await at(`/v1/sources/${source.id}/citation`, day(1, '00:00:00.000'))).status).toBe(400);
    const versions = async (n: number) => (await at('/v1/claims/count/history', day(n))).json.items.length;
    expect([await versions(4), await versions(5), await versions(7)]).toEqual([1, 2, 3]);
    expect((await at('/v1/claims/count/history/2', day(4))).status).toBe(404);
    expect((await at('/v1/claims/count/history', day(1))).status).toBe(404);
  });

  it('says since when an object is there, by id and key, where it was not there yet', async () => {
    for (const reference of ['count', claim.id]) {
      for (const below of ['', '/standing', '/attributions', '/history']) {
        const { json } = await at(`/v1/claims/${reference}${below}`, day(1));
        expect(json.detail).toMatch(
          / was not there at 2030-01-01T\S+: it was recorded on 2030-01-02T\S+; .*`known_by`/,
        );
      }
    }
    expect((await at('/v1/claims/cuont', day(2))).json.detail).toContain('did you mean `count`?');
  });

  it('goes into exports, includes and the input form', async () => {
    expect((await at('/v1/claims.csv?fields=id,subject', day(2))).text).toContain(claim.id);
    expect((await at('/v1/claims.ndjson', day(7))).text).toBe('');
    const { included } = (await at('/v1/claims/count?include=subject', day(2))).json;
    expect(included[who.id].name).toBe('Old name');
    expect((await at('/v1/claims/count/input', day(2))).json.topics).toEqual(['a']);
    expect((await at('/v1/parties/who/input', day(2))).json.name).toBe('Old name');
  });

  it('stays in the cursor, through writes, and cannot be changed there', async () => {
    const first = await at('/v1/parties?limit=1&sort=name', day(4));
    expect(first.json.items.map((one: { name: string }) => one.name)).toEqual(['Denier']);
    await t.send('PATCH', '/v1/parties/who', { name: 'Newest name' }, any);
    const next = await get(`/v1/parties?cursor=${first.json.next_cursor}&limit=1`);
    expect(next.json.items[0].name).toBe('New name');
    expect(next.headers['memento-datetime']).toBe('Fri, 04 Jan 2030 12:00:00 GMT');
    const other = await at(`/v1/parties?cursor=${first.json.next_cursor}`, day(3));
    expect(other.json.errors[0].code).toBe('invalid_cursor');
    const below = await at('/v1/claims/count/attributions?limit=1', day(5));
    const more = await get(`/v1/claims/count/attributions?cursor=${below.json.next_cursor}`);
    expect([more.status, more.json.items.length]).toEqual([200, 1]);
    const history = await at('/v1/parties/who/history?limit=1', day(4));
    const older = await get(`/v1/parties/who/history?cursor=${history.json.next_cursor}`);
    expect(older.json.items.map(({ version }: { version: number }) => version)).toEqual([1]);
  });

  it('has an ETag of its own where the content differs', async () => {
    const [old, old2, fresh] = [
      await at('/v1/parties/who', day(1)),
      await at('/v1/parties/who', day(2)),
      await get('/v1/parties/who'),
    ];
    expect(old.headers.etag).toBe(old2.headers.etag);
    expect(old.headers.etag).not.toBe(fresh.headers.etag);
    const none = { 'if-none-match': String(old.headers.etag) };
    expect((await get(`/v1/parties/who?as_of=${day(1)}`, none)).status).toBe(304);
    expect((await get('/v1/parties/who', none)).status).toBe(200);
  });

  it('is a memento, by address or by Accept-Datetime', async () => {
    const now = await get('/v1/parties/who');
    expect(now.headers.vary).toContain('Accept-Datetime');
    expect(now.headers['memento-datetime']).toBeUndefined();
    const by = await get(`/v1/parties/who/input?as_of=${day(2)}`);
    expect(by.headers['memento-datetime']).toBe('Wed, 02 Jan 2030 12:00:00 GMT');
    expect(by.headers.link).toBe('</v1/parties/who/input>; rel="original timegate"');
    const asked = await get('/v1/parties/who', { 'accept-datetime': 'Wed, 02 Jan 2030 12:00:00 GMT' });
    expect(asked.json.name).toBe('Old name');
    expect(asked.headers['memento-datetime']).toBe('Wed, 02 Jan 2030 12:00:00 GMT');
    expect(asked.headers['content-location']).toBe('/v1/parties/who?as_of=2030-01-02T12%3A00%3A00.999Z');
    expect((await get(String(asked.headers['content-location']))).text).toBe(asked.text);
    const list = await get('/v1/parties?limit=1', { 'accept-datetime': 'Wed, 02 Jan 2030 12:00:00 GMT' });
    expect(list.json.items[0].name).toBe('Old name');
    expect(String(list.headers.vary).split(', ')).toContain('Accept-Datetime');
    const later = await get('/v1/parties/who', { 'accept-datetime': 'Wed, 02 Jan 2090 12:00:00 GMT' });
    expect(later.json.name).toBe('Newest name');
    const both = await get(`/v1/parties/who?as_of=${day(2)}`, { 'accept-datetime': 'nonsense' });
    expect(both.json.name).toBe('Old name');
    const lost = await at('/v1/claims/count', day(7));
    expect(lost.headers['memento-datetime']).toBeUndefined();
    for (const wrong of ['2030-01-02', 'Wed, 2 Jan 2030 12:00:00 GMT', 'Wed, 02 Foo 2030 12:00:00 GMT']) {
      const answer = await get('/v1/parties/who', { 'accept-datetime': wrong });
      expect([answer.status, answer.json.errors[0].parameter], wrong).toEqual([400, 'Accept-Datetime']);
    }
  });

  it.each([
    '2030-01-09',
    '2030-01-08',
    day(8, '12:00:00.001'),
    '9999-12-31',
    '2030',
    'now',
    '2030-02-30',
    '',
  ])('refuses %j: the future, or no instant', async (asOf) => {
    const answer = await at('/v1/parties/who', asOf);
    expect([answer.status, answer.json.errors[0].parameter]).toEqual([400, 'as_of']);
  });

  it.each(['/v1/parties', '/v1/conflicts', '/v1/parties/who/history'])(
    'is refused by %s where it is the future, or no instant',
    async (path) => {
      for (const asOf of [day(8, '12:00:00.001'), '2030-02-30']) {
        const answer = await at(path, asOf);
        expect([answer.status, answer.json.errors[0].parameter]).toEqual([400, 'as_of']);
      }
    },
  );

  it('takes the present instant', async () => {
    expect((await at('/v1/parties/who', day(8))).json.name).toBe('Newest name');
  });

  it('is refused on writes', async () => {
    const url = `/v1/parties/who?as_of=${day(2)}`;
    const state = await t.fingerprint();
    for (const method of ['PATCH', 'PUT', 'DELETE']) {
      const body = method === 'DELETE' ? undefined : { kind: 'other', name: 'x' };
      expect((await t.send(method, url, body, any)).status, method).toBe(400);
    }
    expect((await t.send('POST', `/v1/parties?as_of=${day(2)}`, { kind: 'other', name: 'x' })).status).toBe(
      400,
    );
    expect(await t.fingerprint()).toBe(state);
  });
});

it('GET of every route of the register takes as_of and Accept-Datetime', async () => {
  const document = (await get('/openapi.json')).json;
  const { paths } = document;
  type Parameters = { parameters?: { name: string }[] };
  const lacking = Object.entries(paths as Record<string, { get?: Parameters }>)
    .filter(([path, { get: read }]) => read && path.startsWith('/v1/'))
    .filter(([, { get: read }]) => {
      const names = readOperation(document, read!).parameters.map(({ name }) => name);
      return !names.includes('as_of') || !names.includes('Accept-Datetime');
    })
    .map(([path]) => path);
  // The feed holds all times by itself; keys and their holder are not of the register.
  expect(lacking.sort()).toEqual([
    '/v1/changes',
    '/v1/changes.atom',
    '/v1/changes.ndjson',
    '/v1/changes/stream',
    '/v1/keys',
    '/v1/me',
  ]);
});

describe('POST and PATCH: the instant of a write', async () => {
  const other = await testApp();
  const party = { kind: 'other', name: 'x' };

  it('is never before that of an earlier one, whatever the clock says', async () => {
    other.setClock('2030-01-02T00:00:00.000Z');
    const first = (await other.send('POST', '/v1/parties', party)).json;
    other.setClock('2030-01-01T00:00:00.000Z');
    const second = (await other.send('POST', '/v1/parties', party)).json;
    expect(second.created_at).toBe(first.created_at);
    other.setClock('2030-01-03T00:00:00.000Z');
    const third = (await other.send('PATCH', `/v1/parties/${second.id}`, { name: 'y' }, any)).json;
    expect(third.updated_at).toBe('2030-01-03T00:00:00.000Z');
    const history = (await other.send('GET', `/v1/parties/${second.id}/history`)).json.items;
    expect(history.map((one: { recorded_at: string }) => one.recorded_at)).toEqual([
      '2030-01-03T00:00:00.000Z',
      '2030-01-02T00:00:00.000Z',
    ]);
  });

  it('can be asked for where another instance, ahead in time, wrote', async () => {
    other.setClock('2030-01-02T12:00:00.000Z');
    const url = '/v1/parties?as_of=2030-01-03T00:00:00.000Z';
    expect((await other.send('GET', url)).status).toBe(200);
    expect((await other.send('GET', '/v1/parties?as_of=2030-01-03T00:00:00.001Z')).status).toBe(400);
  });
});

it('GET with as_of after the newest write shows the present and writes nothing', async () => {
  const now = '2031-01-01T00:00:00.000Z';
  t.setClock(now);
  const recorded = () => t.store.read((tx) => tx.db.select().from(tx.tables.commit_clock));
  const before = await recorded();
  const present = await get('/v1/parties?limit=200');
  expect((await at('/v1/parties?limit=200', now)).json.items).toEqual(present.json.items);
  expect(await recorded()).toEqual(before);
  await post('/v1/parties', { kind: 'other', name: 'Late' });
  expect((await at('/v1/parties?limit=200', now)).json.items).toHaveLength(present.json.items.length + 1);
});

import { describe, expect, it } from 'vitest';
import { newId } from '../../src/lib/ids.js';
import { type TestApp, testApp } from '../support/app.js';
import { unwarned } from '../support/claims.js';
import { effort } from '../support/effort.js';
import { expectRejected, faults } from '../support/expect-rejected.js';

const any = { 'if-match': '*' };
const party = { kind: 'other', name: 'x' };
/** Requests at once. */
const PATCHES = effort(10, 100);
const PUTS = effort(10, 50);
let made = 0;
const fresh = () => `k${made++}`;

const app = await testApp();
const reviewer = { authorization: `Bearer ${await app.newKey(['read', 'write', 'review'])}` };
const send: TestApp['send'] = (method, url, body, headers) =>
  app.send(method, url, body, { ...reviewer, ...headers });
const t = { ...app, send };
await t.send('PUT', '/v1/parties/p', party);
for (const key of ['c', 'd']) await t.send('PUT', `/v1/claims/${key}`, { text: 'x' });
await t.send('POST', '/v1/claims/c/attributions', { key: 'first', party: 'p', stance: 'asserts' });

type Input = (key: string) => object;
/** For each noun an input form, and a member to change with its new value. */
const nouns: [plural: string, inputOf: Input, change: Record<string, unknown>][] = [
  ['parties', () => party, { name: 'y' }],
  ['sources', () => ({ type: 'other', title: 'x' }), { title: 'y' }],
  ['predicates', () => ({ label: 'x', value_type: 'none' }), { label: 'y' }],
  [
    'claims',
    (key) => ({ text: 'x', attributions: [{ key: `${key}-a`, party: 'p', stance: 'denies' }] }),
    { text: 'y' },
  ],
  ['attributions', () => ({ claim: 'c', party: 'p', stance: 'reports', relays: ['first'] }), { note: 'y' }],
  ['relations', () => ({ from: 'c', type: 'updates', to: 'd' }), { note: 'y' }],
  ['assessments', () => ({ claim: 'c', credibility: 2 }), { rationale: 'y' }],
  ['judgements', () => ({ noun: 'claim', one: 'c', other: 'd', judgement: 'same' }), { reason: 'y' }],
];

describe.each(nouns)('/v1/%s/{id}', (plural, inputOf, change) => {
  const at = (key: string) => `/v1/${plural}/${key}`;
  const create = async () => {
    const key = fresh();
    const input = inputOf(key);
    const answer = await t.send('PUT', at(key), input);
    expect(answer.status).toBe(201);
    // Predicates are known by their key alone.
    const id: string = plural === 'predicates' ? key : answer.json.id;
    return { ...answer, key, id, input, url: at(key), etag: String(answer.headers.etag) };
  };
  const operations = async (id: string) => {
    const rows = await t.store.read((tx) =>
      tx.db.select().from(tx.tables.history).orderBy(tx.tables.history.seq),
    );
    return rows.filter((row) => row.object_id === id).map((row) => [row.operation, row.version, row.reason]);
  };

  it('GET: the ETag holds the version and a hash of the body', async () => {
    const { url, etag, headers, json, id } = await create();
    expect(etag).toMatch(/^"1-[\w-]{16}"$/);
    expect(headers.location).toBe(at(id));
    const read = await t.send('GET', url);
    expect([read.headers.etag, read.json]).toEqual([etag, json]);
    const form = await t.send('GET', `${url}/input`);
    expect(form.headers.etag).toMatch(/^"1-/);
    expect(form.headers.etag).not.toBe(etag);
    const patched = await t.send('PATCH', url, change, { 'if-match': etag });
    expect(patched.headers.etag).toMatch(/^"2-[\w-]{16}"$/);
    expect((await t.send('GET', url)).headers.etag).toBe(patched.headers.etag);
  });

  it('GET: answers 304 to a client that has the object', async () => {
    const { url, etag } = await create();
    const weak = `W/${etag}`;
    for (const [sent, tag] of [
      [etag, etag],
      [weak, weak],
      [`"x", ${etag}`, etag],
      ['*', etag],
      [` ${etag} `, etag],
    ]) {
      const answer = await t.send('GET', url, undefined, { 'if-none-match': sent! });
      expect([answer.status, answer.text, answer.headers.etag]).toEqual([304, '', tag]);
    }
    for (const sent of ['"1-x"', '"1"', etag.slice(1, -1), '"*"', etag.replace('-', '-W/')]) {
      expect((await t.send('GET', url, undefined, { 'if-none-match': sent })).status).toBe(200);
    }
    await t.send('PATCH', url, change, any);
    expect((await t.send('GET', url, undefined, { 'if-none-match': etag })).status).toBe(200);
  });

  it('PATCH, DELETE and PUT: answer 428 without If-Match', async () => {
    const { url, input } = await create();
    await expectRejected(t, 428, 'precondition_required', 'PATCH', url, change);
    await expectRejected(t, 428, 'precondition_required', 'DELETE', url);
    await expectRejected(t, 428, 'precondition_required', 'PUT', url, { ...input, ...change });
  });

  it('PATCH, DELETE and PUT: answer 412 to a client that saw another version', async () => {
    const { url, etag, input } = await create();
    await t.send('PATCH', url, change, { 'if-match': etag });
    const headers = { 'if-match': `W/${etag}` };
    await expectRejected(t, 412, 'precondition_failed', 'PATCH', url, change, headers);
    await expectRejected(t, 412, 'precondition_failed', 'DELETE', url, undefined, headers);
    await expectRejected(t, 412, 'precondition_failed', 'PUT', url, input, headers);
  });

  it('PATCH, DELETE and PUT: take a weak ETag of the version among others, and *', async () => {
    for (const [method, form] of [
      ['PATCH', '"7", W/"1-other"'],
      ['PUT', ' "1" '],
      ['DELETE', '*'],
    ] as const) {
      const { url, input } = await create();
      const body = { PATCH: change, PUT: { ...input, ...change }, DELETE: undefined }[method];
      const { status } = await t.send(method, url, body, { 'if-match': form });
      expect([method, status]).toEqual([method, method === 'DELETE' ? 204 : 200]);
    }
  });

  it('PATCH, DELETE and PUT: answer 400 to an If-Match that is no ETag', async () => {
    const { url, input } = await create();
    const headers = { 'if-match': '"x"' };
    for (const [method, body] of [
      ['PATCH', change],
      ['PUT', input],
      ['DELETE', undefined],
    ] as const) {
      const answer = await expectRejected(t, 400, 'invalid_header', method, url, body, headers);
      expect(faults(answer)).toEqual(['If-Match invalid_header']);
    }
  });

  it('PUT: answers 400 to a version in If-None-Match', async () => {
    const { url, input, etag } = await create();
    const answer = await expectRejected(t, 400, 'invalid_header', 'PUT', url, input, {
      'if-none-match': etag,
    });
    expect(faults(answer)).toEqual(['If-None-Match invalid_header']);
  });

  it('PUT: creates under a key, leaves an equal object alone, and replaces', async () => {
    const { url, etag, text, id, key, input } = await create();
    const before = await t.dump();
    for (const headers of [undefined, any, { 'if-match': etag }]) {
      const same = await t.send('PUT', url, input, headers);
      expect([same.status, same.text, same.headers.etag]).toEqual([200, text, etag]);
    }
    expect(await t.dump()).toBe(before);
    const next = await t.send('PUT', url, { ...input, ...change }, { 'if-match': etag });
    expect([next.status, next.json.key, next.json.version]).toEqual([200, key, 2]);
    expect(next.json).toMatchObject(change);
    const back = await t.send('PUT', at(id), { ...input, key }, { 'if-match': String(next.headers.etag) });
    expect([back.status, back.json.version]).toEqual([200, 3]);
  });

  it('PUT: answers 412 to a stale If-Match even when nothing would change', async () => {
    const { url, input } = await create();
    await expectRejected(t, 412, 'precondition_failed', 'PUT', url, input, { 'if-match': '"2"' });
  });

  it('PUT: only creates under If-None-Match: *', async () => {
    const { url, input } = await create();
    const only = { 'if-none-match': '*' };
    await expectRejected(t, 412, 'precondition_failed', 'PUT', url, input, only);
    await expectRejected(t, 412, 'precondition_failed', 'PUT', url, { ...input, ...change }, only);
    const key = fresh();
    expect((await t.send('PUT', at(key), inputOf(key), only)).status).toBe(201);
  });

  it('PUT: answers 412 under If-Match where nothing is, and 404 for an id', async () => {
    for (const sent of ['*', '"1"']) {
      const key = fresh();
      await expectRejected(t, 412, 'precondition_failed', 'PUT', at(key), inputOf(key), { 'if-match': sent });
    }
    const prefix = (await create()).id.split('_')[0] as 'party';
    const id = newId(plural === 'predicates' ? 'party' : prefix);
    for (const headers of [undefined, any, { 'if-none-match': '*' }] as const) {
      await expectRejected(t, 404, 'not_found', 'PUT', at(id), inputOf('none'), headers);
    }
  });

  it('a key is set once and never used again', async () => {
    const { url, key, id, input } = await create();
    const other = await expectRejected(t, 422, 'invalid_body', 'PUT', at(fresh()), {
      ...inputOf('new'),
      key: 'other',
    });
    expect(faults(other)).toEqual(['/key key_mismatch']);
    const moves: [method: string, url: string, body: object][] = [
      ['PUT', url, { ...input, ...change, key: 'other' }],
      ['PUT', at(id), { ...input, key: 'other' }],
      ['PATCH', url, { key: 'other' }],
      ['PATCH', url, { key: null }],
    ];
    for (const [method, to, body] of moves) {
      const answer = await expectRejected(t, 422, 'invalid_body', method, to, body, any);
      expect(faults(answer)).toEqual(['/key immutable_key']);
    }
    const again = { ...inputOf('again'), key };
    await expectRejected(t, 409, 'key_taken', 'POST', `/v1/${plural}`, again);
    await t.send('DELETE', url, undefined, any);
    await expectRejected(t, 409, 'key_taken', 'POST', `/v1/${plural}`, again);
    await expectRejected(t, 410, 'gone', 'PUT', url, input);
  });

  // A predicate without a key there is not.
  if (plural !== 'predicates')
    it('PATCH: gives a key to an object that has none', async () => {
      const { json, headers } = await t.send('POST', `/v1/${plural}`, inputOf(fresh()));
      const { key: taken } = await create();
      await expectRejected(t, 409, 'key_taken', 'PATCH', at(json.id), { key: taken }, any);
      const key = fresh();
      const keyed = await t.send('PATCH', at(json.id), { key }, { 'if-match': String(headers.etag) });
      expect([keyed.status, keyed.json.key, keyed.json.version]).toEqual([200, key, 2]);
      expect((await t.send('GET', at(key))).json).toEqual(unwarned(keyed.json));
      const answer = await expectRejected(t, 422, 'invalid_body', 'PATCH', at(key), { key: fresh() }, any);
      expect(faults(answer)).toEqual(['/key immutable_key']);
    });

  it('DELETE: leaves a tombstone that says when, who and why', async () => {
    const { url, etag, id, key, input } = await create();
    const { json: me } = await t.send('GET', '/v1/me');
    const reason = 'entered twice; see caf\u00e9, 100 %';
    const headers = { 'if-match': etag, 'change-reason': encodeURIComponent(reason) };
    const removed = await t.send('DELETE', url, undefined, headers);
    expect([removed.status, removed.text]).toEqual([204, '']);
    for (const to of [url, at(id)]) {
      for (const [method, body] of [
        ['GET', undefined],
        ['PUT', input],
        ['PATCH', change],
        ['DELETE', undefined],
      ] as const) {
        const answer = await expectRejected(
          t,
          410,
          'gone',
          method,
          to,
          body,
          method === 'GET' ? undefined : any,
        );
        expect(answer.json.tombstone).toEqual({
          id,
          key,
          version: 2,
          removed_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]{12}Z$/),
          removed_by: me.id,
          on_behalf_of: null,
          reason,
        });
        expect(answer.headers.etag).toBe('"2"');
      }
    }
    expect((await t.send('GET', `/v1/${plural}?key=${key}`)).json.items).toEqual([]);
  });

  it('PUT: restores with the version of the tombstone, and with nothing else', async () => {
    const { url, json, id, key, input } = await create();
    await t.send('DELETE', url, undefined, any);
    const wrong: (Record<string, string> | undefined)[] = [
      undefined,
      any,
      { 'if-match': '"1"' },
      { 'if-match': '"3"' },
      { 'if-none-match': '*' },
    ];
    for (const headers of wrong) {
      await expectRejected(t, 410, 'gone', 'PUT', url, input, headers);
    }
    const moved = { ...input, key: 'other' };
    const answer = await expectRejected(t, 422, 'invalid_body', 'PUT', url, moved, { 'if-match': '"2"' });
    expect(faults(answer)).toEqual(['/key immutable_key']);
    const reason = { 'if-match': '"2"', 'change-reason': 'back' };
    const back = await t.send('PUT', url, { ...input, ...change }, reason);
    expect([back.status, back.json.id, back.json.key, back.json.version]).toEqual([200, json.id, key, 3]);
    expect(back.json).toMatchObject({ ...change, created_at: json.created_at });
    expect((await t.send('GET', url)).json).toEqual(unwarned(back.json));
    await expectRejected(t, 412, 'precondition_failed', 'PUT', url, input, { 'if-match': '"2"' });
    expect(await operations(id)).toEqual([
      ['create', 1, null],
      ['remove', 2, null],
      ['restore', 3, 'back'],
    ]);
  });

  it('DELETE and PUT: remove and restore again and again, by id', async () => {
    const { id, input } = await create();
    for (let version = 1; version < 5; version += 2) {
      const { status } = await t.send('DELETE', at(id), undefined, { 'if-match': `"${version}"` });
      expect(status).toBe(204);
      const back = await t.send('PUT', at(id), input, { 'if-match': `"${version + 1}"` });
      expect([back.status, back.json.version]).toEqual([200, version + 2]);
    }
  });

  it('PATCH: of many at once on one ETag, exactly one is taken', async () => {
    const { url, etag, id } = await create();
    const [member] = Object.keys(change);
    const answers = await Promise.all(
      Array.from({ length: PATCHES }, (_, i) =>
        t.send('PATCH', url, { [member!]: `v${i}` }, { 'if-match': etag }),
      ),
    );
    const statuses = answers.map(({ status }) => status).sort();
    expect(statuses).toEqual([200, ...Array.from({ length: PATCHES - 1 }, () => 412)]);
    const now = (await t.send('GET', url)).json;
    expect(now).toEqual(unwarned(answers.find(({ status }) => status === 200)!.json));
    expect(now.version).toBe(2);
    expect(await operations(id)).toHaveLength(2);
  });

  it('PUT: of many at once under If-None-Match: *, exactly one creates', async () => {
    const key = fresh();
    const sent = Array.from({ length: PUTS }, () =>
      t.send('PUT', at(key), inputOf(key), { 'if-none-match': '*' }),
    );
    const statuses = (await Promise.all(sent)).map(({ status }) => status).sort();
    expect(statuses).toEqual([201, ...Array.from({ length: PUTS - 1 }, () => 412)]);
  });
});

import { afterEach, describe, expect, it } from 'vitest';
import { newId } from '../../src/lib/ids.js';
import { testApp } from '../support/app.js';
import { nouns, oneOfEach, writesOf } from '../support/one-of-each.js';
import { rejected } from '../support/rejected.js';

/** A refused write leaves every row of every table as it was: each route that the document has, each way. */

const t = await testApp();
const { admin, routes } = await oneOfEach(t);
const writes = writesOf(routes);
const reader = { authorization: `Bearer ${await t.newKey(['read'])}` };
await t.send('POST', '/v1/parties', { kind: 'other', name: 'First' }, { 'idempotency-key': 'used' });

let asItWas = await t.dump();
afterEach(async () => {
  const before = asItWas;
  asItWas = await t.dump();
  expect(asItWas === before, 'the refused request left something').toBe(true);
});

/** A value that each header of writes cannot have. */
const wrongHeaders: Record<string, string> = {
  'idempotency-key': '"',
  'change-reason': '%zz',
  'if-match': 'x',
  'if-none-match': 'x',
};

const named = writes.map((write) => [`${write.method} ${write.path}`, write] as const);
describe.each(named)('%s: a refusal leaves all rows as they were', (_, write) => {
  const { method, path, bare, type, sent, takes } = write;
  const any: Record<string, string> = takes.includes('if-match') ? { 'if-match': '*' } : {};
  const json = type === undefined ? {} : { 'content-type': type };
  const refused = (
    status: number,
    code: string,
    { url = bare, body = sent, headers = {} }: { url?: string; body?: unknown; headers?: object } = {},
  ) => rejected(t, status, code, method, url, body, { ...admin, ...any, ...json, ...headers });

  it('without a key, or without the scope', async () => {
    await refused(401, 'unauthenticated', { headers: { authorization: 'Bearer x' } });
    await refused(403, 'forbidden', { headers: reader });
  });

  it('with a parameter or a header that is wrong', async () => {
    await refused(400, 'invalid_query', { url: `${bare}?nope=1` });
    for (const name of takes) {
      await refused(400, 'invalid_header', { headers: { [name]: wrongHeaders[name] } });
    }
  });

  if (path.includes('{id}'))
    it('to what does not exist', async () => {
      // A key that nothing has is where PUT creates; this is none.
      await refused(404, 'not_found', { url: path.replace('{id}', 'no_such') });
    });

  if (type !== undefined)
    it('with a body that is wrong', async () => {
      await refused(415, 'unsupported_media_type', { headers: { 'content-type': 'text/csv' } });
      await refused(400, 'unreadable_body', { body: '{"key":' });
      await refused(422, 'invalid_body', { body: [] });
      await refused(422, 'invalid_body', { body: { ...sent, nope: 1 } });
    });

  if (takes.includes('if-match'))
    it('with the version of another state', async () => {
      await refused(412, 'precondition_failed', { headers: { 'if-match': '"99"' } });
      if (method !== 'PUT') {
        await rejected(t, 428, 'precondition_required', method, bare, sent, { ...admin, ...json });
      }
    });
});

describe('a refusal that comes late leaves all rows as they were', () => {
  const nobody = { party: 'nobody-knows', stance: 'asserts' };
  const somebody = { party: 'ttp', stance: 'asserts' };
  const said = (...attributions: object[]) => ({ text: 'Said.', topics: ['late'], attributions });
  const create = (noun: string, body: object) => ({ method: 'POST', type: noun, body });
  const party = (key: string) => create('party', { key, kind: 'other', name: key });

  it.each(nouns.map((noun) => [noun.plural, noun] as const))(
    'POST /v1/%s: the key is taken',
    async (plural, { key, body }) => {
      await rejected(t, 409, 'key_taken', 'POST', `/v1/${plural}`, { ...body, key }, admin);
    },
  );

  it.each<[plural: string, body: object]>([
    ['parties', { kind: 'other', name: 'X', part_of: 'nobody-knows' }],
    ['sources', { type: 'report', title: 'X', publisher: 'ttp', authors: ['ttp', 'nobody-knows'] }],
    ['claims', { text: 'X', subject: 'ttp', participants: [{ party: 'nobody-knows', role: 'x' }] }],
    ['claims', said(somebody, nobody)],
    ['claims', said({ ...somebody, local_id: 'a' }, { ...somebody, relays: ['@b'] })],
    ['claims', said({ ...somebody, key: 'denial' })],
    ['attributions', { claim: 'ttp-strength', ...nobody }],
    ['relations', { from: 'ttp-strength', type: 'updates', to: 'nothing-known' }],
    ['assessments', { claim: 'nothing-known', credibility: 1 }],
  ])('POST and PUT /v1/%s: %j refers to nothing, or to what it may not', async (plural, body) => {
    const key = `late-${newId('party').slice(-10)}`;
    for (const [method, url] of [
      ['POST', `/v1/${plural}`],
      ['PUT', `/v1/${plural}/${key}`],
    ] as const) {
      const { status } = await t.send(method, url, body, admin);
      expect([method, [409, 422].includes(status)]).toEqual([method, true]);
    }
  });

  it('PUT, PATCH /v1/claims/{id}: the last attribution refers to nothing', async () => {
    const any = { ...admin, 'if-match': '*' };
    for (const method of ['PUT', 'PATCH']) {
      const { status } = await t.send(method, '/v1/claims/ttp-strength', said(somebody, nobody), any);
      expect([method, status]).toEqual([method, 422]);
    }
  });

  it('DELETE: something refers to the object', async () => {
    const any = { ...admin, 'if-match': '*' };
    for (const path of ['/v1/parties/ttp', '/v1/sources/report-35']) {
      await rejected(t, 409, 'in_use', 'DELETE', path, undefined, any);
    }
  });

  it('POST: the Idempotency-Key was used with another body', async () => {
    const body = { kind: 'other', name: 'Second' };
    const headers = { 'idempotency-key': 'used' };
    await rejected(t, 422, 'idempotency_mismatch', 'POST', '/v1/parties', body, headers);
  });

  it.each<[what: string, last: object]>([
    ['a body that is wrong', create('party', { kind: 'army' })],
    ['a reference that leads nowhere', create('claim', said(nobody))],
    ['a key that is taken', party('ttp')],
    ['a key that the batch itself took', party('late-one')],
    ['an object that something refers to', { method: 'DELETE', type: 'party', id: 'ttp', if_match: '*' }],
    [
      'an object that does not exist',
      { method: 'PATCH', type: 'party', id: 'late-two', if_match: '*', body: {} },
    ],
  ])('POST /v1/batch: the last operation has %s', async (_, last) => {
    const operations = [
      party('late-one'),
      { method: 'PATCH', type: 'party', id: 'ttp', if_match: '*', body: { name: 'Renamed' } },
      create('claim', { key: 'late-claim', ...said({ ...somebody, key: 'late-words' }) }),
      { method: 'DELETE', type: 'assessment', id: 'grade', if_match: '*' },
      last,
    ];
    const headers = { ...admin, 'idempotency-key': 'late' };
    const { status, json } = await t.send('POST', '/v1/batch', { operations }, headers);
    expect([status, json.code, json.failed_operations ?? [4]]).toEqual([422, json.code, [4]]);
  });
});

describe('TestApp.dump', () => {
  it('changes with a write that is taken', async () => {
    const other = await testApp();
    const before = await other.dump();
    expect((await other.send('POST', '/v1/parties', { kind: 'other', name: 'X' })).status).toBe(201);
    expect(await other.dump()).not.toBe(before);
  });
});

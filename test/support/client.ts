/**
 * A program as a user of the API writes it, in types made from the OpenAPI document. It stands here as text,
 * since the module `./api.js` that it imports is made anew by each run of the test.
 */
export const clientProgram = `
import assert from 'node:assert/strict';
import createClient from 'openapi-fetch';
import type { components, paths } from './api.js';

type Claim = components['schemas']['Claim'];
type Party = components['schemas']['Party'];
type Problem = components['schemas']['Problem'];

const [baseUrl = '', key = ''] = process.argv.slice(2);
const headers = { authorization: 'Bearer ' + key };
// The media types a client wants: JSON, and the form in which problems come.
type Json = 'application/json' | 'application/problem+json';
const api = createClient<paths, Json>({ baseUrl, headers });

/** The data of an answer; a problem becomes an error that names its first fault. */
function must<T>({ data, error }: { data?: T; error?: Problem }): T {
  if (data === undefined) throw new Error((error?.code ?? '') + ' ' + (error?.errors[0]?.pointer ?? ''));
  return data;
}

const etagOf = ({ response }: { response: Response }) => response.headers.get('etag') ?? '';

// Parties: create, read, list, patch, remove.

const outlet: Party = must(
  await api.POST('/v1/parties', { body: { key: 'client-outlet', kind: 'media', name: 'Client Outlet' } }),
);
must(await api.POST('/v1/parties', { body: { key: 'client-source', kind: 'government', name: 'Client State' } }));
assert.equal(outlet.part_of, null);
assert.deepEqual(outlet.names, []);

const path = { id: 'client-outlet' };
const read = await api.GET('/v1/parties/{id}', { params: { path } });
assert.equal(must(read).id, outlet.id);

const page = must(
  await api.GET('/v1/parties', { params: { query: { name: 'client', unnamed: false, sort: 'name', limit: 1 } } }),
);
assert.deepEqual(page.items.map((party) => party.key), ['client-outlet']);
assert.equal(page.has_more, true);
const rest = must(await api.GET('/v1/parties', { params: { query: { cursor: page.next_cursor ?? '' } } }));
assert.deepEqual(rest.items.map((party) => party.key), ['client-source']);

const patched = await api.PATCH('/v1/parties/{id}', {
  params: { path, header: { 'If-Match': etagOf(read), 'Change-Reason': 'tried%20out' } },
  body: { country: 'PK', names: [{ name: 'CO', kind: 'acronym' }] },
});
assert.equal(must(patched).country, 'PK');
assert.equal(must(patched).version, 2);

// What is read as an input form can be put back.

const form = must(await api.GET('/v1/parties/{id}/input', { params: { path } }));
const put = await api.PUT('/v1/parties/{id}', { params: { path }, body: form });
assert.equal(put.response.status, 200);
assert.equal(must(put).version, 2);

// Claims: with a chain of attributions, in one request.

const claim: Claim = must(
  await api.POST('/v1/claims', {
    params: { header: { 'Idempotency-Key': 'client-claim' } },
    body: {
      key: 'client-claim',
      text: 'The group has up to 6,500 fighters.',
      subject: 'client-source',
      value: { type: 'quantity', upper: '6500', unit: 'fighters', as_stated: 'up to 6,500' },
      occurred: '2024-07',
      attributions: [
        { party: 'client-outlet', stance: 'reports', relays: ['@state'] },
        { local_id: 'state', party: 'client-source', stance: 'asserts', lineage: 'originates' },
      ],
    },
  }),
);
assert.equal(claim.attribution_count, 2);
const [relaying, stated] = claim.attributions;
assert.equal(relaying?.relays[0]?.id, stated?.id);
assert.equal(relaying?.party.name, 'Client Outlet');
assert.equal(claim.subject?.key, 'client-source');
assert.equal(claim.value.type === 'quantity' && claim.value.upper, '6500');

const claims = must(
  await api.GET('/v1/claims', { params: { query: { party: 'client-outlet', stance: 'reports' } } }),
);
assert.deepEqual(claims.items.map((each) => each.id), [claim.id]);

const one = await api.GET('/v1/claims/{id}', {
  params: { path: { id: claim.id }, query: { include: 'subject,party' } },
});
assert.deepEqual(Object.keys(must(one).included ?? {}).length, 2);
const revalued = await api.PATCH('/v1/claims/{id}', {
  params: { path: { id: claim.id }, header: { 'If-Match': etagOf(one) } },
  body: { value: { type: 'text', text: 'several thousand' } },
});
const { value } = must(revalued);
switch (value.type) {
  case 'text':
    assert.equal(value.text, 'several thousand');
    break;
  case 'quantity':
  case 'money':
    throw new Error('the value is still ' + (value.value ?? value.upper));
  default:
    throw new Error('the value is a ' + value.type);
}

// Problems have a type, too.

const taken = await api.POST('/v1/parties', { body: { key: 'client-outlet', kind: 'other', name: 'Again' } });
assert.equal(taken.data, undefined);
const problem: Problem | undefined = taken.error;
assert.equal(problem?.code, 'key_taken');
assert.equal(problem?.errors[0]?.pointer, '/key');
const missing = await api.GET('/v1/claims/{id}', { params: { path: { id: 'client-nothing' } } });
assert.equal(missing.error?.status, 404);

const blind = await fetch(baseUrl + '/v1/claims/' + claim.id, { method: 'DELETE', headers });
assert.equal(blind.status, 428);
const stale = await api.DELETE('/v1/claims/{id}', {
  params: { path: { id: claim.id }, header: { 'If-Match': etagOf(one) } },
});
assert.equal(stale.error?.code, 'precondition_failed');

for (const id of ['client-claim']) {
  const removed = await api.DELETE('/v1/claims/{id}', {
    params: { path: { id }, header: { 'If-Match': etagOf(revalued) } },
  });
  assert.equal(removed.response.status, 204);
}
for (const id of ['client-outlet', 'client-source']) {
  const header = { 'If-Match': '*' };
  const removed = await api.DELETE('/v1/parties/{id}', { params: { path: { id }, header } });
  assert.equal(removed.response.status, 204);
}
const gone = await api.GET('/v1/parties/{id}', { params: { path } });
assert.equal(gone.error?.tombstone?.version, 3);

console.log('done');
`;

/** A line that the types must take, to hold against those that they must not. */
export const rightUse = `await api.POST('/v1/parties', { body: { kind: 'other', name: 'x' } });`;

/** Lines that the types must refuse, each for its own reason; they are compiled, not run. */
export const wrongUses = [
  // No such kind.
  `await api.POST('/v1/parties', { body: { kind: 'army', name: 'x' } });`,
  // The name is missing.
  `await api.POST('/v1/parties', { body: { kind: 'other' } });`,
  // Members that only answers have.
  `await api.POST('/v1/parties', { body: { kind: 'other', name: 'x', version: 1 } });`,
  // In input a reference is a string.
  `await api.POST('/v1/claims', { body: { text: 'x', subject: { id: 'a', key: null, name: 'b' } } });`,
  // Numbers are decimal strings.
  `await api.POST('/v1/claims', { body: { text: 'x', value: { type: 'quantity', value: 5 } } });`,
  // A member of another type of value.
  `await api.POST('/v1/claims', { body: { text: 'x', value: { type: 'none', currency: 'AFN' } } });`,
  // No such filter.
  `await api.GET('/v1/claims', { params: { query: { stances: 'denies' } } });`,
  // The id is missing.
  `await api.GET('/v1/claims/{id}', {});`,
  // A removal without If-Match.
  `await api.DELETE('/v1/claims/{id}', { params: { path: { id: 'x' } } });`,
  // No such path.
  `await api.GET('/v1/nothing', {});`,
];

import { afterEach, describe, expect, it } from 'vitest';
import { testApp } from '../support/app.js';
import { expectRejected } from '../support/expect-rejected.js';
import { oneOfEach, writesOf } from '../support/one-of-each.js';

/** A refused write leaves every row of every table as it was: each route that the document has, each way. */

const t = await testApp();
const { admin, routes } = await oneOfEach(t);
const writes = writesOf(routes);
const reader = { authorization: `Bearer ${await t.newKey(['read'])}` };
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
  const json: Record<string, string> = type === undefined ? {} : { 'content-type': type };
  const refused = (
    status: number,
    code: string,
    { url = bare, body = sent, headers = {} }: { url?: string; body?: unknown; headers?: object } = {},
  ) => expectRejected(t, status, code, method, url, body, { ...admin, ...any, ...json, ...headers });

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
        await expectRejected(t, 428, 'precondition_required', method, bare, sent, { ...admin, ...json });
      }
    });
});

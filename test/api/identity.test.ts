import { request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, test } from 'vitest';
import { type Scope, scopes } from '../../src/http/openapi/operation.js';
import { type Answer, testApp } from '../support/app.js';
import { expectRejected, faults } from '../support/expect-rejected.js';

const t = await testApp();
const keyed = await testApp({ openReads: false });
const bearer = (key: string) => ({ authorization: `Bearer ${key}` });
const admin = bearer(await t.newKey([...scopes]));
const party = { kind: 'other', name: 'x' };
const last = (text: string) => text.slice(0, -1) + (text.endsWith('0') ? '1' : '0');

/** The part of a refusal that must be one and the same whatever the reason. */
const shape = ({ status, json, headers }: Answer) => {
  const { request_id: _id, ...problem } = json;
  return { status, problem, challenge: headers['www-authenticate'] };
};

describe('Authorization', () => {
  const { key } = t;
  // What is no key though its header is well formed: test/unit/auth/key.test.ts.
  const forms: [what: string, header: string][] = [
    ['nothing', ''],
    ['a space', ' '],
    ['the scheme alone', 'Bearer'],
    ['the scheme and a space', 'Bearer '],
    ['two spaces', `Bearer  ${key}`],
    ['a tab', `Bearer\t${key}`],
    ['no scheme', key],
    ['another scheme', `Basic ${Buffer.from(`att:${key}`).toString('base64')}`],
    ['Token', `Token ${key}`],
    ['two keys', `Bearer ${key} ${key}`],
    ['two keys with a comma', `Bearer ${key},${key}`],
    ['two values in one', `Bearer ${key}, Bearer ${key}`],
    ['a space after it', `Bearer ${key} `],
    ['a line break after it', `Bearer ${key}\n`],
    ['quotes', `Bearer "${key}"`],
    ['10 KB', `Bearer ${'a'.repeat(10_000)}`],
    ['a mistyped checksum', `Bearer ${last(key)}`],
    ['an unknown key of the right form', `Bearer ${keyed.key}`],
    ['an unsigned JWT', 'Bearer eyJhbGciOiJub25lIn0.eyJzY29wZSI6ImFkbWluIn0.'],
  ];
  test.each(forms)('with %s is 401', async (_what, authorization) => {
    // Every route is tried in security.test.ts.
    for (const [method, url, body] of [
      ['POST', '/v1/parties', party],
      ['GET', '/v1/parties', undefined],
    ] as const) {
      const answer = await expectRejected(t, 401, 'unauthenticated', method, url, body, { authorization });
      expect(shape(answer)).toEqual({
        status: 401,
        problem: {
          type: '/problems/unauthenticated',
          title: 'Not authenticated',
          status: 401,
          detail: 'Send a valid API key: Authorization: Bearer att_…',
          instance: url,
          code: 'unauthenticated',
          errors: [],
        },
        challenge: 'Bearer realm="attested"',
      });
      expect(answer.text).not.toContain(key.slice(31));
    }
  });

  it('that is missing is 401 where a key is needed', async () => {
    const before = await t.fingerprint();
    for (const [method, url] of [
      ['POST', '/v1/parties'],
      ['DELETE', '/v1/parties/x'],
      ['GET', '/v1/keys'],
    ] as const) {
      const answer = await t.app.inject({ method, url });
      expect([answer.statusCode, answer.json().code]).toEqual([401, 'unauthenticated']);
    }
    expect(await t.fingerprint()).toBe(before);
  });

  it('that is sent twice, even with one value, is 401', async () => {
    if (!keyed.app.server.listening) await keyed.app.listen({ host: '127.0.0.1', port: 0 });
    const { port } = keyed.app.server.address() as AddressInfo;
    const status = (headers: string[]) =>
      new Promise<number>((resolve, reject) => {
        const sent = request({ port, host: '127.0.0.1', path: '/v1/me', headers: ['Host', 'x', ...headers] });
        sent
          .on('response', (answer) => resolve(answer.resume().statusCode!))
          .on('error', reject)
          .end();
      });
    const valid = ['Authorization', `Bearer ${keyed.key}`];
    expect(await status(valid)).toBe(200);
    expect(await status([...valid, ...valid])).toBe(401);
    expect(await status([...valid, 'authorization', 'Bearer x'])).toBe(401);
    expect(await status(['AUTHORIZATION', 'Bearer x', ...valid])).toBe(401);
    expect(await status(['Authorization', '', ...valid])).toBe(401);
    expect(await status(['Proxy-Authorization', valid[1]!])).toBe(401);
    expect(await status(['X-Api-Key', keyed.key])).toBe(401);
    expect(await status(['Cookie', `authorization=${keyed.key}`])).toBe(401);
  });

  it('holds the key: one in the query counts for nothing and is not repeated', async () => {
    for (const name of ['key', 'api_key', 'access_token', 'authorization']) {
      const url = `/v1/parties?${name}=${keyed.key}`;
      const answer = await expectRejected(keyed, 401, 'unauthenticated', 'GET', url);
      expect(answer.text).not.toContain(keyed.key);
    }
    for (const name of ['api_key', 'access_token', 'authorization']) {
      const answer = await expectRejected(t, 400, 'invalid_query', 'GET', `/v1/parties?${name}=${t.key}`);
      expect(faults(answer)).toEqual([`${name} unknown_parameter`]);
      expect(answer.text).not.toContain(t.key);
      await expectRejected(t, 401, 'unauthenticated', 'GET', `/v1/keys?${name}=${t.key}`);
    }
  });

  it('is looked at before anything else', async () => {
    const wrong = { authorization: 'Bearer x', 'content-type': 'text/plain', 'if-match': 'x' };
    await expectRejected(t, 401, 'unauthenticated', 'POST', '/v1/parties?nope=1', '{', wrong);
    await expectRejected(t, 401, 'unauthenticated', 'PUT', '/v1/parties/a%00b?nope=1', '{', wrong);
    await expectRejected(t, 401, 'unauthenticated', 'GET', '/v1/parties/nobody', undefined, wrong);
    const patched = { ...wrong, 'content-type': 'application/merge-patch+json' };
    await expectRejected(t, 401, 'unauthenticated', 'POST', '/v1/parties', '{}', patched);
  });

  it('takes the scheme in any case', async () => {
    for (const scheme of ['bearer', 'BEARER', 'Bearer']) {
      const answer = await t.send('GET', '/v1/me', undefined, { authorization: `${scheme} ${t.key}` });
      expect(answer.status).toBe(200);
    }
  });
});

describe('a scope', () => {
  const requests: [method: string, url: string, body: object | undefined, needs: Scope][] = [
    ['GET', '/v1/me', undefined, 'read'],
    ['GET', '/v1/parties', undefined, 'read'],
    ['GET', '/v1/claims/nothing', undefined, 'read'],
    ['POST', '/v1/parties', party, 'write'],
    ['PUT', '/v1/claims/new', { text: 'x' }, 'write'],
    ['PATCH', '/v1/claims/new', { text: 'y' }, 'write'],
    ['DELETE', '/v1/claims/new', undefined, 'write'],
    ['POST', '/v1/claims/new/attributions', { party: 'p', stance: 'denies' }, 'write'],
    ['GET', '/v1/keys', undefined, 'admin'],
    ['POST', '/v1/keys', { name: 'x', scopes: ['read'] }, 'admin'],
    ['DELETE', '/v1/keys/nothing', undefined, 'admin'],
  ];
  test.each(scopes)('%s: a key with it alone can do that, read, and nothing else', async (scope) => {
    const key = bearer(await t.newKey([scope]));
    for (const [method, url, body, needs] of requests) {
      if (needs === scope || needs === 'read') {
        const { status } = await t.send(method, url, body, { ...key, 'if-match': '*' });
        expect([method, url, [401, 403].includes(status)]).toEqual([method, url, false]);
      } else {
        const answer = await expectRejected(t, 403, 'forbidden', method, url, body, {
          ...key,
          'if-match': '*',
        });
        expect(answer.json.detail).toBe(`This needs a key with the scope ${needs}; this key has ${scope}.`);
      }
    }
  });

  it('POST /v1/parties: 403 comes before the body and the query are looked at', async () => {
    const reader = bearer(await t.newKey(['read']));
    await expectRejected(t, 403, 'forbidden', 'POST', '/v1/parties?nope=1', '{', {
      ...reader,
      'content-type': 'x/y',
    });
  });
});

describe('an API key', () => {
  it('ends at once when it is revoked, and tells no more than an unknown one', async () => {
    const { json: made } = await t.send('POST', '/v1/keys', { name: 'n', scopes: ['read', 'write'] }, admin);
    const key = bearer(made.key);
    expect((await t.send('POST', '/v1/parties', party, key)).status).toBe(201);
    expect((await t.send('DELETE', `/v1/keys/${made.id}`, undefined, admin)).status).toBe(204);
    const revoked = await expectRejected(t, 401, 'unauthenticated', 'POST', '/v1/parties', party, key);
    const unknown = await expectRejected(
      t,
      401,
      'unauthenticated',
      'POST',
      '/v1/parties',
      party,
      bearer(keyed.key),
    );
    expect(shape(revoked)).toEqual(shape(unknown));
    const { length } = revoked.text;
    expect(unknown.text).toHaveLength(length);
    await expectRejected(t, 401, 'unauthenticated', 'GET', '/v1/me', undefined, key);
  });

  it('ends by its own hand, too', async () => {
    const { json: made } = await t.send('POST', '/v1/keys', { name: 'n', scopes: ['admin'] }, admin);
    const key = bearer(made.key);
    expect((await t.send('DELETE', `/v1/keys/${made.id}`, undefined, key)).status).toBe(204);
    await expectRejected(t, 401, 'unauthenticated', 'GET', '/v1/keys', undefined, key);
  });

  it('ends between two requests of one connection', async () => {
    const { json: made } = await t.send('POST', '/v1/keys', { name: 'n', scopes: ['read'] }, admin);
    const answers = await Promise.all([
      t.send('DELETE', `/v1/keys/${made.id}`, undefined, admin),
      ...Array.from({ length: 20 }, () => t.send('GET', '/v1/me', undefined, bearer(made.key))),
    ]);
    expect(answers[0]!.status).toBe(204);
    for (const { status } of answers.slice(1)) expect([200, 401]).toContain(status);
    expect((await t.send('GET', '/v1/me', undefined, bearer(made.key))).status).toBe(401);
  });

  it('ends when it expires, to the millisecond', async () => {
    const app = await testApp();
    const expires_at = '2030-06-01T12:00:00.000Z';
    const key = bearer(await app.newKey(['read', 'write'], { expires_at }));
    app.setClock('2030-06-01T11:59:59.999Z');
    expect((await app.send('GET', '/v1/me', undefined, key)).json.expires_at).toBe(expires_at);
    expect((await app.send('POST', '/v1/parties', party, key)).status).toBe(201);
    for (const at of [expires_at, '2030-06-01T12:00:00.001Z', '2099-01-01T00:00:00.000Z']) {
      app.setClock(at);
      await expectRejected(app, 401, 'unauthenticated', 'GET', '/v1/me', undefined, key);
      await expectRejected(app, 401, 'unauthenticated', 'POST', '/v1/parties', party, key);
    }
    expect((await app.send('GET', '/v1/me')).status).toBe(200);
    expect((await app.send('POST', '/v1/parties', party)).status).toBe(201);
  });
});

describe('GET', () => {
  const urls = ['/v1/me', '/v1/parties', '/v1/claims.csv', '/v1/attributions', '/v1/claims/nothing'];
  const open = ['/livez', '/readyz', '/openapi.json', '/openapi-3.0.json', '/problems', '/problems/gone'];

  test.each(urls)('%s needs a key where reads are keyed', async (url) => {
    await expectRejected(keyed, 401, 'unauthenticated', 'GET', url);
    for (const scope of ['read', 'write'] as const) {
      const { status } = await keyed.send('GET', url, undefined, bearer(await keyed.newKey([scope])));
      expect([200, 404]).toContain(status);
    }
    const head = await keyed.app.inject({ method: 'HEAD', url });
    expect([head.statusCode, head.body]).toEqual([401, '']);
  });

  test.each(urls)('%s needs no key where reads are open', async (url) => {
    expect([200, 404]).toContain((await t.send('GET', url)).status);
  });

  test.each(open)('%s needs no key either way', async (url) => {
    expect((await keyed.send('GET', url)).status).toBe(200);
    expect((await keyed.send('GET', url, undefined, { authorization: 'Bearer x' })).status).toBe(200);
  });

  it('/v1/me is nobody without a key', async () => {
    expect((await t.send('GET', '/v1/me')).json).toEqual({
      id: null,
      name: null,
      scopes: ['read'],
      on_behalf_of: null,
      expires_at: null,
    });
  });
});

import { describe, expect, it } from 'vitest';
import { newId } from '../../src/lib/ids.js';
import { testApp } from '../support/app.js';
import { expectRejected, faults } from '../support/expect-rejected.js';
import { nouns, oneOfEach, writesOf } from '../support/one-of-each.js';

/** Where routes stand, and that each is held to the rules of queries, ids and keys (tables in `test/unit`). */

const t = await testApp();
const { admin, routes } = await oneOfEach(t);
const reads = routes
  .filter(({ operations }) => operations.get)
  .map((route) => [`GET ${route.path}`, route] as const);
// A stream has no end to wait for.
const ending = reads.filter(([name]) => !name.endsWith('/stream'));
const writes = writesOf(routes).map((write) => [`${write.method} ${write.path}`, write] as const);
const withQuery = (url: string, query: string) => url + (url.includes('?') ? '&' : '?') + query;

/** The status of a read; drawings may ask for patience while their worker starts on a busy machine. */
async function statusOf(url: string): Promise<number> {
  for (let tries = 1; ; tries++) {
    const { status } = await t.send('GET', url, undefined, admin);
    if (status !== 503 || tries === 5) return status;
  }
}

describe('GET /openapi.json', () => {
  it('names routes that can be read', () => {
    expect(ending.length).toBeGreaterThan(15);
  });
});

describe.each(ending)('%s', (_, { url }) => {
  it('answers', async () => {
    expect([url, await statusOf(url)]).toEqual([url, 200]);
  });
});

describe.each(reads)('%s', (_, { url }) => {
  it('refuses parameters that it does not know, and so does HEAD', async () => {
    const query = withQuery(url, 'nope=1&__proto__=1&toString=3&Limit=1');
    const unknown = await expectRejected(t, 400, 'invalid_query', 'GET', query, undefined, admin);
    expect(faults(unknown).sort()).toEqual(
      ['nope', '__proto__', 'toString', 'Limit'].map((name) => `${name} unknown_parameter`).sort(),
    );
    const head = await t.app.inject({ method: 'HEAD', url: query, headers: admin });
    expect([head.statusCode, head.body]).toEqual([400, '']);
  });

  it('refuses a query that cannot be read', async () => {
    const query = withQuery(url, 'nope=%zz&fields=&limit=1&%6cimit=2');
    const answer = await expectRejected(t, 400, 'invalid_query', 'GET', query, undefined, admin);
    expect(faults(answer)).toEqual([
      'nope invalid_encoding',
      'fields empty_parameter',
      'limit repeated_parameter',
    ]);
  });
});

describe.each(writes)('%s', (_, { method, bare, sent }) => {
  it('refuses parameters', async () => {
    const headers = { ...admin, 'if-match': '*' };
    const answer = await expectRejected(
      t,
      400,
      'invalid_query',
      method,
      `${bare}?as=x&__proto__=1`,
      sent,
      headers,
    );
    expect(faults(answer)).toEqual(['as unknown_parameter', '__proto__ unknown_parameter']);
  });
});

const methods = ['GET', 'HEAD', 'PUT', 'PATCH', 'DELETE'] as const;

describe.each(nouns.map((noun) => [`/v1/${noun.plural}/{id}`, noun] as const))('%s', (_, noun) => {
  const { plural, name, key, body } = noun;
  const url = (id: string) => `/v1/${plural}/${id}`;
  const nothingAt = async (id: string, tried: readonly string[] = methods) => {
    const sent: Record<string, object> = { PUT: body, PATCH: {} };
    for (const method of tried) {
      if (method === 'HEAD') {
        expect((await t.app.inject({ method, url: url(id) })).statusCode).toBe(404);
        continue;
      }
      const any = { ...admin, 'if-match': '*' };
      const answer = await expectRejected(t, 404, 'not_found', method, url(id), sent[method], any);
      const { instance, detail } = answer.json;
      expect(instance).toBe(url(id).slice(0, 200));
      expect(detail).toMatch(new RegExp(`^There is no ${name} ".+"; .+|^Keys are .+: \`.+\``));
      expect(detail.length).toBeLessThan(400);
    }
  };

  it('every method: 404 for what is neither an id nor a key', async () => {
    await nothingAt('no_such');
    await nothingAt('history');
  });

  it('every method: 404 for an id that nothing has', async () => {
    await nothingAt(newId(name === 'predicate' ? 'party' : (name as 'party')));
  });

  it('GET: 404 for an id of another noun', async () => {
    await nothingAt(newId(name === 'party' ? 'source' : 'party'), ['GET', 'PATCH']);
  });

  it('GET: finds an object by its id as by its key, and not by its id in capitals', async () => {
    const { json } = await t.send('GET', url(key));
    expect((await t.send('GET', url(json.id))).json).toEqual(json);
    await nothingAt(json.id.toUpperCase(), ['GET']);
    await nothingAt(`${json.id}_0`, ['GET']);
  });

  it('PUT, GET: take a key of 96 characters', async () => {
    const long = `${name}-`.padEnd(96, '0');
    expect((await t.send('PUT', url(long), body, admin)).status).toBe(201);
    expect((await t.send('GET', url(long))).json.key).toBe(long);
  });

  it.each([
    ['No_Key', 'invalid_format'],
    ['history', 'reserved_key'],
  ])('POST: refuses the key %s', async (bad, code) => {
    const sent = { ...body, key: bad };
    const answer = await expectRejected(t, 422, 'invalid_body', 'POST', `/v1/${plural}`, sent, admin);
    expect(faults(answer)).toEqual([`/key ${code}`]);
  });
});

describe.each(['parties', 'predicates'])('GET /v1/%s/{id}', (plural) => {
  it.each([
    ['an encoded NUL', 'a%00b'],
    ['a way out', '..%2f..%2fetc%2fpasswd'],
    ['an encoded slash', 'ttp%2fhistory'],
    ['spaces', '%20%20'],
    ['400 characters', 'a'.repeat(400)],
    ['2,000 characters', 'a'.repeat(2_000)],
    ['braces', '%7Bttp%7D'],
    ['SQL', "ttp'--"],
    ['a wildcard', '%25'],
    ['an emoji', '%F0%9F%98%80'],
    ['a full-width letter', '%EF%BD%94tp'],
    ['a local name', '@ttp'],
    ['a word of JavaScript', '__proto__'],
  ])('finds nothing under %s', async (_, id) => {
    await expectRejected(t, 404, 'not_found', 'GET', `/v1/${plural}/${id}`, undefined, admin);
  });
});

describe('GET, PUT, DELETE /v1/parties/{id}', () => {
  it.each(['%zz', '%', '%f', '%ff', '%c0%af', '%ed%a0%80'])('%s is not UTF-8: 400', async (id) => {
    const before = await t.fingerprint();
    for (const method of ['GET', 'PUT', 'DELETE'] as const) {
      const answer = await t.app.inject({ method, url: `/v1/parties/${id}` });
      expect([answer.statusCode, answer.json().code]).toEqual([400, 'invalid_query']);
    }
    expect(await t.fingerprint()).toBe(before);
  });
});

describe('GET, POST, PUT, DELETE where no route is', () => {
  it.each([
    '/v1/',
    '/v2/claims',
    '/V1/claims',
    '/v1/Claims',
    '/v1/claim',
    '/v1/claims/',
    '//v1/claims',
    '/v1//claims',
    '/v1/claims;v=1',
    '/v1/claims/ttp-strength/',
    '/v1/claims/ttp-strength/nothing',
    '/v1/claims/ttp-strength/attributions/',
    '/v1/parties/ttp/attributions',
    '/v1/%63laims%2f',
    '/v1/parties/../claims%2f',
    '/.git/config',
    '/migrations/sqlite/0001_register.sql',
    '/openapi.yml',
    '/problems/none',
    '/problems/__proto__',
    '/v1/..%2f..%2fpackage.json',
  ])('%s is 404, and nothing can be written there', async (url) => {
    await expectRejected(t, 404, 'not_found', 'GET', url, undefined, admin);
    const before = await t.fingerprint();
    for (const method of ['POST', 'PUT', 'DELETE']) {
      const { status } = await t.send(method, url, { text: 'x' }, { ...admin, 'if-match': '*' });
      expect([method, [404, 405].includes(status)]).toEqual([method, true]);
    }
    expect(await t.fingerprint()).toBe(before);
  });
});

describe.each(routes.map((route) => [route.path, route] as const))('%s', (_, { bare, operations }) => {
  it('answers methods that it does not take with 405 and Allow', async () => {
    const taken = Object.keys(operations).map((name) => name.toUpperCase());
    const allowed = [...taken, ...(taken.includes('GET') ? ['HEAD'] : [])].sort();
    const all = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];
    for (const method of all.filter((each) => !allowed.includes(each))) {
      const answer = await expectRejected(t, 405, 'method_not_allowed', method, bare, {}, admin);
      expect(answer.headers.allow).toBe(allowed.join(', '));
    }
  });
});

describe('a method that a route does not take', () => {
  it('is 405 without a key too, since the document tells the same', async () => {
    const answer = await t.app.inject({ method: 'DELETE', url: '/v1/claims' });
    expect([answer.statusCode, answer.headers.allow]).toEqual([405, 'GET, HEAD, POST']);
  });

  it('counts for nothing in a header or parameter', async () => {
    const before = await t.fingerprint();
    const headers = { 'x-http-method-override': 'DELETE', 'x-method-override': 'DELETE', 'if-match': '*' };
    expect((await t.send('GET', '/v1/parties/ttp', undefined, headers)).json.key).toBe('ttp');
    await expectRejected(t, 405, 'method_not_allowed', 'POST', '/v1/parties/ttp', {}, headers);
    await expectRejected(t, 400, 'invalid_query', 'GET', '/v1/parties/ttp?_method=DELETE');
    expect(await t.fingerprint()).toBe(before);
  });
});

describe('GET /v1/claims/{id}', () => {
  it.each([
    ['view=input', 'view unknown_parameter'],
    ['include=nothing', 'include invalid_value'],
    ['include=subject,', 'include invalid_value'],
    ['include=__proto__', 'include invalid_value'],
    ['limit=1', 'limit unknown_parameter'],
    ['fields=id', 'fields unknown_parameter'],
  ])('refuses ?%s', async (query, fault) => {
    const answer = await expectRejected(t, 400, 'invalid_query', 'GET', `/v1/claims/ttp-strength?${query}`);
    expect(faults(answer)).toEqual([fault]);
  });
});

import { describe, expect, it, test } from 'vitest';
import { newId } from '../../src/lib/ids.js';
import { testApp } from '../support/app.js';
import { faults, rejected } from '../support/rejected.js';

const t = await testApp();
const admin = { authorization: `Bearer ${await t.newKey(['read', 'write', 'review', 'admin'])}` };
const { json: openapi } = await t.send('GET', '/openapi.json');

/** An object of each noun under a key, with a body that PUT would take. */
const nouns: [plural: string, name: string, key: string, body: object][] = [
  ['parties', 'party', 'ttp', { kind: 'armed_group', name: 'TTP' }],
  ['sources', 'source', 'report-35', { type: 'report', title: '35th report' }],
  ['predicates', 'predicate', 'strength', { label: 'strength', value_type: 'quantity' }],
  ['claims', 'claim', 'ttp-strength', { text: 'The TTP has 10,000 fighters.', subject: 'ttp' }],
  ['attributions', 'attribution', 'denial', { about_source: 'report-35', party: 'ttp', stance: 'denies' }],
  ['relations', 'relation', 'update', { from: 'ttp-strength', type: 'updates', to: 'ttp-strength-before' }],
  ['assessments', 'assessment', 'grade', { claim: 'ttp-strength', credibility: 3 }],
];
await t.send('PUT', '/v1/claims/ttp-strength-before', { text: 'The TTP has 6,500 fighters.' });
// The predicate that the document names as an example.
const example = { label: 'fighter strength', value_type: 'quantity' };
await t.send('PUT', '/v1/predicates/fighter-strength', example);
for (const [plural, , key, body] of nouns) {
  const made = await t.send('PUT', `/v1/${plural}/${key}`, body, admin);
  expect(made.status, made.text).toBe(201);
}
const keyOf = Object.fromEntries(nouns.map(([plural, , key]) => [plural, key]));

interface Operation {
  parameters?: { name: string; in: string; required?: boolean; schema: { examples?: string[] } }[];
  requestBody?: { content: Record<string, { example?: object }> };
}
const { json: keys } = await t.send('GET', '/v1/keys', undefined, admin);

/** Every address in the OpenAPI document, led to something that exists, with the parameters it needs. */
const routes = Object.entries<Record<string, Operation>>(openapi.paths).map(([path, operations]) => {
  const needed = (operations.get?.parameters ?? []).filter((each) => each.in === 'query' && each.required);
  const query = needed.map(({ name, schema }) => `${name}=${encodeURIComponent(schema.examples![0]!)}`);
  const id = keyOf[path.split('/')[2]!] ?? keys.items[0].id;
  const bare = path.replace('{code}', 'gone').replace('{version}', '1').replace('{id}', id);
  const url = query.length > 0 ? `${bare}?${query.join('&')}` : bare;
  return { path, bare, url, methods: Object.keys(operations).map((name) => name.toUpperCase()), operations };
});
// A stream has no end to wait for.
const gets = routes.filter(({ methods, path }) => methods.includes('GET') && !path.endsWith('/stream'));
const writes = routes.flatMap(({ bare, operations }) =>
  Object.entries(operations)
    .filter(([method]) => method !== 'get')
    .map(([method, { requestBody }]) => {
      const [media] = Object.values(requestBody?.content ?? {});
      return { method: method.toUpperCase(), bare, sent: media && (media.example ?? {}) };
    }),
);
const withQuery = (url: string, query: string) => url + (url.includes('?') ? '&' : '?') + query;

/** The status of a read; drawings may ask for patience while their worker starts on a busy machine. */
async function statusOf(url: string): Promise<number> {
  for (let tries = 1; ; tries++) {
    const { status } = await t.send('GET', url, undefined, admin);
    if (status !== 503 || tries === 5) return status;
  }
}

describe('the addresses under test', () => {
  it('are all that can be read, and can be', async () => {
    expect(gets.length).toBeGreaterThan(15);
    for (const { url } of gets) expect([url, await statusOf(url)]).toEqual([url, 200]);
  });
});

describe.each(gets)('GET $path refuses', ({ url }) => {
  const refused: [query: string, fault: string][] = [
    ['nope=1', 'nope unknown_parameter'],
    ['Limit=1', 'Limit unknown_parameter'],
    ['toString=3', 'toString unknown_parameter'],
    ['constructor=1', 'constructor unknown_parameter'],
    ['__proto__=1', '__proto__ unknown_parameter'],
    ['__proto__[limit]=1', '__proto__[limit] unknown_parameter'],
    ['api_key=att_x', 'api_key unknown_parameter'],
    ['nope', 'nope empty_parameter'],
    ['nope=', 'nope empty_parameter'],
    ['view=', 'view empty_parameter'],
    ['=x', ' unknown_parameter'],
    ['nope=1&nope=1', 'nope repeated_parameter'],
    ['limit=1&limit=2', 'limit repeated_parameter'],
    ['limit=1&%6cimit=2', 'limit repeated_parameter'],
    ['__proto__=1&__proto__=2', '__proto__ repeated_parameter'],
    ['nope=%zz', 'nope invalid_encoding'],
    ['nope=%ff', 'nope invalid_encoding'],
    ['nope=%ed%a0%80', 'nope invalid_encoding'],
    ['%ff=1', ' invalid_encoding'],
    ['nope=a%00b', 'nope invalid_encoding'],
    [Array.from({ length: 900 }, (_, i) => `p${i}=1`).join('&'), ' too_many_parameters'],
  ];
  test.each(refused)('?%.40s', async (query, fault) => {
    const answer = await rejected(t, 400, 'invalid_query', 'GET', withQuery(url, query), undefined, admin);
    expect(faults(answer)).toContain(fault);
    const head = await t.app.inject({ method: 'HEAD', url: withQuery(url, query), headers: admin });
    expect([head.statusCode, head.body]).toEqual([400, '']);
  });
});

describe('a write refuses parameters', () => {
  test.each(writes)('$method $bare', async ({ method, bare, sent }) => {
    const headers = { ...admin, 'if-match': '*' };
    const answer = await rejected(t, 400, 'invalid_query', method, `${bare}?as=x&__proto__=1`, sent, headers);
    expect(faults(answer)).toEqual(['as unknown_parameter', '__proto__ unknown_parameter']);
  });
});

describe('ids and keys', () => {
  const strange: [what: string, id: string][] = [
    ['an encoded NUL', 'a%00b'],
    ['a way out', '..%2f..%2fetc%2fpasswd'],
    ['an encoded slash', 'ttp%2fhistory'],
    ['spaces', '%20%20'],
    ['101 characters', 'a'.repeat(101)],
    ['400 characters', 'a'.repeat(400)],
    ['capitals', 'TTP'],
    ['an underscore', 'no_such'],
    ['a hyphen before', '-ttp'],
    ['braces', '%7Bttp%7D'],
    ['a UUID', '01890A5D-AC96-774B-BCCE-B302099A8057'],
    ['SQL', "ttp'--"],
    ['a wildcard', '%25'],
    ['an emoji', '%F0%9F%98%80'],
    ['a full-width letter', '%EF%BD%94tp'],
    ['a local name', '@ttp'],
    ['a word of JavaScript', '__proto__'],
  ];

  describe.each(nouns)('of %s', (plural, name, key, body) => {
    const url = (id: string) => `/v1/${plural}/${id}`;
    const gone = async (id: string) => {
      const any = { ...admin, 'if-match': '*' };
      for (const [method, sent] of [['GET'], ['HEAD'], ['PUT', body], ['PATCH', {}], ['DELETE']] as const) {
        if (method === 'HEAD') {
          expect((await t.app.inject({ method, url: url(id) })).statusCode).toBe(404);
          continue;
        }
        const answer = await rejected(t, 404, 'not_found', method, url(id), sent, any);
        const { instance, ...rest } = answer.json;
        expect(instance).toBe(url(id).slice(0, 200));
        expect(JSON.stringify(rest)).not.toContain(id);
      }
    };

    test.each(strange)('%s: nothing there', (_what, id) => gone(id));

    it('unknown, of another noun, or in capitals: nothing there', async () => {
      const prefix = name === 'predicate' ? 'party' : (name as 'party');
      await gone(newId(prefix));
      await gone(newId(prefix === 'party' ? 'source' : 'party'));
      const { json } = await t.send('GET', url(key));
      if (name === 'predicate') return;
      expect((await t.send('GET', url(json.id))).json.id).toBe(json.id);
      await gone(json.id.toUpperCase());
      await gone(json.id.replace(`${name}_`, `${name.toUpperCase()}_`));
      await gone(`${json.id}0`);
      await gone(json.id.slice(0, -1));
    });

    test.each(['match', 'search', 'merges', 'history', 'stream', 'batch'])(
      '"%s" can be no key',
      async (word) => {
        await gone(word);
        const sent = { ...body, key: word };
        const answer = await rejected(t, 422, 'invalid_body', 'POST', `/v1/${plural}`, sent, admin);
        expect(faults(answer)).toEqual(['/key reserved_key']);
      },
    );

    const badKeys = [
      '',
      'A',
      'a_b',
      '-a',
      'a b',
      'a/b',
      'ä',
      'a'.repeat(97),
      'a\n',
      '__proto__',
      newId('party'),
    ];
    test.each(badKeys)('%j can be no key', async (bad) => {
      const sent = { ...body, key: bad };
      const answer = await rejected(t, 422, 'invalid_body', 'POST', `/v1/${plural}`, sent, admin);
      expect(faults(answer)).toContain('/key invalid_format');
    });

    it('a key of 96 characters can', async () => {
      const long = `${name}-`.padEnd(96, '0');
      expect((await t.send('PUT', url(long), body, admin)).status).toBe(201);
      expect((await t.send('GET', url(long))).json.key).toBe(long);
    });
  });

  test.each(['%zz', '%', '%f', '%ff', '%c0%af', '%ed%a0%80'])('%s is not UTF-8: 400', async (id) => {
    const before = await t.fingerprint();
    for (const [plural] of nouns) {
      for (const method of ['GET', 'PUT', 'DELETE'] as const) {
        const answer = await t.app.inject({ method, url: `/v1/${plural}/${id}` });
        expect([answer.statusCode, answer.json().code]).toEqual([400, 'invalid_query']);
      }
    }
    expect(await t.fingerprint()).toBe(before);
  });

  it('2,000 characters: 404', async () => {
    await rejected(t, 404, 'not_found', 'GET', `/v1/parties/${'a'.repeat(2_000)}`);
  });
});

describe('paths', () => {
  const nowhere = [
    '/v1',
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
    '/docs/..%2f..%2fpackage.json',
    '/docs/static/..%2f..%2fpackage.json',
    '/openapi.yml',
    '/problems/none',
    '/problems/__proto__',
  ];
  test.each(nowhere)('%s leads nowhere', async (url) => {
    await rejected(t, 404, 'not_found', 'GET', url, undefined, admin);
    const before = await t.fingerprint();
    for (const method of ['POST', 'PUT', 'DELETE']) {
      const { status } = await t.send(method, url, { text: 'x' }, { ...admin, 'if-match': '*' });
      expect([method, [404, 405].includes(status)]).toEqual([method, true]);
    }
    expect(await t.fingerprint()).toBe(before);
  });

  const all = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];
  test.each(routes)('$path: 405 with Allow for other methods', async ({ bare, methods }) => {
    const allowed = [...methods, ...(methods.includes('GET') ? ['HEAD'] : [])].sort();
    for (const method of all.filter((each) => !allowed.includes(each))) {
      const answer = await rejected(t, 405, 'method_not_allowed', method, bare, {}, admin);
      expect(answer.headers.allow).toBe(allowed.join(', '));
    }
  });

  it('405 comes without a key, too: the answer tells nothing that the document does not', async () => {
    const answer = await t.app.inject({ method: 'DELETE', url: '/v1/claims' });
    expect([answer.statusCode, answer.headers.allow]).toEqual([405, 'GET, HEAD, POST']);
  });

  it('a method in a header or parameter counts for nothing', async () => {
    const before = await t.fingerprint();
    const headers = { 'x-http-method-override': 'DELETE', 'x-method-override': 'DELETE', 'if-match': '*' };
    expect((await t.send('GET', '/v1/parties/ttp', undefined, headers)).json.key).toBe('ttp');
    await rejected(t, 405, 'method_not_allowed', 'POST', '/v1/parties/ttp', {}, headers);
    await rejected(t, 400, 'invalid_query', 'GET', '/v1/parties/ttp?_method=DELETE');
    expect(await t.fingerprint()).toBe(before);
  });
});

describe('parameters of an item', () => {
  const refused: [query: string, fault: string][] = [
    ['view=output', 'view invalid_value'],
    ['view=INPUT', 'view invalid_value'],
    ['view=input%20', 'view invalid_value'],
    ['include=nothing', 'include invalid_value'],
    ['include=subject,', 'include invalid_value'],
    ['include=__proto__', 'include invalid_value'],
    ['include=subject&view=input', 'include misplaced_parameter'],
    ['limit=1', 'limit unknown_parameter'],
    ['fields=id', 'fields unknown_parameter'],
  ];
  test.each(refused)('?%s', async (query, fault) => {
    const answer = await rejected(t, 400, 'invalid_query', 'GET', `/v1/claims/ttp-strength?${query}`);
    expect(faults(answer)).toEqual([fault]);
  });
});

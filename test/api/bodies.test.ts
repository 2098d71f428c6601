import { describe, expect, it, test } from 'vitest';
import { testApp } from '../support/app.js';
import { faults, rejected } from '../support/rejected.js';

const t = await testApp();
const party = { kind: 'other', name: 'Acme' };
const valid = JSON.stringify(party);
const { json: acme } = await t.send('POST', '/v1/parties', { key: 'acme', ...party });
const any = { 'if-match': '*' };

/** Each way in which a body reaches the register, and a media type that it takes. */
const writes: [method: string, url: string, type: string][] = [
  ['POST', '/v1/parties', 'application/json'],
  ['PUT', '/v1/parties/acme', 'application/json'],
  ['PATCH', '/v1/parties/acme', 'application/json'],
  ['PATCH', '/v1/parties/acme', 'application/merge-patch+json'],
];

describe('the media type', () => {
  it('is needed', async () => {
    const before = await t.fingerprint();
    for (const [method, url] of writes) {
      const headers = { authorization: `Bearer ${t.key}`, ...any };
      const answer = await t.app.inject({ method: method as 'POST', url, headers, payload: valid });
      expect(answer.statusCode).toBe(415);
      expect(answer.json().code).toBe('unsupported_media_type');
    }
    expect(await t.fingerprint()).toBe(before);
  });

  const refused = [
    'text/plain',
    'text/json',
    'application/jsonx',
    'application/xjson',
    'application/json\ta',
    'application/json garbage',
    'application/json, text/plain',
    'application',
    'application/json-patch+json',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/json; charset=utf-16',
    'application/json; charset=iso-8859-1',
    'application/json;charset="iso-8859-1"',
    'application/json; x=y; CHARSET = latin1',
    '*/*',
    '',
  ];
  test.each(refused)('%j is not read', async (type) => {
    for (const [method, url] of writes) {
      await rejected(t, 415, 'unsupported_media_type', method, url, valid, { ...any, 'content-type': type });
    }
  });

  it('application/merge-patch+json is for PATCH alone', async () => {
    const headers = { ...any, 'content-type': 'application/merge-patch+json' };
    await rejected(t, 415, 'unsupported_media_type', 'POST', '/v1/parties', valid, headers);
    await rejected(t, 415, 'unsupported_media_type', 'PUT', '/v1/parties/acme', valid, headers);
  });

  test.each(['gzip', 'br', 'deflate', 'gzip, identity'])('a body in %s is not unpacked', async (encoding) => {
    const headers = { 'content-encoding': encoding };
    await rejected(t, 415, 'unsupported_media_type', 'POST', '/v1/parties', valid, headers);
  });

  const taken = [
    'application/json',
    'Application/JSON',
    '  application/json',
    'application/json;charset=utf-8',
    'application/json; charset="UTF-8"',
    'application/json; charset=utf8',
  ];
  test.each(taken)('%j is read, and the body checked', async (type) => {
    const headers = { 'content-type': type };
    const refusal = await rejected(t, 422, 'invalid_body', 'POST', '/v1/parties', '{"nmae":"x"}', headers);
    expect(faults(refusal)).toContain('/nmae unknown_member');
    expect((await t.send('POST', '/v1/parties', valid, headers)).status).toBe(201);
  });
});

describe('JSON that cannot be read in one way only', () => {
  const within = (json: string) => `{"kind":"other","name":"x",${json}}`;
  const rows: [what: string, body: string | Buffer, fault: string][] = [
    ['nothing', '', '- empty_body'],
    ['white space', ' \r\n', '- empty_body'],
    ['a trailing comma', `${valid.slice(0, -1)},}`, '- syntax'],
    ['NaN', within('"count":NaN'), '- syntax'],
    ['a comment', `${valid} // one`, '- syntax'],
    ['single quotes', "{'kind':'other','name':'x'}", '- syntax'],
    ['two documents', valid + valid, '- syntax'],
    ['half a document', valid.slice(0, 20), '- syntax'],
    ['a byte order mark', `\ufeff${valid}`, '- byte_order_mark'],
    ['the byte ff', Buffer.from([...Buffer.from('{"name":"'), 0xff, 0x22, 0x7d]), '- not_utf8'],
    ['the overlong c0 af', Buffer.from([...Buffer.from('{"name":"'), 0xc0, 0xaf, 0x22, 0x7d]), '- not_utf8'],
    ['Latin-1', Buffer.from('{"kind":"other","name":"café"}', 'latin1'), '- not_utf8'],
    ['UTF-16', Buffer.from('{"kind":"other","name":"é"}', 'utf16le'), '- not_utf8'],
    ['a member twice', '{"kind":"person","kind":"other","name":"x"}', '/kind duplicate_member'],
    ['a member twice, once in disguise', within('"n\\u0061me":"y"'), '/name duplicate_member'],
    [
      'a member twice further in',
      within('"names":[{"name":"a","name":"b"}]'),
      '/names/0/name duplicate_member',
    ],
    ['__proto__', within('"__proto__":{"version":9}'), '/__proto__ forbidden_member'],
    ['__proto__ in disguise', within('"\\u005f_proto__":1'), '/__proto__ forbidden_member'],
    ['__proto__ further in', within('"count":{"__proto__":1}'), '/count/__proto__ forbidden_member'],
    [
      'constructor.prototype',
      within('"constructor":{"prototype":1}'),
      '/constructor/prototype forbidden_member',
    ],
    ['200,000 nested arrays', within(`"names":${'['.repeat(200_000)}${']'.repeat(200_000)}`), 'too_deep'],
    ['100,000 nested objects', '{"a":'.repeat(100_000), 'too_deep'],
  ];
  test.each(rows)('%s: 400', async (_what, body, fault) => {
    for (const [method, url, type] of writes) {
      const headers = { ...any, 'content-type': type };
      const answer = await rejected(t, 400, 'unreadable_body', method, url, body, headers);
      expect(faults(answer)).toHaveLength(1);
      expect(faults(answer)[0]!.endsWith(fault)).toBe(true);
    }
  });

  it('no body at all is refused like an empty one', async () => {
    for (const [method, url] of writes) {
      const { json } = await rejected(t, 400, 'unreadable_body', method, url, undefined, any);
      expect(json.errors[0].code).toBe('empty_body');
    }
  });

  it('is refused when sent along with a DELETE, too', async () => {
    await rejected(t, 400, 'unreadable_body', 'DELETE', '/v1/parties/acme', '{', any);
  });
});

describe('JSON that says what the register cannot keep', () => {
  const named = (text: string) => `{"kind":"other","name":"${text}"}`;
  const place = (number: string) => `{"text":"x","places":[{"name":"x","lat":${number},"lon":0}]}`;
  const items = (count: number, item: string) => Array.from({ length: count }, () => item).join(',');
  const members = (count: number) => Array.from({ length: count }, (_, i) => `"k${i}":0`).join(',');
  const parties = '/v1/parties';
  const claims = '/v1/claims';
  const rows: [what: string, url: string, body: string, faults: string[]][] = [
    ['null', parties, 'null', [' invalid_type']],
    ['a list', parties, '[]', [' invalid_type']],
    ['a list of valid bodies', parties, `[${valid}]`, [' invalid_type']],
    ['a text', parties, '"x"', [' invalid_type']],
    ['true', parties, 'true', [' invalid_type']],
    ['half a surrogate pair', parties, named('a\\ud800'), ['/name lone_surrogate']],
    ['surrogates the wrong way round', parties, named('\\udc00\\ud800'), ['/name lone_surrogate']],
    ['U+0000', parties, named('a\\u0000b'), ['/name nul_character']],
    [
      'constructor as a member',
      parties,
      `{"constructor":"Acme",${valid.slice(1)}`,
      ['/constructor unknown_member'],
    ],
    ['60,000 members', parties, `{${members(60_000)}}`, [' too_many_members']],
    ['1e400', claims, place('1e400'), ['/places/0/lat inexact_number']],
    ['1e400 where no member is known', claims, '{"text":"x","free":{"a":1e400}}', ['/free/a inexact_number']],
    ['2^53 + 1', claims, place('9007199254740993'), ['/places/0/lat inexact_number']],
    ['20 digits', claims, place('12345678901234567890'), ['/places/0/lat inexact_number']],
    [
      '0.1 and a little',
      claims,
      place('0.1000000000000000055511151231257827'),
      ['/places/0/lat inexact_number'],
    ],
  ];
  test.each(rows)('%s: 422', async (_what, url, body, expected) => {
    expect(faults(await rejected(t, 422, 'invalid_body', 'POST', url, body))).toEqual(expected);
  });

  it('says that a number can go as a string', async () => {
    const body = '{"text":"x","value":{"type":"quantity","value":9007199254740993}}';
    const { json } = await rejected(t, 422, 'invalid_body', 'POST', claims, body);
    expect(json.detail).toMatch(/send it as a string/);
  });

  const flooding: [what: string, url: string, body: string, fault: RegExp][] = [
    ['200,000 wrong items', claims, `{"text":"x","topics":[${items(200_000, '1')}]}`, /topics/],
    [
      '200,000 wrong objects',
      parties,
      `{"kind":"other","name":"x","names":[${items(200_000, '{}')}]}`,
      /names/,
    ],
    [
      '20,000 wrong attributions',
      claims,
      `{"text":"x","attributions":[${items(20_000, '{"a":1}')}]}`,
      /attributions/,
    ],
    ['49,000 unknown members', parties, `{${members(49_000)}}`, /unknown_member|^\/(kind|name) /],
  ];
  test.each(flooding)('%s: 422 with at most 20 faults', async (_what, url, body, fault) => {
    const answer = await rejected(t, 422, 'invalid_body', 'POST', url, body);
    for (const each of faults(answer)) expect(each).toMatch(fault);
  });

  it('numbers that a double carries are kept by value', async () => {
    const body = '{"text":"x","places":[{"lat":1.10,"lon":1e0},{"lat":-0.5,"lon":179.9999999}]}';
    const { json } = await t.send('POST', claims, body);
    expect(json.places.map(({ lat, lon }: { lat: number; lon: number }) => [lat, lon])).toEqual([
      [1.1, 1],
      [-0.5, 179.9999999],
    ]);
  });
});

describe('members that a client cannot set', () => {
  const more = ['owner', 'verified', 'recorded_at', 'actor', 'standing', 'local_id'];
  const samples: [path: string, input: object][] = [
    ['parties', { kind: 'other', name: 'x' }],
    ['sources', { type: 'other', title: 'x' }],
    ['predicates', { key: 'p', label: 'x', value_type: 'none' }],
    ['claims', { text: 'x' }],
    ['attributions', { about_source: 's', party: 'acme', stance: 'denies' }],
    ['relations', { from: 'c', type: 'updates', to: 'd' }],
    ['assessments', { claim: 'c', credibility: 2 }],
  ];
  test.each(samples)('of %s are refused by name in POST, PUT and PATCH', async (path, input) => {
    const headers = { ...any, authorization: `Bearer ${await t.newKey(['read', 'write', 'review'])}` };
    await t.send('PUT', '/v1/sources/s', { type: 'other', title: 'x' });
    for (const key of ['c', 'd']) await t.send('PUT', `/v1/claims/${key}`, { text: 'x' });
    const { json: output } = await t.send('POST', `/v1/${path}`, input, headers);
    const { json: form } = await t.send('GET', `/v1/${path}/${output.key ?? output.id}?view=input`);
    const readOnly = Object.keys(output).filter((name) => !(name in form));
    expect(readOnly).toEqual(expect.arrayContaining(['id', 'created_at', 'updated_at', 'version']));

    const url = `/v1/${path}/${output.key ?? output.id}`;
    for (const name of [...readOnly, ...more]) {
      const value = output[name] ?? 'x';
      const requests = [
        ['POST', `/v1/${path}`, { ...input, [name]: value }],
        ['PUT', url, { ...form, [name]: value }],
        ['PATCH', url, { [name]: value }],
      ] as const;
      for (const [method, to, body] of requests) {
        const answer = await rejected(t, 422, 'invalid_body', method, to, body, headers);
        expect(faults(answer)).toEqual([`/${name} unknown_member`]);
      }
    }
  });
});

describe('PATCH', () => {
  const rows: [what: string, body: unknown, faults: string[]][] = [
    ['null on a required member', { name: null }, ['/name missing_member']],
    ['null on all', { name: null, kind: null }, ['/kind invalid_value', '/name missing_member']],
    ['another type', { name: ['x'] }, ['/name invalid_type']],
    ['an object for a text', { name: { a: 1 } }, ['/name invalid_type']],
    ['a list for an object', { unnamed: true, count: [] }, ['/count invalid_type']],
    ['a text for a list', { names: 'x' }, ['/names invalid_type']],
    ['the operations of a JSON Patch', [{ op: 'add', path: '/__proto__/x', value: 1 }], [' invalid_type']],
    ['a test operation', [{ op: 'test', path: '/secret', value: 'a' }], [' invalid_type']],
    ['null', null, [' invalid_type']],
    [
      'names of object members',
      { toString: { a: 1 }, constructor: 'x' },
      ['/toString unknown_member', '/constructor unknown_member'],
    ],
  ];
  test.each(rows)('%s: 422', async (_what, body, expected) => {
    const answer = await rejected(t, 422, 'invalid_body', 'PATCH', '/v1/parties/acme', body, any);
    expect(faults(answer)).toEqual(expected);
  });

  it('of nothing changes nothing', async () => {
    const before = await t.dump();
    const answer = await t.send('PATCH', '/v1/parties/acme', {}, any);
    expect(answer.json).toEqual(acme);
    expect(await t.dump()).toBe(before);
  });
});

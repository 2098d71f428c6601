import { type AddressInfo, connect } from 'node:net';
import { describe, expect, it } from 'vitest';
import { testApp } from '../support/app.js';
import { expectRejected, faults } from '../support/expect-rejected.js';

const t = await testApp();
const party = { kind: 'other', name: 'Acme' };
const valid = JSON.stringify(party);
const { json: acme } = await t.send('POST', '/v1/parties', { key: 'acme', ...party });
const any = { 'if-match': '*' };
const items = (count: number, item: string) => Array.from({ length: count }, () => item).join(',');

/** Each way in which a body reaches the register, and a media type that it takes. */
const writes: [method: string, url: string, type: string][] = [
  ['POST', '/v1/parties', 'application/json'],
  ['PUT', '/v1/parties/acme', 'application/json'],
  ['PATCH', '/v1/parties/acme', 'application/json'],
  ['PATCH', '/v1/parties/acme', 'application/merge-patch+json'],
];

describe('every route that takes a body', () => {
  it('answers 415 without a media type', async () => {
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
  it.each(refused)('answers 415 to a body sent as %j', async (type) => {
    const headers = { 'content-type': type };
    await expectRejected(t, 415, 'unsupported_media_type', 'POST', '/v1/parties', valid, headers);
  });

  it('reads JSON alone', async () => {
    for (const [method, url] of writes) {
      const headers = { ...any, 'content-type': 'text/plain' };
      await expectRejected(t, 415, 'unsupported_media_type', method, url, valid, headers);
    }
  });

  it('answers 415 to application/merge-patch+json, but for PATCH', async () => {
    const headers = { ...any, 'content-type': 'application/merge-patch+json' };
    await expectRejected(t, 415, 'unsupported_media_type', 'POST', '/v1/parties', valid, headers);
    await expectRejected(t, 415, 'unsupported_media_type', 'PUT', '/v1/parties/acme', valid, headers);
  });

  it.each(['gzip', 'br', 'deflate', 'gzip, identity'])('does not unpack a body in %s', async (encoding) => {
    const headers = { 'content-encoding': encoding };
    await expectRejected(t, 415, 'unsupported_media_type', 'POST', '/v1/parties', valid, headers);
  });

  const taken = [
    'application/json',
    'Application/JSON',
    '  application/json',
    'application/json;charset=utf-8',
    'application/json; charset="UTF-8"',
    'application/json; charset=utf8',
  ];
  it.each(taken)('reads %j, and checks the body', async (type) => {
    const headers = { 'content-type': type };
    const refusal = await expectRejected(
      t,
      422,
      'invalid_body',
      'POST',
      '/v1/parties',
      '{"nmae":"x"}',
      headers,
    );
    expect(faults(refusal)).toContain('/nmae unknown_member');
    expect((await t.send('POST', '/v1/parties', valid, headers)).status).toBe(201);
  });

  /** One row for each code of `readJson`; test/unit/http/json.test.ts has all that it refuses. */
  const unreadable: [fault: string, body: string | Buffer][] = [
    ['- empty_body', ' \r\n'],
    ['- syntax', `${valid.slice(0, -1)},}`],
    ['- byte_order_mark', `\ufeff${valid}`],
    ['- not_utf8', Buffer.from('{"kind":"other","name":"café"}', 'latin1')],
    ['/name duplicate_member', '{"kind":"other","name":"x","n\\u0061me":"y"}'],
    ['/__proto__ forbidden_member', '{"kind":"other","name":"x","__proto__":{"version":9}}'],
    [`${'/a'.repeat(32)} too_deep`, '{"a":'.repeat(100_000)],
  ];
  it.each(unreadable)('answers 400 with the fault "%s"', async (fault, body) => {
    for (const [method, url, type] of writes) {
      const headers = { ...any, 'content-type': type };
      const answer = await expectRejected(t, 400, 'unreadable_body', method, url, body, headers);
      expect(faults(answer)).toEqual([fault]);
    }
  });

  it('refuses no body at all like an empty one', async () => {
    for (const [method, url] of writes) {
      const { json } = await expectRejected(t, 400, 'unreadable_body', method, url, undefined, any);
      expect(json.errors[0].code).toBe('empty_body');
    }
  });

  /** What a reader of JSON takes, but the register cannot keep. */
  const claims = '/v1/claims';
  const parties = '/v1/parties';
  const place = (number: string) => `{"text":"x","places":[{"name":"x","lat":${number},"lon":0}]}`;
  const members = Array.from({ length: 60_000 }, (_, i) => `"k${i}":0`).join(',');
  const invalid: [fault: string, url: string, body: string][] = [
    [' invalid_type', parties, 'null'],
    [' invalid_type', parties, `[${valid}]`],
    ['/name lone_surrogate', parties, '{"kind":"other","name":"a\\ud800"}'],
    ['/name nul_character', parties, '{"kind":"other","name":"a\\u0000b"}'],
    ['/constructor unknown_member', parties, `{"constructor":"Acme",${valid.slice(1)}`],
    [' too_many_members', parties, `{${members}}`],
    ['/places/0/lat inexact_number', claims, place('9007199254740993')],
    ['/free/a inexact_number', claims, '{"text":"x","free":{"a":1e400}}'],
  ];
  it.each(invalid)('answers 422 with the fault "%s"', async (fault, url, body) => {
    expect(faults(await expectRejected(t, 422, 'invalid_body', 'POST', url, body))).toEqual([fault]);
  });

  it('says that a number can go as a string', async () => {
    const body = '{"text":"x","value":{"type":"quantity","value":9007199254740993}}';
    const { json } = await expectRejected(t, 422, 'invalid_body', 'POST', claims, body);
    expect(json.detail).toMatch(/send it as a string/);
  });

  it('keeps numbers that a double carries by their value', async () => {
    const body = '{"text":"x","places":[{"lat":1.10,"lon":1e0},{"lat":-0.5,"lon":179.9999999}]}';
    const { json } = await t.send('POST', claims, body);
    expect(json.places.map(({ lat, lon }: { lat: number; lon: number }) => [lat, lon])).toEqual([
      [1.1, 1],
      [-0.5, 179.9999999],
    ]);
  });

  const flooding: [what: string, url: string, body: string, fault: RegExp][] = [
    ['200,000 wrong items', claims, `{"text":"x","topics":[${items(200_000, '1')}]}`, /topics/],
    [
      '49,000 unknown members',
      parties,
      `{${members.slice(0, members.indexOf('"k49000"') - 1)}}`,
      /unknown_member|^\/(kind|name) /,
    ],
  ];
  it.each(flooding)('tells at most 20 faults of %s', async (_what, url, body, fault) => {
    const answer = await expectRejected(t, 422, 'invalid_body', 'POST', url, body);
    for (const each of faults(answer)) expect(each).toMatch(fault);
  });
});

describe('DELETE /v1/parties/{id}', () => {
  it('refuses a body that cannot be read, too', async () => {
    await expectRejected(t, 400, 'unreadable_body', 'DELETE', '/v1/parties/acme', '{', any);
  });
});

describe('POST, PUT and PATCH', () => {
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
  it.each(samples)('/v1/%s: refuse each member that a client cannot set, by name', async (path, input) => {
    const headers = { ...any, authorization: `Bearer ${await t.newKey(['read', 'write', 'review'])}` };
    await t.send('PUT', '/v1/sources/s', { type: 'other', title: 'x' });
    for (const key of ['c', 'd']) await t.send('PUT', `/v1/claims/${key}`, { text: 'x' });
    const { json: output } = await t.send('POST', `/v1/${path}`, input, headers);
    const { json: form } = await t.send('GET', `/v1/${path}/${output.key ?? output.id}/input`);
    const readOnly = Object.keys(output).filter((name) => !(name in form));
    expect(readOnly).toEqual(expect.arrayContaining(['id', 'created_at', 'updated_at', 'version']));

    const url = `/v1/${path}/${output.key ?? output.id}`;
    const names = [...readOnly, ...more.filter((name) => !readOnly.includes(name))];
    expect(names.length).toBeLessThanOrEqual(20);
    const members = Object.fromEntries(names.map((name) => [name, output[name] ?? 'x']));
    const requests: [string, string, object][] = [
      ['POST', `/v1/${path}`, { ...input, ...members }],
      ['PUT', url, { ...form, ...members }],
      ['PATCH', url, members],
    ];
    for (const [method, to, body] of requests) {
      const answer = await expectRejected(t, 422, 'invalid_body', method, to, body, headers);
      expect(faults(answer).sort()).toEqual(names.map((name) => `/${name} unknown_member`).sort());
    }
  });
});

describe('PATCH /v1/parties/{id}', () => {
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
  it.each(rows)('refuses %s', async (_what, body, expected) => {
    const answer = await expectRejected(t, 422, 'invalid_body', 'PATCH', '/v1/parties/acme', body, any);
    expect(faults(answer)).toEqual(expected);
  });

  it('of nothing changes nothing', async () => {
    const before = await t.dump();
    const answer = await t.send('PATCH', '/v1/parties/acme', {}, any);
    expect(answer.json).toEqual(acme);
    expect(await t.dump()).toBe(before);
  });
});

it('reads a body that is too large to its end, so that the answer to it is not lost', async () => {
  if (!t.app.server.listening) await t.app.listen({ port: 0, host: '127.0.0.1' });
  const { port } = t.app.server.address() as AddressInfo;
  const socket = connect(port, '127.0.0.1');
  let answers = '';
  socket.setEncoding('utf8').on('data', (text) => {
    answers += text;
  });
  const answered = (text: string) => expect.poll(() => answers).toContain(text);
  const size = 3_000_000;
  const headers = `host: x\r\nauthorization: Bearer ${t.key}\r\ncontent-type: application/json`;
  socket.write(`POST /v1/parties HTTP/1.1\r\n${headers}\r\ncontent-length: ${size}\r\n\r\n`);
  await answered('"code":"body_too_large"');
  for (let sent = 0; sent < size; sent += 100_000) socket.write('a'.repeat(100_000));
  socket.write('GET /livez HTTP/1.1\r\nhost: x\r\n\r\n');
  await answered('HTTP/1.1 200 OK');
  socket.destroy();
});

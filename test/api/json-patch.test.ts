import { describe, expect, it } from 'vitest';
import { testApp } from '../support/app.js';
import type { Json } from '../support/claims.js';
import { expectRejected, faults } from '../support/expect-rejected.js';
import { nouns, oneOfEach } from '../support/one-of-each.js';

const t = await testApp();
const { admin } = await oneOfEach(t);
const patching = { ...admin, 'if-match': '*', 'content-type': 'application/json-patch+json' };
const patch = (url: string, operations: unknown) => t.send('PATCH', url, operations, patching);
const refused = (status: number, code: string, url: string, operations: unknown) =>
  expectRejected(t, status, code, 'PATCH', url, operations, patching);

/** A change of one member of each noun, and the member as the input form tells it then. */
const changes: Record<string, [operations: object[], members: object]> = {
  party: [
    [
      { op: 'test', path: '/name', value: 'TTP' },
      { op: 'add', path: '/names/-', value: { name: 'Tehrik-e-Taliban', kind: 'alias' } },
      { op: 'add', path: '/names/0', value: { name: 'Pakistani Taliban', kind: 'alias' } },
    ],
    { names: [{ name: 'Pakistani Taliban' }, { name: 'Tehrik-e-Taliban' }] },
  ],
  source: [[{ op: 'replace', path: '/published', value: '2025-02' }], { published: '2025-02' }],
  predicate: [[{ op: 'replace', path: '/unit', value: 'fighters' }], { unit: 'fighters' }],
  claim: [
    [
      { op: 'add', path: '/topics/-', value: 'strength' },
      { op: 'add', path: '/attributions/-', value: { party: 'ttp', stance: 'denies' } },
    ],
    { topics: ['strength'], attributions: [{ party: 'ttp', stance: 'denies' }] },
  ],
  attribution: [[{ op: 'add', path: '/locator', value: { page: '3' } }], { locator: { page: '3' } }],
  relation: [[{ op: 'copy', from: '/key', path: '/note' }], { note: 'update' }],
  assessment: [
    [
      { op: 'remove', path: '/credibility' },
      { op: 'add', path: '/likelihood', value: 'likely' },
    ],
    { credibility: null, likelihood: 'likely' },
  ],
  judgement: [[{ op: 'replace', path: '/judgement', value: 'unsure' }], { judgement: 'unsure' }],
};

describe('PATCH with a JSON Patch', () => {
  it.each(nouns)('changes a $name by its input form', async ({ plural, name, key }) => {
    const [operations, members] = changes[name]!;
    const url = `/v1/${plural}/${key}`;
    const before = (await t.send('GET', `${url}/input`)).json;
    const { status, json, text } = await patch(url, operations);
    expect(status, text).toBe(200);
    expect((await t.send('GET', `${url}/input`)).json).toMatchObject({ ...before, ...members });
    expect((await t.send('GET', url)).json).toMatchObject({ id: json.id, version: 2 });
  });

  it('keeps the key of another form in place of the whole, unless that gives one', async () => {
    const url = '/v1/claims/kept-key';
    const whole = (value: object) => [{ op: 'replace', path: '', value }];
    expect((await t.send('PUT', url, { text: 'x' })).status).toBe(201);
    const { status, json, text } = await patch(url, whole({ text: 'y' }));
    expect(status, text).toBe(200);
    expect(json).toMatchObject({ key: 'kept-key', text: 'y', version: 2 });
    const other = await refused(422, 'invalid_body', url, whole({ text: 'z', key: 'another-key' }));
    expect(faults(other)).toEqual(['/0/value/key immutable_key']);
    const none = await refused(422, 'invalid_body', url, [{ op: 'remove', path: '/key' }]);
    expect(faults(none)[0]).toMatch(/ immutable_key$/);
  });

  it('leaves the attributions of a claim alone where it does not name them, and their tests are free', async () => {
    const url = '/v1/claims/ttp-strength';
    const [first] = (await t.send('GET', url)).json.attributions;
    const { json } = await patch(url, [
      { op: 'test', path: '/attributions/0/stance', value: 'denies' },
      { op: 'replace', path: '/scope', value: 'all' },
    ]);
    expect(json).toMatchObject({ scope: 'all', attributions: [first] });
    const emptied = await patch(url, [{ op: 'remove', path: '/attributions' }]);
    expect(emptied.json.attributions).toEqual([]);
  });

  it('replaces the whole form', async () => {
    await t.send('PUT', '/v1/claims/whole', {
      text: 'x',
      attributions: [{ party: 'ttp', stance: 'denies' }],
    });
    const { json } = await patch('/v1/claims/whole', [
      { op: 'add', path: '', value: { key: 'whole', text: 'y' } },
    ]);
    expect(json).toMatchObject({ text: 'y', attribution_count: 1 });
  });

  it('makes no version where it changes nothing, and needs If-Match', async () => {
    const { json: before } = await t.send('GET', '/v1/parties/ttp');
    const same = await patch('/v1/parties/ttp', [{ op: 'replace', path: '/name', value: before.name }]);
    expect([same.status, same.json.version]).toEqual([200, before.version]);
    const { 'if-match': _any, ...bare } = patching;
    const sent = [{ op: 'replace', path: '/name', value: 'y' }];
    await expectRejected(t, 428, 'precondition_required', 'PATCH', '/v1/parties/ttp', sent, bare);
    await expectRejected(t, 412, 'precondition_failed', 'PATCH', '/v1/parties/ttp', sent, {
      ...bare,
      'if-match': '"99"',
    });
  });

  const test = (value: unknown) => ({ op: 'test', path: '/name', value });
  const add = (path: string, value: unknown) => ({ op: 'add', path, value });
  const rows: [status: number, code: string, url: string, operations: unknown, fault: string][] = [
    [409, 'patch_conflict', 'parties/ttp', [add('/name', 'y'), test('TTP')], '/1/path test_failed'],
    [409, 'patch_conflict', 'parties/ttp', [{ op: 'remove', path: '/names/9' }], '/0/path no_such_place'],
    [409, 'patch_conflict', 'claims/ttp-strength', [add('/toString/x', 1)], '/0/path no_such_place'],
    [422, 'invalid_body', 'parties/ttp', [add('/__proto__/x', 1)], '/0/path forbidden_member'],
    [422, 'invalid_body', 'parties/ttp', { name: 'y' }, ' invalid_type'],
    [422, 'invalid_body', 'parties/ttp', [], ' too_small'],
    [422, 'invalid_body', 'parties/ttp', [test('TTP'), { op: 'set', path: '/name' }], '/1/op invalid_value'],
    [
      422,
      'invalid_body',
      'parties/ttp',
      [test('TTP'), add('/names/-', { name: 'x', kind: 'nick' })],
      '/1/value/kind invalid_value',
    ],
    [422, 'invalid_body', 'parties/ttp', [add('/nam', 'x')], '/0 unknown_member'],
    [422, 'invalid_body', 'parties/ttp', [{ op: 'remove', path: '/name' }], '/0 missing_member'],
    [422, 'invalid_body', 'parties/ttp', [add('/version', 7)], '/0 unknown_member'],
    [422, 'invalid_body', 'parties/ttp', [{ op: 'remove', path: '/key' }], '/0 immutable_key'],
    [422, 'invalid_body', 'parties/ttp', [{ op: 'remove', path: '' }], '/0 missing_member'],
    [422, 'invalid_body', 'parties/ttp', [test('TTP'), add('/part_of', 'nobody')], '/1 unknown_reference'],
    [422, 'invalid_body', 'parties/ttp', [add('/part_of', 'ttp')], '/0 cycle'],
  ];
  it.each(rows)('%i %s of %s by %j: %s', async (status, code, url, operations, fault) => {
    expect(faults(await refused(status, code, `/v1/${url}`, operations))[0]).toBe(fault);
  });

  it('names the place in the form beside that in the patch', async () => {
    const { json } = await refused(422, 'invalid_body', '/v1/parties/ttp', [add('/names/-', { name: '' })]);
    expect(json.errors[0]).toMatchObject({
      pointer: '/0/value/name',
      detail: expect.stringMatching(/^\/names\/2\/name of the patched form: /),
    });
  });

  it('is bounded by 1,000 operations', async () => {
    const many = Array.from({ length: 1_001 }, () => add('/name', 'x'));
    expect(faults(await refused(422, 'invalid_body', '/v1/parties/ttp', many))).toEqual([' too_big']);
  });
});

describe('Accept-Patch', () => {
  const types = 'application/json, application/merge-patch+json, application/json-patch+json';
  it('tells what a PATCH may be, on what can be patched and where a request went wrong', async () => {
    const told = async (...request: Parameters<typeof t.send>) =>
      (await t.send(...request)).headers['accept-patch'];
    expect(await told('GET', '/v1/parties/ttp')).toBe(types);
    expect(await told('GET', '/v1/parties/ttp/input')).toBe(types);
    expect(await told('OPTIONS', '/v1/parties/ttp')).toBe(types);
    const yaml = { ...admin, 'if-match': '*', 'content-type': 'application/yaml' };
    expect(await told('PATCH', '/v1/parties/ttp', 'x', yaml)).toBe(types);
    expect(await told('OPTIONS', '/v1/parties')).toBeUndefined();
  });

  it('is no type of other methods', async () => {
    await expectRejected(t, 415, 'unsupported_media_type', 'PUT', '/v1/parties/ttp', [], patching);
    await expectRejected(t, 415, 'unsupported_media_type', 'POST', '/v1/parties', [], patching);
  });
});

describe('POST /v1/batch: a JSON Patch as `patch`', () => {
  const operation = { method: 'PATCH', type: 'party', id: 'ttp', if_match: '*' };
  const batch = (operations: object[]) => t.send('POST', '/v1/batch', { operations });

  it('changes an object that the batch wrote, with names of the batch', async () => {
    const { status, json, text } = await batch([
      { method: 'POST', type: 'party', local_id: 'state', body: { kind: 'government', name: 'A state' } },
      { ...operation, patch: [{ op: 'replace', path: '/part_of', value: '@state' }] },
    ]);
    expect(status, text).toBe(200);
    const { json: party } = await t.send('GET', '/v1/parties/ttp');
    expect(party.part_of.id).toBe(json.items[0].id);
  });

  const rows: [operation: object, fault: string][] = [
    [{ patch: [{ op: 'test', path: '/name', value: 'y' }] }, '/operations/0/patch/0/path test_failed'],
    [{ patch: [{ op: 'replace', path: '/name', value: '' }] }, '/operations/0/patch/0 too_small'],
    [
      { patch: [{ op: 'replace', path: '/part_of', value: '@x' }] },
      '/operations/0/patch/0 unknown_reference',
    ],
    [
      { patch: [{ op: 'add', path: '/__proto__/x', value: '' }] },
      '/operations/0/patch/0/path forbidden_member',
    ],
    [{}, '/operations/0/body invalid_value'],
    [{ body: {}, patch: [{ op: 'remove', path: '/names' }] }, '/operations/0/body invalid_value'],
  ];
  it.each(rows)('%j: %s', async (more, fault) => {
    const { status, json } = await batch([{ ...operation, ...more }]);
    expect(status).toBe(422);
    expect(json.errors.map((one: Record<string, string>) => `${one.pointer} ${one.code}`)).toEqual([fault]);
  });

  it('counts a patch of attributions as a whole set', async () => {
    const patch = [{ op: 'remove', path: '/attributions' }];
    const operations = Array.from({ length: 6 }, () => ({ ...operation, type: 'claim', patch }));
    const { status, json } = await batch(operations);
    expect([status, json.errors[0].code]).toEqual([422, 'too_many_attributions']);
  });

  it('counts the relays that patches make, those that they copy, and those that were there', async () => {
    const said = (key: string, relays: string[]) => ({ key, party: 'ttp', stance: 'reports', relays });
    const body = {
      text: 'x',
      attributions: [said('a', []), said('b', []), said('c', []), said('d', ['a', 'b'])],
    };
    expect((await t.send('PUT', '/v1/claims/copied', body)).status).toBe(201);
    const { attributions } = (await t.send('GET', '/v1/claims/copied/input')).json;
    const place = (name: string) => attributions.findIndex(({ key }: Json) => key === name);
    const saying = (relays: number) => ({ party: 'ttp', stance: 'reports', relays: Array(relays).fill('a') });
    const full = [...Array(159).fill(saying(1_000)), saying(998)];
    const claim = { ...operation, type: 'claim', id: 'copied' };
    const one = { ...operation, type: 'attribution' };
    const [from, path] = [`/attributions/${place('d')}/relays`, `/attributions/${place('c')}/relays`];
    const operations = [
      { method: 'POST', type: 'claim', body: { text: 'y', attributions: full } },
      { ...claim, patch: [{ op: 'copy', from, path }] },
      { ...one, id: 'b', patch: [{ op: 'add', path: '/relays/-', value: 'a' }] },
      { ...claim, patch: [{ op: 'replace', path: '/scope', value: 'all' }] },
      { ...one, id: 'd', patch: [{ op: 'replace', path: '/note', value: 'A note.' }] },
    ];
    const { json } = await t.send('POST', '/v1/batch', { atomic: false, operations });
    const told = json.items.map(({ status, problem }: Json) => [
      status,
      ...(problem?.errors.slice(0, 1) ?? []).map(({ code, pointer }: Json) => `${pointer} ${code}`),
    ]);
    expect(told).toEqual([
      [422, expect.stringMatching(/^\/operations\/0\/body\//)],
      [422, '/operations/1/patch/0 too_many_relays'],
      [200],
      [200],
      // What an attribution has counts, too.
      [422, '/operations/4/id too_many_relays'],
    ]);
    const others = operations.filter((_, i) => i === 1 || i > 2);
    expect((await t.send('POST', '/v1/batch', { operations: others })).status).toBe(200);
  });
});

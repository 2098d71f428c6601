import { describe, expect, it } from 'vitest';
import { type Answer, testApp } from '../support/app.js';

/** Batches: all or nothing, or each by itself, under the rules of the single routes. */

const t = await testApp();
const reviewer = { authorization: `Bearer ${await t.newKey(['read', 'write', 'review'])}` };

await t.send('PUT', '/v1/parties/ttp', { kind: 'armed_group', name: 'TTP' });
await t.send('PUT', '/v1/claims/ttp-strength-10000', {
  text: 'The TTP has 10,000 fighters.',
  attributions: [{ party: 'ttp', stance: 'denies' }],
});

interface Operation {
  method: string;
  type: string;
  [member: string]: unknown;
}
const batch = (operations: unknown, more: object = {}, headers: Record<string, string> = {}) =>
  t.send('POST', '/v1/batch', { operations, ...more }, headers);
const dry = { dry_run: true };
const each = { atomic: false };

const party = (more: object = {}): Operation => ({
  method: 'POST',
  type: 'party',
  body: { kind: 'other', name: 'Someone', ...more },
});
const claim = (more: object = {}): Operation => ({
  method: 'POST',
  type: 'claim',
  body: { text: 'X.', ...more },
});
const patch = (id: string, body: object, more: object = { if_match: '*' }): Operation => ({
  ...{ method: 'PATCH', type: 'party', id, body },
  ...more,
});
const remove = (id: string, type = 'party', more: object = { if_match: '*' }): Operation => ({
  ...{ method: 'DELETE', type, id },
  ...more,
});

async function allChanges(): Promise<{ id: string; request_id: string; reason: string | null }[]> {
  const { text } = await t.send('GET', '/v1/changes?format=ndjson');
  return text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
}

const statuses = ({ json }: Answer) => json.items.map((item: { status: number }) => item.status);
const faults = ({ json }: Answer) =>
  json.errors.map(({ pointer, code }: { pointer: string; code: string }) => `${pointer} ${code}`);

/** A batch that cannot be done: the same faults in every mode, and nothing written in any but the last. */
async function refused(operations: Operation[], expected: string[], headers: Record<string, string> = {}) {
  const before = await t.fingerprint();
  const answer = await batch(operations, {}, { ...headers, 'idempotency-key': 'never-kept' });
  expect([answer.status, answer.json.code]).toEqual([422, 'batch_failed']);
  expect(faults(answer)).toEqual(expected);
  const failed = [...new Set(expected.map((fault) => Number.parseInt(fault.split('/')[2]!, 10)))].sort(
    (a, b) => a - b,
  );
  expect(answer.json.failed_operations).toEqual(failed);
  for (const mode of [dry, { ...dry, ...each }]) {
    const rehearsed = await batch(operations, mode, headers);
    expect(rehearsed.status).toBe('atomic' in mode ? 207 : 200);
    expect(rehearsed.json.failed).toBe(failed.length);
    const bad = rehearsed.json.items.flatMap(({ problem }: { problem: object | null }, i: number) =>
      problem ? [i] : [],
    );
    expect(bad).toEqual(failed);
  }
  expect(await t.fingerprint()).toBe(before);
}

describe('POST /v1/batch, atomic', () => {
  it('creates objects of every noun that refer to each other', async () => {
    const operations = [
      party({ key: 'batch-body' }),
      { ...party({ part_of: 'batch-body', key: null }), local_id: 'desk' },
      {
        method: 'POST',
        type: 'source',
        local_id: 'src',
        body: { type: 'article', title: 'T', publisher: '@desk' },
      },
      {
        method: 'POST',
        type: 'predicate',
        local_id: 'pred',
        body: { key: 'batch-word', label: 'l', value_type: 'text' },
      },
      {
        ...claim({
          ...{ subject: '@desk', predicate: '@pred', value: { type: 'text', text: 'v' } },
          participants: [{ party: '@desk', role: 'r' }],
          attributions: [
            { party: 'batch-body', stance: 'reports', source: '@src', relays: ['@desk'] },
            { local_id: 'desk', party: '@desk', stance: 'asserts', lineage: 'originates' },
          ],
        }),
        local_id: 'claim',
      },
      {
        ...{ method: 'POST', type: 'attribution', local_id: 'answer' },
        body: { claim: '@claim', party: '@desk', stance: 'denies' },
      },
      {
        method: 'POST',
        type: 'relation',
        body: { from: '@claim', type: 'refines', to: 'ttp-strength-10000' },
      },
      { method: 'POST', type: 'assessment', body: { claim: '@claim', credibility: 3 } },
      {
        method: 'PATCH',
        type: 'attribution',
        id: '@answer',
        if_match: '1',
        body: { note: 'n', speaker: '@desk' },
      },
      {
        method: 'PUT',
        type: 'party',
        id: 'batch-put',
        local_id: 'put',
        body: { kind: 'person', name: 'P', part_of: '@desk' },
      },
      patch('@put', { name: 'Q' }, { if_match: '"1-abc"' }),
    ];
    const rehearsed = await batch(operations, dry, reviewer);
    const answer = await batch(operations, {}, { ...reviewer, 'change-reason': 'together' });
    expect(answer.status, answer.text).toBe(200);
    expect(statuses(answer)).toEqual([201, 201, 201, 201, 201, 201, 201, 201, 200, 201, 200]);
    expect(statuses(rehearsed)).toEqual(statuses(answer));
    expect(answer.json).toMatchObject({ dry_run: false, failed: 0 });
    const [, desk, source, , stored] = answer.json.items;
    const { json } = await t.send('GET', `/v1/claims/${stored.id}`);
    expect(json).toMatchObject({
      subject: { id: desk.id },
      predicate: { key: 'batch-word' },
      attribution_count: 3,
    });
    const relaying = json.attributions.find((one: { stance: string }) => one.stance === 'reports');
    expect(relaying).toMatchObject({ source: { id: source.id }, relays: [{ name: 'Someone' }] });
    expect(relaying.relays[0].id).not.toBe(desk.id);
    const mine = (await allChanges()).filter(
      ({ request_id }) => request_id === answer.headers['x-request-id'],
    );
    expect(mine).toHaveLength(13);
    expect(new Set(mine.map(({ reason }) => reason))).toEqual(new Set(['together']));
    expect((await t.send('GET', '/v1/parties/batch-put')).json).toMatchObject({ version: 2, name: 'Q' });
  });

  it('keeps the reason of an operation before that of the request', async () => {
    const { json } = await batch(
      [{ ...party(), reason: 'its own' }, party()],
      {},
      { 'change-reason': 'of all' },
    );
    const changes = await allChanges();
    const reasons = json.items.map(
      ({ id }: { id: string }) => changes.find((change) => change.id === id)?.reason,
    );
    expect(reasons).toEqual(['its own', 'of all']);
  });

  it('does in turn what one object goes through', async () => {
    const answer = await batch([
      { ...party({ key: 'passing' }), local_id: 'a' },
      patch('passing', { name: 'Renamed' }, { if_match: '1' }),
      { method: 'PUT', type: 'party', id: '@a', body: { kind: 'other', name: 'Renamed' } },
      remove('@a'),
      { method: 'PUT', type: 'party', id: 'passing', if_match: '3', body: { kind: 'other', name: 'Back' } },
    ]);
    expect(statuses(answer)).toEqual([201, 200, 200, 204, 200]);
    expect(answer.json.items.map(({ version }: { version: number }) => version)).toEqual([1, 2, 2, 3, 4]);
    expect((await t.send('GET', '/v1/parties/passing')).json).toMatchObject({ name: 'Back', version: 4 });
  });

  it('is answered again under its Idempotency-Key, byte for byte, and done once', async () => {
    const headers = { 'idempotency-key': 'one-batch' };
    const first = await batch([party({ key: 'only-once' })], {}, headers);
    const state = await t.dump();
    const again = await batch([party({ key: 'only-once' })], {}, headers);
    expect([again.status, again.text, again.headers['idempotent-replayed']]).toEqual([
      200,
      first.text,
      'true',
    ]);
    expect((await batch([party()], {}, headers)).json.code).toBe('idempotency_mismatch');
    expect(await t.dump()).toBe(state);
  });
});

describe('POST /v1/batch refuses', () => {
  const many = (n: number) => Array.from({ length: n }, () => party());
  const shapes: [string, unknown, string][] = [
    ['no operations', [], '/operations too_small'],
    ['1,001 operations', many(1_001), '/operations too_big'],
    ['an unknown noun', [{ ...party(), type: 'person' }], '/operations/0/type invalid_value'],
    ['an unknown method', [{ ...party(), method: 'GET' }], '/operations/0/method invalid_union'],
    ['an unknown member', [{ ...party(), id: 'x' }], '/operations/0/id unknown_member'],
    ['no body', [{ method: 'POST', type: 'party' }], '/operations/0/body missing_member'],
    [
      'a local_id twice',
      [
        { ...party(), local_id: 'a' },
        { ...claim(), local_id: 'a' },
      ],
      '/operations/1/local_id repeated_local_id',
    ],
  ];
  it.each(shapes)('%s', async (_, operations, fault) => {
    const before = await t.fingerprint();
    for (const mode of [{}, each, dry]) {
      const answer = await batch(operations, mode);
      expect([answer.status, answer.json.code, faults(answer)[0]]).toEqual([422, 'invalid_body', fault]);
    }
    expect(await t.fingerprint()).toBe(before);
  });

  const cases: [string, Operation[], string[]][] = [
    [
      'many bad items with the first fault of each first',
      [
        party({ kind: 'army', nix: 1 }),
        party(),
        claim({ subject: 'nobody', places: [{}] }),
        { ...party(), local_id: 'whole' },
        party({ part_of: '@whole' }),
        remove('@whole'),
        patch('nobody', { name: 'X' }),
        patch('ttp', { name: 'X' }, {}),
        patch('ttp', { name: 'X' }, { if_match: '99' }),
        patch('ttp', { name: 'X' }, { if_match: 'x' }),
        party({ key: 'ttp' }),
      ],
      [
        ...['/operations/0/body/kind invalid_value', '/operations/2/body/places/0 invalid_value'],
        ...[
          '/operations/5 in_use',
          '/operations/6/id not_found',
          '/operations/7/if_match precondition_required',
        ],
        ...['/operations/8/if_match precondition_failed', '/operations/9/if_match invalid_value'],
        ...['/operations/10/body/key key_taken', '/operations/0/body/nix unknown_member'],
      ],
    ],
    [
      'a reference to what comes later',
      [claim({ subject: '@later' }), { ...party(), local_id: 'later' }],
      ['/operations/0/body/subject unknown_reference'],
    ],
    [
      'a circle of references',
      [
        { ...party({ part_of: '@b' }), local_id: 'a' },
        { ...party({ part_of: '@a' }), local_id: 'b' },
      ],
      ['/operations/0/body/part_of unknown_reference', '/operations/1/body/part_of failed_reference'],
    ],
    [
      'a circle closed by a patch',
      [
        { ...party(), local_id: 'a' },
        { ...party({ part_of: '@a' }), local_id: 'b' },
        patch('@a', { part_of: '@b' }),
      ],
      ['/operations/2/body/part_of cycle'],
    ],
    [
      'references to a failed item, in a body and as the object',
      [{ ...party({ kind: 'army' }), local_id: 'a' }, claim({ subject: '@a' }), patch('@a', { name: 'X' })],
      [
        '/operations/0/body/kind invalid_value',
        '/operations/1/body/subject failed_reference',
        '/operations/2/id failed_reference',
      ],
    ],
    [
      'a name that nobody has',
      [patch('@x', {}), claim({ subject: '@x' })],
      ['/operations/0/id unknown_reference', '/operations/1/body/subject unknown_reference'],
    ],
    [
      'a name of another noun',
      [{ ...claim(), local_id: 'c' }, claim({ subject: '@c' }), remove('@c')],
      ['/operations/1/body/subject unknown_reference', '/operations/2/id unknown_reference'],
    ],
    [
      'the key of what was removed before',
      [
        party({ key: 'gone-again' }),
        remove('gone-again'),
        party({ key: 'gone-again' }),
        patch('gone-again', {}),
      ],
      ['/operations/2/body/key key_taken', '/operations/3/id gone'],
    ],
    [
      'a scope that the key lacks',
      [
        claim(),
        { method: 'POST', type: 'assessment', body: { claim: 'ttp-strength-10000', credibility: 1 } },
      ],
      ['/operations/1/type forbidden'],
    ],
  ];
  it.each(cases)('%s', (_, operations, expected) => refused(operations, expected));

  it('40 faults with 20 of them listed, and the places of all', async () => {
    const { json } = await batch(Array.from({ length: 40 }, () => remove('nobody')));
    expect(json.errors).toHaveLength(20);
    expect(json.failed_operations).toEqual(Array.from({ length: 40 }, (_, i) => i));
  });

  it('keys without the scope write, and no key at all', async () => {
    const key = await t.newKey(['read', 'review']);
    expect((await batch([party()], {}, { authorization: `Bearer ${key}` })).status).toBe(403);
    expect((await batch([party()], {}, { authorization: '' })).status).toBe(401);
  });
});

describe('POST /v1/batch, each operation by itself', () => {
  it('does what can be done, and answers with a status for each', async () => {
    const operations = [
      party({ key: 'stays', name: 'Stays' }),
      party({ key: 'stays', name: 'Goes' }),
      { ...claim({ subject: 'nobody' }), local_id: 'bad' },
      { method: 'POST', type: 'attribution', body: { claim: '@bad', party: 'ttp', stance: 'denies' } },
      claim({ subject: 'stays', text: 'Stays.' }),
      remove('nobody'),
      patch('stays', { name: 'Stays still' }),
    ];
    const headers = { 'idempotency-key': 'partly' };
    const rehearsed = await batch(operations, { ...each, ...dry });
    const answer = await batch(operations, each, headers);
    expect([answer.status, statuses(answer)]).toEqual([207, [201, 409, 422, 422, 201, 404, 200]]);
    expect(statuses(rehearsed)).toEqual(statuses(answer));
    expect(answer.json.failed).toBe(4);
    expect(answer.json.items[2].problem).toMatchObject({
      ...{ code: 'invalid_body', status: 422, request_id: answer.headers['x-request-id'] },
      errors: [{ pointer: '/operations/2/body/subject', code: 'unknown_reference' }],
    });
    expect((await t.send('GET', '/v1/parties/stays')).json).toMatchObject({
      name: 'Stays still',
      version: 2,
    });
    expect((await t.send('GET', '/v1/claims?subject=stays')).json.items).toHaveLength(1);
    const state = await t.dump();
    const again = await batch(operations, each, headers);
    expect([again.status, again.text]).toEqual([207, answer.text]);
    expect(await t.dump()).toBe(state);
  });

  it('leaves nothing of a claim whose attribution is wrong', async () => {
    const attributions = [
      { party: 'ttp', stance: 'asserts' },
      { party: 'nobody', stance: 'asserts' },
    ];
    const before = (await t.send('GET', '/v1/claims?count=exact&limit=1')).json.total;
    const answer = await batch([claim({ key: 'half', attributions }), claim({ key: 'whole' })], each);
    expect(statuses(answer)).toEqual([422, 201]);
    expect((await t.send('GET', '/v1/claims?count=exact&limit=1')).json.total).toBe(before + 1);
    expect((await t.send('GET', '/v1/claims/half')).status).toBe(404);
    expect(statuses(await batch([claim({ key: 'half' })]))).toEqual([201]);
  });
});

describe('POST /v1/batch as a dry run', () => {
  it('says what would happen and writes nothing, not even the answer', async () => {
    const before = await t.fingerprint();
    const operations = [
      { ...party({ key: 'imagined' }), local_id: 'a' },
      claim({ subject: '@a' }),
      patch('ttp', { name: 'Imagined' }),
      remove('ttp-strength-10000', 'claim'),
    ];
    const headers = { 'idempotency-key': 'rehearsal' };
    const answer = await batch(operations, dry, headers);
    expect([answer.status, statuses(answer)]).toEqual([200, [201, 201, 200, 204]]);
    expect(answer.json).toMatchObject({
      dry_run: true,
      failed: 0,
      items: [{ id: null, key: 'imagined' }, { id: null }, {}, {}],
    });
    expect(await t.fingerprint()).toBe(before);
    expect(statuses(await batch([party()], {}, headers))).toEqual([201]);
  });
});

import { describe, expect, it } from 'vitest';
import { testApp } from '../support/app.js';
import { batchSender, claim, dry, each, party, patch, remove, statuses } from '../support/batch.js';

/** Batches: all or nothing, or each by itself, under the rules of the single routes. */

const t = await testApp();
const reviewer = { authorization: `Bearer ${await t.newKey(['read', 'write', 'review'])}` };

const batch = await batchSender(t);

async function allChanges(): Promise<{ id: string; request_id: string; reason: string | null }[]> {
  const { text } = await t.send('GET', '/v1/changes.ndjson');
  return text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
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

  it('undoes what an operation wrote before it failed', async () => {
    const said = (more: object) => [{ party: 'ttp', stance: 'asserts', ...more }];
    await batch([claim({ key: 'kept', attributions: said({ key: 'taken' }) })]);
    const before = (await t.send('GET', '/v1/claims/kept')).text;
    // The claims themselves are written first, and their attributions are refused.
    const operations = [
      claim({ key: 'undone', attributions: said({ key: 'taken' }) }),
      patch(
        'kept',
        { text: 'Y.', attributions: said({ party: 'nobody' }) },
        { type: 'claim', if_match: '*' },
      ),
      claim({ key: 'made' }),
    ];
    expect(statuses(await batch(operations, each))).toEqual([409, 422, 201]);
    expect((await t.send('GET', '/v1/claims/undone')).status).toBe(404);
    expect((await t.send('GET', '/v1/claims/kept')).text).toBe(before);
    expect((await t.send('GET', '/v1/claims/made')).status).toBe(200);
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

import { describe, expect, it } from 'vitest';
import { testApp } from '../support/app.js';
import { expectRejected, faults } from '../support/expect-rejected.js';
import { nouns, oneOfEach } from '../support/one-of-each.js';

const t = await testApp();
const { admin } = await oneOfEach(t);
const any = { ...admin, 'if-match': '*' };
const revert = (url: string, to_version: number, headers: object = any) =>
  t.send('POST', `${url}/revert`, { to_version }, { ...any, ...headers });

/** Another content of each noun. */
const others: Record<string, object> = {
  party: {
    kind: 'armed_group',
    name: 'TTP',
    country: 'PK',
    names: [{ name: 'Pakistani Taliban', kind: 'alias' }],
  },
  source: { type: 'report', title: '36th report', published: '2025' },
  predicate: { label: 'number', value_type: 'quantity', unit: 'fighters' },
  claim: { text: 'The TTP has 6,000 fighters.', topics: ['x'] },
  attribution: { about_source: 'report-35', party: 'ttp', stance: 'confirms' },
  relation: { from: 'ttp-strength', type: 'contradicts', to: 'ttp-strength-before' },
  assessment: { claim: 'ttp-strength', credibility: 5, rationale: 'x' },
  judgement: { noun: 'claim', one: 'ttp-strength', other: 'ttp-strength-before', judgement: 'unsure' },
};

describe('POST /v1/{noun}/{id}/revert', () => {
  it.each(nouns)(
    'makes a $name what it was, as a new version with a reason',
    async ({ plural, name, body }) => {
      const url = `/v1/${plural}/one-more`;
      await t.send('PUT', url, body, admin);
      const form = async () => (await t.send('GET', `${url}/input`)).json;
      const first = await form();
      await t.send('PUT', url, others[name]!, any);
      expect(await form()).not.toEqual(first);
      const { status, json, text } = await revert(url, 1);
      expect([status, json?.version], text).toEqual([200, 3]);
      expect(await form()).toEqual(first);
      const [version] = (await t.send('GET', `${url}/history`)).json.items;
      expect(version).toMatchObject({ operation: 'update', reason: 'Reverted to version 1.' });
      await t.send('DELETE', url, undefined, any);
      const again = await revert(url, 2, { 'if-match': '"4"', 'change-reason': 'too%20early' });
      expect([again.status, again.json?.version], again.text).toEqual([200, 5]);
      const [restored] = (await t.send('GET', `${url}/history`)).json.items;
      expect(restored).toMatchObject({ operation: 'restore', reason: 'too early' });
      await revert(url, 1);
      expect(await form()).toEqual(first);
    },
  );

  it('leaves the attributions of a claim as they are, and brings back those that went along', async () => {
    const url = '/v1/claims/reverted';
    await t.send('PUT', url, { text: 'x', attributions: [{ party: 'ttp', stance: 'denies' }] });
    await t.send('PATCH', url, { text: 'y' }, any);
    const { json } = await revert(url, 1);
    expect(json).toMatchObject({ text: 'x', attribution_count: 1, standing: { denying: 1 } });
    await t.send('DELETE', url, undefined, any);
    expect((await revert(url, 2)).json).toMatchObject({
      text: 'y',
      attribution_count: 1,
      standing: { denying: 1 },
    });
  });

  it('makes no version where nothing differs, and answers a retry with the same', async () => {
    const url = '/v1/parties/again';
    await t.send('PUT', url, { kind: 'other', name: 'x' });
    await t.send('PATCH', url, { name: 'y' }, any);
    const headers = { 'if-match': '"2"', 'idempotency-key': 'revert' };
    const first = await revert(url, 1, headers);
    const retry = await revert(url, 1, headers);
    expect([retry.text, retry.headers['idempotent-replayed']]).toEqual([first.text, 'true']);
    expect((await revert(url, 1)).json.version).toBe(3);
  });

  it('needs If-Match, and a version that there is', async () => {
    const url = '/v1/parties/ttp/revert';
    const { 'if-match': _any, ...bare } = any;
    const body = { to_version: 1 };
    await expectRejected(t, 428, 'precondition_required', 'POST', url, body, bare);
    await expectRejected(t, 412, 'precondition_failed', 'POST', url, body, { ...bare, 'if-match': '"99"' });
    await expectRejected(t, 404, 'not_found', 'POST', '/v1/parties/nobody/revert', body, any);
    const refused = async (to_version: unknown) =>
      faults(await expectRejected(t, 422, 'invalid_body', 'POST', url, { to_version }, any));
    expect(await refused(99)).toEqual(['/to_version unknown_version']);
    expect(await refused(0)).toEqual(['/to_version too_small']);
    expect(await refused('1')).toEqual(['/to_version invalid_type']);
    await t.send('DELETE', '/v1/parties/one-more', undefined, any);
    await revert('/v1/parties/one-more', 1);
    const removal = { to_version: 4 };
    const removed = await expectRejected(
      t,
      422,
      'invalid_body',
      'POST',
      '/v1/parties/one-more/revert',
      removal,
      any,
    );
    expect(faults(removed)).toEqual(['/to_version removed_version']);
    const reader = { ...any, authorization: `Bearer ${await t.newKey(['read'])}` };
    await expectRejected(t, 403, 'forbidden', 'POST', '/v1/parties/ttp/revert', body, reader);
  });

  it('is refused where the version names what is gone', async () => {
    await t.send('PUT', '/v1/parties/whole', { kind: 'other', name: 'x' });
    await t.send('PUT', '/v1/parties/part', { kind: 'other', name: 'x', part_of: 'whole' });
    await t.send('PATCH', '/v1/parties/part', { part_of: null }, any);
    await t.send('DELETE', '/v1/parties/whole', undefined, any);
    const body = { to_version: 1 };
    const answer = await expectRejected(
      t,
      409,
      'revert_conflict',
      'POST',
      '/v1/parties/part/revert',
      body,
      any,
    );
    expect(answer.json.errors).toEqual([
      {
        pointer: '/to_version',
        code: 'unknown_reference',
        detail: expect.stringMatching(/^version 1, \/part_of: .*party_/),
      },
    ]);
  });
});

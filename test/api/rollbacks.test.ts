import { afterEach, describe, expect, it } from 'vitest';
import { newId } from '../../src/lib/ids.js';
import { testApp } from '../support/app.js';
import { engines } from '../support/engines.js';
import { expectRejected } from '../support/expect-rejected.js';
import { nouns, oneOfEach } from '../support/one-of-each.js';

/** Writes that fail once others of their transaction were done. Those that fail before: `refusals.test.ts`. */

describe.each(engines)('rollbacks on %s', async (engine) => {
  const t = await testApp({ engine });
  const { admin } = await oneOfEach(t);
  const untouched = await t.dump();
  await t.send('POST', '/v1/parties', { kind: 'other', name: 'First' }, { 'idempotency-key': 'used' });

  let asItWas = await t.dump();
  afterEach(async () => {
    const before = asItWas;
    asItWas = await t.dump();
    expect(asItWas === before, 'the refused request left something').toBe(true);
  });

  describe('TestApp.dump', () => {
    it('changes with a write that is taken', () => {
      expect(asItWas).not.toBe(untouched);
    });
  });

  describe('a write that fails late leaves all rows as they were', () => {
    const nobody = { party: 'nobody-knows', stance: 'asserts' };
    const somebody = { party: 'ttp', stance: 'asserts' };
    const said = (...attributions: object[]) => ({ text: 'Said.', topics: ['late'], attributions });
    const create = (noun: string, body: object) => ({ method: 'POST', type: noun, body });
    const party = (key: string) => create('party', { key, kind: 'other', name: key });

    it.each(nouns.map((noun) => [noun.plural, noun] as const))(
      'POST /v1/%s: the key is taken',
      async (plural, { key, body }) => {
        await expectRejected(t, 409, 'key_taken', 'POST', `/v1/${plural}`, { ...body, key }, admin);
      },
    );

    it.each<[plural: string, body: object]>([
      ['parties', { kind: 'other', name: 'X', part_of: 'nobody-knows' }],
      ['sources', { type: 'report', title: 'X', publisher: 'ttp', authors: ['ttp', 'nobody-knows'] }],
      ['claims', { text: 'X', subject: 'ttp', participants: [{ party: 'nobody-knows', role: 'x' }] }],
      ['claims', said(somebody, nobody)],
      ['claims', said({ ...somebody, local_id: 'a' }, { ...somebody, relays: ['@b'] })],
      ['claims', said({ ...somebody, key: 'denial' })],
      ['attributions', { claim: 'ttp-strength', ...nobody }],
      ['relations', { from: 'ttp-strength', type: 'updates', to: 'nothing-known' }],
      ['assessments', { claim: 'nothing-known', credibility: 1 }],
    ])('POST and PUT /v1/%s: %j refers to nothing, or to what it may not', async (plural, body) => {
      const key = `late-${newId('party').slice(-10)}`;
      for (const [method, url] of [
        ['POST', `/v1/${plural}`],
        ['PUT', `/v1/${plural}/${key}`],
      ] as const) {
        const { status } = await t.send(method, url, body, admin);
        expect([method, [409, 422].includes(status)]).toEqual([method, true]);
      }
    });

    it('PUT, PATCH /v1/claims/{id}: the last attribution refers to nothing', async () => {
      const any = { ...admin, 'if-match': '*' };
      for (const method of ['PUT', 'PATCH']) {
        const { status } = await t.send(method, '/v1/claims/ttp-strength', said(somebody, nobody), any);
        expect([method, status]).toEqual([method, 422]);
      }
    });

    it('DELETE: something refers to the object', async () => {
      const any = { ...admin, 'if-match': '*' };
      for (const path of ['/v1/parties/ttp', '/v1/sources/report-35']) {
        await expectRejected(t, 409, 'in_use', 'DELETE', path, undefined, any);
      }
    });

    it('POST: the Idempotency-Key was used with another body', async () => {
      const body = { kind: 'other', name: 'Second' };
      const headers = { 'idempotency-key': 'used' };
      await expectRejected(t, 422, 'idempotency_mismatch', 'POST', '/v1/parties', body, headers);
    });

    it.each<[what: string, last: object]>([
      ['a body that is wrong', create('party', { kind: 'army' })],
      ['a reference that leads nowhere', create('claim', said(nobody))],
      ['a key that is taken', party('ttp')],
      ['a key that the batch itself took', party('late-one')],
      ['an object that something refers to', { method: 'DELETE', type: 'party', id: 'ttp', if_match: '*' }],
      [
        'an object that does not exist',
        { method: 'PATCH', type: 'party', id: 'late-two', if_match: '*', body: {} },
      ],
    ])('POST /v1/batch: the last operation has %s', async (_, last) => {
      const operations = [
        party('late-one'),
        { method: 'PATCH', type: 'party', id: 'ttp', if_match: '*', body: { name: 'Renamed' } },
        create('claim', { key: 'late-claim', ...said({ ...somebody, key: 'late-words' }) }),
        { method: 'DELETE', type: 'assessment', id: 'grade', if_match: '*' },
        last,
      ];
      const headers = { ...admin, 'idempotency-key': 'late' };
      const { status, json } = await t.send('POST', '/v1/batch', { operations }, headers);
      expect([status, json.code, json.failed_operations ?? [4]]).toEqual([422, json.code, [4]]);
    });
  });
});

import { describe, expect, it } from 'vitest';
import { testApp } from '../support/app.js';
import { expectRejected, faults } from '../support/expect-rejected.js';

const t = await testApp();
const parties = '/v1/parties';

describe('POST /v1/parties', () => {
  it('answers 201 with every member of the party', async () => {
    const answer = await t.send('POST', parties, {
      key: 'ttp',
      kind: 'armed_group',
      name: 'Tehreek-e-Taliban Pakistan',
      names: [{ name: 'TTP', kind: 'acronym' }],
    });
    expect(answer.status).toBe(201);
    expect(answer.headers.location).toBe(`/v1/parties/${answer.json.id}`);
    expect(answer.json).toMatchObject({
      key: 'ttp',
      names: [{ name: 'TTP', kind: 'acronym', language: null, script: null }],
      part_of: null,
      unnamed: false,
      version: 1,
    });
  });

  it('answers 422 with every fault and its place', async () => {
    const answer = await expectRejected(t, 422, 'invalid_body', 'POST', parties, { kind: 'army', nmae: 'x' });
    expect(faults(answer)).toEqual(['/kind invalid_value', '/nmae unknown_member']);
  });

  it('answers 409 for a key that is taken', async () => {
    await expectRejected(t, 409, 'key_taken', 'POST', parties, {
      key: 'ttp',
      kind: 'other',
      name: 'Another',
    });
  });
});

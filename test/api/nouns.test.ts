import { describe, expect, it } from 'vitest';
import { testApp } from '../support/app.js';

const t = await testApp();

describe('POST /v1/parties', () => {
  it('201 gives the party back with every member', async () => {
    const answer = await t.send('POST', '/v1/parties', {
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

  it('422 names every fault with its place', async () => {
    const before = await t.fingerprint();
    const answer = await t.send('POST', '/v1/parties', { kind: 'army', nmae: 'x' });
    expect(answer.status).toBe(422);
    expect(answer.json.errors.map((e: { pointer: string; code: string }) => [e.pointer, e.code])).toEqual([
      ['/kind', 'invalid_value'],
      ['/name', 'missing_member'],
      ['/nmae', 'unknown_member'],
    ]);
    expect(await t.fingerprint()).toBe(before);
  });

  it('409 for a key that is taken', async () => {
    const answer = await t.send('POST', '/v1/parties', { key: 'ttp', kind: 'other', name: 'Another' });
    expect(answer.status).toBe(409);
    expect(answer.json.code).toBe('key_taken');
  });
});

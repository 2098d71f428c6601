import { describe, expect, it } from 'vitest';
import { testApp } from '../support/app.js';
import { any, fresh } from '../support/claims.js';
import { faults, rejected } from '../support/rejected.js';
import { sender } from '../support/sender.js';

const t = await testApp();
const send = sender(t);
const party = async (key: string) => send('PUT', `/v1/parties/${key}`, { kind: 'other', name: key }, {});
const source = async (key: string) => send('PUT', `/v1/sources/${key}`, { type: 'other', title: key }, {});
const claim = async (more: object) => send('POST', '/v1/claims', { text: 'x', ...more });
await party('p');
await source('s');

/** Every way in which one object refers to another: who refers, with what, and how it lets go. */
const references: [
  what: string,
  target: string,
  referrer: string,
  body: (key: string) => object,
  free: object,
][] = [
  [
    'a party that is part_of it',
    'parties',
    'parties',
    (k) => ({ kind: 'other', name: 'x', part_of: k }),
    { part_of: null },
  ],
  [
    'a source that names it as publisher',
    'parties',
    'sources',
    (k) => ({ type: 'other', title: 'x', publisher: k }),
    { publisher: null },
  ],
  [
    'a source that names it as author',
    'parties',
    'sources',
    (k) => ({ type: 'other', title: 'x', authors: ['p', k] }),
    { authors: [] },
  ],
  [
    'a claim that has it as subject',
    'parties',
    'claims',
    (k) => ({ text: 'x', subject: k }),
    { subject: null },
  ],
  [
    'a claim that has it as value',
    'parties',
    'claims',
    (k) => ({ text: 'x', value: { type: 'party', party: k } }),
    { value: null },
  ],
  [
    'a claim that has it as participant',
    'parties',
    'claims',
    (k) => ({ text: 'x', participants: [{ party: k, role: 'giver' }] }),
    { participants: [] },
  ],
  [
    'an attribution to it',
    'parties',
    'attributions',
    (k) => ({ about_source: 's', party: k, stance: 'denies' }),
    { party: 'p' },
  ],
  [
    'an attribution that has it as speaker',
    'parties',
    'attributions',
    (k) => ({ about_source: 's', party: 'p', speaker: k, stance: 'denies' }),
    { speaker: null },
  ],
  [
    'a source that is part_of it',
    'sources',
    'sources',
    (k) => ({ type: 'other', title: 'x', part_of: k }),
    { part_of: null },
  ],
  [
    'a source that is derived_from it',
    'sources',
    'sources',
    (k) => ({ type: 'other', title: 'x', derived_from: ['s', k] }),
    { derived_from: ['s'] },
  ],
  [
    'an attribution that stands in it',
    'sources',
    'attributions',
    (k) => ({ about_source: 's', party: 'p', stance: 'denies', source: k }),
    { source: null },
  ],
  [
    'a claim with it as predicate',
    'predicates',
    'claims',
    (k) => ({ text: 'x', predicate: k }),
    { predicate: null },
  ],
];
const inputs: Record<string, object> = {
  parties: { kind: 'other', name: 'x' },
  sources: { type: 'other', title: 'x' },
  predicates: { label: 'x', value_type: 'none' },
};

describe('DELETE answers 409 while others refer to the object', () => {
  it.each(references)('by %s', async (_what, target, referrer, body, free) => {
    const key = fresh('target');
    await send('PUT', `/v1/${target}/${key}`, inputs[target], {});
    const by = await send('POST', `/v1/${referrer}`, body(key));
    const url = `/v1/${target}/${key}`;
    const answer = await rejected(t, 409, 'in_use', 'DELETE', url, undefined, any);
    expect(answer.json.errors).toEqual([
      { code: 'in_use', detail: `${by.id.split('_')[0]} ${by.id} refers to it` },
    ]);
    await send('PATCH', `/v1/${referrer}/${by.id}`, free);
    expect((await t.send('DELETE', url, undefined, any)).status).toBe(204);
    const gone = await rejected(t, 422, 'invalid_body', 'POST', `/v1/${referrer}`, body(key));
    expect(faults(gone)).toEqual([expect.stringMatching(/ unknown_reference$/)]);
  });

  it('by a denial of the whole source', async () => {
    const key = fresh('source');
    await source(key);
    const { id } = await send('POST', '/v1/attributions', {
      about_source: key,
      party: 'p',
      stance: 'denies',
    });
    await rejected(t, 409, 'in_use', 'DELETE', `/v1/sources/${key}`, undefined, any);
    await send('DELETE', `/v1/attributions/${id}`);
    expect((await t.send('DELETE', `/v1/sources/${key}`, undefined, any)).status).toBe(204);
  });

  it.each(['relays', 'in_reply_to'])('by an attribution in %s', async (member) => {
    const c = await claim({ attributions: [{ party: 'p', stance: 'asserts' }] });
    const [{ id }] = c.attributions;
    const value = member === 'relays' ? [id] : id;
    const by = await send('POST', `/v1/claims/${c.id}/attributions`, {
      party: 'p',
      stance: 'reports',
      [member]: value,
    });
    const answer = await rejected(t, 409, 'in_use', 'DELETE', `/v1/attributions/${id}`, undefined, any);
    expect(answer.json.errors[0].detail).toContain(by.id);
    await send('DELETE', `/v1/attributions/${by.id}`);
    expect((await t.send('DELETE', `/v1/attributions/${id}`, undefined, any)).status).toBe(204);
    expect((await t.send('GET', `/v1/claims/${c.id}`)).json.attributions).toEqual([]);
  });

  it('and names at most 20 of those', async () => {
    const key = fresh('party');
    await party(key);
    for (let i = 0; i < 11; i++) await claim({ subject: key, participants: [{ party: key, role: 'x' }] });
    for (let i = 0; i < 11; i++)
      await send('POST', '/v1/sources', { type: 'other', title: 'x', authors: [key] });
    const { json } = await rejected(t, 409, 'in_use', 'DELETE', `/v1/parties/${key}`, undefined, any);
    expect(json.errors).toHaveLength(20);
  });
});

import { describe, expect, it } from 'vitest';
import { testApp } from '../support/app.js';
import { any, fresh } from '../support/claims.js';
import { expectRejected, faults } from '../support/expect-rejected.js';
import { sender } from '../support/sender.js';

const t = await testApp();
const send = sender(t);
const party = async (key: string) => send('PUT', `/v1/parties/${key}`, { kind: 'other', name: key }, {});
const source = async (key: string) => send('PUT', `/v1/sources/${key}`, { type: 'other', title: key }, {});
const claim = async (more: object) => send('POST', '/v1/claims', { text: 'x', ...more });
await party('p');
await source('s');

/** Every way in which one object refers to another: who refers, with what, how it lets go, and where it is listed. */
const references: [
  what: string,
  target: string,
  referrer: string,
  body: (key: string) => object,
  free: object,
  filter: string,
][] = [
  [
    'a party that is part_of it',
    'parties',
    'parties',
    (k) => ({ kind: 'other', name: 'x', part_of: k }),
    { part_of: null },
    'part_of',
  ],
  [
    'a source that names it as publisher',
    'parties',
    'sources',
    (k) => ({ type: 'other', title: 'x', publisher: k }),
    { publisher: null },
    'publisher',
  ],
  [
    'a source that names it as author',
    'parties',
    'sources',
    (k) => ({ type: 'other', title: 'x', authors: ['p', k] }),
    { authors: [] },
    'author',
  ],
  [
    'a claim that has it as subject',
    'parties',
    'claims',
    (k) => ({ text: 'x', subject: k }),
    { subject: null },
    'about',
  ],
  [
    'a claim that has it as value',
    'parties',
    'claims',
    (k) => ({ text: 'x', value: { type: 'party', party: k } }),
    { value: null },
    'about',
  ],
  [
    'a claim that has it as participant',
    'parties',
    'claims',
    (k) => ({ text: 'x', participants: [{ party: k, role: 'giver' }] }),
    { participants: [] },
    'about',
  ],
  [
    'an attribution to it',
    'parties',
    'attributions',
    (k) => ({ about_source: 's', party: k, stance: 'denies' }),
    { party: 'p' },
    'party',
  ],
  [
    'an attribution that has it as speaker',
    'parties',
    'attributions',
    (k) => ({ about_source: 's', party: 'p', speaker: k, stance: 'denies' }),
    { speaker: null },
    'party',
  ],
  [
    'a source that is part_of it',
    'sources',
    'sources',
    (k) => ({ type: 'other', title: 'x', part_of: k }),
    { part_of: null },
    'part_of',
  ],
  [
    'a source that is derived_from it',
    'sources',
    'sources',
    (k) => ({ type: 'other', title: 'x', derived_from: ['s', k] }),
    { derived_from: ['s'] },
    'derived_from',
  ],
  [
    'an attribution that stands in it',
    'sources',
    'attributions',
    (k) => ({ about_source: 's', party: 'p', stance: 'denies', source: k }),
    { source: null },
    'source',
  ],
  [
    'a claim with it as predicate',
    'predicates',
    'claims',
    (k) => ({ text: 'x', predicate: k }),
    { predicate: null },
    'predicate',
  ],
];
const inputs: Record<string, object> = {
  parties: { kind: 'other', name: 'x' },
  sources: { type: 'other', title: 'x' },
  predicates: { label: 'x', value_type: 'none' },
};

describe('DELETE answers 409 while others refer to the object', () => {
  it.each(references)('by %s', async (_what, target, referrer, body, free, filter) => {
    const key = fresh('target');
    await send('PUT', `/v1/${target}/${key}`, inputs[target], {});
    const byKey = fresh('by');
    const by = await send('PUT', `/v1/${referrer}/${byKey}`, body(key), {});
    const url = `/v1/${target}/${key}`;
    const answer = await expectRejected(t, 409, 'in_use', 'DELETE', url, undefined, any);
    const [member] = Object.keys(free);
    const type = by.id.split('_')[0];
    const noun = target === 'parties' ? 'party' : target.slice(0, -1);
    expect(answer.json.referrers).toEqual({ total: 1, items: [{ type, id: by.id, key: byKey, member }] });
    expect(answer.json.errors).toEqual([
      {
        code: 'in_use',
        detail: `${type} \`${byKey}\` (${by.id}) names it under \`${member}\`: PATCH /v1/${referrer}/${byKey} with another ${noun} there`,
      },
    ]);
    expect(answer.json.detail).toMatch(new RegExp(`^1 ${type} refers to this ${noun}`));
    const [, list] = /GET (\S+) lists/.exec(answer.json.detail)!;
    expect(list).toBe(`/v1/${referrer}?${filter}=${key}`);
    expect((await t.send('GET', list!)).json.items).toMatchObject([{ id: by.id }]);
    await send('PATCH', `/v1/${referrer}/${by.id}`, free);
    expect((await t.send('DELETE', url, undefined, any)).status).toBe(204);
    const gone = await expectRejected(t, 422, 'invalid_body', 'POST', `/v1/${referrer}`, body(key));
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
    await expectRejected(t, 409, 'in_use', 'DELETE', `/v1/sources/${key}`, undefined, any);
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
    const answer = await expectRejected(t, 409, 'in_use', 'DELETE', `/v1/attributions/${id}`, undefined, any);
    expect(answer.json.errors[0].detail).toContain(by.id);
    await send('DELETE', `/v1/attributions/${by.id}`);
    expect((await t.send('DELETE', `/v1/attributions/${id}`, undefined, any)).status).toBe(204);
    expect((await t.send('GET', `/v1/claims/${c.id}`)).json.attributions).toEqual([]);
  });

  it('and names at most 5 of those', async () => {
    const key = fresh('party');
    await party(key);
    for (let i = 0; i < 3; i++) await claim({ subject: key, participants: [{ party: key, role: 'x' }] });
    for (let i = 0; i < 3; i++)
      await send('POST', '/v1/sources', { type: 'other', title: 'x', authors: [key] });
    const { json } = await expectRejected(t, 409, 'in_use', 'DELETE', `/v1/parties/${key}`, undefined, any);
    expect(json.errors).toHaveLength(5);
    expect(json.referrers.items).toHaveLength(5);
    expect(json.referrers.total).toBe(6);
    expect(json.detail).toContain('3 sources and 3 claims');
  });
});

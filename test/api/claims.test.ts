import { describe, expect, it } from 'vitest';
import { testApp } from '../support/app.js';
import { any, claimSenders, fresh, type Json, ok, says } from '../support/claims.js';
import { expectRejected, faults } from '../support/expect-rejected.js';

const t = await testApp();
const { create } = await claimSenders(t);

describe('POST /v1/claims with occurred_inherited', () => {
  it('says that occurred is the period of the source', async () => {
    const claim = await create([], { occurred: '2024-07-01/2024-12-13', occurred_inherited: true });
    expect(claim).toMatchObject({
      occurred_inherited: true,
      occurred_from: '2024-07-01',
      occurred_to: '2024-12-13',
    });
    expect((await create([], { occurred: '2024' })).occurred_inherited).toBe(false);
  });

  it('refuses it where there is nothing to inherit', async () => {
    const body = { text: 'x', occurred_inherited: true };
    const answer = await expectRejected(t, 422, 'invalid_body', 'POST', '/v1/claims', body);
    expect(faults(answer)).toEqual(['/occurred_inherited nothing_inherited']);
  });
});

describe('GET /v1/claims?include=', () => {
  it('adds the objects that are named, each once and whole, and nothing else', async () => {
    const claim = await create(
      [says({ source: 's', speaker: 'q' }), says({ source: 's2' }), says({ party: 'q', source: 's' })],
      { subject: 'p', value: { type: 'party', party: 'r' }, participants: [{ party: 'r', role: 'x' }] },
    );
    const objects: Json = {};
    for (const path of ['parties/p', 'parties/q', 'parties/r', 'sources/s', 'sources/s2']) {
      objects[path.split('/')[1]!] = ok(await t.send('GET', `/v1/${path}`));
    }
    const rows: [include: string, keys: string[]][] = [
      ['subject', ['p']],
      ['party', ['p', 'q', 'r']],
      ['source', ['s', 's2']],
      ['speaker', ['q']],
      ['subject,source,party', ['p', 'q', 'r', 's', 's2']],
      ['predicate', []],
    ];
    for (const [include, keys] of rows) {
      const { included, ...rest } = ok(await t.send('GET', `/v1/claims/${claim.id}?include=${include}`));
      expect(rest).toEqual(claim);
      expect(included).toEqual(Object.fromEntries(keys.map((key) => [objects[key].id, objects[key]])));
    }
  });

  it('adds to a page what the items of the page name', async () => {
    const key = fresh('subject');
    const party = ok(await t.send('PUT', `/v1/parties/${key}`, { kind: 'other', name: 'x' }), 201);
    for (let i = 0; i < 3; i++) await create([says({ source: 's' })], { subject: key });
    const page = ok(
      await t.send('GET', `/v1/claims?subject=${key}&limit=2&include=subject,source,attributions`),
    );
    expect(page.items).toHaveLength(2);
    expect(Object.keys(page.included)).toHaveLength(2);
    expect(page.included[party.id]).toEqual(party);
  });
});

describe('GET /v1/claims/{id}: names in references', () => {
  it('follow the object at once', async () => {
    const [who, where, what] = [fresh('party'), fresh('source'), fresh('predicate')];
    await t.send('PUT', `/v1/parties/${who}`, { kind: 'other', name: 'Old' });
    await t.send('PUT', `/v1/sources/${where}`, { type: 'other', title: 'Old' });
    await t.send('PUT', `/v1/predicates/${what}`, { label: 'Old', value_type: 'none' });
    const claim = await create([says({ party: who, source: where }), says({ local_id: 'x' })], {
      subject: who,
      predicate: what,
    });
    const url = `/v1/claims/${claim.id}`;
    const read = async () => {
      const { subject, predicate, attributions } = ok(await t.send('GET', url));
      const [{ id, party, source }] = attributions;
      const { claim: of } = ok(await t.send('GET', `/v1/attributions/${id}`));
      return [subject, predicate, party, source, of].map(({ name }) => name);
    };
    expect(await read()).toEqual(['Old', 'Old', 'Old', 'Old', 'x']);
    await t.send('PATCH', `/v1/parties/${who}`, { name: 'New party' }, any);
    await t.send('PATCH', `/v1/sources/${where}`, { title: 'New source' }, any);
    await t.send('PATCH', `/v1/predicates/${what}`, { label: 'new predicate' }, any);
    await t.send('PATCH', url, { text: 'new text' }, any);
    expect(await read()).toEqual(['New party', 'new predicate', 'New party', 'New source', 'new text']);
  });
});

import { describe, expect, it } from 'vitest';
import { testApp } from '../support/app.js';

const t = await testApp();
const admin = await t.newKey(['read', 'write', 'review'], { on_behalf_of: 'Desk 2' });

type Json = Record<string, unknown>;
const any = { 'if-match': '*' };
const post = async (path: string, body: object) => {
  const answer = await t.send('POST', path, body, { authorization: `Bearer ${admin}` });
  expect(answer.status, answer.text).toBe(201);
  return answer.json;
};
const patch = (path: string, body: object, headers = {}) =>
  t.send('PATCH', path, body, { ...any, ...headers });
const versions = async (path: string) => (await t.send('GET', `${path}/history`)).json.items as Json[];
const summary = (items: Json[]) => items.map(({ version, operation }) => [version, operation]);

describe('GET /v1/{noun}/{id}/history', () => {
  it('tells who changed what, when and why, newest first', async () => {
    t.setClock('2030-01-01T00:00:00.000Z');
    const { id } = await post('/v1/parties', { key: 'kp', kind: 'other', name: 'First' });
    t.setClock('2030-01-02T00:00:00.000Z');
    const sent = { 'change-reason': 'spelt%20wrongly', 'x-request-id': 'request-0001' };
    await patch('/v1/parties/kp', { name: 'Second', country: 'PK' }, sent);
    const items = await versions('/v1/parties/kp');
    expect(items).toMatchObject([
      {
        version: 2,
        operation: 'update',
        recorded_at: '2030-01-02T00:00:00.000Z',
        actor: { name: 'test' },
        on_behalf_of: null,
        reason: 'spelt wrongly',
        request_id: 'request-0001',
        patch: [
          { op: 'replace', path: '/name', value: 'Second' },
          { op: 'add', path: '/names/0', value: { name: 'First', kind: 'former' } },
          { op: 'replace', path: '/country', value: 'PK' },
        ],
      },
      { version: 1, operation: 'create', on_behalf_of: 'Desk 2', reason: null, patch: null },
    ]);
    expect(await versions(`/v1/parties/${id}`)).toEqual(items);
    const first = (await t.send('GET', `/v1/parties/${id}/history/1`)).json;
    expect(first.object).toMatchObject({ id, key: 'kp', name: 'First', country: null, version: 1 });
  });

  it('goes on through removal and restoration, and never answers 410', async () => {
    const { id } = await post('/v1/parties', { kind: 'other', name: 'Gone', country: 'AF' });
    const path = `/v1/parties/${id}`;
    await t.send('DELETE', path, undefined, any);
    expect((await t.send('GET', path)).status).toBe(410);
    expect(summary(await versions(path))).toEqual([
      [2, 'remove'],
      [1, 'create'],
    ]);
    expect((await t.send('GET', `${path}/history/2`)).json).toMatchObject({ object: null, patch: null });
    await t.send('PUT', path, { kind: 'other', name: 'Back' }, { 'if-match': '"2"' });
    const [restored] = await versions(path);
    expect(restored).toMatchObject({ version: 3, operation: 'restore' });
    expect(restored!.patch).toEqual([
      { op: 'replace', path: '/name', value: 'Back' },
      { op: 'replace', path: '/country', value: null },
    ]);
  });

  it('shows references by the names of now, also of what is gone', async () => {
    const whole = await post('/v1/parties', { kind: 'other', name: 'Whole' });
    const other = await post('/v1/parties', { key: 'other-whole', kind: 'other', name: 'Other' });
    const { id } = await post('/v1/parties', { kind: 'other', name: 'Part', part_of: whole.id });
    await patch(`/v1/parties/${id}`, { part_of: 'other-whole' });
    await patch('/v1/parties/other-whole', { name: 'Renamed' });
    await patch(`/v1/parties/${whole.id}`, { name: 'Last name' });
    await t.send('DELETE', `/v1/parties/${whole.id}`, undefined, any);
    const first = (await t.send('GET', `/v1/parties/${id}/history/1`)).json;
    expect(first.object.part_of).toEqual({ id: whole.id, key: null, name: 'Last name' });
    const [second] = await versions(`/v1/parties/${id}`);
    const value = { id: other.id, key: 'other-whole', name: 'Renamed' };
    expect(second!.patch).toEqual([{ op: 'replace', path: '/part_of', value }]);
  });

  it('names a lost attribution after its party, itself lost', async () => {
    const party = await post('/v1/parties', { kind: 'other', name: 'Who' });
    const claim = await post('/v1/claims', { text: 'It rained.' });
    const say = (more: object) =>
      post('/v1/attributions', { claim: claim.id, party: party.id, stance: 'asserts', ...more });
    const deep = await say({});
    const top = await say({ relays: [deep.id] });
    await t.send('DELETE', `/v1/claims/${claim.id}`, undefined, any);
    expect((await t.send('DELETE', `/v1/parties/${party.id}`, undefined, any)).status).toBe(204);
    const { object } = (await t.send('GET', `/v1/attributions/${top.id}/history/1`)).json;
    expect(object.relays).toEqual([{ id: deep.id, key: null, name: 'Who' }]);
    expect(object.claim).toEqual({ id: claim.id, key: null, name: 'It rained.' });
  });

  it('is paged both ways, each version once', async () => {
    const { id } = await post('/v1/parties', { kind: 'other', name: 'v1' });
    const path = `/v1/parties/${id}`;
    for (let i = 2; i <= 7; i += 1) await patch(path, { name: `v${i}` });
    const numbers = (json: Json) => (json.items as Json[]).map(({ version }) => version);
    const page = (url: string) => t.send('GET', url);
    const first = await page(`${path}/history?limit=3`);
    expect(numbers(first.json)).toEqual([7, 6, 5]);
    expect(first.json.prev_cursor).toBeNull();
    expect(first.headers.link).toContain('rel="next"');
    const second = await page(`${path}/history?limit=3&cursor=${first.json.next_cursor}`);
    const third = await page(`${path}/history?limit=3&cursor=${second.json.next_cursor}`);
    expect([numbers(second.json), numbers(third.json)]).toEqual([[4, 3, 2], [1]]);
    expect(third.json).toMatchObject({ next_cursor: null, has_more: false });
    const all = await versions(path);
    expect([first, second, third].flatMap(({ json }) => json.items)).toEqual(all);
    const back = await page(`${path}/history?limit=3&cursor=${third.json.prev_cursor}`);
    expect(numbers(back.json)).toEqual([4, 3, 2]);
    const start = await page(`${path}/history?limit=3&cursor=${back.json.prev_cursor}`);
    expect(numbers(start.json)).toEqual([7, 6, 5]);
    expect(start.json.prev_cursor).toBeNull();
    const elsewhere = await page(`/v1/claims?cursor=${first.json.next_cursor}`);
    expect(elsewhere.status).toBe(400);
  });

  it('holds the first version of an object of every noun', async () => {
    const party = await post('/v1/parties', { kind: 'other', name: 'P' });
    const source = await post('/v1/sources', { type: 'article', title: 'S' });
    const predicate = await post('/v1/predicates', { key: 'p-one', label: 'P', value_type: 'none' });
    const claim = await post('/v1/claims', { text: 'C', topics: ['a'], subject: party.id });
    const other = await post('/v1/claims', { text: 'D' });
    const said = await post('/v1/attributions', { claim: claim.id, party: party.id, stance: 'asserts' });
    const relation = await post('/v1/relations', { from: claim.id, type: 'supports', to: other.id });
    const assessment = await post('/v1/assessments', { claim: claim.id, credibility: 2 });
    const objects = { party, source, predicate, claim, attribution: said, relation, assessment };
    const plural = { party: 'parties' } as Record<string, string>;
    for (const [noun, object] of Object.entries(objects)) {
      const path = `/v1/${plural[noun] ?? `${noun}s`}/${object.id}`;
      expect(summary(await versions(path)), noun).toEqual([[1, 'create']]);
      const { object: recorded } = (await t.send('GET', `${path}/history/1`)).json;
      const { standing, attributions, attribution_count, activity_at, ...stored } = object;
      const { retracted, retracted_by, status, status_date, status_by, superseded_by, ...plain } = stored;
      expect(recorded, noun).toEqual(plain);
    }
  });

  it('answers 304 to a client that has it, and 404 for what never was', async () => {
    const { id } = await post('/v1/parties', { key: 'last', kind: 'other', name: 'P' });
    for (const path of ['/v1/parties/last/history', `/v1/parties/${id}/history/1`]) {
      const { headers } = await t.send('GET', path);
      expect((await t.send('GET', path, undefined, { 'if-none-match': String(headers.etag) })).status).toBe(
        304,
      );
    }
    for (const lost of ['never', 'party_01h2xcejqtf2nbrexx3vqjhp41', id.replace('party', 'claim'), 'A B']) {
      expect((await t.send('GET', `/v1/parties/${encodeURIComponent(lost)}/history`)).status, lost).toBe(404);
    }
    for (const number of ['0', '2', '01', '-1', '1.0', 'x', '99999999999999999999']) {
      expect((await t.send('GET', `/v1/parties/last/history/${number}`)).status, number).toBe(404);
    }
    expect((await t.send('GET', `/v1/claims/${id}/history`)).status).toBe(404);
    expect((await t.send('DELETE', '/v1/parties/last/history/1', undefined, any)).status).toBe(405);
  });
});

import { describe, expect, it } from 'vitest';
import { type Answer, type TestApp, testApp } from '../support/app.js';
import { chosenEngine, openRegister } from '../support/engines.js';

/** Two instances on one register, with requests spread over them as a proxy would. */

const party = (more: object = {}) => ({ kind: 'other', name: 'Someone', ...more });
const statuses = (answers: Answer[]) => {
  const counts: Record<number, number> = {};
  for (const { status } of answers) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
};

// PGlite has one connection, so that nothing happens at once there.
describe(`two instances on ${chosenEngine}`, async () => {
  const register = await openRegister(chosenEngine);
  const store = await register.another();
  const first = await testApp({ on: register });
  const second = await testApp({ on: { store, close: store.close } });
  const either = (i: number): TestApp => (i % 2 ? first : second);
  const both = (n: number, send: (t: TestApp, i: number) => Promise<Answer>) =>
    Promise.all(Array.from({ length: n }, (_, i) => send(either(i), i)));

  it('PATCH: one of 100 changes to one version is 200, the others are 412', async () => {
    const { json, headers } = await first.send('POST', '/v1/parties', party());
    const ifMatch = { 'if-match': String(headers.etag) };
    const answers = await both(100, (t, i) =>
      t.send('PATCH', `/v1/parties/${json.id}`, { name: `Name ${i}` }, ifMatch),
    );
    expect(statuses(answers)).toEqual({ 200: 1, 412: 99 });
    const winner = answers.find(({ status }) => status === 200)!;
    for (const t of [first, second]) {
      const now = await t.send('GET', `/v1/parties/${json.id}`);
      expect(now.json).toEqual(winner.json);
    }
  });

  it('POST: one of 50 requests for a key is 201, the others are 409', async () => {
    const answers = await both(50, (t, i) =>
      t.send('POST', '/v1/parties', party({ key: 'wanted', name: `${i}` })),
    );
    expect(statuses(answers)).toEqual({ 201: 1, 409: 49 });
    expect(new Set(answers.filter(({ status }) => status === 409).map(({ json }) => json.code))).toEqual(
      new Set(['key_taken']),
    );
  });

  it('POST: 30 equal requests with one Idempotency-Key create one object', async () => {
    const headers = { 'idempotency-key': 'the-same', authorization: `Bearer ${first.key}` };
    const answers = await both(30, (t) => t.send('POST', '/v1/parties', party({ name: 'Once' }), headers));
    expect(statuses(answers)).toEqual({ 201: 30 });
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    expect(answers.filter((answer) => answer.headers['idempotent-replayed'] === 'true')).toHaveLength(29);
  });

  it('PATCH: two changes that together make a circle are never both accepted', async () => {
    for (let round = 0; round < 10; round += 1) {
      const [a, b] = await both(2, (t) => t.send('POST', '/v1/parties', party()));
      const within = (t: TestApp, part: Answer, whole: Answer) =>
        t.send('PATCH', `/v1/parties/${part.json.id}`, { part_of: whole.json.id }, { 'if-match': '*' });
      const answers = await Promise.all([within(first, a!, b!), within(second, b!, a!)]);
      expect(statuses(answers)).toEqual({ 200: 1, 422: 1 });
    }
  });

  it('DELETE: an object that is referred to meanwhile is kept, or the reference is refused', async () => {
    for (let round = 0; round < 10; round += 1) {
      const { json } = await first.send('POST', '/v1/parties', party());
      const [removed, referring] = await Promise.all([
        first.send('DELETE', `/v1/parties/${json.id}`, undefined, { 'if-match': '*' }),
        second.send('POST', '/v1/parties', party({ part_of: json.id })),
      ]);
      expect([
        [204, 422],
        [409, 201],
      ]).toContainEqual([removed.status, referring.status]);
    }
  });

  it('POST attributions: each one that is added to a claim at the same time is counted', async () => {
    const who = (await first.send('POST', '/v1/parties', party())).json.id;
    const claim = (await first.send('POST', '/v1/claims', { kind: 'fact', text: 'It rained.' })).json;
    const answers = await both(40, (t) =>
      t.send('POST', `/v1/claims/${claim.id}/attributions`, { party: who, stance: 'asserts' }),
    );
    expect(statuses(answers)).toEqual({ 201: 40 });
    const { json } = await second.send('GET', `/v1/claims/${claim.id}`);
    expect([json.attribution_count, json.attributions.length, json.version]).toEqual([40, 40, 1]);
  });

  it('PATCH: a new name shows at once wherever the party is referred to', async () => {
    const { json: whole } = await first.send('POST', '/v1/parties', party({ name: 'Old' }));
    const { json: part } = await first.send('POST', '/v1/parties', party({ part_of: whole.id }));
    for (const t of [first, second]) {
      expect((await t.send('GET', `/v1/parties/${part.id}`)).json.part_of.name).toBe('Old');
    }
    await first.send('PATCH', `/v1/parties/${whole.id}`, { name: 'New' }, { 'if-match': '*' });
    for (const t of [second, first]) {
      expect((await t.send('GET', `/v1/parties/${part.id}`)).json.part_of.name).toBe('New');
    }
  });

  it('GET: a cursor of one instance works on the other', async () => {
    const page = await first.send('GET', '/v1/parties?limit=2');
    const next = await second.send('GET', `/v1/parties?limit=2&cursor=${page.json.next_cursor}`);
    expect(next.status).toBe(200);
    expect(next.json.items).toHaveLength(2);
    expect(next.json.items[0].id > page.json.items[1].id).toBe(true);
  });

  it('DELETE /v1/keys: a key is refused at once by the other instance', async () => {
    const admin = { authorization: `Bearer ${await first.newKey(['admin'])}` };
    const made = (await first.send('POST', '/v1/keys', { name: 'x', scopes: ['read'] }, admin)).json;
    const me = () => second.send('GET', '/v1/me', undefined, { authorization: `Bearer ${made.key}` });
    expect((await me()).status).toBe(200);
    expect((await first.send('DELETE', `/v1/keys/${made.id}`, undefined, admin)).status).toBe(204);
    expect((await me()).status).toBe(401);
  });
});

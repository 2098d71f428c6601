import { describe, expect, it } from 'vitest';
import type { Store } from '../../src/db/store/store.js';
import { testApp } from '../support/app.js';
import { effort } from '../support/effort.js';
import { chosenEngine, openRegister } from '../support/engines.js';
import { expectRejected, faults } from '../support/expect-rejected.js';

const t = await testApp();
const admin = { authorization: `Bearer ${await t.newKey(['read', 'write', 'admin'])}` };
const party = (name: string) => ({ kind: 'other', name });
const under = (key: string, more: Record<string, string> = {}) => ({ 'idempotency-key': key, ...more });
const count = async (plural: string): Promise<number> =>
  (await t.send('GET', `/v1/${plural}?count=exact&limit=1`)).json.total;

await t.send('PUT', '/v1/parties/p', party('P'));
await t.send('PUT', '/v1/sources/s', { type: 'other', title: 'S' });
await t.send('PUT', '/v1/claims/c', { text: 'C' });
/** Requests at once, under a fifth as many keys where there are several. */
const MANY = effort(10, 50);
const KEYS = MANY / 5;
let used = 0;
const fresh = () => `key-${used++}`;

const posts: [url: string, body: object][] = [
  ['/v1/parties', party('x')],
  ['/v1/sources', { type: 'other', title: 'x' }],
  ['/v1/predicates', { key: 'once', label: 'x', value_type: 'none' }],
  ['/v1/claims', { text: 'x', attributions: [{ party: 'p', stance: 'denies' }] }],
  ['/v1/claims/c/attributions', { party: 'p', stance: 'denies' }],
  ['/v1/attributions', { about_source: 's', party: 'p', stance: 'denies' }],
];

describe('POST with an Idempotency-Key sent again', () => {
  it.each(posts)('%s: is answered byte for byte as before, and changes nothing', async (url, body) => {
    const headers = under(fresh());
    const first = await t.send('POST', url, body, headers);
    expect(first.status).toBe(201);
    for (const header of ['idempotent-replayed', 'original-request']) {
      expect(first.headers).not.toHaveProperty(header);
    }
    const before = await t.dump();
    for (let again = 0; again < 2; again++) {
      const replay = await t.send('POST', url, body, headers);
      expect([replay.status, replay.text]).toEqual([201, first.text]);
      expect(replay.headers).toMatchObject({
        'idempotent-replayed': 'true',
        location: first.headers.location,
        etag: first.headers.etag,
        'content-type': first.headers['content-type'],
        'original-request': first.headers['x-request-id'],
      });
      expect(replay.headers['x-request-id']).not.toBe(first.headers['x-request-id']);
    }
    expect(await t.dump()).toBe(before);
  });

  it('gives the first answer even when the object has changed or is gone', async () => {
    const headers = under(fresh());
    const first = await t.send('POST', '/v1/parties', party('x'), headers);
    const url = `/v1/parties/${first.json.id}`;
    await t.send('PATCH', url, { name: 'y' }, { 'if-match': '*' });
    expect((await t.send('POST', '/v1/parties', party('x'), headers)).text).toBe(first.text);
    await t.send('DELETE', url, undefined, { 'if-match': '*' });
    expect((await t.send('POST', '/v1/parties', party('x'), headers)).text).toBe(first.text);
  });

  it('names the request that made the change, so that it can be reverted', async () => {
    const headers = under(fresh());
    await t.send('POST', '/v1/parties', party('x'), headers);
    const replay = await t.send('POST', '/v1/parties', party('x'), headers);
    const made = replay.headers['original-request'];
    const { status, json } = await t.send('POST', `/v1/batches/${made}/revert`, {});
    expect([status, json.items.length]).toEqual([200, 1]);
    expect((await t.send('GET', `/v1/parties/${replay.json.id}`)).status).toBe(410);
  });

  it('answers 422 to another body', async () => {
    const headers = under(fresh());
    await t.send('POST', '/v1/parties', party('x'), headers);
    await expectRejected(t, 422, 'idempotency_mismatch', 'POST', '/v1/parties', party('y'), headers);
    const more = { ...party('x'), description: 'x' };
    await expectRejected(t, 422, 'idempotency_mismatch', 'POST', '/v1/parties', more, headers);
    expect((await t.send('POST', '/v1/parties', party('x'), headers)).status).toBe(201);
  });

  it('answers 422 at another address', async () => {
    const headers = under(fresh());
    const body = { party: 'p', stance: 'denies' };
    await t.send('PUT', '/v1/claims/d', { text: 'D' });
    await t.send('POST', '/v1/claims/c/attributions', body, headers);
    await expectRejected(t, 422, 'idempotency_mismatch', 'POST', '/v1/claims/d/attributions', body, headers);
    await expectRejected(t, 422, 'idempotency_mismatch', 'POST', '/v1/parties', party('x'), headers);
  });

  it('answers 422 for the body where that is refused anyway', async () => {
    const headers = under(fresh());
    await t.send('POST', '/v1/parties', party('x'), headers);
    await expectRejected(t, 422, 'invalid_body', 'POST', '/v1/parties', {}, headers);
  });

  it('counts for the holder of the API key alone', async () => {
    const headers = under(fresh());
    const other = { authorization: `Bearer ${await t.newKey(['write'])}` };
    const mine = await t.send('POST', '/v1/parties', party('mine'), headers);
    const theirs = await t.send('POST', '/v1/parties', party('theirs'), { ...headers, ...other });
    expect([theirs.status, theirs.headers['idempotent-replayed']]).toEqual([201, undefined]);
    expect(theirs.json.name).toBe('theirs');
    expect((await t.send('POST', '/v1/parties', party('mine'), headers)).text).toBe(mine.text);
    const again = await t.send('POST', '/v1/parties', party('theirs'), { ...headers, ...other });
    expect(again.text).toBe(theirs.text);
  });

  it('answers 401 to a holder who has lost the right to write', async () => {
    const headers = under(fresh());
    const { json: made } = await t.send('POST', '/v1/keys', { name: 'x', scopes: ['write'] }, admin);
    const theirs = { ...headers, authorization: `Bearer ${made.key}` };
    expect((await t.send('POST', '/v1/parties', party('x'), theirs)).status).toBe(201);
    await t.send('DELETE', `/v1/keys/${made.id}`, undefined, admin);
    await expectRejected(t, 401, 'unauthenticated', 'POST', '/v1/parties', party('x'), theirs);
  });

  it('counts for seven days', async () => {
    const app = await testApp();
    const send = (body: object) => app.send('POST', '/v1/parties', body, under('k'));
    app.setClock('2030-01-01T00:00:00.000Z');
    const first = await send(party('x'));
    app.setClock('2030-01-08T00:00:00.000Z');
    expect((await send(party('x'))).text).toBe(first.text);
    app.setClock('2030-01-08T00:00:00.001Z');
    const later = await send(party('y'));
    expect([later.status, later.json.name, later.headers['idempotent-replayed']]).toEqual([
      201,
      'y',
      undefined,
    ]);
    expect((await send(party('y'))).text).toBe(later.text);
  });
});

describe('POST with an Idempotency-Key, refused', () => {
  it('takes what is sent in the place of a bad body', async () => {
    const headers = under(fresh());
    await expectRejected(t, 422, 'invalid_body', 'POST', '/v1/parties', { kind: 'other' }, headers);
    await expectRejected(t, 400, 'unreadable_body', 'POST', '/v1/parties', '{', headers);
    await expectRejected(t, 415, 'unsupported_media_type', 'POST', '/v1/parties', 'x', {
      ...headers,
      'content-type': 'x/y',
    });
    await expectRejected(t, 400, 'invalid_query', 'POST', '/v1/parties?x=1', party('x'), headers);
    const answer = await t.send('POST', '/v1/parties', party('x'), headers);
    expect([answer.status, answer.headers['idempotent-replayed']]).toEqual([201, undefined]);
  });

  it('by the register: the same request is taken once it can be', async () => {
    const headers = under(fresh());
    const body = { text: 'x', subject: 'later', attributions: [{ party: 'p', stance: 'denies' }] };
    await expectRejected(t, 422, 'invalid_body', 'POST', '/v1/claims', body, headers);
    await t.send('PUT', '/v1/parties/later', party('later'));
    expect((await t.send('POST', '/v1/claims', body, headers)).status).toBe(201);

    const taken = under(fresh());
    await expectRejected(t, 409, 'key_taken', 'POST', '/v1/parties', { key: 'p', ...party('x') }, taken);
    await expectRejected(
      t,
      404,
      'not_found',
      'POST',
      '/v1/claims/none/attributions',
      { party: 'p', stance: 'denies' },
      taken,
    );
    expect((await t.send('POST', '/v1/parties', party('x'), taken)).status).toBe(201);
  });
});

describe('Idempotency-Key', () => {
  it('is the same key bare and in quotes', async () => {
    const first = await t.send('POST', '/v1/parties', party('x'), under('a-1'));
    expect(first.status).toBe(201);
    expect((await t.send('POST', '/v1/parties', party('x'), under('"a-1"'))).text).toBe(first.text);
  });

  it('tells capitals from small letters', async () => {
    const ids = await Promise.all(
      ['case', 'CASE'].map(
        async (key) => (await t.send('POST', '/v1/parties', party('x'), under(key))).json.id,
      ),
    );
    expect(new Set(ids).size).toBe(2);
  });

  it.each(posts)('is refused by POST %s where it is no key', async (url, body) => {
    const answer = await expectRejected(t, 400, 'invalid_header', 'POST', url, body, under('"a'));
    expect(faults(answer)).toEqual(['Idempotency-Key invalid_header']);
  });

  it('is not taken by POST /v1/keys, whose answer holds a secret', async () => {
    const body = { name: 'x', scopes: ['read'] };
    const answer = await expectRejected(t, 400, 'invalid_header', 'POST', '/v1/keys', body, {
      ...admin,
      ...under('k'),
    });
    expect(faults(answer)).toEqual(['Idempotency-Key invalid_header']);
  });

  it('means nothing to PUT, PATCH and DELETE, which can be repeated anyway', async () => {
    const headers = under(fresh(), { 'if-match': '*' });
    const first = await t.send('PUT', '/v1/parties/p', party('first'), headers);
    const second = await t.send('PUT', '/v1/parties/p', party('second'), headers);
    const third = await t.send('PATCH', '/v1/parties/p', { name: 'third' }, headers);
    expect([first, second, third].map(({ json }) => json.name)).toEqual(['first', 'second', 'third']);
  });
});

describe('POST with an Idempotency-Key', async () => {
  const { store, close } = await openRegister(chosenEngine);
  const alive = await testApp({ on: { store, close } });
  let writes = Number.POSITIVE_INFINITY;
  const write: Store['write'] = async (fn, now) => {
    if (writes-- <= 0) throw new Error('the process has ended');
    return store.write(fn, now);
  };
  const dying = await testApp({ on: { store: { ...store, write }, close: async () => {} } });

  it('is answered again after the process ended right behind the commit: both were one write', async () => {
    const headers = under(fresh(), { authorization: `Bearer ${alive.key}` });
    writes = 1;
    await dying.send('POST', '/v1/parties', party('x'), headers);
    const again = await alive.send('POST', '/v1/parties', party('x'), headers);
    expect([again.status, again.headers['idempotent-replayed']]).toEqual([201, 'true']);
    expect((await alive.send('GET', '/v1/parties?count=exact')).json.total).toBe(1);
  });
});

describe('POST with an Idempotency-Key, many at once', () => {
  it('make one object under one key', async () => {
    for (const [url, body] of posts.filter(([path]) => path !== '/v1/predicates')) {
      const plural = url.endsWith('attributions') ? 'attributions' : url.split('/')[2]!;
      const headers = under(fresh());
      const before = await count(plural);
      const answers = await Promise.all(
        Array.from({ length: MANY }, () => t.send('POST', url, body, headers)),
      );
      expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 201));
      expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
      expect(answers.filter(({ headers: sent }) => sent['idempotent-replayed'] === undefined)).toHaveLength(
        1,
      );
      expect(await count(plural)).toBe(before + 1);
    }
  });

  it('make as many objects as there are keys', async () => {
    const before = await count('parties');
    const keys = Array.from({ length: KEYS }, fresh);
    const sent = Array.from({ length: MANY }, (_, i) =>
      t.send('POST', '/v1/parties', party('x'), under(keys[i % KEYS]!)),
    );
    const ids = (await Promise.all(sent)).filter(({ status }) => status === 201).map(({ json }) => json.id);
    expect(new Set(ids).size).toBe(KEYS);
    expect(await count('parties')).toBe(before + KEYS);
  });

  it('take one of different bodies under one key', async () => {
    const before = await count('parties');
    const headers = under(fresh());
    const sent = Array.from({ length: MANY }, (_, i) =>
      t.send('POST', '/v1/parties', party(`x${i}`), headers),
    );
    const statuses = (await Promise.all(sent)).map(({ status }) => status);
    expect(statuses.filter((status) => status === 201)).toHaveLength(1);
    for (const status of statuses) expect([201, 409, 422]).toContain(status);
    expect(await count('parties')).toBe(before + 1);
  });
});

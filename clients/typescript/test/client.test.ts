import type { AddressInfo } from 'node:net';
import { beforeAll, describe, expect, it } from 'vitest';
import { testApp } from '../../../test/support/app.js';
import { createAttested, ifMatch, ProblemError, type RecordedChange } from '../src/index.js';

/** The client against a register that is served on loopback; faults are those of the `fetch` that it is given. */

const t = await testApp({ register: 'sample' });
let baseUrl = '';
beforeAll(async () => {
  await t.app.listen({ host: '127.0.0.1', port: 0 });
  baseUrl = `http://127.0.0.1:${(t.app.server.address() as AddressInfo).port}`;
});

type Fault = (request: Request) => Response | Promise<Response | null> | null;

/** A client whose first requests meet these faults; what it sent is noted. A fault of null lets the request through. */
function client(faults: Fault[] = [], options: { key?: string; retries?: number; maxDelayMs?: number } = {}) {
  const sent: Request[] = [];
  const api = createAttested({
    baseUrl,
    key: t.key,
    maxDelayMs: 20,
    ...options,
    async fetch(request) {
      sent.push(request.clone());
      return (await faults.shift()?.(request)) ?? fetch(request);
    },
  });
  return { api, sent, keys: () => sent.map(({ headers }) => headers.get('idempotency-key')) };
}

const busy =
  (status: number, headers: Record<string, string> = {}): Fault =>
  () =>
    new Response(null, { status, headers });
const cut: Fault = () => Promise.reject(new TypeError('fetch failed'));
/** The register carries the request out, but the answer is lost. */
const lost: Fault = async (request) => {
  await (await fetch(request)).arrayBuffer();
  throw new TypeError('terminated');
};

const rejection = async (promise: Promise<unknown>): Promise<ProblemError> => {
  const error = await promise.then(
    () => expect.fail('it was not rejected'),
    (reason) => reason,
  );
  expect(error).toBeInstanceOf(ProblemError);
  return error;
};

const party = (key: string) => ({ body: { key, kind: 'other' as const, name: 'Somebody' } });
const versionsOf = async (key: string) => (await t.send('GET', `/v1/parties/${key}/history`)).json.items;

describe('methods', () => {
  it('give the data of a success', async () => {
    const { api } = client();
    const claim = await api.GET('/v1/claims/{id}', { params: { path: { id: 'ttp-leader-family-stipend' } } });
    expect(claim).toEqual((await t.send('GET', '/v1/claims/ttp-leader-family-stipend')).json);
  });

  it('throw a problem with its code, status and places', async () => {
    const { api } = client();
    const missing = await rejection(api.GET('/v1/claims/{id}', { params: { path: { id: 'nothing' } } }));
    expect(missing).toMatchObject({ name: 'ProblemError', status: 404, code: 'not_found' });
    const invalid = await rejection(
      api.POST('/v1/claims', { body: { text: 'x', subject: 'nobody-at-all' } }),
    );
    expect(invalid.problem).toMatchObject({ status: 422, errors: [{ pointer: '/subject' }] });
    expect(invalid.message).toContain(invalid.problem!.detail);
  });

  it('throw without a problem where something else than a register answers', async () => {
    const page = () =>
      new Response('<h1>Bad gateway</h1>', { status: 502, headers: { 'content-type': 'text/html' } });
    const error = await rejection(client([page]).api.GET('/v1/me'));
    expect(error).toMatchObject({ status: 502, code: null, problem: null });
    expect(error.response.status).toBe(502);
  });

  it('send If-Match for what was read, so that no change of another is overwritten', async () => {
    const { api } = client();
    const read = await api.POST('/v1/parties', party('client-if-match'));
    const params = { path: { id: read.id }, header: ifMatch(read) };
    expect(await api.PATCH('/v1/parties/{id}', { params, body: { name: 'Mine' } })).toMatchObject({
      version: 2,
    });
    const stale = await rejection(api.PATCH('/v1/parties/{id}', { params, body: { name: 'Again' } }));
    expect(stale).toMatchObject({ status: 412, code: 'precondition_failed' });
  });
});

describe('lists', () => {
  it('items come to the end, each once, in the order of the register', async () => {
    const { api, sent } = client();
    const ids: string[] = [];
    for await (const { id } of api.items('/v1/claims', { params: { query: { kind: 'fact', limit: 20 } } }))
      ids.push(id);
    const all = (await t.send('GET', '/v1/claims?kind=fact&limit=200')).json.items;
    expect(ids).toEqual(all.map(({ id }: { id: string }) => id));
    expect(sent.length).toBe(Math.ceil(ids.length / 20));
    expect(sent.length).toBeGreaterThan(3);
  });

  it('a loop that ends early fetches no further page', async () => {
    const { api, sent } = client();
    for await (const page of api.pages('/v1/claims', { params: { query: { limit: 5 } } })) {
      expect(page.items).toHaveLength(5);
      break;
    }
    expect(sent).toHaveLength(1);
  });

  it('the feed is read up to now by its own cursors', async () => {
    const { api } = client();
    let changes = 0;
    for await (const { type } of api.items('/v1/changes', {
      params: { query: { type: 'predicate', limit: 5 } },
    })) {
      expect(type).toBe('predicate');
      changes += 1;
    }
    expect(changes).toBeGreaterThan(10);
  });
});

describe('retries', () => {
  it('a POST is sent again under the same key, and carried out once', async () => {
    const { api, keys } = client([busy(503), lost, busy(429)]);
    const made = await api.POST('/v1/parties', party('client-retried'));
    expect(made.key).toBe('client-retried');
    expect(keys()).toHaveLength(4);
    expect(new Set(keys()).size).toBe(1);
    expect(keys()[0]).toMatch(/^[0-9a-f-]{36}$/);
    expect(await versionsOf('client-retried')).toHaveLength(1);
  });

  it('two calls have two keys; one that the caller chose stays', async () => {
    const { api, keys } = client();
    await api.POST('/v1/parties', party('client-first'));
    await api.POST('/v1/parties', party('client-second'));
    const params = { header: { 'Idempotency-Key': 'chosen' } };
    await api.POST('/v1/parties', { ...party('client-third'), params });
    expect(new Set(keys()).size).toBe(3);
    expect(keys()[2]).toBe('chosen');
  });

  it('a new API key is asked for without a key, and only once when the answer is lost', async () => {
    const { api, keys } = client([lost], { key: await t.newKey(['admin']) });
    await expect(api.POST('/v1/keys', { body: { name: 'x', scopes: ['read'] } })).rejects.toThrow(
      'terminated',
    );
    expect(keys()).toEqual([null]);
  });

  it('GET and PUT are sent again when the network fails, PATCH and DELETE only when they were refused', async () => {
    const path = { id: 'client-put' };
    const body = { kind: 'other' as const, name: 'Put' };
    const { api } = client([lost, cut]);
    expect((await api.PUT('/v1/parties/{id}', { params: { path }, body })).version).toBe(1);
    await client([cut, cut]).api.GET('/v1/parties/{id}', { params: { path } });

    const params = { path, header: ifMatch({ version: 1 }) };
    const patch = (faults: Fault[]) =>
      client(faults).api.PATCH('/v1/parties/{id}', { params, body: { name: 'New' } });
    await expect(patch([cut])).rejects.toThrow('fetch failed');
    expect(await patch([busy(503)])).toMatchObject({ version: 2 });
    const remove = client([cut]).api.DELETE('/v1/parties/{id}', { params });
    await expect(remove).rejects.toThrow('fetch failed');
  });

  it('it gives up after so many, and at once where it should wait for too long', async () => {
    const again = client(
      Array.from({ length: 9 }, () => busy(503)),
      { retries: 2 },
    );
    expect((await rejection(again.api.GET('/v1/me'))).status).toBe(503);
    expect(again.sent).toHaveLength(3);
    const long = client([busy(503, { 'retry-after': '3600' })]);
    expect((await rejection(long.api.GET('/v1/me'))).status).toBe(503);
    expect(long.sent).toHaveLength(1);
  });

  it.each([
    ['seconds', () => '1'],
    ['a date', () => new Date(Date.now() + 2_000).toUTCString()],
  ])('Retry-After as %s is waited for', async (_, value) => {
    const { api, sent } = client([busy(429, { 'retry-after': value() })], { maxDelayMs: 3_000 });
    const begun = performance.now();
    await api.GET('/v1/me');
    expect(performance.now() - begun).toBeGreaterThan(950);
    expect(sent).toHaveLength(2);
  });

  it('no other refusal is sent again', async () => {
    const { api, sent } = client();
    await rejection(api.GET('/v1/claims/{id}', { params: { path: { id: 'nothing' } } }));
    expect(sent).toHaveLength(1);
    const problem = { status: 503, code: 'query_too_broad', detail: 'narrow it', errors: [] };
    const headers = { 'content-type': 'application/problem+json' };
    const broad = client([() => new Response(JSON.stringify(problem), { status: 503, headers })]);
    expect((await rejection(broad.api.GET('/v1/claims'))).code).toBe('query_too_broad');
    expect(broad.sent).toHaveLength(1);
  });

  it('a signal ends the waiting', async () => {
    const stop = new AbortController();
    const { api } = client([busy(503, { 'retry-after': '30' })], { maxDelayMs: 60_000 });
    const waiting = api.GET('/v1/me', { signal: stop.signal });
    setTimeout(() => stop.abort(new Error('enough')), 50);
    await expect(waiting).rejects.toThrow('enough');
  });
});

describe('follow', () => {
  /** Cuts the connection after so many bytes of its body. */
  const cutAfter =
    (bytes: number): Fault =>
    async (request) => {
      const response = await fetch(request);
      let left = bytes;
      const reader = response.body!.getReader();
      const body = new ReadableStream<Uint8Array>({
        async pull(controller) {
          const { value, done } = await reader.read();
          if (done) return controller.close();
          const part = value.subarray(0, left);
          left -= part.length;
          if (part.length > 0) controller.enqueue(part);
          if (left > 0) return;
          await reader.cancel();
          controller.error(new TypeError('terminated'));
        },
      });
      return new Response(body, response);
    };

  it('misses nothing and tells nothing twice, however often the connection breaks', async () => {
    const whole = (await t.send('GET', '/v1/changes?type=predicate&limit=200')).json.items;
    expect(whole.length).toBeGreaterThan(10);
    const { api, sent } = client([cutAfter(900), busy(503), cutAfter(2_001), cut, cutAfter(1)]);
    const seen: RecordedChange[] = [];
    for await (const change of api.follow({ type: 'predicate' })) {
      seen.push(change);
      if (seen.length === whole.length) break;
    }
    expect(seen).toEqual(whole);
    expect(sent).toHaveLength(6);
    expect(sent[0]!.headers.get('last-event-id')).toBeNull();
    expect(sent[1]!.headers.get('last-event-id')).toBe(seen[0]!.cursor);
  });

  it('goes on after a cursor with what is committed meanwhile, until it is stopped', async () => {
    const { api } = client();
    const { next_cursor: after } = (await t.send('GET', '/v1/changes?limit=200&type=relation')).json;
    const stop = new AbortController();
    const seen: string[] = [];
    const following = (async () => {
      for await (const change of api.follow({ after, type: 'party', signal: stop.signal })) {
        if (change.key?.startsWith('client-follow')) seen.push(`${change.operation} ${change.key}`);
        if (seen.length === 2) stop.abort();
      }
    })();
    const made = await api.POST('/v1/parties', party('client-follow'));
    await api.DELETE('/v1/parties/{id}', { params: { path: { id: made.id }, header: ifMatch(made) } });
    await following;
    expect(seen).toEqual(['create client-follow', 'remove client-follow']);
  });

  it('throws what will not get better, and what does not get better for long', async () => {
    const first = (options: Parameters<typeof client>[1], faults: Fault[] = [], after?: string) =>
      client(faults, options)
        .api.follow(after === undefined ? {} : { after })
        .next();
    expect((await rejection(first({ key: 'att_wrong' }))).status).toBe(401);
    expect((await rejection(first({}, [], 'no-cursor'))).status).toBe(400);
    await expect(first({ retries: 2 }, [cut, cut, cut])).rejects.toThrow('fetch failed');
  });
});

import { DrizzleQueryError, sql } from 'drizzle-orm';
import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { buildApp } from '../../src/app.js';
import type { Store, Tx } from '../../src/db/store/store.js';
import { type Scope, scopes } from '../../src/http/openapi/operation.js';
import { newId } from '../../src/lib/ids.js';
import { testApp } from '../support/app.js';
import { Contract } from '../support/contract.js';
import { nouns, oneOfEach, postedReads } from '../support/one-of-each.js';
import { readsHere } from '../support/reads.js';
import { appWithRoutes, type Route } from '../support/routes.js';

/** Every route that is registered is held to its scope; none is listed by hand. */

const open = await appWithRoutes({});
const keyed = await appWithRoutes({ openReads: false });
for (const t of [open, keyed]) await oneOfEach(t);
type App = typeof open;

const routes = open.routes.filter(({ method }) => method !== 'OPTIONS');
const guarded = routes.filter(({ scope }) => scope !== 'public');
const reads = guarded.filter(({ scope }) => scope === 'read');
const rest = guarded.filter(({ scope }) => scope !== 'read');

/** An address that the route takes, of something that exists; of keys, an id that nobody has. */
function addressOf({ url }: Route): string {
  const noun = nouns.find(({ plural }) => url.startsWith(`/v1/${plural}/`));
  const id = noun?.key ?? (url.startsWith('/v1/keys') ? 'apikey_01kahw2v9wfyy9k9vz3n2xq5ra' : 'not_found');
  // Without a question this tells what can be asked, for which nobody needs a key.
  if (url === '/reconcile') return `${url}?queries=%7B%7D`;
  return url.replace(/:\w+/, id).replace('*', 'index.css');
}

/** Sends each route a request with this key, or none, and tells which did not answer as they must. */
async function wrong(
  t: App,
  tried: Route[],
  keyFor: string | null | ((route: Route) => Promise<string>),
  isRight: (status: number, headers: Record<string, unknown>) => boolean,
): Promise<string[]> {
  expect(tried.length).toBeGreaterThan(5);
  const found: string[] = [];
  for (const route of tried) {
    const key = typeof keyFor === 'function' ? await keyFor(route) : keyFor;
    const { statusCode, headers } = await t.app.inject({
      method: route.method as 'GET',
      url: addressOf(route),
      // A stream would not end; from a place that is not ours none begins.
      headers: { 'last-event-id': 'nowhere', ...(key !== null && { authorization: `Bearer ${key}` }) },
    });
    if (!isRight(statusCode, headers)) found.push(`${route.method} ${route.url}: ${statusCode}`);
  }
  return found;
}

const isChallenged = (status: number, headers: Record<string, unknown>) =>
  status === 401 && String(headers['www-authenticate']).startsWith('Bearer');
const isForbidden = (status: number) => status === 403;
const isLetThrough = (status: number) => status !== 401 && status !== 403 && status < 500;

/** One key for each set of scopes, made when first needed. */
function keys(t: App) {
  const made = new Map<string, Promise<string>>();
  return (chosen: Scope[]) => {
    const name = chosen.join(' ');
    const key = made.get(name) ?? t.newKey(chosen);
    made.set(name, key);
    return key;
  };
}

describe('every route', () => {
  it('is public only where it is a read outside /v1, or the index of what there is', () => {
    const strange = routes.filter(
      ({ scope, method, url }) =>
        scope === 'public' && (url.startsWith('/v1/') || !/^(GET|HEAD)$/.test(method)),
    );
    expect(strange).toEqual([]);
    const guarded = /^\/(v1|reconcile)(\/|$|\.)/;
    const outside = routes.filter(
      ({ scope, url, page }) => scope !== 'public' && !guarded.test(url) && !page,
    );
    expect(outside).toEqual([]);
    expect(routes.filter(({ page, method }) => page && !/^(GET|HEAD)$/.test(method))).toEqual([]);
  });

  it('needs more than read where it changes something, and admin where it is about keys', () => {
    const posted = reads.filter(({ method }) => !/^(GET|HEAD)$/.test(method));
    expect(posted.map(({ method, url }) => `${method} ${url}`)).toEqual(
      postedReads.map((path) => `POST ${path}`),
    );
    const ofKeys = routes.filter(({ url }) => url.startsWith('/v1/keys'));
    expect(new Set(ofKeys.map(({ scope }) => scope))).toEqual(new Set(['admin']));
  });

  it('declares a scope, or the app does not start', async () => {
    const logger = pino({ level: 'silent' });
    const config = { openReads: true, corsOrigins: '*' as const };
    const app = await buildApp({
      config,
      store: open.store,
      clock: () => '',
      ids: newId,
      logger,
      ...readsHere(open.store),
    });
    app.get('/v1/forgotten', async () => ({}));
    await expect(app.ready()).rejects.toThrow('GET /v1/forgotten declares no scope');
  });
});

it('GET /v1/parties: Vary names Origin beside what else the answer depends on', async () => {
  const logger = pino({ level: 'silent' });
  const config = { openReads: true, corsOrigins: ['https://a.test', 'https://b.test'] };
  const clock = () => new Date().toISOString();
  const app = await buildApp({
    config,
    store: open.store,
    clock,
    ids: newId,
    logger,
    ...readsHere(open.store),
  });
  new Contract().hold(app);
  for (const url of ['/v1/parties', '/v1/parties.csv']) {
    const answer = await app.inject({ url, headers: { origin: 'https://b.test' } });
    const names = String(answer.headers.vary).split(', ');
    expect(names, url).toEqual(expect.arrayContaining(['Origin', 'Accept-Datetime']));
  }
  await app.close();
});

it('GET of every route under /v1: the answer is kept by its client alone, and asked for again', async () => {
  const authorization = `Bearer ${await open.newKey([...scopes])}`;
  const found: string[] = [];
  for (const route of guarded.filter(({ method }) => method === 'GET')) {
    const headers = { authorization, 'last-event-id': 'nowhere' };
    const answer = await open.app.inject({ url: addressOf(route), headers });
    const control = String(answer.headers['cache-control']);
    if (!['private, no-cache', 'no-store'].includes(control)) found.push(`${route.url}: ${control}`);
  }
  expect(found).toEqual([]);
});

describe('every route without a key', () => {
  it('answers where it is public', async () => {
    const tried = routes.filter(({ scope }) => scope === 'public');
    expect(await wrong(keyed, tried, null, isLetThrough)).toEqual([]);
    expect(await wrong(keyed, tried, 'no key at all', isLetThrough)).toEqual([]);
  });

  it('answers where it is a read and reads are open', async () => {
    expect(await wrong(open, reads, null, isLetThrough)).toEqual([]);
  });

  it('is 401 where it is a read and reads are keyed', async () => {
    expect(await wrong(keyed, reads, null, isChallenged)).toEqual([]);
  });

  it('is 401 where it is no read', async () => {
    const before = await open.fingerprint();
    expect(await wrong(open, rest, null, isChallenged)).toEqual([]);
    expect(await wrong(keyed, rest, null, isChallenged)).toEqual([]);
    expect((await open.fingerprint()) === before).toBe(true);
  });
});

describe('every route with a key', () => {
  it('of all scopes but the one that is needed: 403', async () => {
    const keyOf = keys(keyed);
    const others = ({ scope }: Route) => keyOf(scopes.filter((one) => one !== scope));
    expect(await wrong(keyed, rest, others, isForbidden)).toEqual([]);
  });

  it.each(scopes)('of the scope %s alone: let through to every read', async (scope) => {
    const keyOf = keys(keyed);
    expect(await wrong(keyed, reads, () => keyOf([scope]), isLetThrough)).toEqual([]);
  });

  it('of the scope that is needed alone: let through', async () => {
    const keyOf = keys(keyed);
    expect(await wrong(keyed, guarded, ({ scope }) => keyOf([scope as Scope]), isLetThrough)).toEqual([]);
  });

  it('that is no key, where reads are open too: 401', async () => {
    const key = await open.newKey([...scopes]);
    const last = key.endsWith('0') ? '1' : '0';
    expect(await wrong(open, guarded, `${key.slice(0, -1)}${last}`, isChallenged)).toEqual([]);
  });

  it('that is revoked: 401', async () => {
    const admin = { authorization: `Bearer ${await open.newKey(['admin'])}` };
    const key = await open.newKey([...scopes]);
    const id = `apikey_${key.split('_')[1]}`;
    expect(await wrong(open, reads.slice(0, 10), key, isLetThrough)).toEqual([]);
    expect((await open.send('DELETE', `/v1/keys/${id}`, undefined, admin)).status).toBe(204);
    const before = await open.fingerprint();
    expect(await wrong(open, guarded, key, isChallenged)).toEqual([]);
    expect((await open.fingerprint()) === before).toBe(true);
  });

  it('that has expired: 401', async () => {
    const key = await open.newKey([...scopes], { expires_at: '2020-06-01T00:00:00.000Z' });
    expect(await wrong(open, guarded, key, isChallenged)).toEqual([]);
  });
});

describe('POST, PUT, PATCH, DELETE /v1/parties', () => {
  it.each([401, 403])('a %i leaves the register as it was, whatever is sent', async (status) => {
    const key = await open.newKey(scopes.filter((scope) => scope !== 'write'));
    const authorization = status === 401 ? 'Bearer att_none' : `Bearer ${key}`;
    const before = await open.fingerprint();
    const body = { kind: 'other', name: 'Nobody' };
    const headers = { authorization, 'if-match': '*', 'idempotency-key': 'refused' };
    for (const [method, url, sent] of [
      ['POST', '/v1/parties', body],
      ['PUT', '/v1/parties/nobody', body],
      ['PUT', '/v1/parties/ttp', body],
      ['PATCH', '/v1/parties/ttp', { name: 'Nobody' }],
      ['DELETE', '/v1/parties/ttp', undefined],
    ] as const) {
      expect((await open.send(method, url, sent, headers)).status, `${method} ${url}`).toBe(status);
    }
    expect((await open.fingerprint()) === before).toBe(true);
  });
});

describe('the log', () => {
  const canary = 'canary7f3a';

  /** Faults of the storage that tell what a client sent: of the engine in use, and as PostgreSQL has them. */
  const faults: ((tx: Tx) => Promise<unknown>)[] = [
    (tx) => tx.db.select().from(tx.tables.parties).where(sql`no_such_column = ${canary}`),
    async () => {
      const engine = new Error(`invalid input syntax for type integer: "${canary}"`);
      Object.assign(engine, { code: '22P02', detail: `Key (name)=(${canary}) is odd.` });
      throw new DrizzleQueryError('select 1 where $1', [canary], engine);
    },
  ];

  it('holds no key, no query and nothing of a body', async () => {
    const t = await testApp();
    const lines: string[] = [];
    const logger = pino({ level: 'trace' }, { write: (line: string) => void lines.push(line) });
    let fault: ((tx: Tx) => Promise<unknown>) | undefined;
    const store: Store = {
      ...t.store,
      read: (fn) =>
        t.store.read(async (tx) => {
          await fault?.(tx);
          return fn(tx);
        }),
    };
    const config = { openReads: true, corsOrigins: '*' as const };
    const clock = () => new Date().toISOString();
    const app = await buildApp({ config, store, clock, ids: newId, logger, ...readsHere(store) });
    new Contract().hold(app);
    const key = await t.newKey(['read', 'write', 'admin']);
    const secrets = [canary, key, key.split('_')[2]!];
    const authorization = `Bearer ${key}`;
    const json = { 'content-type': 'application/json', authorization };
    const statuses: number[] = [];
    const request = async (
      method: string,
      url: string,
      headers: Record<string, string>,
      payload?: string,
    ) => {
      const answer = await app.inject({ method: method as 'GET', url, headers, ...(payload && { payload }) });
      statuses.push(answer.statusCode);
      if (url === '/v1/keys') secrets.push(answer.json().key.split('_')[2]);
    };

    await request('GET', `/v1/parties?name=${canary}`, {});
    await request('GET', `/v1/parties?${canary}=1&authorization=${key}`, { authorization });
    await request('GET', `/v1/nothing?${canary}`, {});
    await request('GET', `/v1/parties?name=%zz${canary}`, {});
    await request('GET', `/v1/parties/%zz?${canary}`, {});
    await request('GET', '/v1/me', { authorization: `Bearer att_${canary}` });
    await request('GET', '/v1/me', { authorization: `Basic ${canary}` });
    await request('POST', '/v1/parties', json, `{"kind":"other","name":"${canary}"}`);
    await request('POST', '/v1/parties', json, `{"kind":"${canary}","${canary}":"${canary}"`);
    await request('POST', '/v1/parties', json, `{"kind":"${canary}","${canary}":1}`);
    await request('POST', '/v1/parties', { ...json, 'content-type': canary }, '{}');
    const party = '{"kind":"other","name":"Somebody"}';
    await request('POST', '/v1/parties', { ...json, 'change-reason': `%${canary}` }, party);
    await request('POST', '/v1/parties', { ...json, cookie: canary, 'user-agent': canary }, party);
    await request('POST', '/v1/keys', json, `{"name":"${canary}","scopes":["read"]}`);
    for (fault of faults) {
      await request('GET', `/v1/parties?name=${canary}`, {});
      await request('POST', '/v1/parties', json, `{"kind":"other","name":"${canary}"}`);
    }
    await app.close();

    expect(statuses).toEqual([
      ...[200, 400, 404, 400, 400, 401, 401, 201, 400, 422, 415, 400, 201, 201],
      ...faults.flatMap(() => [500, 500]),
    ]);
    const log = lines.join('');
    // An address that cannot be read at all never becomes a request, and has no line.
    expect(lines.filter((line) => line.includes('"path":'))).toHaveLength(statuses.length - 1);
    expect(lines.filter((line) => line.includes('unforeseen error'))).toHaveLength(2 * faults.length);
    expect(log).toContain('select 1 where $1');
    expect(log).toContain('no_such_column');
    expect(log).toContain('security.test.ts');
    for (const secret of secrets) expect(log).not.toContain(secret);
  });
});

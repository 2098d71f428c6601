import { describe, expect, it } from 'vitest';
import { buildApp } from '../../src/app.js';
import { newId } from '../../src/lib/ids.js';
import { testApp } from '../support/app.js';
import { readsHere } from '../support/reads.js';

const t = await testApp({ register: 'sample' });

describe('GET /v1', async () => {
  const { paths } = (await t.send('GET', '/openapi.json')).json;
  const items: { address: string; example: string }[] = (await t.send('GET', '/v1')).json.items;

  it('names addresses of the document, each with an example that works on the sample', async () => {
    const authorization = `Bearer ${await t.newKey(['read', 'admin'])}`;
    for (const { address, example } of items) {
      expect(Object.keys(paths), address).toContain(address);
      // Which never ends.
      const method = address.endsWith('/stream') ? 'HEAD' : 'GET';
      const { status, text } = await t.send(method, example, undefined, { authorization });
      expect([example, status]).toEqual([example, 200]);
      if (method === 'GET') expect(text.length, example).toBeGreaterThan(20);
    }
  });

  it('names all that can be read once, and once for all nouns what they all have', () => {
    const named = new Set(items.map(({ address }) => address));
    expect(named.size).toBe(items.length);
    const bare = (path: string) => path.replace(/(\.[a-z]+)+$/, '');
    const known = new Set([...named].map(bare));
    const unnamed = Object.entries<object>(paths)
      .filter(([path, methods]) => path.startsWith('/v1/') && 'get' in methods)
      .map(([path]) => bare(path))
      // The sample has no merge.
      .filter((path) => !path.endsWith('/{merge_id}'))
      .filter((path) => {
        const [, noun, below = ''] = /^\/v1\/([a-z]+)\/\{id\}(.*)$/.exec(path) ?? [];
        const alike = below === '/dependents' ? 'sources' : 'claims';
        return !known.has(path) && !(noun && known.has(`/v1/${alike}/{id}${below}`));
      });
    expect(unnamed).toEqual([]);
  });
});

it('GET /openapi.json, /openapi-3.0.json name the public address as their server', async () => {
  const config = { openReads: true, corsOrigins: [], publicUrl: 'https://register.example.org' };
  const { store, app } = t;
  const clock = () => new Date().toISOString();
  const other = await buildApp({
    config,
    store,
    clock,
    ids: newId,
    logger: app.log,
    ...readsHere(store, { publicUrl: config.publicUrl }),
  });
  for (const [url, on, server] of [
    ['/openapi.json', other, 'https://register.example.org'],
    ['/openapi-3.0.json', other, 'https://register.example.org'],
    ['/openapi.json', app, '/'],
  ] as const) {
    expect((await on.inject(url)).json().servers).toEqual([{ url: server }]);
  }
  await other.close();
});

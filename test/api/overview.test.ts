import { expect, it } from 'vitest';
import { buildApp } from '../../src/app.js';
import { newId } from '../../src/lib/ids.js';
import { testApp } from '../support/app.js';
import { readsHere } from '../support/reads.js';

const t = await testApp({ register: 'sample' });

it('GET /v1 names addresses of the document, each with an example that works on the sample', async () => {
  const { paths } = (await t.send('GET', '/openapi.json')).json;
  const { items } = (await t.send('GET', '/v1')).json;
  expect(items.length).toBeGreaterThan(15);
  for (const { address, example } of items) {
    expect(Object.keys(paths), address).toContain(address);
    const { status, text } = await t.send('GET', example);
    expect([example, status]).toEqual([example, 200]);
    expect(text.length, example).toBeGreaterThan(20);
  }
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
    ...readsHere(store, {}),
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

import type { AddressInfo } from 'node:net';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import type { InjectOptions } from 'fastify';
import { describe, expect, it } from 'vitest';
import { testApp } from '../support/app.js';

/** Compressed answers: which ones, and what their ETags are good for. */

const t = await testApp({ register: 'sample' });

const ask = (url: string, coding: string | null, options: InjectOptions = {}) =>
  t.app.inject({
    url,
    ...options,
    headers: { ...options.headers, ...(coding !== null && { 'accept-encoding': coding }) },
  });

const inflate = { br: brotliDecompressSync, gzip: gunzipSync };

const claim = '/v1/claims/ttp-leader-family-stipend';
const long = [
  claim,
  '/v1/claims?limit=200',
  '/v1/claims.csv',
  '/v1/claims.ndjson',
  `${claim}/provenance.svg`,
  `${claim}/provenance.dot`,
  '/v1/claims/taliban-support-ttp/provenance.mermaid',
  '/v1/changes?limit=50',
  '/openapi.json',
  `/v1/parties?${Array.from({ length: 15 }, (_, i) => `no_such_filter_${i}=1`).join('&')}`,
];

describe('GET with Accept-Encoding', () => {
  it.each(long.flatMap((url) => (['br', 'gzip'] as const).map((coding) => [coding, url] as const)))(
    '%s of %s: holds the same bytes, and fewer are sent',
    async (coding, url) => {
      const plain = await ask(url, null);
      const packed = await ask(url, coding);
      expect(plain.rawPayload.length).toBeGreaterThan(1_400);
      expect(plain.headers['content-encoding']).toBeUndefined();
      expect(packed.headers['content-encoding']).toBe(coding);
      expect(packed.rawPayload.length).toBeLessThan(plain.rawPayload.length * 0.7);
      const text = inflate[coding](packed.rawPayload).toString();
      // A problem names its request.
      const request = /request_[0-9a-z]{26}/;
      expect(text.replace(request, '')).toBe(plain.body.replace(request, ''));
      for (const { headers } of [plain, packed]) expect(headers.vary).toMatch(/\baccept-encoding\b/);
    },
  );

  const choices: [accepted: string | null, coding: string | undefined][] = [
    ['gzip, deflate, br', 'br'],
    ['gzip;q=1.0, br;q=0.5', 'gzip'],
    ['br;q=0, gzip', 'gzip'],
    ['*', 'gzip'],
    ['GZIP', 'gzip'],
    ['deflate', undefined],
    ['identity', undefined],
    ['gzip;q=0, br;q=0', undefined],
    ['nonsense;;', undefined],
    ['', undefined],
    [null, undefined],
  ];
  it.each(choices)('%j is answered in %s', async (accepted, coding) => {
    expect((await ask(claim, accepted)).headers['content-encoding']).toBe(coding);
  });

  it('sends a short answer as it is', async () => {
    const { headers } = await ask('/livez', 'br, gzip');
    expect(headers['content-encoding']).toBeUndefined();
    expect(headers.vary).toMatch(/accept-encoding/);
  });

  it('HEAD tells what GET would', async () => {
    // The last is sent in slices, however fast the machine.
    const sliced = '/v1/changes.ndjson';
    expect((await ask(sliced, null)).headers['content-length']).toBeUndefined();
    for (const url of [claim, '/v1/claims.csv', sliced]) {
      const [get, head] = [await ask(url, 'gzip'), await ask(url, 'gzip', { method: 'HEAD' })];
      expect([head.statusCode, head.rawPayload.length]).toEqual([get.statusCode, 0]);
      for (const name of ['content-encoding', 'etag', 'vary', 'content-type']) {
        expect(head.headers[name], `${name} of ${url}`).toBe(get.headers[name]);
      }
    }
  });

  it('GET /v1/changes/stream is never compressed', async () => {
    if (!t.app.server.listening) await t.app.listen({ host: '127.0.0.1', port: 0 });
    const { port } = t.app.server.address() as AddressInfo;
    const stop = new AbortController();
    const answer = await fetch(`http://127.0.0.1:${port}/v1/changes/stream`, {
      headers: { 'accept-encoding': 'gzip, br' },
      signal: stop.signal,
    });
    expect(answer.headers.get('content-encoding')).toBeNull();
    const { value } = await answer.body!.getReader().read();
    expect(new TextDecoder().decode(value)).toMatch(/^retry: /);
    stop.abort();
  });
});

describe('ETags of compressed answers', () => {
  it('a strong one names the coding, a weak one need not', async () => {
    const tags = await Promise.all([null, 'br', 'gzip'].map(async (c) => (await ask(claim, c)).headers.etag));
    const [plain] = tags as [string];
    expect(tags).toEqual([plain, plain.replace(/"$/, '-br"'), plain.replace(/"$/, '-gzip"')]);
    const list = await Promise.all([null, 'br'].map(async (c) => (await ask('/v1/claims', c)).headers.etag));
    expect(list[0]).toMatch(/^W\//);
    expect(list[1]).toBe(list[0]);
  });

  it.each([claim, '/v1/claims'])('If-None-Match on %s takes every form, and gets it back', async (url) => {
    const plain = String((await ask(url, null)).headers.etag).replace(/^W\//, '');
    const forms = ['', '-br', '-gzip'].map((suffix) => plain.replace(/"$/, `${suffix}"`));
    for (const tag of [...forms, ...forms.map((form) => `W/${form}`)]) {
      for (const coding of [null, 'br', 'gzip']) {
        const headers = { 'if-none-match': `"7-other", ${tag}` };
        const answer = await ask(url, coding, { headers });
        expect([answer.statusCode, answer.headers.etag], `${tag}, ${coding}`).toEqual([304, tag]);
        expect(answer.headers.vary).toMatch(/accept-encoding/);
        expect(answer.headers['content-encoding']).toBeUndefined();
      }
    }
    const others = forms.map((form) => form.replace(/"$/, '-deflate"'));
    expect((await ask(url, 'br', { headers: { 'if-none-match': others.join(', ') } })).statusCode).toBe(200);
  });

  it('PATCH takes them as If-Match; a replay holds what was answered first', async () => {
    const authorization = `Bearer ${t.key}`;
    const attributions = Array.from({ length: 20 }, () => ({ party: 'taliban', stance: 'denies' }));
    const created = await t.app.inject({
      method: 'POST',
      url: '/v1/claims',
      headers: { authorization, 'accept-encoding': 'gzip', 'idempotency-key': 'packed' },
      payload: { text: 'Sent in a compressed answer.', attributions },
    });
    expect(created.headers['content-encoding']).toBe('gzip');
    const again = await t.app.inject({
      method: 'POST',
      url: '/v1/claims',
      headers: { authorization, 'idempotency-key': 'packed' },
      payload: { text: 'Sent in a compressed answer.', attributions },
    });
    expect(again.headers['idempotent-replayed']).toBe('true');
    expect(again.body).toBe(gunzipSync(created.rawPayload).toString());
    expect(created.headers.etag).toBe(String(again.headers.etag).replace(/"$/, '-gzip"'));
    const patched = await t.app.inject({
      method: 'PATCH',
      url: `/v1/claims/${again.json().id}`,
      headers: { authorization, 'if-match': String(created.headers.etag) },
      payload: { text: 'Patched by the tag of a compressed answer.' },
    });
    expect(patched.statusCode).toBe(200);
  });
});

import type { InjectOptions } from 'fastify';
import { pino } from 'pino';
import { afterAll, describe, expect, it } from 'vitest';
import { buildServer, type ServerOptions } from '../../src/http/server/server.js';

/** What keeps pages of other origins, which a browser may show, away from the register. */

const logger = pino({ level: 'silent' });
const apps: Awaited<ReturnType<typeof buildServer>>[] = [];
afterAll(() => Promise.all(apps.map((app) => app.close())));

async function serving(options: Omit<ServerOptions, 'logger'>) {
  const app = await buildServer({ logger, ...options });
  app.get('/livez', async () => ({ status: 'ok' }));
  apps.push(app);
  return (headers: Record<string, string>, method: InjectOptions['method'] = 'GET') =>
    app.inject({ method, url: '/livez', headers });
}

describe('security headers', async () => {
  const send = await serving({ corsOrigins: [] });

  it('are these, on answers and problems alike', async () => {
    const expected = {
      'content-security-policy':
        "default-src 'self';base-uri 'self';font-src 'self' https: data:;form-action 'self';frame-ancestors 'self';" +
        "img-src 'self' data:;object-src 'none';script-src 'self';script-src-attr 'none';style-src 'self' https: 'unsafe-inline'",
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'origin-agent-cluster': '?1',
      'referrer-policy': 'no-referrer',
      'strict-transport-security': 'max-age=31536000; includeSubDomains',
      'x-content-type-options': 'nosniff',
      'x-dns-prefetch-control': 'off',
      'x-download-options': 'noopen',
      'x-frame-options': 'SAMEORIGIN',
      'x-permitted-cross-domain-policies': 'none',
      'x-xss-protection': '0',
    };
    const ours = [
      'x-request-id',
      'cache-control',
      'content-type',
      'content-length',
      'date',
      'vary',
      'connection',
      'allow',
    ];
    for (const method of ['GET', 'PUT'] as const) {
      const { headers } = await send({}, method);
      const set = Object.fromEntries(Object.entries(headers).filter(([name]) => !ours.includes(name)));
      expect(set).toEqual(expected);
    }
  });
});

describe('pages of other origins', () => {
  const origin = 'https://reader.test';
  const preflight = { origin, 'access-control-request-method': 'GET' };

  it('may read nothing unless told', async () => {
    const send = await serving({ corsOrigins: [] });
    for (const answer of [await send({ origin }), await send(preflight, 'OPTIONS')]) {
      expect(Object.keys(answer.headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
    }
    expect((await send(preflight, 'OPTIONS')).statusCode).toBe(405);
  });

  it.each([
    ['any', '*', '*'],
    ['this one', [origin, 'https://other.test'], origin],
    ['another', ['https://other.test', 'https://third.test'], undefined],
  ] as const)('may read answers where %s is let in', async (_, corsOrigins, allowed) => {
    const send = await serving({ corsOrigins: corsOrigins === '*' ? '*' : [...corsOrigins] });
    expect((await send({ origin })).headers['access-control-allow-origin']).toBe(allowed);
  });
});

describe('Host', async () => {
  const named = await serving({ corsOrigins: [], hostNames: ['register.test'] });
  const anything = await serving({ corsOrigins: [] });

  it.each([
    'localhost',
    'localhost:3000',
    'LocalHost.',
    'app.localhost:3000',
    '127.0.0.1:3000',
    '127.0.0.53',
    '[::1]:3000',
    '[::1]',
    'register.test',
    'Register.test:443',
  ])('%s is taken', async (host) => {
    expect((await named({ host })).statusCode).toBe(200);
  });

  it.each([
    'evil.test',
    'evil.test:3000',
    'localhost.evil.test',
    'notlocalhost',
    '127.0.0.1.evil.test',
    'register.test.evil.test',
    '0.0.0.0:3000',
    '[::]:3000',
    '192.0.2.7',
    'user@localhost',
  ])('%s is refused, unless any is taken', async (host) => {
    const { statusCode, body } = await named({ host });
    expect(statusCode).toBe(421);
    expect(JSON.parse(body)).toMatchObject({
      code: 'misdirected_request',
      errors: [{ parameter: 'Host', code: 'unknown_host' }],
    });
    expect((await anything({ host })).statusCode).toBe(200);
  });
});

import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { examplesOf, readCurl } from '../support/docs.js';
import { engines } from '../support/engines.js';
import { type PostgresServer, postgresServer } from '../support/postgres-server.js';
import { run, start, stop } from '../support/server.js';

/** `npm run demo` on PostgreSQL gives the answers that stand in the README. */

describe.runIf(engines.includes('postgres'))('attested demo on PostgreSQL', () => {
  let server: PostgresServer;
  const env = () => ({ ATTESTED_DATABASE_URL: server.url, ATTESTED_PORT: '0' });

  beforeAll(async () => {
    server = await postgresServer();
  });
  afterAll(() => server.remove());

  // The second time it finds the sample there.
  it.each(['first', 'second'])('the answers are those in the README, the %s time', async () => {
    const demo = start(['demo'], env());
    const [, base] = await demo.until(/^curl -s '(http:\/\/127\.0\.0\.1:\d+)\/v1\/claims\/[\w-]+'$/m);
    const [key] = await demo.until(/^att_\S+$/m);
    const examples = examplesOf('README.md');
    expect(examples.length).toBeGreaterThanOrEqual(11);
    for (const example of examples) {
      const { method, path, headers, body } = readCurl(example.command, { KEY: key });
      // What changes the sample is for one run only.
      if (method !== 'GET') continue;
      const answer = await fetch(`${base}${path}`, { method, headers, body: body as string | undefined });
      const text = await answer.text();
      expect(answer.status, text).toBe(200);
      if (example.language === 'json') expect(JSON.parse(text)).toMatchObject(JSON.parse(example.answer));
      else expect(text).toBe(example.answer);
    }
    expect((await stop(demo)).code).toBe(0);
  });

  it('a database that holds another register is refused', async () => {
    const client = new pg.Client(server.url);
    await client.connect();
    await client.query('CREATE DATABASE mine');
    await client.end();
    const url = { ...env(), ATTESTED_DATABASE_URL: server.url.replace(/postgres$/, 'mine') };
    expect((await run(['keys', 'create', '--name', 'me'], url)).code).toBe(0);
    const { code, stderr } = await run(['demo'], url);
    expect([code, stderr]).toEqual([
      1,
      'the database holds a register already; the demo needs an empty one\n',
    ]);
  });
});

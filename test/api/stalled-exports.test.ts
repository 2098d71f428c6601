import http, { type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { beforeAll, describe, expect, it } from 'vitest';
import { testApp } from '../support/app.js';
import { until } from '../support/until.js';

const CLAIMS = 240;
const LONG = 'x'.repeat(10_000);

const t = await testApp({ exportLimits: { most: 2, stalledMs: 3_000, idleMs: 50 } });

beforeAll(async () => {
  await t.send('PUT', '/v1/parties/p', { kind: 'other', name: 'P' });
  const quote = { exact: LONG };
  const attributions = Array.from({ length: 3 }, () => ({ party: 'p', stance: 'asserts', quote }));
  const operation = { method: 'POST', type: 'claim', body: { text: LONG, attributions } };
  // More than the buffers of two sockets take.
  for (let i = 0; i < CLAIMS; i += 80) {
    const { status } = await t.send('POST', '/v1/batch', { operations: Array(80).fill(operation) });
    expect(status).toBe(200);
  }
  if (!t.app.server.listening) await t.app.listen({ port: 0, host: '127.0.0.1' });
});

/** Asks for an export and reads no more of it than its head. */
function ask(path: string): Promise<IncomingMessage> {
  const { port } = t.app.server.address() as AddressInfo;
  return new Promise((resolve, reject) => {
    http
      .get({ port, path, agent: false }, (response) => {
        response.pause();
        resolve(response);
      })
      .on('error', reject);
  });
}

/** Reads the rest; tells whether that was all. */
async function rest(response: IncomingMessage): Promise<boolean> {
  response.on('error', () => undefined);
  response.resume();
  await new Promise((resolve) => response.once('close', resolve));
  return response.complete;
}

const connections = () =>
  new Promise<number>((resolve, reject) => {
    t.app.server.getConnections((error, count) => (error ? reject(error) : resolve(count)));
  });

describe.each(['/v1/claims.ndjson', '/v1/changes.ndjson'])('GET %s', (path) => {
  it('is cut off when the client does not read for a while, and whole when it does', async () => {
    const [stalled, read] = await Promise.all([ask(path), ask(path)]);
    expect(await rest(read)).toBe(true);
    await until(async () => (await connections()) === 0);
    expect(await rest(stalled)).toBe(false);
  });

  it('gives the place of one that stands still to another', async () => {
    const stalled = await Promise.all([ask(path), ask(path)]);
    let third = await ask(path);
    // Until one of the others has stood still for long enough.
    await until(async () => {
      if (third.statusCode === 200) return true;
      expect([third.statusCode, third.headers['retry-after']]).toEqual([503, '5']);
      third.destroy();
      third = await ask(path);
      return false;
    });
    expect(await rest(third)).toBe(true);
    for (const response of stalled) response.destroy();
  });
});

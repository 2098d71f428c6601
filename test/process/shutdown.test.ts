import { randomUUID } from 'node:crypto';
import http from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { beforeAll, describe, expect, it } from 'vitest';
import { effort } from '../support/effort.js';
import { newDatabase, newKey, type Server, startServer, stop } from '../support/server.js';

/** What a signal does to requests in flight. */

const ROUNDS = effort(2, 10);
/** After this time open connections are cut; what ends by itself ends before. */
const CUT_MS = 8_000;
const database = newDatabase();
let key = '';
beforeAll(async () => {
  key = await newKey(database);
});

interface Sent {
  /** The status of a whole answer; else how it went wrong. */
  outcome: number | 'refused' | 'no answer' | 'cut';
  text: string;
  /** Whether the request went over a connection on which another one had been answered. */
  reused: boolean;
}

function send(server: Server, agent: http.Agent, method: string, path: string, body = ''): Promise<Sent> {
  return new Promise((resolve) => {
    const headers = { authorization: `Bearer ${key}`, ...(body && { 'content-type': 'application/json' }) };
    const request = http.request(server.base + path, { method, agent, headers });
    const settle = (outcome: Sent['outcome'], text = '') =>
      resolve({ outcome, text, reused: request.reusedSocket });
    request.on('response', (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk;
      });
      response.on('error', () => settle('cut', text));
      response.on('end', () => settle(response.statusCode!, text));
    });
    request.on('error', ({ code }: NodeJS.ErrnoException) =>
      settle(code === 'ECONNREFUSED' ? 'refused' : 'no answer'),
    );
    request.end(body);
  });
}

interface Client {
  sent: Sent[];
  /** Names of parties whose creation was answered. */
  created: string[];
  /** Names of parties sent without getting an answer. */
  unanswered: string[];
}

/** Reads and writes in turn until the connection is refused. */
async function load(server: Server, keepAlive: boolean, client: Client): Promise<void> {
  const agent = new http.Agent({ keepAlive, maxSockets: 1 });
  while (client.sent.at(-1)?.outcome !== 'refused') {
    const name = randomUUID();
    const written = await send(server, agent, 'POST', '/v1/parties', JSON.stringify({ kind: 'other', name }));
    (written.outcome === 201 ? client.created : client.unanswered).push(name);
    client.sent.push(written);
    if (written.outcome === 201) client.sent.push(await send(server, agent, 'GET', '/v1/parties?limit=20'));
  }
  agent.destroy();
}

function storedNames(): Set<string> {
  const file = new Database(database, { readonly: true });
  const names = file.prepare('SELECT name FROM parties').pluck().all() as string[];
  file.close();
  return new Set(names);
}

describe('SIGTERM under load', () => {
  it(`open connections get all their answers, others are refused, and the process ends with 0, ${ROUNDS} times`, async () => {
    for (let round = 0; round < ROUNDS; round += 1) {
      const server = await startServer(database, { ATTESTED_LOG_LEVEL: 'info' });
      const clients = Array.from({ length: 7 }, (): Client => ({ sent: [], created: [], unanswered: [] }));
      const loads = clients.map((client, i) => load(server, i < 5, client));
      while (clients.some(({ created }) => created.length === 0)) await sleep(10);
      await sleep(Math.random() * 200);
      // A process that takes too long is ended with another code.
      const { code, signal } = await stop(server);
      expect({ code, signal }).toEqual({ code: 0, signal: null });

      await Promise.all(loads);
      const stored = storedNames();
      for (const { sent, created, unanswered } of clients) {
        for (const { outcome, reused, text } of sent) {
          expect([200, 201, 'refused', 'no answer'], text).toContain(outcome);
          // A new connection can meet the closing door; one that had been let in must not.
          expect(reused && outcome === 'no answer').toBe(false);
        }
        expect(created.filter((name) => !stored.has(name))).toEqual([]);
        expect(unanswered.filter((name) => stored.has(name))).toEqual([]);
      }
    }
  });

  it('an idle connection does not delay the end', async () => {
    const server = await startServer(database);
    const agent = new http.Agent({ keepAlive: true });
    expect((await send(server, agent, 'GET', '/livez')).outcome).toBe(200);
    const begun = performance.now();
    expect((await stop(server)).code).toBe(0);
    expect(performance.now() - begun).toBeLessThan(CUT_MS);
    agent.destroy();
  });
});

// Each waits for a server of its own.
describe.concurrent('SIGTERM during GET /v1/claims.ndjson', () => {
  const CLAIMS = 120;

  // More than the sockets on the way can hold: 120 claims of about 100 kB.
  beforeAll(async () => {
    const server = await startServer(database);
    const agent = new http.Agent({ keepAlive: true, maxSockets: 4 });
    const party = JSON.stringify({ kind: 'other', name: 'Speaker' });
    expect((await send(server, agent, 'PUT', '/v1/parties/speaker', party)).outcome).toBe(201);
    const attribution = { party: 'speaker', stance: 'asserts', quote: { exact: 'long '.repeat(1_999) } };
    const claim = JSON.stringify({ text: 'A claim.', attributions: Array(10).fill(attribution) });
    const answers = await Promise.all(
      Array.from({ length: CLAIMS }, () => send(server, agent, 'POST', '/v1/claims', claim)),
    );
    expect(answers.filter(({ outcome }) => outcome !== 201)).toEqual([]);
    agent.destroy();
    await stop(server);
  });

  /** Asks for all claims and stops reading once the answer has begun. */
  const begin = (server: Server) =>
    new Promise<http.IncomingMessage>((resolve, reject) => {
      http
        .get(`${server.base}/v1/claims.ndjson`, (response) => {
          response.pause();
          resolve(response);
        })
        .on('error', reject);
    });

  async function readLines(response: http.IncomingMessage): Promise<number> {
    let lines = 0;
    for await (const chunk of response) lines += String(chunk).split('\n').length - 1;
    return lines;
  }

  it('an answer with a slow reader is finished', async () => {
    const server = await startServer(database);
    const response = await begin(server);
    const ended = stop(server);
    await sleep(1_500);
    expect(server.child.exitCode).toBeNull();
    expect(await readLines(response)).toBe(CLAIMS);
    expect(response.complete).toBe(true);
    expect((await ended).code).toBe(0);
  });

  it('an answer that nobody reads is cut, and the client sees that', async () => {
    const server = await startServer(database);
    const response = await begin(server);
    expect((await stop(server)).code).toBe(0);
    await expect(readLines(response)).rejects.toThrow('aborted');
    expect(response.complete).toBe(false);
  });

  it('a second SIGTERM ends the process at once with 1', async () => {
    const server = await startServer(database);
    const response = await begin(server);
    response.on('error', () => undefined);
    server.child.kill('SIGTERM');
    await sleep(300);
    expect(server.child.exitCode).toBeNull();
    const begun = performance.now();
    expect((await stop(server)).code).toBe(1);
    expect(performance.now() - begun).toBeLessThan(CUT_MS);
  });
});

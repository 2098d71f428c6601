import { setTimeout as sleep } from 'node:timers/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { databases } from '../support/databases.js';
import { effort } from '../support/effort.js';
import { type EventStream, openEvents } from '../support/events.js';
import type { Change } from '../support/replica.js';
import { type Env, newDatabase, readText, run, type Server, startServer, stop } from '../support/server.js';
import { until } from '../support/until.js';

/** The stream of changes as a client sees it that comes and goes while others write. */

const KILLS = effort(5, 50);
const WRITERS = 4;

const post = (base: string, authorization: string, body: object, path = 'parties') =>
  fetch(`${base}/v1/${path}`, {
    method: 'POST',
    headers: { authorization, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });

async function authorizationFor(env: Env): Promise<string> {
  return `Bearer ${(await run(['keys', 'create', '--name', 'test'], env)).stdout.trim()}`;
}

describe.each(await databases())('GET /v1/changes/stream on %s', (engine, url) => {
  const instances = engine === 'PostgreSQL' ? 2 : 1;

  it(`a reader that is killed and resumes ${KILLS} times sees every change once and in order, instances: ${instances}`, async () => {
    const env: Env = { ATTESTED_DATABASE_URL: url };
    const authorization = await authorizationFor(env);
    const servers: Server[] = [];
    while (servers.length < instances) servers.push(await startServer('', env));

    let writing = true;
    const written: string[] = [];
    const writers = Array.from({ length: WRITERS }, async (_, i) => {
      for (let n = 0; writing; n += 1) {
        const answer = await post(servers[i % instances]!.base, authorization, {
          kind: 'other',
          name: `${i}-${n}`,
        });
        expect(answer.status).toBe(201);
        written.push(((await answer.json()) as { id: string }).id);
      }
    });

    const seen: Change[] = [];
    let lastId = '';
    let connections = 0;
    // Each connection may go to another instance than the one before.
    const connect = async () => {
      const { base } = servers[connections++ % instances]!;
      const stream = await openEvents(`${base}/v1/changes/stream`, lastId ? { 'last-event-id': lastId } : {});
      expect(stream.status).toBe(200);
      return stream;
    };
    const takeFrom = (stream: EventStream) => {
      for (const { id, type, data } of stream.events.splice(0)) {
        const change = JSON.parse(data) as Change;
        expect([id, type]).toEqual([change.cursor, change.type]);
        seen.push(change);
        lastId = id;
      }
    };
    while (connections < KILLS) {
      const stream = await connect();
      const wanted = Math.random() < 0.2 ? 0 : 1 + Math.floor(Math.random() * 10);
      await until(() => stream.events.length >= wanted);
      stream.kill();
      takeFrom(stream);
    }
    writing = false;
    await Promise.all(writers);
    const last = await connect();
    await until(() => {
      takeFrom(last);
      return seen.length >= written.length;
    });
    // Whatever is sent twice or too late comes before this one.
    const end = await post(servers[0]!.base, authorization, { kind: 'other', name: 'the last' });
    written.push(((await end.json()) as { id: string }).id);
    await until(() => {
      takeFrom(last);
      return seen.at(-1)!.id === written.at(-1);
    });
    last.kill();
    expect(seen.map(({ id }) => id).sort()).toEqual([...written].sort());

    const feed = await readText(`${servers[0]!.base}/v1/changes.ndjson`);
    const lines = feed.trimEnd().split('\n');
    expect(seen).toEqual(lines.map((line) => JSON.parse(line)));
    expect(written.length).toBeGreaterThan(KILLS);
    for (const one of servers) expect((await stop(one)).code).toBe(0);
  });
});

describe('GET /v1/changes/stream', async () => {
  const database = newDatabase();
  const env: Env = { ATTESTED_DATABASE_URL: `file:${database}` };
  const authorization = await authorizationFor(env);

  it('only changes that the filter selects arrive, and the stream ends with the service', async () => {
    const one = await startServer(database);
    const other = await startServer(database);
    const stream = await openEvents(`${one.base}/v1/changes/stream?type=party`);
    expect(stream.headers['content-type']).toBe('text/event-stream; charset=utf-8');
    expect(stream.headers['cache-control']).toBe('no-cache, no-transform');
    for (const [n, base] of [one.base, other.base, one.base].entries()) {
      expect((await post(base, authorization, { kind: 'other', name: 'Someone' })).status).toBe(201);
      await post(base, authorization, { type: 'article', title: 'Not asked for' }, 'sources');
      await until(() => stream.events.length === n + 1);
    }
    await stop(other);
    const ended = stop(one);
    expect(await stream.ended).toBe('ended');
    expect((await ended).code).toBe(0);
    expect(stream.comments.at(-1)).toContain('stops');
    expect(stream.events.map(({ type }) => type)).toEqual(['party', 'party', 'party']);
  });

  describe('of a server that no one writes to', () => {
    let serving: Server;
    beforeAll(async () => {
      serving = await startServer(database);
    });

    it('a position or a filter that is invalid is 400', async () => {
      const address = `${serving.base}/v1/changes/stream`;
      expect((await openEvents(address, { 'last-event-id': 'x' })).status).toBe(400);
      expect((await openEvents(`${address}?after=x`)).status).toBe(400);
      expect((await openEvents(`${address}?subject=nobody`)).status).toBe(400);
    });

    it('the position comes at once, and again with a comment after 15 seconds without a change', async () => {
      const stream = await openEvents(`${serving.base}/v1/changes/stream?type=assessment`);
      await until(() => stream.lastId !== '');
      expect(stream.comments).toEqual([]);
      await until(() => stream.comments.length > 0);
      expect(stream.comments).toEqual(['still here']);
      const { items, next_cursor } = (await (
        await fetch(`${serving.base}/v1/changes?after=${stream.lastId}`)
      ).json()) as { items: object[]; next_cursor: string };
      expect([items, next_cursor]).toEqual([[], stream.lastId]);
      stream.kill();
    });

    it('the 201st stream is 503, and opens when another one has ended', async () => {
      const address = `${serving.base}/v1/changes/stream`;
      const streams: EventStream[] = [];
      while (streams.length < 200) streams.push(await openEvents(address));
      expect(streams.every(({ status }) => status === 200)).toBe(true);
      const refused = await openEvents(address);
      expect([refused.status, refused.headers['retry-after']]).toEqual([503, '5']);
      streams[0]!.kill();
      let again = await openEvents(address);
      for (let tries = 0; again.status === 503 && tries < 100; tries += 1) {
        await sleep(20);
        again = await openEvents(address);
      }
      expect(again.status).toBe(200);
      for (const stream of [...streams, again, refused]) stream.kill();
      expect((await fetch(address, { method: 'HEAD' })).status).toBe(200);
      expect((await stop(serving)).code).toBe(0);
    });
  });

  it('a client that does not read neither stops other requests nor the end of the service', async () => {
    const serving = await startServer(database);
    const description = 'long '.repeat(900);
    const operations = Array.from({ length: 480 }, () => ({
      method: 'POST',
      type: 'party',
      body: { kind: 'other', name: 'X', description },
    }));
    // More than a connection holds for a client that does not read.
    for (let at = 0; at < operations.length; at += 120) {
      const batch = { operations: operations.slice(at, at + 120) };
      expect((await post(serving.base, authorization, batch, 'batch')).status).toBe(200);
    }
    const streams = await Promise.all(
      Array.from({ length: 20 }, async () => {
        const stream = await openEvents(`${serving.base}/v1/changes/stream`);
        stream.response.pause();
        return stream;
      }),
    );
    await until(() => streams.every(({ response }) => response.socket.bytesRead > 10_000));
    expect((await fetch(`${serving.base}/livez`)).status).toBe(200);
    expect((await stop(serving)).code).toBe(0);
    for (const stream of streams) stream.kill();
  });
});

import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { databases } from '../support/databases.js';
import { type EventStream, openEvents } from '../support/events.js';
import type { Change } from '../support/replica.js';
import { type Env, newDatabase, run, type Server, startServer, stop } from '../support/server.js';

/** The stream of changes as a client sees it that comes and goes while others write. */

const KILLS = 100;
const WRITERS = 4;

async function until(holds: () => boolean, limit = 20_000): Promise<void> {
  const deadline = Date.now() + limit;
  while (!holds()) {
    if (Date.now() > deadline) throw new Error('it took too long');
    await sleep(5);
  }
}

const post = (base: string, authorization: string, body: object) =>
  fetch(`${base}/v1/parties`, {
    method: 'POST',
    headers: { authorization, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });

async function authorizationFor(env: Env): Promise<string> {
  return `Bearer ${(await run(['keys', 'create', '--name', 'test'], env)).stdout.trim()}`;
}

describe.each(await databases())('on %s', (engine, url) => {
  const instances = engine === 'PostgreSQL' ? 2 : 1;

  it(`a reader killed and resumed ${KILLS} times sees every change once and in order, with writers on ${instances}`, async () => {
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
    await sleep(500);
    takeFrom(last);
    last.kill();
    expect(seen.map(({ id }) => id).sort()).toEqual([...written].sort());

    const feed = await fetch(`${servers[0]!.base}/v1/changes?format=ndjson`);
    const lines = (await feed.text()).trimEnd().split('\n');
    expect(seen).toEqual(lines.map((line) => JSON.parse(line)));
    expect(written.length).toBeGreaterThan(KILLS);
    for (const one of servers) expect((await stop(one)).code).toBe(0);
  }, 300_000);
});

describe('a stream', async () => {
  const database = newDatabase();
  const env: Env = { ATTESTED_DATABASE_URL: `file:${database}` };
  const authorization = await authorizationFor(env);

  it('tells of a change within half a second, filters, and ends cleanly with the service', async () => {
    const one = await startServer(database);
    const other = await startServer(database);
    const stream = await openEvents(`${one.base}/v1/changes/stream?type=party`);
    expect(stream.headers['content-type']).toBe('text/event-stream; charset=utf-8');
    expect(stream.headers['cache-control']).toBe('no-cache, no-transform');
    const waits: number[] = [];
    for (const base of [one.base, other.base, one.base]) {
      const begun = performance.now();
      expect((await post(base, authorization, { kind: 'other', name: 'Someone' })).status).toBe(201);
      const source = { type: 'article', title: 'Not asked for' };
      await fetch(`${base}/v1/sources`, {
        method: 'POST',
        headers: { authorization, 'content-type': 'application/json' },
        body: JSON.stringify(source),
      });
      await until(() => stream.events.length === waits.length + 1);
      waits.push(performance.now() - begun);
    }
    // 200 ms between two looks at the history, and what a busy machine takes.
    expect(Math.min(...waits)).toBeLessThan(500);
    await stop(other);
    const begun = performance.now();
    const ended = stop(one);
    expect(await stream.ended).toBe('ended');
    expect((await ended).code).toBe(0);
    expect(performance.now() - begun).toBeLessThan(4_000);
    expect(stream.comments.at(-1)).toContain('stops');
    expect(stream.events.map(({ type }) => type)).toEqual(['party', 'party', 'party']);
  });

  it('to a client that does not read neither fills the memory nor holds up the end', async () => {
    const serving = await startServer(database);
    const description = 'long '.repeat(900);
    await Promise.all(
      Array.from({ length: 8 }, async () => {
        for (let n = 0; n < 60; n += 1)
          await post(serving.base, authorization, { kind: 'other', name: 'X', description });
      }),
    );
    const streams = await Promise.all(
      Array.from({ length: 20 }, async () => {
        const stream = await openEvents(`${serving.base}/v1/changes/stream`);
        stream.response.pause();
        return stream;
      }),
    );
    await sleep(500);
    expect((await fetch(`${serving.base}/livez`)).status).toBe(200);
    const begun = performance.now();
    expect((await stop(serving)).code).toBe(0);
    expect(performance.now() - begun).toBeLessThan(6_000);
    for (const stream of streams) stream.kill();
  });

  it('is given 200 times at most, and again when one is free', async () => {
    const serving = await startServer(database);
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

  it('says still here every 15 seconds, and where', async () => {
    const serving = await startServer(database);
    const stream = await openEvents(`${serving.base}/v1/changes/stream?type=assessment`);
    await until(() => stream.lastId !== '', 25_000);
    expect(stream.comments).toEqual(['still here']);
    const { items, next_cursor } = (await (
      await fetch(`${serving.base}/v1/changes?after=${stream.lastId}`)
    ).json()) as { items: object[]; next_cursor: string };
    expect([items, next_cursor]).toEqual([[], stream.lastId]);
    stream.kill();
    await stop(serving);
  });

  it('is refused before it begins from a place that is not ours', async () => {
    const serving = await startServer(database);
    const address = `${serving.base}/v1/changes/stream`;
    expect((await openEvents(address, { 'last-event-id': 'x' })).status).toBe(400);
    expect((await openEvents(`${address}?after=x`)).status).toBe(400);
    expect((await openEvents(`${address}?subject=nobody`)).status).toBe(400);
    await stop(serving);
  });
});

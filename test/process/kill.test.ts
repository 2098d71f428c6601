import { setTimeout as sleep } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { afterAll, describe, expect, it } from 'vitest';
import { effort } from '../support/effort.js';
import { newDatabase, newKey, run, type Server, start, startServer, stop } from '../support/server.js';

/** The process is killed while it writes. What it acknowledged must stay, and retries must not double it. */

const ROUNDS = effort(2, 20);
const WRITERS = 6;

interface Write {
  marker: string;
  method: 'POST' | 'PUT';
  path: string;
  body: string;
  attempts: number;
  /** The text of the answer, once there was one. */
  answer: string | null;
}

interface Writer {
  name: number;
  /** Everything sent, in order; only the last one can be unanswered. */
  writes: Write[];
}

const between = (low: number, high: number) => low + Math.random() * (high - low);
const middle = (numbers: number[]) => numbers.toSorted((a, b) => a - b)[numbers.length >> 1]!;

function nextWrite({ name, writes }: Writer): Write {
  const marker = `write-${name}-${writes.length}`;
  const common = { marker, attempts: 0, answer: null };
  if (writes.length % 3 === 2) {
    const body = JSON.stringify({ kind: 'other', name: marker });
    return { ...common, method: 'PUT', path: `/v1/parties/${marker}`, body };
  }
  // Without a key of its own, only the Idempotency-Key keeps a retried claim from standing there twice.
  const body = JSON.stringify({
    text: marker,
    subject: 'subject',
    attributions: [
      { local_id: 'origin', party: 'origin', stance: 'asserts', lineage: 'originates' },
      { party: 'relay', stance: 'reports', relays: ['@origin'] },
    ],
  });
  return { ...common, method: 'POST', path: '/v1/claims', body };
}

describe('SIGKILL under load', () => {
  const database = newDatabase();
  const writers: Writer[] = Array.from({ length: WRITERS }, (_, name) => ({ name, writes: [] }));
  const readyMs: number[] = [];
  const wrong: string[] = [];
  const seen = { answered: 0, cut: 0, keptUnanswered: 0, replayed: 0 };
  let key = '';
  let server: Server;

  async function send({ method, path, body, marker }: Write) {
    const headers = {
      authorization: `Bearer ${key}`,
      'content-type': 'application/json',
      'idempotency-key': marker,
    };
    const response = await fetch(server.base + path, { method, headers, body });
    return { status: response.status, headers: response.headers, text: await response.text() };
  }

  /** Sends a write that has no answer yet. False when the process died over it. */
  async function settle(write: Write): Promise<boolean> {
    write.attempts += 1;
    let answer: Awaited<ReturnType<typeof send>>;
    try {
      answer = await send(write);
    } catch {
      seen.cut += 1;
      return false;
    }
    const known = answer.status === 200 || answer.headers.has('idempotent-replayed');
    if (![200, 201].includes(answer.status) || (known && write.attempts === 1)) {
      wrong.push(`${write.marker}, attempt ${write.attempts}: ${answer.status} ${answer.text}`);
    }
    if (known) seen.keptUnanswered += 1;
    seen.answered += 1;
    write.answer = answer.text;
    return true;
  }

  /** Asks again for the last answer: it must come back byte for byte. */
  async function replay({ writes }: Writer): Promise<void> {
    const last = writes.findLast((write) => write.method === 'POST' && write.answer !== null);
    if (!last) return;
    const { status, text, headers } = await send(last);
    seen.replayed += 1;
    if (status !== 201 || text !== last.answer || headers.get('idempotent-replayed') !== 'true') {
      wrong.push(`${last.marker} replayed as ${status} ${text}`);
    }
  }

  async function work(writer: Writer): Promise<void> {
    for (;;) {
      const open = writer.writes.at(-1);
      if (open && open.answer === null) {
        if (!(await settle(open))) return;
      } else {
        writer.writes.push(nextWrite(writer));
      }
    }
  }

  async function restart(): Promise<void> {
    server = await startServer(database, { ATTESTED_LOG_LEVEL: 'info' });
    readyMs.push(server.readyMs);
  }

  afterAll(() => {
    console.log(
      `${ROUNDS} kills, ${seen.answered} writes acknowledged, ${seen.cut} cut, of which ` +
        `${seen.keptUnanswered} had been kept; ready after ${middle(readyMs).toFixed()} ms, ` +
        `at most ${Math.max(...readyMs).toFixed()} ms`,
    );
  });

  it(`after ${ROUNDS} kills no acknowledged write is lost, doubled or incomplete`, async () => {
    key = await newKey(database);
    await restart();
    for (const name of ['subject', 'origin', 'relay']) {
      const body = JSON.stringify({ kind: 'other', name });
      const { status } = await send({
        method: 'PUT',
        path: `/v1/parties/${name}`,
        body,
        marker: name,
        attempts: 0,
        answer: null,
      });
      expect(status).toBe(201);
    }

    for (let round = 0; round < ROUNDS; round += 1) {
      await Promise.all(writers.map(replay));
      const { answered } = seen;
      const working = writers.map(work);
      // Every other time in the middle of full work, else perhaps before the first answer.
      while (round % 2 === 0 && seen.answered === answered) await sleep(2);
      await sleep(between(20, 500));
      await stop(server, 'SIGKILL');
      await Promise.all(working);
      await restart();
    }
    await Promise.all(writers.map(async ({ writes }) => expect(await settle(writes.at(-1)!)).toBe(true)));
    expect((await stop(server)).code).toBe(0);

    expect(wrong).toEqual([]);
    expect(seen.cut).toBeGreaterThanOrEqual(ROUNDS);
    // Every other round goes on until there is an answer to ask for again.
    expect(seen.replayed).toBeGreaterThanOrEqual(ROUNDS - 1);
    expectWhole(
      database,
      writers.flatMap((writer) => writer.writes),
    );
  });
});

/** Holds the register against what the writers were told. */
function expectWhole(database: string, writes: Write[]): void {
  const file = new Database(database, { readonly: true });
  const rows = (sql: string) => file.prepare(sql).all() as Record<string, unknown>[];
  expect(rows('PRAGMA integrity_check')).toEqual([{ integrity_check: 'ok' }]);
  expect(rows('PRAGMA foreign_key_check')).toEqual([]);

  const told = (method: string) =>
    writes
      .filter((write) => write.method === method)
      .map(({ marker, answer }) => [marker, (JSON.parse(answer!) as { id: string }).id])
      .sort();
  const stored = (sql: string) =>
    rows(sql)
      .map(({ marker, id }) => [marker, id])
      .sort();
  expect(stored('SELECT text AS marker, id FROM claims')).toEqual(told('POST'));
  expect(stored("SELECT name AS marker, id FROM parties WHERE key LIKE 'write-%'")).toEqual(told('PUT'));
  expect(rows('SELECT idempotency_key AS marker FROM idempotency').length).toBe(told('POST').length);

  const attributionsOf = 'SELECT count(*) FROM attributions a WHERE a.claim_id = c.id';
  expect(
    rows(`SELECT id FROM claims c WHERE version <> 1 OR attribution_count <> 2 OR (${attributionsOf}) <> 2`),
  ).toEqual([]);
  expect(rows('SELECT 1 FROM attribution_relays').length).toBe(told('POST').length);
  for (const [noun, table] of Object.entries({
    claim: 'claims',
    attribution: 'attributions',
    party: 'parties',
  })) {
    const versions = `SELECT object_id FROM history WHERE noun = '${noun}'`;
    expect(rows(`SELECT object_id FROM (${versions}) GROUP BY object_id HAVING count(*) <> 1`)).toEqual([]);
    expect(rows(`SELECT id FROM ${table} WHERE id NOT IN (${versions})`)).toEqual([]);
    expect(rows(`${versions} AND object_id NOT IN (SELECT id FROM ${table})`)).toEqual([]);
  }
  file.close();
}

describe('attested migrate, attested serve: the first start', () => {
  it('a migration that is killed at any moment is completed by the next one, and served then', async () => {
    let database = '';
    for (let round = 0; round < effort(3, 8); round += 1) {
      database = newDatabase();
      const env = { ATTESTED_DATABASE_URL: `file:${database}` };
      const first = start(['migrate'], env);
      await sleep(between(200, 600));
      await stop(first, 'SIGKILL');
      expect(await run(['migrate'], env)).toMatchObject({ code: 0, stderr: '' });
    }
    expect((await stop(await startServer(database))).code).toBe(0);
  });

  it('two processes that start at once both serve, and each migration is applied once', async () => {
    for (let round = 0; round < effort(1, 3); round += 1) {
      const database = newDatabase();
      const both = await Promise.all([startServer(database), startServer(database)]);
      for (const server of both) expect((await stop(server)).code).toBe(0);
      const file = new Database(database, { readonly: true });
      const applied = file.prepare(
        'SELECT count(*) AS n, count(DISTINCT name) AS names FROM schema_migrations',
      );
      const { n, names } = applied.get() as { n: number; names: number };
      expect(n).toBeGreaterThan(0);
      expect(n).toBe(names);
      file.close();
    }
  });
});

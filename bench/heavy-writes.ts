import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Before, type Heavy, PARTIES, party, post, writes } from './heaviest.js';
import { type Bench, Client, type Finding, quantile } from './measure.js';
import { type Server, startWatched, type Watched } from './processes.js';

const SLICE_MS = 100;
const PAUSE_MS = 2;
const HELD_MS = 50;
const PROBE_MS = 20;
const ANSWER_MS = 3_000;

/** What the writes need. */
export const SCOPES = 'read,write,review';

/** The heaviest writes: how long they take, for how long they hold the service, and what others notice. */
export async function heavyWrites({ folder, cli }: Bench): Promise<Finding[]> {
  const file = join(folder, 'writes.db');
  const env = { ...process.env, ATTESTED_DATABASE_URL: `file:${file}` };
  const key = execFileSync(process.execPath, [cli, 'keys', 'create', '--name', 'bench', '--scopes', SCOPES], {
    env,
  })
    .toString()
    .trim();
  const server = await startWatched(cli, `file:${file}`);
  try {
    return await heavyWritesTo(server, key);
  } finally {
    await server.close();
  }
}

/** The same on a register that is served already. */
export async function heavyWritesTo(server: Watched, key: string): Promise<Finding[]> {
  const client = new Client();
  try {
    const parties = Array.from({ length: PARTIES }, (_, i) =>
      post('party', { key: party(i), kind: 'media', name: `Outlet ${i}` }),
    );
    await send(server, key, 'POST', '/v1/batch', { operations: parties });
    const findings: Finding[] = [];
    const probes: number[] = [];
    let before: Before = { request: '', location: '' };
    for (const write of writes) {
      const measurement = await measured(server, client, key, write, before, probes);
      findings.push(...measurement.found);
      before = measurement.before;
    }
    // Of one short write the hundredth part is a single probe, which is its longest hold.
    findings.push({
      what: '/livez beside all these writes, p99',
      value: quantile(probes, 0.99),
      unit: 'ms',
      limit: { most: PROBE_MS },
      note: `${probes.length} probes, at most ${Math.max(...probes).toFixed(0)} ms`,
    });
    return findings;
  } finally {
    client.close();
  }
}

async function send({ port }: Server, key: string, method: string, path: string, body?: unknown) {
  const from = performance.now();
  const response = await fetch(`http://127.0.0.1:${port}${path}`, {
    method,
    headers: { authorization: `Bearer ${key}`, 'if-match': '*', 'content-type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  const header = (name: string) => response.headers.get(name) ?? '';
  const before: Before = { request: header('x-request-id'), location: header('location') };
  return { ms: performance.now() - from, status: response.status, text, before };
}

/** Adds the latencies of other requests meanwhile to `probes`. */
async function measured(
  server: Watched,
  client: Client,
  key: string,
  { what, method, path, body, status }: Heavy,
  before: Before,
  probes: number[],
): Promise<{ found: Finding[]; before: Before }> {
  await server.held();
  let running = true;
  const address = typeof path === 'string' ? path : path(before);
  const writing = send(server, key, method, address, body).finally(() => {
    running = false;
  });
  const probe = { port: server.port, paths: ['/livez'], connections: 1, pauseMs: PAUSE_MS };
  const probing = (async () => {
    while (running) probes.push(...(await client.send({ ...probe, milliseconds: SLICE_MS })).latencies);
  })();
  const waits: number[] = [];
  while (running) {
    await sleep(PAUSE_MS);
    waits.push((await send(server, key, 'POST', '/v1/parties', { kind: 'other', name: 'Another' })).ms);
  }
  const answer = await writing;
  await probing;
  const held = await server.held();
  if (answer.status !== status) throw new Error(`${what}: ${answer.status} ${answer.text.slice(0, 300)}`);
  const found: Finding[] = [
    {
      what,
      value: answer.ms,
      unit: 'ms',
      limit: { most: ANSWER_MS },
      note: `other writes meanwhile: ${waits.length}, at most ${Math.max(...waits).toFixed(0)} ms`,
    },
    {
      what: 'the same: longest hold of the event loop',
      value: held.ms,
      unit: 'ms',
      limit: { most: HELD_MS },
      note: `as the server itself measures it; ${held.cpu.toFixed(0)} ms of processor time`,
    },
  ];
  return { found, before: answer.before };
}

import { execFileSync } from 'node:child_process';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Bench, Client, type Finding, quantile } from './measure.js';
import { startWatched, type Watched } from './processes.js';
import { forgetPeak, usageOf } from './usage.js';

const STREAMS = 200;
/** Attributions of the one write that all streams are told of. */
const ATTRIBUTIONS = 300;
const STALLED = 1_000;
/** Claims of the register whose export nobody reads. */
const CLAIMS = 2_000;
const PROBE = { connections: 1, paths: ['/livez'], milliseconds: 100, pauseMs: 2 };

/** What one write costs that many streams are told of, and what exports cost that nobody reads. */
export async function streams({ folder, cli }: Bench): Promise<Finding[]> {
  const file = join(folder, 'streams.db');
  const env = { ...process.env, ATTESTED_DATABASE_URL: `file:${file}` };
  const key = execFileSync(process.execPath, [cli, 'keys', 'create', '--name', 'bench'], { env });
  const server = await startWatched(cli, `file:${file}`);
  const client = new Client();
  const post = async (path: string, body: object) => {
    const response = await fetch(`http://127.0.0.1:${server.port}${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key.toString().trim()}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
  };
  try {
    await post('/v1/parties', { key: 'outlet', kind: 'media', name: 'An outlet' });
    return [...(await followed(server, client, post)), ...(await stalled(server, client, post))];
  } finally {
    client.close();
    await server.close();
  }
}

type Post = (path: string, body: object) => Promise<void>;

const said = () => ({ party: 'outlet', stance: 'asserts', quote: { exact: 'What was said. '.repeat(20) } });

function ask(port: number, path: string): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.write(`GET ${path} HTTP/1.1\r\nhost: 127.0.0.1\r\n\r\n`);
      resolve(socket);
    });
    socket.on('error', reject);
  });
}

async function followed(server: Watched, client: Client, post: Post): Promise<Finding[]> {
  let last = 0;
  let events = 0;
  const sockets = await Promise.all(
    Array.from({ length: STREAMS }, async () => {
      const socket = await ask(server.port, '/v1/changes/stream');
      socket.on('data', (data: Buffer) => {
        for (let at = data.indexOf('\ndata: '); at >= 0; at = data.indexOf('\ndata: ', at + 1)) events += 1;
        last = performance.now();
      });
      return socket;
    }),
  );
  await sleep(2_000);
  const { resident, cpu } = usageOf(server.pid);
  forgetPeak(server.pid);
  await server.held();
  events = 0;
  const from = performance.now();
  const attributions = Array.from({ length: ATTRIBUTIONS }, said);
  const writing = post('/v1/claims', { text: 'A claim.', attributions });
  const probes = (await client.send({ port: server.port, ...PROBE, milliseconds: 3_000 })).latencies;
  await writing;
  const wanted = STREAMS * (ATTRIBUTIONS + 1);
  // An event whose name is cut by a packet is missed in the count.
  while (events < wanted * 0.99) await sleep(20);
  const used = usageOf(server.pid);
  const { ms: held } = await server.held();
  for (const socket of sockets) socket.destroy();
  return [
    {
      what: `${STREAMS} streams and a write of ${ATTRIBUTIONS} attributions: until all have it`,
      value: last - from,
      unit: 'ms',
      limit: { most: 1_000 },
      note: `${events} events, CPU ${((used.cpu - cpu) * 1_000).toFixed(0)} ms`,
    },
    heldFinding(held),
    probeFinding(probes),
    {
      what: 'the same: most memory, above that before',
      value: used.peak - resident,
      unit: 'MB',
      limit: { most: 50 },
      note: `${used.peak.toFixed(0)} after ${resident.toFixed(0)} MB`,
    },
  ];
}

async function stalled(server: Watched, client: Client, post: Post): Promise<Finding[]> {
  for (let start = 0; start < CLAIMS; start += 500) {
    const operations = Array.from({ length: 500 }, () => ({
      method: 'POST',
      type: 'claim',
      body: { text: 'A claim.', attributions: [said(), said(), said()] },
    }));
    await post('/v1/batch', { operations });
  }
  await sleep(1_000);
  const { resident } = usageOf(server.pid);
  forgetPeak(server.pid);
  await server.held();
  // It connects before the others: more than 500 that wait to be let in make it wait for seconds.
  const probing = client.send({ port: server.port, ...PROBE, milliseconds: 5_000 });
  const sockets: Socket[] = [];
  const answered = { ok: 0, refused: 0 };
  for (let i = 0; i < STALLED; i++) {
    const socket = await ask(server.port, '/v1/claims.ndjson');
    socket.on('error', () => undefined);
    socket.once('data', (data: Buffer) => {
      if (data.toString('latin1', 0, 12) === 'HTTP/1.1 200') answered.ok += 1;
      else answered.refused += 1;
      socket.pause();
    });
    sockets.push(socket);
  }
  const probes = (await probing).latencies;
  while (answered.ok + answered.refused < STALLED) await sleep(50);
  await sleep(2_000);
  const used = usageOf(server.pid);
  const { ms: held } = await server.held();
  // Those that were not read for a minute are cut off.
  await sleep(75_000);
  const after = usageOf(server.pid);
  for (const socket of sockets) socket.destroy();
  return [
    {
      what: `${STALLED} exports that nobody reads: most memory, above that before`,
      value: used.peak - resident,
      unit: 'MB',
      limit: { most: 150 },
      note: `${used.peak.toFixed(0)} after ${resident.toFixed(0)} MB; ${answered.ok} begun, ${answered.refused} refused`,
    },
    heldFinding(held),
    probeFinding(probes),
    {
      what: 'the same, 75 seconds later: memory, above that before',
      value: after.resident - resident,
      unit: 'MB',
      limit: { most: 75 },
      note: `${after.resident.toFixed(0)} MB`,
    },
  ];
}

const heldFinding = (held: number): Finding => ({
  what: 'the same: longest hold of the event loop',
  value: held,
  unit: 'ms',
  limit: { most: 50 },
  note: 'as the server itself measures it',
});

const probeFinding = (probes: number[]): Finding => ({
  what: 'the same: p99 of /livez',
  value: quantile(probes, 0.99),
  unit: 'ms',
  limit: { most: 20 },
  note: `${probes.length} probes, at most ${Math.max(...probes).toFixed(0)} ms`,
});

import { postgresServer } from '../test/support/postgres-server.js';
import { heavyWritesTo, SCOPES } from './heavy-writes.js';
import { type Bench, type Finding, quantile } from './measure.js';
import { type Hold, run, startWatched, type Watched } from './processes.js';
import { KNOWN, randomRead } from './random-reads.js';
import { randomizer } from './sample.js';

/** Random reads of a large register and the heaviest writes to it, with a probe beside them: whether all are bounded. */

const REQUESTS = 2_000;
const SHOWN = 20;
const PROBE_PAUSE_MS = 5;
/** Answers to what may be asked; a read that would take too long is refused. */
const CUT = 0;
const EXPECTED = [200, 503, CUT];

/** Leaves the large register with what was written to it. */
export async function bounded(bench: Bench): Promise<Finding[]> {
  const { large, cli } = bench;
  const url = `file:${large.file}`;
  const findings: Finding[] = [];
  if (bench.postgres) {
    const server = await postgresServer({ fsync: 'on', shared_buffers: '1GB' });
    try {
      run(cli, ['copy', '--from', url, '--to', server.url], {});
      findings.push(...(await measured(bench, 'PostgreSQL', server.url)));
    } finally {
      await server.remove();
    }
  }
  return [...(await measured(bench, 'SQLite', url)), ...findings];
}

async function measured({ cli, large }: Bench, engine: string, url: string): Promise<Finding[]> {
  // What is read as of this instant comes from the tables of the past, since a write follows.
  const asOf = new Date().toISOString();
  const key = run(cli, ['keys', 'create', '--name', 'bench', '--scopes', SCOPES], {
    ATTESTED_DATABASE_URL: url,
  }).trim();
  const server = await startWatched(cli, url);
  try {
    const findings = [...(await reads(server, large.claims, asOf)), ...(await heavyWritesTo(server, key))];
    return findings.map((finding) => ({ ...finding, what: `${engine}: ${finding.what}` }));
  } finally {
    await server.close();
  }
}

/** The address of the page that follows a page, if the answer is one and another follows. */
function nextPage(path: string, body: string | null): string | null {
  const [, cursor] = body?.match(/"next_cursor":"([^"]+)"/) ?? [];
  if (cursor === undefined) return null;
  const [list = ''] = path.split('?');
  return `${list}?${list === '/v1/changes' ? 'after' : 'cursor'}=${encodeURIComponent(cursor)}`;
}

async function reads(server: Watched, claims: number, asOf: string): Promise<Finding[]> {
  const random = randomizer(13);
  const base = `http://127.0.0.1:${server.port}`;
  const probes: number[] = [];
  let probing = true;
  const probe = (async () => {
    while (probing) {
      const start = performance.now();
      await (await fetch(`${base}/livez`)).text();
      probes.push(performance.now() - start);
      await new Promise((resolve) => setTimeout(resolve, PROBE_PAUSE_MS));
    }
  })();
  const seen: { path: string; status: number; ms: number; held: Hold }[] = [];
  await server.held();
  try {
    const read = async (path: string): Promise<string | null> => {
      const start = performance.now();
      const answer = await fetch(base + path);
      // What takes too long after a long answer has begun cuts it off.
      const body = await answer.text().catch(() => null);
      const status = body === null ? CUT : answer.status;
      const ms = performance.now() - start;
      if (!EXPECTED.includes(status)) throw new Error(`${path}: ${status} ${body?.slice(0, 300)}`);
      seen.push({ path, status, ms, held: await server.held() });
      return body;
    };
    for (const path of [...KNOWN, ...Array.from({ length: REQUESTS }, () => randomRead(random, asOf))]) {
      const next = nextPage(path, await read(path));
      if (next !== null) await read(next);
    }
  } finally {
    probing = false;
    await probe;
  }

  seen.sort((a, b) => b.ms - a.ms);
  for (const { path, status, ms, held } of seen.slice(0, SHOWN)) {
    const row = [ms.toFixed(0).padStart(6), held.ms.toFixed(0).padStart(5), status, decodeURIComponent(path)];
    process.stderr.write(`${row.join('  ').slice(0, 160)}\n`);
  }
  const refused = seen.filter(({ status }) => status !== 200).length;
  const typical = quantile(
    seen.map(({ ms }) => ms),
    0.5,
  ).toFixed(0);
  const note = `${seen.length} reads of ${claims} claims, median ${typical} ms, ${refused} refused`;
  const [held, cpu] = [
    Math.max(...seen.map((one) => one.held.ms)),
    Math.max(...seen.map((one) => one.held.cpu)),
  ];
  const p99 = quantile(probes, 0.99);
  return [
    { what: 'slowest read', value: seen[0]!.ms, unit: 'ms', limit: { most: 3_000 }, note },
    {
      what: 'event loop held, at most',
      value: held,
      unit: 'ms',
      limit: { most: 50 },
      note: `by reads; ${cpu.toFixed(0)} ms of processor time`,
    },
    {
      what: '/livez beside them, p99',
      value: p99,
      unit: 'ms',
      limit: { most: 20 },
      note: `${probes.length} probes`,
    },
  ];
}

import { get } from 'node:http';
import { type Bench, Client, type Finding, quantile } from './measure.js';
import { startRegister } from './processes.js';
import { forgetPeak, usageOf } from './usage.js';

/** An export that takes longer is left off there; by then it is known how others fare meanwhile. */
const LIMIT_MS = 15_000;
const SLICE_MS = 250;
const PAUSE_MS = 2;
/** Neither format has one inside an object of the sample. */
const NEWLINE = 10;

interface Export {
  seconds: number;
  bytes: number;
  lines: number;
}

function download(port: number, format: string): Promise<Export> {
  const start = performance.now();
  return new Promise((resolve, reject) => {
    const request = get(`http://127.0.0.1:${port}/v1/claims.${format}`, (response) => {
      let [bytes, lines] = [0, 0];
      const end = () => resolve({ seconds: (performance.now() - start) / 1_000, bytes, lines });
      if (response.statusCode !== 200) reject(new Error(`the export answered ${response.statusCode}`));
      response.on('data', (chunk: Buffer) => {
        bytes += chunk.length;
        for (let at = chunk.indexOf(NEWLINE); at >= 0; at = chunk.indexOf(NEWLINE, at + 1)) lines++;
        if (performance.now() - start < LIMIT_MS) return;
        request.destroy();
        end();
      });
      response.on('end', end);
    });
    request.on('error', (error) => {
      if (!request.destroyed) reject(error);
    });
  });
}

/** What an export of the whole register costs, and how long another request waits meanwhile. */
export async function exporting({ cli, large }: Bench): Promise<Finding[]> {
  const server = await startRegister(cli, large.file);
  const client = new Client();
  const slice = () =>
    client.send({
      port: server.port,
      paths: ['/livez'],
      connections: 1,
      milliseconds: SLICE_MS,
      pauseMs: PAUSE_MS,
    });
  await slice();
  const idle = quantile((await slice()).latencies, 0.99);
  const { resident } = usageOf(server.pid);
  const findings: Finding[] = [];
  const costs: Record<string, number> = {};
  const formats = ['ndjson', 'csv'];
  // The first would be charged with the start of the worker, and with the names that are cached then.
  for (const format of formats) await download(server.port, format);
  for (const format of formats) {
    const { cpu } = usageOf(server.pid);
    const { seconds, bytes, lines } = await download(server.port, format);
    costs[format] = ((usageOf(server.pid).cpu - cpu) / lines) * 1_000;
    forgetPeak(server.pid);
    let running = true;
    const again = download(server.port, format).finally(() => {
      running = false;
    });
    const latencies: number[] = [];
    while (running) latencies.push(...(await slice()).latencies);
    await again;
    findings.push(
      {
        what: `p99 of /livez during an export as ${format}`,
        value: quantile(latencies, 0.99),
        unit: 'ms',
        limit: { most: 20 },
        note: `${idle.toFixed(1)} ms without it; ${Math.round(bytes / 1e6 / seconds)} MB/s for ${seconds.toFixed(1)} s`,
      },
      {
        what: `the same: most memory, against that before`,
        value: usageOf(server.pid).peak / resident,
        unit: '×',
        limit: { most: 1.3 },
        note: `${Math.round(usageOf(server.pid).peak)} after ${Math.round(resident)} MB`,
      },
    );
  }
  client.close();
  await server.close();
  const { ndjson, csv } = costs as Record<'ndjson' | 'csv', number>;
  findings.push({
    what: 'a claim in CSV, against one in NDJSON',
    value: csv / ndjson,
    unit: '×',
    limit: { most: 1 },
    note: `CPU ${csv.toFixed(3)} after ${ndjson.toFixed(3)} ms`,
  });
  return findings;
}

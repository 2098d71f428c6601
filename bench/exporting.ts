import { get } from 'node:http';
import { type Bench, Client, type Finding, quantile } from './measure.js';
import { startRegister } from './processes.js';

/** An export that takes longer is left off there; by then it is known how others fare meanwhile. */
const LIMIT_MS = 15_000;
const SLICE_MS = 250;
const PAUSE_MS = 2;

interface Export {
  seconds: number;
  bytes: number;
}

function download(port: number, format: string): Promise<Export> {
  const start = performance.now();
  return new Promise((resolve, reject) => {
    const request = get(`http://127.0.0.1:${port}/v1/claims?format=${format}`, (response) => {
      let bytes = 0;
      const end = () => resolve({ seconds: (performance.now() - start) / 1_000, bytes });
      if (response.statusCode !== 200) reject(new Error(`the export answered ${response.statusCode}`));
      response.on('data', (chunk: Buffer) => {
        bytes += chunk.length;
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

/** Number 6: how long another request waits while the whole register is exported. */
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
  const findings: Finding[] = [];
  for (const format of ['ndjson', 'csv']) {
    let running = true;
    const export_ = download(server.port, format).finally(() => {
      running = false;
    });
    const latencies: number[] = [];
    while (running) latencies.push(...(await slice()).latencies);
    const { seconds, bytes } = await export_;
    findings.push({
      what: `p99 of /livez during an export as ${format}`,
      value: quantile(latencies, 0.99),
      unit: 'ms',
      limit: { most: 20 },
      note: `${idle.toFixed(1)} ms without it; ${Math.round(bytes / 1e6 / seconds)} MB/s for ${seconds.toFixed(1)} s`,
    });
  }
  client.close();
  await server.close();
  return findings;
}

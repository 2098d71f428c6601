import { Agent, request } from 'node:http';
import { type Bench, type Finding, median } from './measure.js';
import { run, startRegister } from './processes.js';
import { claimLine } from './sample.js';
import { usageOf } from './usage.js';

/** Claims that are created to warm up and do not count. */
const FIRST = 200;
const CREATED = 800;
/** Numbers that no claim of the register has. */
const NUMBER = 20_000_000;

/** Creating a claim with three attributions over HTTP, durable, by one client and by eight. */
export async function creating({ cli, small }: Bench): Promise<Finding[]> {
  const key = run(cli, ['keys', 'create', '--name', 'bench'], {
    ATTESTED_DATABASE_URL: `file:${small.file}`,
  }).trim();
  const server = await startRegister(cli, small.file);
  let next = NUMBER;
  const create = (agent: Agent): Promise<number> => {
    const { claim } = JSON.parse(claimLine(next++, small.claims)) as { claim: object };
    const body = JSON.stringify(claim);
    const from = performance.now();
    return new Promise((resolve, reject) => {
      const headers = {
        authorization: `Bearer ${key}`,
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(body),
      };
      const sent = request(
        { agent, port: server.port, host: '127.0.0.1', path: '/v1/claims', method: 'POST', headers },
        (response) => {
          if (response.statusCode !== 201) reject(new Error(`a claim was answered ${response.statusCode}`));
          response.resume().on('end', () => resolve(performance.now() - from));
        },
      );
      sent.on('error', reject);
      sent.end(body);
    });
  };
  const all = async (clients: number, count: number): Promise<number[]> => {
    const agent = new Agent({ keepAlive: true, maxSockets: clients });
    const times: number[] = [];
    const client = async () => {
      for (let i = 0; i < count / clients; i++) times.push(await create(agent));
    };
    await Promise.all(Array.from({ length: clients }, client));
    agent.destroy();
    return times;
  };
  await all(1, FIRST);
  const findings: Finding[] = [];
  for (const clients of [1, 8]) {
    const before = usageOf(server.pid);
    const times = await all(clients, CREATED);
    const after = usageOf(server.pid);
    const written = (after.written - before.written) / 1_024 / CREATED;
    const by = clients === 1 ? 'one client' : `${clients} clients`;
    findings.push(
      {
        what: `create a claim with three attributions, ${by}: CPU`,
        value: ((after.cpu - before.cpu) / CREATED) * 1_000,
        unit: 'ms',
        limit: { most: 5 },
        note: `median answer after ${median(times).toFixed(1)} ms`,
      },
      {
        what: `the same: written`,
        value: written,
        unit: 'KB',
        limit: { most: 200 },
        note: 'handed to the system, with answers and log lines',
      },
    );
  }
  await server.close();
  return findings;
}

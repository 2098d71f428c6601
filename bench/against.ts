import { randomInt } from 'node:crypto';
import { type Bench, Client, type Finding, inTurns } from './measure.js';
import { startBare, startRegister } from './processes.js';

const CONNECTIONS = 10;
const ROUND_MS = 1_200;

/** Requests, answered by the bare server at these paths and by the register at the same under `/v1`. */
export interface Contest {
  what: string;
  least: number;
  paths: string[];
}

export const shuffled = <T>(items: T[]): T[] =>
  items
    .map((item) => ({ item, at: randomInt(2 ** 32) }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item);

/** How many requests a second the register serves, as a share of what the bare server does. */
export async function against(bench: Bench, bareFile: string, contests: Contest[]): Promise<Finding[]> {
  const bare = await startBare(bareFile);
  const register = await startRegister(bench.cli, bench.small.file);
  const client = new Client();
  const findings: Finding[] = [];
  for (const { what, least, paths } of contests) {
    let busiest = 0;
    const rate = async (port: number, prefix: string) => {
      const load = { port, paths: shuffled(paths).map((path) => prefix + path) };
      const result = await client.send({ ...load, connections: CONNECTIONS, milliseconds: ROUND_MS });
      busiest = Math.max(busiest, result.busy);
      return result.requests / result.seconds;
    };
    const rates = await inTurns(bench.rounds, {
      bare: () => rate(bare.port, ''),
      register: () => rate(register.port, '/v1'),
    });
    findings.push({
      what,
      value: rates.register / rates.bare,
      unit: '×',
      limit: { least },
      note: `${Math.round(rates.register)} of ${Math.round(rates.bare)} requests a second; client ${Math.round(busiest * 100)} % busy`,
    });
  }
  client.close();
  await bare.close();
  await register.close();
  return findings;
}

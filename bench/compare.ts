import { randomInt } from 'node:crypto';
import { type Bench, Client, type Finding, inTurns, median } from './measure.js';
import { startBare, startRegister } from './processes.js';
import { usageOf } from './usage.js';

const CONNECTIONS = 10;
const ROUND_MS = 1_200;

/** Requests, answered by the bare server at these paths and by the register at the same under `prefix`. */
export interface Contest {
  what: string;
  /** The share of the bare server's requests that the register answers with as much processor time, at least. */
  least: number;
  prefix: string;
  paths: string[];
}

export const shuffled = <T>(items: T[]): T[] =>
  items
    .map((item) => ({ item, at: randomInt(2 ** 32) }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item);

/** What a request costs the register, against what it costs the bare server. */
export async function against(bench: Bench, bareFile: string, contests: Contest[]): Promise<Finding[]> {
  const bare = await startBare(bareFile);
  const register = await startRegister(bench.cli, bench.small.file);
  const client = new Client();
  const findings: Finding[] = [];
  for (const { what, least, prefix, paths } of contests) {
    const rates: Record<'bare' | 'register', number[]> = { bare: [], register: [] };
    let busiest = 0;
    const cost =
      (name: 'bare' | 'register', { pid, port }: typeof bare, before: string) =>
      async () => {
        const load = { port, paths: shuffled(paths).map((path) => before + path) };
        const { cpu } = usageOf(pid);
        const result = await client.send({ ...load, connections: CONNECTIONS, milliseconds: ROUND_MS });
        busiest = Math.max(busiest, result.busy);
        rates[name].push(result.requests / result.seconds);
        return ((usageOf(pid).cpu - cpu) / result.requests) * 1_000;
      };
    const costs = await inTurns(bench.rounds, {
      bare: cost('bare', bare, ''),
      register: cost('register', register, prefix),
    });
    const perSecond = (name: 'bare' | 'register') => Math.round(median(rates[name]));
    findings.push({
      what,
      value: costs.bare / costs.register,
      unit: '×',
      limit: { least },
      note:
        `CPU ${costs.register.toFixed(3)} after ${costs.bare.toFixed(3)} ms a request; ` +
        `${perSecond('register')} of ${perSecond('bare')} requests a second; client ${Math.round(busiest * 100)} % busy`,
    });
  }
  client.close();
  await bare.close();
  await register.close();
  return findings;
}

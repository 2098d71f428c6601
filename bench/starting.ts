import { type Bench, type Finding, median } from './measure.js';
import { startRegister } from './processes.js';

/** From the start of the process to its first good answer, on an existing register. */
export async function starting({ rounds, cli, large }: Bench): Promise<Finding[]> {
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const server = await startRegister(cli, large.file);
    times.push(server.ready);
    await server.close();
  }
  return [
    {
      what: `start to ready on ${large.claims} claims`,
      value: median(times),
      unit: 'ms',
      limit: { most: 1_000 },
      note: times.map((time) => Math.round(time)).join(', '),
    },
  ];
}

import { setTimeout as sleep } from 'node:timers/promises';
import { shuffled } from './compare.js';
import { type Bench, Client, type Finding } from './measure.js';
import { startRegister } from './processes.js';
import { partyPages, subjectPages } from './reading.js';
import { usageOf } from './usage.js';

/** After it, what a start leaves behind has been collected. */
const SETTLE_MS = 3_000;

/** Memory of a service that has nothing to do, and after so many minutes of mixed reads. */
export async function memory({ cli, large, minutes }: Bench): Promise<Finding[]> {
  const server = await startRegister(cli, large.file);
  await sleep(SETTLE_MS);
  const idle = usageOf(server.pid).resident;
  const client = new Client();
  const { items } = (await (await fetch(`http://127.0.0.1:${server.port}/v1/claims?limit=200`)).json()) as {
    items: { id: string }[];
  };
  const paths = [
    ...items.flatMap(({ id }) => [`/claims/${id}`, `/claims/${id}/standing`, `/claims/${id}/conflicts`]),
    ...items.slice(0, 20).map(({ id }) => `/claims/${id}/provenance.svg`),
    ...subjectPages,
    ...partyPages,
    ...['/claims', '/parties?limit=200', '/sources?limit=200', '/changes?limit=100'],
  ].map((path) => `/v1${path}`);
  const load = { port: server.port, paths: shuffled(paths), connections: 4 };
  const { requests } = await client.send({ ...load, milliseconds: minutes * 60_000 });
  const loaded = usageOf(server.pid).resident;
  client.close();
  await server.close();
  return [
    {
      what: `memory of an idle service on ${large.claims} claims`,
      value: idle,
      unit: 'MB',
      limit: { most: 150 },
      note: '',
    },
    {
      what: `the same after ${minutes} min of mixed reads`,
      value: loaded / idle,
      unit: '×',
      limit: { most: 1.5 },
      note: `${Math.round(loaded)} MB after ${requests} requests`,
    },
  ];
}

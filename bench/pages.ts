import { join } from 'node:path';
import { type Bench, Client, type Finding, inTurns } from './measure.js';
import { run, startRegister } from './processes.js';
import { usageOf } from './usage.js';

const CONNECTIONS = 4;
const ROUND_MS = 600;
/** Claims of the sample of which each kind is asked for. */
const SAMPLES = 40;

/**
 * What a page costs, against the JSON of the object or list that it is about: one that was asked for since the last
 * write, and one that has to be made. What is asked for as of an instant is never kept.
 */
export async function pages({ cli, folder, rounds }: Bench): Promise<Finding[]> {
  const file = join(folder, 'pages.db');
  run(cli, ['seed'], { ATTESTED_DATABASE_URL: `file:${file}` });
  const server = await startRegister(cli, file);
  const client = new Client();
  const base = `http://127.0.0.1:${server.port}`;
  const some = async (plural: string) => {
    const answer = await fetch(`${base}/v1/${plural}?limit=${SAMPLES}`);
    const { items } = (await answer.json()) as { items: { key: string }[] };
    return items.map(({ key }) => `/${plural}/${key}`);
  };
  const cost = (paths: string[]) => async () => {
    const { cpu } = usageOf(server.pid);
    const load = { port: server.port, paths, connections: CONNECTIONS, milliseconds: ROUND_MS };
    const { requests } = await client.send(load);
    return ((usageOf(server.pid).cpu - cpu) / requests) * 1_000;
  };
  const size = async (path: string) => (await (await fetch(base + path)).arrayBuffer()).byteLength / 1_024;
  const now = new Date().toISOString();
  const subjects: Record<string, string[]> = {
    'a claim': await some('claims'),
    'a party': await some('parties'),
    'a source': await some('sources'),
    'a predicate': await some('predicates'),
    'claims, a list': ['/claims'],
    'sources, a list': ['/sources'],
    'parties, a list': ['/parties'],
  };
  try {
    const findings: Finding[] = [];
    for (const [what, pages] of Object.entries(subjects)) {
      const sizes = await Promise.all(pages.map(size));
      const { json, ...costs } = await inTurns(rounds, {
        kept: cost(pages),
        made: cost(pages.map((page) => `${page}?as_of=${now}`)),
        json: cost(pages.map((page) => `/v1${page}`)),
      });
      const note = `JSON ${json.toFixed(2)} ms of CPU a request; up to ${Math.max(...sizes).toFixed(0)} KB`;
      const ratio = (name: 'kept' | 'made'): Omit<Finding, 'limit'> => ({
        what: `page of ${what}, ${name}, against its JSON`,
        value: costs[name] / json,
        unit: '×',
        note: `${costs[name].toFixed(2)} after ${note}`,
      });
      findings.push({ ...ratio('kept'), limit: { most: 3 } }, { ...ratio('made'), limit: null });
    }
    return findings;
  } finally {
    client.close();
    await server.close();
  }
}

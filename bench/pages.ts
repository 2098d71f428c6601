import { join } from 'node:path';
import { type Bench, Client, type Finding, inTurns } from './measure.js';
import { run, startRegister } from './processes.js';
import { usageOf } from './usage.js';

const CONNECTIONS = 4;
const ROUND_MS = 600;
/** Claims of the sample of which each kind is asked for. */
const SAMPLES = 40;
/** How long a round lasts in which pages are asked for in turns with writes, which take most of it. */
const WRITING_MS = 1_500;

/** What is written to an object of each kind, another thing each time. */
const changes: Record<string, (n: number) => object> = {
  claims: (n) => ({ text: `This is claimed for the ${n}th time.` }),
  parties: (n) => ({ description: `Described for the ${n}th time.` }),
  sources: (n) => ({ title: `Titled for the ${n}th time` }),
  predicates: (n) => ({ description: `Described for the ${n}th time.` }),
};

interface Subject {
  what: string;
  pages: string[];
  /** The objects that they show first, as paths. */
  shown: string[];
}

/**
 * What a page costs, against the JSON of the object or list that it is about: one that was asked for since the last
 * write; one that was asked for before a write elsewhere; and one whose object was written to, which has to be made
 * anew. Another process writes, so that only pages count.
 */
export async function pages({ cli, folder, rounds }: Bench): Promise<Finding[]> {
  const file = join(folder, 'pages.db');
  const register = { ATTESTED_DATABASE_URL: `file:${file}` };
  run(cli, ['seed'], register);
  const key = run(cli, ['keys', 'create', '--name', 'bench'], register).trim();
  const server = await startRegister(cli, file);
  const writer = await startRegister(cli, file);
  const client = new Client();
  const base = `http://127.0.0.1:${server.port}`;
  const some = async (plural: string) => {
    const answer = await fetch(`${base}/v1/${plural}?limit=${SAMPLES}`);
    const { items } = (await answer.json()) as { items: { key: string }[] };
    return items.map(({ key }) => `/${plural}/${key}`);
  };
  const send = async (method: 'POST' | 'PATCH', path: string, body: object) => {
    const headers = {
      authorization: `Bearer ${key}`,
      'content-type': 'application/json',
      ...(method === 'PATCH' && { 'if-match': '*' }),
    };
    const address = `http://127.0.0.1:${writer.port}/v1${path}`;
    const answer = await fetch(address, { method, headers, body: JSON.stringify(body) });
    if (!answer.ok) throw new Error(`${path} was answered ${answer.status}: ${await answer.text()}`);
    return (await answer.json()) as { id: string };
  };
  let written = 0;
  const write = (path: string) => send('PATCH', path, changes[path.split('/')[1]!]!(++written));
  const load = async (path: string) => {
    const answer = await fetch(base + path, { headers: { 'accept-encoding': 'identity' } });
    return (await answer.arrayBuffer()).byteLength;
  };
  const perRequest = async (send: () => Promise<number>) => {
    const { cpu } = usageOf(server.pid);
    const requests = await send();
    return ((usageOf(server.pid).cpu - cpu) / requests) * 1_000;
  };
  const asked = (paths: string[]) => () =>
    perRequest(async () => {
      const load = { port: server.port, paths, connections: CONNECTIONS, milliseconds: ROUND_MS };
      return (await client.send(load)).requests;
    });
  const askedAfter = (paths: string[], writes: string[]) => () =>
    perRequest(async () => {
      const until = performance.now() + WRITING_MS;
      let requests = 0;
      while (performance.now() < until) {
        for (const path of writes) await write(path);
        for (const path of paths) await load(path);
        requests += paths.length;
      }
      return requests;
    });
  const ofObjects = async (what: string, plural: string): Promise<Subject> => {
    const paths = await some(plural);
    return { what, pages: paths, shown: paths };
  };
  const ofList = async (what: string, plural: string): Promise<Subject> => ({
    what,
    pages: [`/${plural}`],
    shown: (await some(plural)).slice(0, 1),
  });
  try {
    const subjects = [
      await ofObjects('a claim', 'claims'),
      await ofObjects('a party', 'parties'),
      await ofObjects('a source', 'sources'),
      await ofObjects('a predicate', 'predicates'),
      await ofList('claims, a list', 'claims'),
      await ofList('sources, a list', 'sources'),
      await ofList('parties, a list', 'parties'),
    ];
    // It is the newest of all, so it stands in the list of claims, which has to be made anew.
    const elsewhere = `/claims/${(await send('POST', '/claims', { text: 'A claim elsewhere.' })).id}`;
    const findings: Finding[] = [];
    for (const { what, pages, shown } of subjects) {
      const largest = Math.max(...(await Promise.all(pages.map(load)))) / 1_024;
      const { json, ...costs } = await inTurns(rounds, {
        json: asked(pages.map((page) => `/v1${page}`)),
        'asked for since the last write': asked(pages),
        'after a write elsewhere': askedAfter(pages, [elsewhere]),
        'made anew after a write to it': askedAfter(pages, shown),
      });
      for (const [when, cost] of Object.entries(costs)) {
        const isElsewhere = when.endsWith('elsewhere');
        findings.push({
          what: `page of ${what}, ${when}, against its JSON`,
          value: cost / json,
          unit: '×',
          limit: when.startsWith('asked') || (what === 'a claim' && isElsewhere) ? { most: 3 } : null,
          note: `${cost.toFixed(2)} after JSON ${json.toFixed(2)} ms of CPU a request; up to ${largest.toFixed(0)} KB`,
        });
      }
    }
    return findings;
  } finally {
    client.close();
    await server.close();
    await writer.close();
  }
}

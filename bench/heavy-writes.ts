import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Bench, Client, type Finding, quantile } from './measure.js';
import { type Server, startWatched, type Watched } from './processes.js';

/** The most that a request may carry, and what each thing in it may hold at most. */
const BODY_BYTES = 1_048_576;
const BATCH_BYTES = 4 * BODY_BYTES;
const ATTRIBUTIONS = 1_000;
const OPERATIONS = 1_000;
const PARTIES = 50;
/** A batch takes 40,000 relays of attributions that are written by themselves. */
const OUTLETS = 420;
const RELAYING = 95;

const SLICE_MS = 100;
const PAUSE_MS = 2;
const HELD_MS = 50;
const PROBE_MS = 20;
const ANSWER_MS = 3_000;

interface Heavy {
  what: string;
  method: string;
  /** Made with the id of the request before, for what undoes that. */
  path: string | ((before: string) => string);
  body?: unknown;
  status: number;
}

/** What undoes the write before. */
const revertOfIt: Heavy = {
  what: 'the revert of it',
  method: 'POST',
  path: (before) => `/v1/batches/${before}/revert`,
  body: {},
  status: 200,
};

const party = (i: number) => `outlet-${i % PARTIES}`;

const said = (i: number, more: object = {}) => ({
  party: party(i),
  stance: 'asserts',
  lineage: 'originates',
  ...more,
});

const sayings = (size: number, more: object = {}) => Array.from({ length: size }, (_, i) => said(i, more));

/** Attributions each of which relays all others. */
const circle = (size: number) =>
  Array.from({ length: size }, (_, i) => ({
    local_id: `${i}`,
    party: party(i),
    stance: 'reports',
    relays: Array.from({ length: size }, (_, n) => `@${n}`).filter((_, n) => n !== i),
  }));

const post = (type: string, body: object) => ({ method: 'POST', type, body });
const patch = (type: string, id: string, body: object) => ({
  method: 'PATCH',
  type,
  id,
  if_match: '*',
  body,
});
const remove = (type: string, id: string) => ({ method: 'DELETE', type, id, if_match: '*' });
const each = <Item>(size: number, make: (i: number) => Item) =>
  Array.from({ length: size }, (_, i) => make(i));

const claim = (text: string, attributions: object[]) => ({ text, attributions });

/** A text that fills a body, of which its reader finds out at the end only that it is too long. */
const longText = (bytes: number) => 'x'.repeat(bytes);

/** The heaviest writes that are allowed, and bodies that are refused for what is in them. */
const writes: Heavy[] = [
  {
    what: 'a claim with 1,000 attributions',
    method: 'POST',
    path: '/v1/claims',
    body: { key: 'wide', ...claim('Wide.', sayings(ATTRIBUTIONS)) },
    status: 201,
  },
  {
    what: 'other attributions in place of all 1,000',
    method: 'PUT',
    path: '/v1/claims/wide',
    body: claim('Wide.', sayings(ATTRIBUTIONS, { said: '2024' })),
    status: 200,
  },
  { what: 'the removal of it', method: 'DELETE', path: '/v1/claims/wide', status: 204 },
  {
    what: 'a claim with 390 attributions that relay each other',
    method: 'POST',
    path: '/v1/claims',
    body: { key: 'circle', ...claim('A circle.', circle(390)) },
    status: 201,
  },
  { what: 'the removal of it', method: 'DELETE', path: '/v1/claims/circle', status: 204 },
  {
    what: 'a batch of 1,000 attributions of one claim',
    method: 'POST',
    path: '/v1/batch',
    body: {
      operations: [
        post('claim', { key: 'one', text: 'One.' }),
        ...Array.from({ length: OPERATIONS - 1 }, (_, i) =>
          post('attribution', { claim: 'one', ...said(i) }),
        ),
      ],
    },
    status: 200,
  },
  {
    what: 'a batch of 1,000 claims with three attributions',
    method: 'POST',
    path: '/v1/batch',
    body: {
      operations: each(OPERATIONS, (i) =>
        post('claim', {
          key: `of-many-${i}`,
          ...claim(`Claim ${i}.`, [said(0, { key: `said-${i}` }), ...sayings(2)]),
        }),
      ),
    },
    status: 200,
  },
  {
    what: 'a batch of 1,000 changes of them',
    method: 'POST',
    path: '/v1/batch',
    body: { operations: each(OPERATIONS, (i) => patch('claim', `of-many-${i}`, { scope: 'All.' })) },
    status: 200,
  },
  {
    what: 'a batch of 1,000 changes of an attribution of each',
    method: 'POST',
    path: '/v1/batch',
    body: { operations: each(OPERATIONS, (i) => patch('attribution', `said-${i}`, { note: 'Heard.' })) },
    status: 200,
  },
  {
    what: 'a batch of 1,000 removals of them',
    method: 'POST',
    path: '/v1/batch',
    body: { operations: each(OPERATIONS, (i) => remove('claim', `of-many-${i}`)) },
    status: 200,
  },
  revertOfIt,
  {
    what: 'a batch of 1,000 sources, parts of another',
    method: 'POST',
    path: '/v1/batch',
    body: {
      operations: each(OPERATIONS, (i) =>
        post('source', {
          ...{ key: `part-${i}`, type: 'chapter', title: `Chapter ${i}`, publisher: party(i) },
          part_of: i === 0 ? null : 'part-0',
        }),
      ),
    },
    status: 200,
  },
  {
    what: 'a batch of 1,000 changes of them',
    method: 'POST',
    path: '/v1/batch',
    body: { operations: each(OPERATIONS, (i) => patch('source', `part-${i}`, { language: 'fr' })) },
    status: 200,
  },
  revertOfIt,
  {
    what: 'a batch of 1,000 changes of a claim, an attribution and a source in turn',
    method: 'POST',
    path: '/v1/batch',
    body: {
      operations: each(OPERATIONS, (i) =>
        i % 3 === 0
          ? patch('claim', `of-many-${i}`, { scope: 'Some.' })
          : i % 3 === 1
            ? patch('attribution', `said-${i}`, { note: 'Read.' })
            : patch('source', `part-${i}`, { language: 'ar' }),
      ),
    },
    status: 200,
  },
  {
    what: 'a batch that makes a chain of the sources',
    method: 'POST',
    path: '/v1/batch',
    body: {
      operations: each(OPERATIONS - 1, (i) => patch('source', `part-${i + 1}`, { part_of: `part-${i}` })),
    },
    status: 200,
  },
  revertOfIt,
  { ...revertOfIt, what: 'the revert of that' },
  {
    what: 'a batch of 1,000 removals of them',
    method: 'POST',
    path: '/v1/batch',
    body: { operations: each(OPERATIONS, (i) => remove('source', `part-${OPERATIONS - 1 - i}`)) },
    status: 200,
  },
  revertOfIt,
  {
    what: 'a claim with 420 attributions',
    method: 'POST',
    path: '/v1/claims',
    body: claim(
      'Outlets.',
      each(OUTLETS, (i) => said(i, { key: `outlet-says-${i}` })),
    ),
    status: 201,
  },
  {
    what: 'a batch that makes 95 of them relay all others',
    method: 'POST',
    path: '/v1/batch',
    body: {
      operations: each(RELAYING, (i) =>
        patch('attribution', `outlet-says-${i}`, {
          ...{ stance: 'reports', lineage: null },
          relays: each(OUTLETS, (n) => `outlet-says-${n}`).filter((_, n) => n !== i),
        }),
      ),
    },
    status: 200,
  },
  {
    what: 'a batch of 22 claims with 85 attributions that relay each other',
    method: 'POST',
    path: '/v1/batch',
    body: {
      operations: Array.from({ length: 22 }, (_, i) => post('claim', claim(`Circle ${i}.`, circle(85)))),
    },
    status: 200,
  },
  {
    what: 'a batch of 10 claims with 1,000 attributions',
    method: 'POST',
    path: '/v1/batch',
    body: {
      operations: Array.from({ length: 10 }, (_, i) =>
        post('claim', claim(`Wide ${i}.`, sayings(ATTRIBUTIONS))),
      ),
    },
    status: 200,
  },
  revertOfIt,
  { ...revertOfIt, what: 'the revert of that' },
  {
    what: 'a body of 1 MiB of text, refused',
    method: 'POST',
    path: '/v1/claims',
    body: { text: longText(BODY_BYTES - 100) },
    status: 422,
  },
  {
    what: 'a body of 1 MiB of elements, refused',
    method: 'POST',
    path: '/v1/claims',
    body: { text: 'x', topics: Array.from({ length: 260_000 }, () => 'a') },
    status: 422,
  },
  {
    what: 'a body of 1 MiB of empty attributions, refused',
    method: 'POST',
    path: '/v1/claims',
    body: { text: 'x', attributions: Array.from({ length: 340_000 }, () => ({})) },
    status: 422,
  },
  {
    what: 'a batch of 4 MiB of operations of 4 KB',
    method: 'POST',
    path: '/v1/batch',
    body: {
      dry_run: true,
      operations: Array.from({ length: OPERATIONS }, (_, i) =>
        post('claim', { text: `${i} ${longText(BATCH_BYTES / OPERATIONS - 100)}` }),
      ),
    },
    status: 200,
  },
];

/** The heaviest writes: how long they take, for how long they hold the service, and what others notice. */
export async function heavyWrites({ folder, cli }: Bench): Promise<Finding[]> {
  const file = join(folder, 'writes.db');
  const env = { ...process.env, ATTESTED_DATABASE_URL: `file:${file}` };
  const key = execFileSync(process.execPath, [cli, 'keys', 'create', '--name', 'bench'], { env })
    .toString()
    .trim();
  const server = await startWatched(cli, `file:${file}`);
  try {
    return await heavyWritesTo(server, key);
  } finally {
    await server.close();
  }
}

/** The same on a register that is served already. */
export async function heavyWritesTo(server: Watched, key: string): Promise<Finding[]> {
  const client = new Client();
  try {
    const parties = Array.from({ length: PARTIES }, (_, i) =>
      post('party', { key: party(i), kind: 'media', name: `Outlet ${i}` }),
    );
    await send(server, key, 'POST', '/v1/batch', { operations: parties });
    const findings: Finding[] = [];
    const probes: number[] = [];
    let before = '';
    for (const write of writes) {
      const { found, request } = await measured(server, client, key, write, before, probes);
      findings.push(...found);
      before = request;
    }
    // Of one short write the hundredth part is a single probe, which is its longest hold.
    findings.push({
      what: '/livez beside all these writes, p99',
      value: quantile(probes, 0.99),
      unit: 'ms',
      limit: { most: PROBE_MS },
      note: `${probes.length} probes, at most ${Math.max(...probes).toFixed(0)} ms`,
    });
    return findings;
  } finally {
    client.close();
  }
}

async function send({ port }: Server, key: string, method: string, path: string, body?: unknown) {
  const from = performance.now();
  const response = await fetch(`http://127.0.0.1:${port}${path}`, {
    method,
    headers: { authorization: `Bearer ${key}`, 'if-match': '*', 'content-type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  const request = response.headers.get('x-request-id') ?? '';
  return { ms: performance.now() - from, status: response.status, text, request };
}

/** `before` is the id of the request before. Adds the latencies of other requests meanwhile to `probes`. */
async function measured(
  server: Watched,
  client: Client,
  key: string,
  { what, method, path, body, status }: Heavy,
  before: string,
  probes: number[],
): Promise<{ found: Finding[]; request: string }> {
  await server.held();
  let running = true;
  const address = typeof path === 'string' ? path : path(before);
  const writing = send(server, key, method, address, body).finally(() => {
    running = false;
  });
  const probe = { port: server.port, paths: ['/livez'], connections: 1, pauseMs: PAUSE_MS };
  const probing = (async () => {
    while (running) probes.push(...(await client.send({ ...probe, milliseconds: SLICE_MS })).latencies);
  })();
  const waits: number[] = [];
  while (running) {
    await sleep(PAUSE_MS);
    waits.push((await send(server, key, 'POST', '/v1/parties', { kind: 'other', name: 'Another' })).ms);
  }
  const answer = await writing;
  await probing;
  const held = await server.held();
  if (answer.status !== status) throw new Error(`${what}: ${answer.status} ${answer.text.slice(0, 300)}`);
  const found: Finding[] = [
    {
      what,
      value: answer.ms,
      unit: 'ms',
      limit: { most: ANSWER_MS },
      note: `other writes meanwhile: ${waits.length}, at most ${Math.max(...waits).toFixed(0)} ms`,
    },
    {
      what: 'the same: longest hold of the event loop',
      value: held.ms,
      unit: 'ms',
      limit: { most: HELD_MS },
      note: `as the server itself measures it; ${held.cpu.toFixed(0)} ms of processor time`,
    },
  ];
  return { found, request: answer.request };
}

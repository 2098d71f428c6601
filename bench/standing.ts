import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { InlineAttribution } from '../src/attributions/attributions.schemas.js';
import { setWrites } from '../src/attributions/inline.service.js';
import { ClaimInput } from '../src/claims/claims.schemas.js';
import { lookUp, only } from '../src/lib/collections.js';
import { newId } from '../src/lib/ids.js';
import { refreshClaims } from '../src/provenance/standing/standing.service.js';
import { nouns, services } from '../src/resource-types/services.js';
import { createAll } from '../src/resources/plans.js';
import { writeObjects } from '../src/resources/write-objects.js';
import { cloneClaims } from './clone-claims.js';
import { type Bench, type Finding, median } from './measure.js';
import { type Server, startWatched, type Watched } from './processes.js';
import { AT, load, open } from './register.js';

const WIDE = 100_000;
/** Attributions of large claims, how soon each is read, explained and written to, and how long that may hold the loop. */
const LARGE = [
  { size: 1_000, ms: 300, held: 50 },
  { size: 10_000, ms: 3_000, held: null },
];
const LINKS = 30;
/** Claims that go through the services; the others are copies. */
const ENTERED = 1_000;

const line = (noun: string, body: object): string => JSON.stringify({ [noun]: body });

/** A party in all claims but the large ones; `over` asserts them as well. */
function* lines(): Generator<string> {
  for (const key of ['wide', 'over', 'other', ...Array.from({ length: 50 }, (_, i) => `outlet-${i}`)]) {
    yield line('party', { key, kind: 'media', name: key });
  }
  const own = { stance: 'asserts', lineage: 'originates' };
  for (let i = 0; i < ENTERED; i++) {
    const attributions = ['wide', 'over'].map((party) => ({ party, ...own }));
    yield line('claim', { key: `claim-${i}`, text: `Claim ${i}.`, attributions });
  }
}

/** A claim whose attributions each relay one of the link below and, mostly, one of the chain before. */
const largeSet = (size: number) =>
  Array.from({ length: size }, (_, i) => {
    const said = { local_id: `said-${i}`, party: `outlet-${i % 50}` };
    if (i % LINKS === 0) return { ...said, stance: 'asserts', lineage: 'originates' };
    const below = [i - 1, ...(i > LINKS + 1 ? [i - LINKS - 1] : [])];
    return { ...said, stance: 'reports', relays: below.map((n) => `@said-${n}`) };
  }).map((attribution) => InlineAttribution.parse(attribution));

/** One request may carry 1,000 attributions; all at once they are entered in a minute instead of ten. */
async function enterLarge(file: string, size: number): Promise<void> {
  const store = await open(file);
  const change = { actor: 'cli', onBehalfOf: null, reason: null, requestId: newId('request'), at: AT };
  await store.write(async (tx) => {
    const { claims } = services(newId);
    const input = ClaimInput.parse({ key: `large-${size}`, text: 'Large.' });
    const { id } = only(await createAll(tx, change, { noun: nouns.claim, service: claims }, [input]));
    const sets = await setWrites(tx, newId, [{ claim: id, items: largeSet(size) }]);
    await writeObjects(tx, change, lookUp(sets, id));
    await refreshClaims(tx, [id]);
  });
  await store.close();
}

/** Standing of a claim with very many attributions, and of very many claims after a party moved. */
export async function standing({ rounds, folder, cli }: Bench): Promise<Finding[]> {
  const file = join(folder, 'standing.db');
  const store = await open(file);
  await load(store, folder, lines());
  await store.close();
  cloneClaims(file, WIDE);
  for (const { size } of LARGE) await enterLarge(file, size);
  const env = { ...process.env, ATTESTED_DATABASE_URL: `file:${file}` };
  const key = execFileSync(process.execPath, [cli, 'keys', 'create', '--name', 'bench'], { env });
  const server = await startWatched(cli, `file:${file}`);
  const send = sender(server, key.toString().trim());
  try {
    const findings: Finding[] = [];
    for (const large of LARGE) findings.push(...(await explained(send, server.held, rounds, large)));
    return [...findings, ...(await moved(send))];
  } finally {
    await server.close();
  }
}

type Send = (method: string, path: string, body?: object) => Promise<{ ms: number; json: Json }>;
type Json = Record<string, unknown> & { items?: { id: string; support: string }[] };

const sender =
  ({ port }: Server, key: string): Send =>
  async (method, path, body) => {
    const from = performance.now();
    const response = await fetch(`http://127.0.0.1:${port}${path}`, {
      method,
      headers: { authorization: `Bearer ${key}`, 'if-match': '*', 'content-type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    });
    const json = (await response.json()) as Json;
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${JSON.stringify(json)}`);
    return { ms: performance.now() - from, json };
  };

/** Sends one request after the other until told to stop; gives the milliseconds of each. */
function meanwhile(request: () => Promise<{ ms: number }>): () => Promise<number[]> {
  const times: number[] = [];
  let going = true;
  const sending = (async () => {
    while (going) {
      times.push((await request()).ms);
      await sleep(1);
    }
  })();
  return async () => {
    going = false;
    await sending;
    return times;
  };
}

async function explained(
  send: Send,
  held: Watched['held'],
  rounds: number,
  { size, ms, held: most }: (typeof LARGE)[number],
): Promise<Finding[]> {
  const path = `/v1/claims/large-${size}`;
  const { id } = (await send('GET', `${path}/attributions?limit=1`)).json.items![0]!;
  const requests: [what: string, ask: (round: number) => ReturnType<Send>][] = [
    ['read', () => send('GET', path)],
    ['standing', () => send('GET', `${path}/standing`)],
    ['write', (round) => send('PATCH', `/v1/attributions/${id}`, { said: String(1900 + round) })],
  ];
  const findings: Finding[] = [];
  for (const [what, ask] of requests) {
    const times: number[] = [];
    const holds: number[] = [];
    for (let round = 0; round <= rounds; round++) {
      await held();
      times.push((await ask(round)).ms);
      holds.push((await held()).ms);
    }
    const [cold, coldHeld] = [times.shift()!, holds.shift()!];
    const note = `the first of all ${cold.toFixed(0)} ms, held ${coldHeld.toFixed(0)}`;
    const name = `a claim with ${size} attributions: ${what}`;
    findings.push({ what: name, value: median(times), unit: 'ms', limit: { most: ms }, note });
    findings.push({
      what: 'the same: longest hold of the event loop',
      value: Math.max(...holds),
      unit: 'ms',
      limit: most === null ? null : { most },
      note: 'as the server itself measures it',
    });
  }
  return findings;
}

async function moved(send: Send): Promise<Finding[]> {
  let n = 0;
  const write = () => send('PATCH', '/v1/parties/other', { description: `Changed ${n++}.` });
  for (let i = 0; i < 100; i++) await write();
  const stop = meanwhile(write);
  const from = performance.now();
  const { ms } = await send('PATCH', '/v1/parties/wide', { part_of: 'over' });
  let items = 0;
  const first = '/v1/claims?support=corroborated&limit=1';
  while ((await send('GET', first)).json.standing_pending) {
    // Items are exact from the first moment on: `wide` now counts as `over`.
    const key = `claim-${(items++ * 37) % ENTERED}`;
    const { standing } = (await send('GET', `/v1/claims/${key}`)).json as { standing?: { support: string } };
    if (standing?.support !== 'single_origin') throw new Error(`${key} is not exact`);
    await sleep(50);
  }
  const seconds = (performance.now() - from) / 1_000;
  const others = await stop();
  const left = (await send('GET', first)).json.items!.filter((item) => 'attribution_count' in item);
  return [
    {
      what: `part_of of a party in ${WIDE} claims: longest wait of another writer`,
      value: Math.max(...others, ms),
      unit: 'ms',
      limit: { most: 100 },
      note: `${others.length} writes, median ${median(others).toFixed(1)} ms; the change itself ${ms.toFixed(0)} ms`,
    },
    {
      what: 'the same: until all standings are stored',
      value: seconds * 1_000,
      unit: 'ms',
      limit: { most: 60_000 },
      note: `${items} items read meanwhile, all exact; claims left as they were: ${left.length - 1}`,
    },
  ];
}

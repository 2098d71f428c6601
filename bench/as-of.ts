import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import Database from 'better-sqlite3';
import type { FastifyInstance } from 'fastify';
import { pino } from 'pino';
import { buildApp } from '../src/app.js';
import { newId } from '../src/lib/ids.js';
import { readsHere } from '../test/support/reads.js';
import { cloneClaims } from './clone-claims.js';
import { FILE_CLAIMS } from './importing.js';
import { median } from './measure.js';
import { claimLines, load, open } from './register.js';
import { groundLines, partyKey, predicateKey } from './sample.js';

/**
 * What reading the register as it was costs, against reading it as it is: `tsx bench/as-of.ts`. Every claim has
 * as many versions as told; the instants asked for lie all over them.
 */

const { values: options } = parseArgs({
  options: {
    claims: { type: 'string', default: '100000' },
    versions: { type: 'string', default: '10' },
    requests: { type: 'string', default: '200' },
  },
});
const CLAIMS = Number(options.claims);
const VERSIONS = Number(options.versions);
const REQUESTS = Number(options.requests);
const MINUTE = 60_000;
const MOST = 3;

const progress = (text: string) => process.stderr.write(`${text}\n`);
const folder = mkdtempSync(join(tmpdir(), 'attested-bench-'));
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
const file = join(folder, 'register.db');

/** Gives every claim one more version, a minute later than the last. */
function change(db: Database.Database): void {
  db.exec(`UPDATE commit_clock SET at = at + ${MINUTE};
    UPDATE claims SET version = version + 1,
      updated_at = strftime('%Y-%m-%dT%H:%M:%fZ', (SELECT at FROM commit_clock) / 1000.0, 'unixepoch'),
      doc = replace(doc, '"scope":null', '"scope":"as counted in version ' || version || '"')`);
}

async function prepare(): Promise<{ first: number; last: number }> {
  const store = await open(file);
  await load(store, folder, groundLines(CLAIMS));
  for (let n = 0; n < 5 * FILE_CLAIMS; n += FILE_CLAIMS) {
    await load(store, folder, claimLines(n, n + FILE_CLAIMS, CLAIMS));
  }
  await store.close();
  progress(`${CLAIMS} claims`);
  cloneClaims(file, CLAIMS);
  const db = new Database(file);
  db.pragma('synchronous = OFF');
  db.pragma('cache_size = -400000');
  const at = () => db.prepare('SELECT at FROM commit_clock').pluck().get() as number;
  const first = at();
  for (let version = 2; version <= VERSIONS; version += 1) {
    const start = performance.now();
    change(db);
    progress(`version ${version}: ${((performance.now() - start) / 1_000).toFixed(1)} s`);
  }
  db.pragma('wal_checkpoint(TRUNCATE)');
  const last = at();
  db.close();
  return { first, last };
}

async function timed(app: FastifyInstance, url: string): Promise<number> {
  const start = performance.now();
  const { statusCode, body } = await app.inject({ url });
  const ms = performance.now() - start;
  if (statusCode !== 200) throw new Error(`${url}: ${statusCode} ${body}`);
  return ms;
}

const { first, last } = await prepare();
const store = await open(file);
const clock = () => new Date(last + MINUTE).toISOString();
const app = await buildApp({
  config: { openReads: true, corsOrigins: '*' },
  store,
  clock,
  ids: newId,
  logger: pino({ level: 'silent' }),
  ...readsHere(store, { clock }),
});
await app.ready();

const ids = (await app.inject({ url: '/v1/claims?limit=200' }))
  .json()
  .items.map((one: { id: string }) => one.id);
const deep = new Map<string, string>();
/** The address of a page far down a list: its cursor, after so many pages. */
async function page(query: string, asOf: string): Promise<string> {
  const known = deep.get(query + asOf);
  if (known) return known;
  let url = `/v1/claims?limit=200&${query}${asOf && `&as_of=${asOf}`}`;
  for (let i = 0; i < 20; i += 1) {
    const { next_cursor } = (await app.inject({ url })).json();
    url = `/v1/claims?cursor=${next_cursor}&limit=200`;
  }
  url = url.replace('limit=200', 'limit=50');
  deep.set(query + asOf, url);
  return url;
}

const plain = (path: (i: number) => string) => async (i: number, asOf: string) => {
  const url = path(i);
  return asOf ? `${url}${url.includes('?') ? '&' : '?'}as_of=${asOf}` : url;
};
const subjects: Record<string, (i: number, asOf: string) => Promise<string>> = {
  'one claim': plain((i) => `/v1/claims/${ids[i % ids.length]}`),
  'its standing': plain((i) => `/v1/claims/${ids[i % ids.length]}/standing`),
  'first page': plain(() => '/v1/claims'),
  'page by subject and predicate': plain(
    (i) => `/v1/claims?subject=${partyKey(i % 20)}&predicate=${predicateKey(i % 5)}`,
  ),
  'page by party and stance': plain((i) => `/v1/claims?party=${partyKey(i % 10)}&stance=asserts`),
  'page by standing': plain(() => '/v1/claims?contested=true&min_origins=2'),
  'page by time, sorted': plain(() => '/v1/claims?occurred_from=2020&sort=-occurred'),
  'deep page': (_, asOf) => page('', asOf),
  'deep page, sorted by value': (_, asOf) => page('sort=value', asOf),
};

const instants = Array.from({ length: 5 }, (_, i) =>
  new Date(first + Math.round((i * (last - first)) / 4)).toISOString(),
);
let failed = false;
for (const [name, address] of Object.entries(subjects)) {
  const [now, then]: [number[], number[]] = [[], []];
  for (let i = 0; i < REQUESTS; i += 1) {
    const asOf = instants[i % instants.length]!;
    const [present, past] = [await address(i, ''), await address(i, asOf)];
    now.push(await timed(app, present));
    then.push(await timed(app, past));
  }
  const [a, b] = [median(now.slice(10)), median(then.slice(10))];
  failed ||= b / a > MOST;
  const verdict = b / a > MOST ? 'FAIL' : 'PASS';
  process.stdout.write(
    `${verdict}  ${name.padEnd(32)} ${(b / a).toFixed(2)} ×  (${a.toFixed(2)} and ${b.toFixed(2)} ms)\n`,
  );
}
await app.close();
await store.close();
process.exit(failed ? 1 : 0);

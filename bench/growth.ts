import Database from 'better-sqlite3';
import { Cursors } from '../src/http/request/paging.js';
import { shuffled } from './compare.js';
import { type Bench, Client, type Finding, inTurns, median } from './measure.js';
import { startRegister } from './processes.js';
import { partyPages, subjectPages } from './reading.js';
import { RARE_PARTIES, rareKey } from './sample.js';

const ROUND_MS = 600;
const SAMPLES = 500;
/** Where page 10,000 of a list begins; in a smaller register, as near the end as it can be. */
const DEEP = 10_000 * 50;

const v1 = (paths: string[]) => paths.map((path) => `/v1${path}`);
const rarePages = Array.from({ length: RARE_PARTIES }, (_, i) => `/claims?party=${rareKey(i)}&stance=denies`);

/** The requests whose latency must not grow with the register, made for one register. */
const requests: Record<string, (db: Database.Database) => string[]> = {
  'one claim': (db) => {
    const ids = db.prepare('SELECT id FROM claims ORDER BY random() LIMIT ?').pluck().all(SAMPLES);
    return ids.map((id) => `/v1/claims/${id}`);
  },
  'page by subject and predicate': () => v1(subjectPages),
  'page by party and stance': () => v1(partyPages),
  'page by a rare party and stance': () => v1(rarePages),
  'page 10,000 by id': (db) => deepPages(db, 'id', 'id'),
  'page 10,000 by time of saying': (db) => deepPages(db, '-said', 'last_said'),
};

/** Addresses of pages far down a list, with cursors as the register itself would give out there. */
function deepPages(db: Database.Database, sort: string, column: string): string[] {
  const secret = db.prepare("SELECT value FROM settings WHERE name = 'cursor_secret'").pluck().get();
  const cursors = new Cursors(secret as string);
  const claims = db.prepare('SELECT count(*) FROM claims').pluck().get() as number;
  const direction = sort.startsWith('-') ? 'DESC' : 'ASC';
  const rows = db
    .prepare(
      `SELECT ${column} AS value, id FROM claims ORDER BY ${column} ${direction}, id ${direction} LIMIT 100 OFFSET ?`,
    )
    .all(Math.min(DEEP, claims - 200)) as { value: string | number; id: string }[];
  return rows.map((at) => {
    const cursor = cursors.encode({ list: '/v1/claims', filters: { sort }, at, back: false });
    return `/v1/claims?cursor=${cursor}`;
  });
}

async function serving(cli: string, file: string) {
  const server = await startRegister(cli, file);
  return { server, db: new Database(file, { readonly: true }) };
}

/** Latencies on a large register, as a multiple of those on a small one. */
export async function growth({ rounds, cli, small, large }: Bench): Promise<Finding[]> {
  const client = new Client();
  const few = await serving(cli, small.file);
  const many = await serving(cli, large.file);
  const findings: Finding[] = [];
  for (const [what, pathsFor] of Object.entries(requests)) {
    const latency = ({ server, db }: typeof few) => {
      const paths = pathsFor(db);
      return async () => {
        const load = { port: server.port, paths: shuffled(paths), connections: 1, milliseconds: ROUND_MS };
        return median((await client.send(load)).latencies);
      };
    };
    const found = await inTurns(rounds, { small: latency(few), large: latency(many) });
    findings.push({
      what: `growth to ${large.claims} claims: ${what}`,
      value: found.large / found.small,
      unit: '×',
      limit: { most: 1.5 },
      note: `${found.large.toFixed(2)} ms after ${found.small.toFixed(2)} ms`,
    });
  }
  client.close();
  for (const { server, db } of [few, many]) {
    db.close();
    await server.close();
  }
  return findings;
}

import { join } from 'node:path';
import Database from 'better-sqlite3';
import { bareRows } from './bare-rows.js';
import { against, type Contest } from './compare.js';
import type { Bench, Finding } from './measure.js';
import { startRegister } from './processes.js';
import { COMMON_PARTIES, PREDICATES, partyKey, predicateKey, SUBJECTS } from './sample.js';

const SAMPLES = 5_000;

const numbers = (count: number) => Array.from({ length: count }, (_, i) => i);

export const subjectPages = numbers(SUBJECTS).flatMap((subject) =>
  numbers(PREDICATES).map(
    (predicate) => `/claims?subject=${partyKey(subject)}&predicate=${predicateKey(predicate)}`,
  ),
);
export const partyPages = numbers(COMMON_PARTIES).flatMap((party) =>
  ['asserts', 'reports', 'denies'].map((stance) => `/claims?party=${partyKey(party)}&stance=${stance}`),
);

/** Reads, against a server that hands out rows which were made ready beforehand. */
export async function reading(bench: Bench): Promise<Finding[]> {
  const bareFile = join(bench.folder, 'bare.db');
  const register = await startRegister(bench.cli, bench.small.file);
  await bareRows(register.port, bareFile);
  await register.close();

  const db = new Database(bareFile, { readonly: true });
  const claims = db.prepare('SELECT id, key FROM claims ORDER BY random() LIMIT ?').all(SAMPLES) as {
    id: string;
    key: string;
  }[];
  db.close();
  const contests: Omit<Contest, 'prefix'>[] = [
    { what: 'one claim by id', least: 0.5, paths: claims.map(({ id }) => `/claims/${id}`) },
    { what: 'one claim by key', least: 0.5, paths: claims.map(({ key }) => `/claims/${key}`) },
    { what: 'page of 50', least: 0.5, paths: ['/claims'] },
    { what: 'page of 50 with include=attributions', least: 0.4, paths: ['/claims?include=attributions'] },
    { what: 'page of 50 by subject and predicate', least: 0.5, paths: subjectPages },
    { what: 'page of 50 by party and stance', least: 0.5, paths: partyPages },
  ];
  return against(bench, bareFile, [
    { what: 'smallest answer', least: 0.5, prefix: '', paths: ['/livez'] },
    ...contests.map((contest) => ({ ...contest, prefix: '/v1' })),
  ]);
}

import { join } from 'node:path';
import Database from 'better-sqlite3';
import { against, type Contest } from './against.js';
import { bareRows } from './bare-rows.js';
import type { Bench, Finding } from './measure.js';
import { COMMON_PARTIES, PREDICATES, partyKey, predicateKey, SUBJECTS } from './sample.js';

const IDS = 5_000;

/** One claim with its attributions, by random ids. */
function items(file: string): Contest {
  const db = new Database(file, { readonly: true });
  const ids = db.prepare('SELECT id FROM claims ORDER BY random() LIMIT ?').pluck().all(IDS) as string[];
  db.close();
  return { what: 'GET one claim', least: 0.6, paths: ids.map((id) => `/claims/${id}`) };
}

const numbers = (count: number) => Array.from({ length: count }, (_, i) => i);

export const subjectPages = numbers(SUBJECTS).flatMap((subject) =>
  numbers(PREDICATES).map(
    (predicate) => `/claims?subject=${partyKey(subject)}&predicate=${predicateKey(predicate)}`,
  ),
);
export const partyPages = numbers(COMMON_PARTIES).flatMap((party) =>
  ['asserts', 'reports', 'denies'].map((stance) => `/claims?party=${partyKey(party)}&stance=${stance}`),
);

/** Numbers 1 and 2: reads, against rows that were made ready beforehand. */
export async function reading(bench: Bench): Promise<Finding[]> {
  const bareFile = join(bench.folder, 'bare.db');
  await bareRows(bench.small.file, bareFile);
  return against(bench, bareFile, [
    items(bench.small.file),
    { what: 'page of 50 by subject and predicate', least: 0.5, paths: subjectPages },
    { what: 'page of 50 by party and stance', least: 0.5, paths: partyPages },
  ]);
}

import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { Finding } from './measure.js';
import { measured } from './processes.js';
import { claimLines, writeLines } from './register.js';
import { groundLines } from './sample.js';

/** Claims that a file of NDJSON holds; a file is loaded in one transaction. */
export const FILE_CLAIMS = 1_000;

interface Import {
  /** Claims per second of processor time, and of the clock. */
  perCpu: number;
  perSecond: number;
  /** Megabytes at most, of the first load and of one of twice as many files. */
  peaks: [number, number];
  bytes: number;
  byTable: string;
}

/**
 * Loads files of claims with a build of the program into a register that it makes: a third of them with one
 * `attested seed`, then the others with another, which is the one that counts. In a run of a single file a third of
 * the processor time goes into compiling the program.
 */
async function importInto(
  cli: string,
  file: string,
  folder: string,
  files: number,
  size: number,
): Promise<Import> {
  const settings = { ATTESTED_DATABASE_URL: `file:${file}` };
  const seed = async (contents: Iterable<string>[]) => {
    const path = join(folder, 'lines', '/');
    mkdirSync(path, { recursive: true });
    for (const [i, lines] of contents.entries()) await writeLines(`${path}${i}.ndjson`, lines);
    const used = measured(cli, ['seed', path], settings, folder);
    rmSync(path, { recursive: true });
    return used;
  };
  const claimFiles = (from: number, to: number) =>
    Array.from({ length: to - from }, (_, i) =>
      claimLines((from + i) * FILE_CLAIMS, (from + i + 1) * FILE_CLAIMS, size),
    );
  await seed([groundLines(size)]);
  const before = bytesOf(file);
  const start = await seed([]);
  const some = Math.floor(files / 3);
  const first = await seed(claimFiles(0, some));
  const rest = await seed(claimFiles(some, files));
  const loaded = (files - some) * FILE_CLAIMS;
  const claims = files * FILE_CLAIMS;
  const after = bytesOf(file);
  const grown = [...after].map(
    ([name, bytes]) => [name, (bytes - (before.get(name) ?? 0)) / claims] as const,
  );
  const largest = grown.sort((a, b) => b[1] - a[1]).slice(0, 8);
  return {
    perCpu: loaded / (rest.cpu - start.cpu),
    perSecond: loaded / (rest.seconds - start.seconds),
    peaks: [first.peak, rest.peak],
    bytes: grown.reduce((sum, [, bytes]) => sum + bytes, 0),
    byTable: largest.map(([name, bytes]) => `${name} ${Math.round(bytes)}`).join(', '),
  };
}

/** Bytes of each table with its indexes. */
function bytesOf(file: string): Map<string, number> {
  const db = new Database(file, { readonly: true });
  const rows = db
    .prepare(
      `SELECT tbl_name AS name, sum(pgsize) AS bytes FROM dbstat
       JOIN sqlite_schema ON sqlite_schema.name = dbstat.name GROUP BY tbl_name`,
    )
    .all() as { name: string; bytes: number }[];
  db.close();
  return new Map(rows.map(({ name, bytes }) => [name, bytes]));
}

/** Fills the register from which the others grow; another build of the program does the same where one is named. */
export async function importing(
  { cli, other, folder }: { cli: string; other: string | null; folder: string },
  base: string,
  files: number,
  size: number,
): Promise<Finding[]> {
  const ours = await importInto(cli, base, folder, files, size);
  const theirs = other && (await importInto(other, join(folder, 'other.db'), folder, files, size));
  const told = ({ perCpu, perSecond }: Import) =>
    `${Math.round(perCpu)} claims per CPU second, ${Math.round(perSecond)} a second`;
  return [
    {
      what: 'import of NDJSON, against the other build',
      value: theirs ? ours.perCpu / theirs.perCpu : Number.NaN,
      unit: '×',
      limit: theirs ? { least: 5 } : null,
      note: theirs ? `${told(ours)}; the other ${told(theirs)}` : told(ours),
    },
    {
      what: 'memory during the import, against one of half as many files',
      value: ours.peaks[1] / ours.peaks[0],
      unit: '×',
      limit: { most: 1.25 },
      note: `at most ${ours.peaks.map(Math.round).join(' and ')} MB`,
    },
    {
      what: 'on disk, a claim with three attributions',
      value: ours.bytes / 1_024,
      unit: 'KB',
      limit: { most: 12 },
      note: `bytes by table: ${ours.byTable}${theirs ? `; the other build ${(theirs.bytes / 1_024).toFixed(1)} KB` : ''}`,
    },
  ];
}

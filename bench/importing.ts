import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { type Finding, median } from './measure.js';
import { measured } from './processes.js';
import { claimLines, writeLines } from './register.js';
import { groundLines } from './sample.js';

/** Claims that a file of NDJSON holds; a file is loaded in one transaction. */
export const FILE_CLAIMS = 1_000;

interface Import {
  /** Claims per second of processor time, and of the clock. */
  perCpu: number;
  perSecond: number;
  /** Megabytes at most, file by file. */
  peaks: number[];
  bytes: number;
  byTable: string;
}

/** Loads files of claims with a build of the program, each with `attested seed`, into a register that it makes. */
async function importInto(
  cli: string,
  file: string,
  folder: string,
  files: number,
  size: number,
): Promise<Import> {
  const settings = { ATTESTED_DATABASE_URL: `file:${file}` };
  const seed = async (lines: Iterable<string>) => {
    const path = join(folder, 'lines', '/');
    mkdirSync(path, { recursive: true });
    await writeLines(`${path}lines.ndjson`, lines);
    const used = measured(cli, ['seed', path], settings, folder);
    rmSync(path, { recursive: true });
    return used;
  };
  await seed(groundLines(size));
  const before = bytesOf(file);
  const start = await seed([]);
  const loads: Awaited<ReturnType<typeof seed>>[] = [];
  for (let i = 0; i < files; i++)
    loads.push(await seed(claimLines(i * FILE_CLAIMS, (i + 1) * FILE_CLAIMS, size)));
  const claims = files * FILE_CLAIMS;
  const after = bytesOf(file);
  const grown = [...after].map(
    ([name, bytes]) => [name, (bytes - (before.get(name) ?? 0)) / claims] as const,
  );
  const largest = grown.sort((a, b) => b[1] - a[1]).slice(0, 8);
  return {
    perCpu: FILE_CLAIMS / median(loads.map(({ cpu }) => cpu - start.cpu)),
    perSecond: FILE_CLAIMS / median(loads.map(({ seconds }) => seconds - start.seconds)),
    peaks: loads.map(({ peak }) => peak),
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
      what: 'memory during the import, last file against first',
      value: ours.peaks.at(-1)! / ours.peaks[0]!,
      unit: '×',
      limit: { most: 1.25 },
      note: `at most ${ours.peaks.map(Math.round).join(', ')} MB`,
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

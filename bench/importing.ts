import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { type Finding, median } from './measure.js';
import { claimLines, load, open } from './register.js';
import { groundLines } from './sample.js';

/** Claims a file of NDJSON holds; a file is loaded in one transaction. */
export const FILE_CLAIMS = 1_000;
/** Rows that one transaction of the bare inserts holds. */
const BARE_ROWS = 1_000;

/** The tables a claim's rows go to, in an order in which they can be inserted, and which rows are new. */
const tables: Record<string, string> = {
  slugs: 'id IN (SELECT id FROM claims WHERE rowid > @claims)',
  claims: 'rowid > @claims',
  claim_participants: 'rowid > @claim_participants',
  claim_places: 'rowid > @claim_places',
  claim_topics: 'claim_id IN (SELECT id FROM claims WHERE rowid > @claims)',
  attributions: 'rowid > @attributions',
  attribution_relays: 'attribution_id IN (SELECT id FROM attributions WHERE rowid > @attributions)',
  history: 'rowid > @history',
};
const numbered = ['claims', 'claim_participants', 'claim_places', 'attributions', 'history'];

const lastRows = (db: Database.Database): Record<string, number> =>
  Object.fromEntries(
    numbered.map((table) => [
      table,
      db.prepare(`SELECT coalesce(max(rowid), 0) FROM ${table}`).pluck().get() as number,
    ]),
  );

/** Inserts the rows that one register got since with nothing but prepared statements. Gives the seconds. */
function bareInserts(from: Database.Database, since: Record<string, number>, to: Database.Database): number {
  const work = Object.entries(tables).map(([table, isNew]) => {
    const select = from.prepare(`SELECT * FROM ${table} WHERE ${isNew}`);
    const used = Object.fromEntries(Object.entries(since).filter(([name]) => isNew.includes(`@${name}`)));
    const columns = select.columns().map(({ name }) => name);
    const insert = to.prepare(`INSERT INTO ${table} (${columns}) VALUES (${columns.map(() => '?')})`);
    return { insert, rows: select.raw().all(used) as unknown[][] };
  });
  const start = performance.now();
  for (const { insert, rows } of work) {
    for (let done = 0; done < rows.length; done += BARE_ROWS) {
      to.exec('BEGIN IMMEDIATE');
      for (const row of rows.slice(done, done + BARE_ROWS)) insert.run(...row);
      to.exec('COMMIT');
    }
  }
  return (performance.now() - start) / 1_000;
}

const settled = (): number => {
  globalThis.gc?.();
  return process.memoryUsage.rss() / 1e6;
};

/**
 * Number 5: fills the register from which the others grow, file by file, and inserts the same rows bare into a
 * copy that grows alongside. `size` is the number of claims for which parties and sources are made.
 */
export async function importing(
  file: string,
  folder: string,
  files: number,
  size: number,
): Promise<Finding[]> {
  const ground = await open(file);
  await load(ground, folder, groundLines(size));
  await ground.close();
  const copy = join(folder, 'bare-inserts.db');
  copyFileSync(file, copy);

  const store = await open(file);
  const from = new Database(file, { readonly: true });
  const to = new Database(copy);
  to.pragma('synchronous = FULL');
  const ours: number[] = [];
  const theirs: number[] = [];
  const memory: number[] = [];
  for (let i = 0; i < files; i++) {
    const since = lastRows(from);
    ours.push(await load(store, folder, claimLines(i * FILE_CLAIMS, (i + 1) * FILE_CLAIMS, size)));
    theirs.push(bareInserts(from, since, to));
    memory.push(settled());
  }
  from.close();
  to.close();
  await store.close();

  const counted = { ours: ours.slice(1), theirs: theirs.slice(1) };
  const perSecond = (seconds: number[]) => Math.round(FILE_CLAIMS / median(seconds));
  return [
    {
      what: 'import of NDJSON',
      value: median(counted.theirs) / median(counted.ours),
      unit: '×',
      limit: { least: 0.15 },
      note: `${perSecond(counted.ours)} of ${perSecond(counted.theirs)} claims a second`,
    },
    {
      what: 'memory during the import, last file against second',
      value: memory.at(-1)! / memory[1]!,
      unit: '×',
      limit: { most: 1.25 },
      note: memory
        .map((mb) => Math.round(mb))
        .join(', ')
        .concat(' MB'),
    },
  ];
}

import { execFileSync, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { start } from '../processes.js';
import { claimOf, groundOf, type Open } from './peer.js';

const VERSION = '0.65.5';

/** Tables with the foreign keys that it follows for names. */
const TABLES = `
  CREATE TABLE party (key TEXT PRIMARY KEY, name TEXT);
  CREATE TABLE source (key TEXT PRIMARY KEY, name TEXT);
  CREATE TABLE predicate (key TEXT PRIMARY KEY, name TEXT);
  CREATE TABLE claims (key TEXT PRIMARY KEY, text TEXT, subject TEXT REFERENCES party (key), predicate TEXT REFERENCES predicate (key),
    value TEXT, unit TEXT, occurred TEXT);
  CREATE TABLE attributions (id INTEGER PRIMARY KEY, claim TEXT REFERENCES claims (key), party TEXT REFERENCES party (key),
    source TEXT REFERENCES source (key), stance TEXT, said TEXT, quote TEXT, page TEXT, paragraph TEXT);
  CREATE INDEX claims_subject ON claims (subject);
  CREATE INDEX claims_predicate ON claims (predicate);
  CREATE INDEX claims_occurred ON claims (occurred);
  CREATE INDEX attributions_claim ON attributions (claim);
  CREATE INDEX attributions_party ON attributions (party);
  CREATE INDEX attributions_source ON attributions (source);`;

function fill(file: string, claims: number): void {
  const db = new Database(file);
  db.exec(TABLES);
  const insert = (table: string, values: unknown[]) =>
    db.prepare(`INSERT INTO ${table} VALUES (${values.map(() => '?').join(', ')})`).run(...values);
  db.transaction(() => {
    for (const { noun, key, name } of groundOf(claims)) insert(noun, [key, name]);
    for (let i = 0; i < claims; i++) {
      const { key, text, subject, predicate, value, occurred, attributions } = claimOf(i, claims);
      insert('claims', [key, text, subject, predicate, value.value, value.unit, occurred]);
      for (const { party, source, stance, said, quote, locator } of attributions) {
        const { page, paragraph } = locator;
        insert('attributions', [null, key, party, source, stance, said, quote.exact, page, paragraph]);
      }
    }
  })();
  db.close();
}

export const openDatasette: Open = async (folder, claims) => {
  const venv = join(process.cwd(), 'node_modules', '.cache', 'attested-peers', 'venv');
  const program = join(venv, 'bin', 'datasette');
  if (!existsSync(program)) {
    execFileSync('python3', ['-m', 'venv', venv]);
    execFileSync(join(venv, 'bin', 'pip'), ['install', '--quiet', `datasette==${VERSION}`]);
  }
  const file = join(folder, 'sample.db');
  fill(file, claims);
  const server = await start('/-/versions.json', (port) =>
    spawn(program, ['serve', file, '--host', '127.0.0.1', '--port', String(port)], { stdio: 'ignore' }),
  );
  const labels = '_labels=on&_shape=objects&_nocount=1';
  return {
    name: `Datasette ${VERSION}`,
    server,
    file,
    health: '/-/versions.json',
    item: (number) => [
      `/sample/claims.json?key=claim-${number}&${labels}`,
      `/sample/attributions.json?claim=claim-${number}&${labels}`,
    ],
    page: '/sample/claims.json?_size=50&_shape=objects&_nocount=1',
    expanded: `/sample/claims.json?_size=50&${labels}`,
    // This version only reads.
    create: null,
  };
};

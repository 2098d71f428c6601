import Database from 'better-sqlite3';
import type { Version } from '../src/resources/resources.store.js';
import { versionDigest } from '../src/resources/version-digest.js';

/** The rows that belong to claims, by table. Registers grow by copies of them. */
const belongings: Record<string, string> = {
  history: "noun IN ('claim', 'attribution')",
  history_subjects: "seq IN (SELECT seq FROM main.history WHERE noun IN ('claim', 'attribution'))",
  reserved_keys: "noun = 'claim'",
  claims: 'true',
  claim_participants: 'true',
  claim_places: 'true',
  claim_topics: 'true',
  attributions: 'true',
  attribution_relays: 'true',
};

/** Columns that hold ids or keys of claims and attributions, alone or inside documents. */
const renamedColumn = /^(key|id|\w+_id|doc)$/;
/** Of an id, the kind and the time at which it was given. */
const idOrKey = /\b((?:claim|attribution)_[0-9a-z]{10})[0-9a-z]{16}\b|\bclaim-\d+\b/g;

const members = (columns: readonly string[]) => columns.map((name) => `'${name}', ${name}`).join(', ');

/** Most of what the indexes of a million claims that cannot be dropped take. */
const CACHE_KIB = 2_000_000;

interface Index {
  name: string;
  tbl_name: string;
  sql: string;
}

const INDEXES = "SELECT name, tbl_name, sql FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL";

/** Indexes of the copied tables, which are made faster once all rows are there. */
const indexesOf = (db: Database.Database): Index[] =>
  (db.prepare(INDEXES).all() as Index[]).filter(({ tbl_name }) => tbl_name in belongings);

/** Copies the claims of a register, with all that belongs to them but their words, until there are so many. */
export function cloneClaims(file: string, claims: number): void {
  const db = new Database(file);
  db.pragma('synchronous = OFF');
  db.pragma('foreign_keys = OFF');
  db.pragma(`cache_size = -${CACHE_KIB}`);
  let copy = 0;
  // Ids of one moment differ in their last bits only: each gets a number, and each copy of it another.
  const numbers = new Map<string, number>();
  const octal = (number: number) => number.toString(8).padStart(8, '0');
  const numberOf = (id: string) => {
    const number = numbers.get(id) ?? numbers.size;
    numbers.set(id, number);
    return number;
  };
  db.function('renamed', { deterministic: false }, (text) =>
    typeof text !== 'string'
      ? text
      : text.replace(idOrKey, (name, stem?: string) =>
          stem ? stem + octal(numberOf(name)) + octal(copy) : `${name}-${copy}`,
        ),
  );
  db.function('digest', { deterministic: true }, (version) =>
    versionDigest(JSON.parse(version as string) as Version),
  );
  // Versions are numbered without holes: those of each copy follow those of the one before.
  const numbered = db.prepare('SELECT max(seq) FROM history').pluck().get() as number;
  const copied = db.prepare(`SELECT seq FROM history WHERE ${belongings.history} ORDER BY seq`).pluck().all();
  const places = new Map(copied.map((seq, i) => [seq, i + 1]));
  db.function('placed', { deterministic: false }, (seq) => {
    const place = places.get(seq);
    return place === undefined ? null : numbered + (copy - 1) * places.size + place;
  });
  // So are the entries of the index of words, which are made when all rows are there.
  const entries = db.prepare('SELECT entry FROM commit_clock').pluck().get() as number;
  db.function('entered', { deterministic: false }, (entry) => Number(entry) + copy * entries);
  const placed: Record<string, string> = { seq: 'placed(seq)', entry: 'entered(entry)' };
  const statements: Database.Statement[] = [];
  for (const [table, where] of Object.entries(belongings)) {
    db.exec(`CREATE TEMP TABLE of_${table} AS SELECT * FROM main.${table} WHERE ${where}`);
    const columns = (db.pragma(`table_info(${table})`) as { name: string }[]).map(({ name }) => name);
    const values = columns.map((name) => {
      const value = renamedColumn.test(name) ? `renamed(${name})` : (placed[name] ?? name);
      return `${value} AS ${name}`;
    });
    const shown = columns.map((name) =>
      name === 'digest' ? `digest(json_object(${members(columns)}))` : name,
    );
    statements.push(
      db.prepare(
        `INSERT INTO main.${table} (${columns}) SELECT ${shown} FROM (SELECT ${values} FROM temp.of_${table})`,
      ),
    );
  }
  const had = db.prepare('SELECT count(*) FROM claims').pluck().get() as number;
  const indexes = indexesOf(db);
  for (const { name } of indexes) db.exec(`DROP INDEX "${name}"`);
  while ((copy + 1) * had < claims) {
    copy += 1;
    db.transaction(() => {
      for (const statement of statements) statement.run();
    })();
  }
  for (const { sql } of indexes) db.exec(sql);
  db.prepare('UPDATE commit_clock SET entry = ?').run((copy + 1) * entries);
  db.close();
}

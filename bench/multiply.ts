import Database from 'better-sqlite3';

/** The rows that belong to claims, by table. Registers grow by copies of them. */
const belongings: Record<string, string> = {
  history: "noun IN ('claim', 'attribution')",
  slugs: "noun = 'claim'",
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

/** Copies the claims of a register, with all that belongs to them, until there are so many. */
export function multiply(file: string, claims: number): void {
  const db = new Database(file);
  db.pragma('synchronous = OFF');
  db.pragma('foreign_keys = OFF');
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
  // Documents are known by their numbers: those of each copy follow those of the one before.
  const numbered = db.prepare('SELECT max(seq) FROM history').pluck().get() as number;
  db.function('further', { deterministic: false }, () => copy * numbered);
  const statements: Database.Statement[] = [];
  for (const [table, where] of Object.entries(belongings)) {
    db.exec(`CREATE TEMP TABLE of_${table} AS SELECT * FROM main.${table} WHERE ${where}`);
    const columns = (db.pragma(`table_info(${table})`) as { name: string }[]).map(({ name }) => name);
    const values = columns.map((name) =>
      renamedColumn.test(name) ? `renamed(${name})` : name === 'seq' ? 'seq + further()' : name,
    );
    statements.push(
      db.prepare(`INSERT INTO main.${table} (${columns}) SELECT ${values} FROM temp.of_${table}`),
    );
  }
  const had = db.prepare('SELECT count(*) FROM claims').pluck().get() as number;
  while ((copy + 1) * had < claims) {
    copy += 1;
    db.transaction(() => {
      for (const statement of statements) statement.run();
    })();
  }
  db.close();
}

import Database from 'better-sqlite3';
import { asc, gt } from 'drizzle-orm';
import { claimNoun } from '../src/claims/claim.js';
import { fetchRows } from '../src/register/register.store.js';
import { outputTexts } from '../src/register/render.js';
import { open } from './register.js';

/** Fills a database with the ready-made JSON texts of a register's claims, under indexes for the two lists. */
export async function bareRows(register: string, file: string): Promise<void> {
  const bare = new Database(file);
  bare.pragma('journal_mode = WAL');
  bare.exec(`
    CREATE TABLE claims (id TEXT PRIMARY KEY, subject TEXT, predicate TEXT, json TEXT);
    CREATE TABLE said (party TEXT, stance TEXT, id TEXT, PRIMARY KEY (party, stance, id)) WITHOUT ROWID;
  `);
  const insertClaim = bare.prepare('INSERT INTO claims VALUES (?, ?, ?, ?)');
  const insertSaid = bare.prepare('INSERT OR IGNORE INTO said VALUES (?, ?, ?)');
  const store = await open(register);
  for (let last = ''; ; ) {
    const { rows, texts } = await store.read(async (tx) => {
      const { id } = tx.tables.claims;
      const wanted = { where: gt(id, last), order: [asc(id)], limit: 1_000, sorted: 'id', carried: 100 };
      const rows = await fetchRows(tx, claimNoun, [], wanted);
      return { rows, texts: await outputTexts(tx, claimNoun, rows) };
    });
    if (rows.length === 0) break;
    bare.exec('BEGIN');
    for (const [i, text] of texts.entries()) {
      const claim = JSON.parse(text);
      insertClaim.run(rows[i]!.id, claim.subject.key, claim.predicate.key, text);
      for (const { party, speaker, stance } of claim.attributions) {
        insertSaid.run(party.key, stance, claim.id);
        if (speaker) insertSaid.run(speaker.key, stance, claim.id);
      }
    }
    bare.exec('COMMIT');
    last = rows.at(-1)!.id;
  }
  await store.close();
  bare.exec('CREATE INDEX claims_subject ON claims (subject, predicate, id)');
  bare.close();
}

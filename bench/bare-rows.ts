import Database from 'better-sqlite3';
import { claimNoun } from '../src/claims/claim.js';
import type { Stored } from '../src/register/noun.js';
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
  const raw = new Database(register, { readonly: true });
  const store = await open(register);
  const page = raw.prepare('SELECT * FROM claims WHERE id > ? ORDER BY id LIMIT 1000');
  for (let last = ''; ; ) {
    const rows = page.all(last) as Stored[];
    if (rows.length === 0) break;
    const texts = await store.read((tx) => outputTexts(tx, claimNoun, rows, false));
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
  raw.close();
  await store.close();
  bare.exec('CREATE INDEX claims_subject ON claims (subject, predicate, id)');
  bare.close();
}

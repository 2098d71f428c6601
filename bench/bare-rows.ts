import Database from 'better-sqlite3';

/** A claim as the register answers it: by itself, and as an item of lists. */
interface Answered {
  id: string;
  key: string;
  subject: { key: string };
  predicate: { key: string };
  attributions: { party: { key: string }; speaker: { key: string } | null; stance: string }[];
}

const PAGE = 200;

/** Fills a database with the texts that a running register answers, under indexes for the lists. */
export async function bareRows(port: number, file: string): Promise<void> {
  const bare = new Database(file);
  bare.pragma('journal_mode = WAL');
  bare.exec(`
    CREATE TABLE claims (id TEXT PRIMARY KEY, key TEXT UNIQUE, subject TEXT, predicate TEXT, item TEXT, short TEXT, long TEXT);
    CREATE TABLE said (party TEXT, stance TEXT, id TEXT, PRIMARY KEY (party, stance, id)) WITHOUT ROWID;
  `);
  const insertClaim = bare.prepare('INSERT INTO claims VALUES (?, ?, ?, ?, ?, ?, ?)');
  const insertSaid = bare.prepare('INSERT OR IGNORE INTO said VALUES (?, ?, ?)');
  const read = async (path: string) => (await fetch(`http://127.0.0.1:${port}/v1/claims${path}`)).text();
  const pages = async (cursor: string, query: string) =>
    JSON.parse(await read(`?limit=${PAGE}${query}${cursor}`)) as {
      items: Answered[];
      next_cursor: string | null;
    };
  for (let [short, long] = ['', '']; ; ) {
    const [few, all] = [await pages(short, ''), await pages(long, '&include=attributions')];
    const items = await Promise.all(few.items.map(({ id }) => read(`/${id}`)));
    bare.exec('BEGIN');
    for (const [i, claim] of all.items.entries()) {
      const { id, key, subject, predicate } = claim;
      insertClaim.run(
        id,
        key,
        subject.key,
        predicate.key,
        items[i],
        JSON.stringify(few.items[i]),
        JSON.stringify(claim),
      );
      for (const { party, speaker, stance } of claim.attributions) {
        insertSaid.run(party.key, stance, id);
        if (speaker) insertSaid.run(speaker.key, stance, id);
      }
    }
    bare.exec('COMMIT');
    if (few.next_cursor === null || all.next_cursor === null) break;
    [short, long] = [`&cursor=${few.next_cursor}`, `&cursor=${all.next_cursor}`];
  }
  bare.exec('CREATE INDEX claims_subject ON claims (subject, predicate, id)');
  bare.close();
}

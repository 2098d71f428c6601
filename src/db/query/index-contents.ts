import { sql } from 'drizzle-orm';
import { GAP } from '../store/dialect.js';
import type { Tx } from '../store/store.js';
import { newestEntry } from './snapshot.js';

/** A word in an entry of the index of words, at one of its places. */
interface Instance {
  number: number;
  word: string;
  /** From 1; the last one that PostgreSQL knows stands for all behind it. */
  place: number;
}

/** Words, entries and instances that one query reads. */
const TERMS = 200;
const ENTRIES = 500;
const INSTANCES = 200_000;

/** Reads all that the index of words holds, to be compared with what it should hold. */
export const indexContents = (tx: Tx): AsyncGenerator<Instance[], undefined> =>
  tx.dialect.engine === 'sqlite' ? sqliteContents(tx) : postgresContents(tx);

/** Word by word, since that is how SQLite keeps them; those of many entries by some entries at a time. */
async function* sqliteContents(tx: Tx): AsyncGenerator<Instance[], undefined> {
  const read = (first: string, last: string, from: number, to: number) =>
    tx.rows<Instance>(sql`select doc as number, term as word, min("offset" + 1, 16383) as place from search_instances
      where term <> ${GAP} and term >= ${first} and term <= ${last} and doc >= ${from} and doc < ${to}`);
  const newest = await newestEntry(tx);
  for (let after = ''; ; ) {
    const terms = await tx.rows<{ term: string; cnt: number }>(
      sql`select term, cnt from search_terms where term > ${after} order by term limit ${sql.raw(String(TERMS))}`,
    );
    const [first, last] = [terms[0]?.term, terms.at(-1)?.term];
    if (first === undefined || last === undefined) return;
    const instances = terms.reduce((sum, { cnt }) => sum + cnt, 0);
    const step = Math.ceil((newest + 1) / Math.ceil(instances / INSTANCES));
    for (let from = 0; from <= newest; from += step) yield await read(first, last, from, from + step);
    after = last;
  }
}

async function* postgresContents(tx: Tx): AsyncGenerator<Instance[], undefined> {
  for (let after = 0; ; ) {
    const numbers = await tx.rows<{ number: number }>(
      sql`select rowid as number from search where rowid > ${after} order by rowid limit ${sql.raw(String(ENTRIES))}`,
    );
    const last = numbers.at(-1)?.number;
    if (last === undefined) return;
    yield await tx.rows<Instance>(sql`select rowid as number, lexeme as word, place
      from search cross join unnest(words) cross join unnest(positions) as place
      where rowid > ${after} and rowid <= ${last}`);
    after = last;
  }
}

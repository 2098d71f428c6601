import { sql } from 'drizzle-orm';
import { LRUCache } from 'lru-cache';
import { isMeant } from '../../db/query/closures.js';
import { prepared } from '../../db/query/prepared.js';
import { documentJoin, updateRows } from '../../db/query/rows.js';
import { newestEntry } from '../../db/query/snapshot.js';
import { tableOf } from '../../db/schema/object-tables.js';
import type { Pending } from '../../db/store/pending.js';
import type { Tx } from '../../db/store/store.js';
import { chunksOf, chunksWithin, groupBy } from '../../lib/collections.js';
import type { ResourceName } from '../../lib/ids.js';
import { type EntryRow, putEntries } from './entries.store.js';
import { type Entry, entryOf } from './entry.js';
import { fieldsOf } from './fields.js';
import { wordsInTurns } from './split.js';

/**
 * Keeps the index of words. A row that gets a new version gets the number of a new entry at once; the entries themselves are
 * made before the write is committed, once for each object, however often it changed.
 */

/** Claims whose entries are made together, and attributions of them that are read at once; one claim can have a thousand. */
const CLAIMS_AT_ONCE = 50;
const ATTRIBUTIONS_AT_ONCE = 1_000;

function pendingIn({ pending }: Tx): Pending {
  if (!pending) throw new Error('a transaction that only reads makes no entries in the index of words');
  return pending;
}

const lasts = new WeakMap<Map<string, number>, number>();

/** The number of the entry that an object gets in this write; the row of the object has to hold it. */
export async function newEntry(tx: Tx, noun: ResourceName, id: string): Promise<number> {
  const pending = pendingIn(tx);
  const { entries } = pending;
  const object = `${noun}:${id}`;
  const known = entries.get(object);
  if (known !== undefined) return known;
  pending.beforeCommit('entries', () => makeEntries(tx));
  const number = (lasts.get(entries) ?? (await newestEntry(tx))) + 1;
  lasts.set(entries, number);
  entries.set(object, number);
  return number;
}

/** New entries for objects whose words changed without a version of their own. */
export async function renewEntries(tx: Tx, noun: ResourceName, ids: readonly string[]): Promise<void> {
  const rows: { id: string; entry: number }[] = [];
  for (const id of ids) {
    if (pendingIn(tx).entries.has(`${noun}:${id}`)) continue;
    rows.push({ id, entry: await newEntry(tx, noun, id) });
  }
  await updateRows(tx, tableOf[noun], rows);
}

async function makeEntries(tx: Tx): Promise<void> {
  const { entries } = pendingIn(tx);
  if (entries.size === 0) return;
  const entry = [...entries.values()].reduce((most, number) => Math.max(most, number));
  await tx.db.update(tx.tables.commit_clock).set({ entry });
  const split = remembering({ maxSize: WORDS_KEPT, sizeCalculation: sizeOf }, (text) =>
    wordsInTurns(tx, text),
  );
  const attributionTexts = remembering({ max: DOCUMENTS_KEPT }, (doc) => textsIn('attribution', doc));
  const objects = [...entries.keys()].map((object) => object.split(':') as [ResourceName, string]);
  for (const some of chunksOf(objects, tx.dialect.objectsAtOnce)) {
    for (const [noun, ofNoun] of groupBy(some, ([name]) => name)) {
      const ids = ofNoun.map(([, id]) => id);
      for (const few of chunksOf(ids, noun === 'claim' ? CLAIMS_AT_ONCE : ids.length)) {
        const texts = await textsOf(tx, noun, few, attributionTexts);
        await insertEntries(tx, texts, (own) => entryOf(tx, noun, own, split));
      }
    }
  }
}

/** Words of texts that were split, and attributions whose documents were read. */
const WORDS_KEPT = 400_000;
const DOCUMENTS_KEPT = 400;

const sizeOf = (words: string[]): number => words.length + 1;

type Made = (text: string) => string[] | Promise<string[]>;

/** Texts of attributions stand in two entries, which are made one after the other. */
function remembering(limit: LRUCache.Options<string, string[], unknown>, made: Made) {
  const known = new LRUCache<string, string[]>(limit);
  return async (text: string): Promise<string[]> => {
    const result = known.get(text) ?? (await made(text));
    known.set(text, result);
    return result;
  };
}

/** Code units of entries that are kept until they are inserted: the entry of one object may be of a megabyte. */
const MOST_KEPT = 100_000;
/** Words that are added to the vocabulary by one statement. */
const WORDS_AT_ONCE = 2_000;

/** Puts entries into the index, each with the texts of its object. */
async function insertEntries(
  tx: Tx,
  objects: ReadonlyMap<number, readonly string[]>,
  entryFor: (texts: readonly string[]) => Promise<Entry>,
): Promise<void> {
  let made: EntryRow[] = [];
  let units = 0;
  const vocabulary = new Set<string>();
  const insert = async (): Promise<void> => {
    await addWords(tx, vocabulary);
    await putEntries(tx, made);
    made = [];
    units = 0;
    vocabulary.clear();
  };
  for (const [rowid, texts] of objects) {
    await tx.yield();
    const entry = await entryFor(texts);
    const words = tx.dialect.indexed(entry);
    if (units + words.length > MOST_KEPT) await insert();
    for (const word of entry) if (word !== null) vocabulary.add(word);
    made.push({ rowid, words });
    units += words.length;
  }
  await insert();
}

async function addWords(tx: Tx, words: ReadonlySet<string>): Promise<void> {
  const { search_words: t } = tx.tables;
  for (const some of chunksOf([...words], WORDS_AT_ONCE)) {
    const given = tx.dialect.textsIn(sql`${JSON.stringify(some)}`);
    await tx.rows(sql`with given(word) as ${given}
      insert into ${t} (word) select word from given where true on conflict do nothing returning word`);
  }
}

const ownDocuments = prepared((tx, noun: ResourceName) => {
  const table = tx.tables[tableOf[noun]];
  const attributions = noun === 'claim' ? tx.tables.claims.attribution_count : sql<number>`0`;
  return tx.db
    .select({ id: table.id, entry: table.entry, doc: tx.documents.doc, attributions })
    .from(table)
    .innerJoin(tx.documents, documentJoin(tx, table))
    .where(isMeant(tx, table.id));
});

const wordsOfClaims = prepared((tx) => {
  const { attributions: t } = tx.tables;
  return tx.db
    .select({ claim: t.claim_id, doc: tx.documents.doc })
    .from(t)
    .innerJoin(tx.documents, documentJoin(tx, t))
    .where(isMeant(tx, t.claim_id))
    .orderBy(t.id);
});

const textsIn = (noun: ResourceName, doc: string): string[] => fieldsOf(noun, doc).map(({ text }) => text);

/** The texts of objects by the numbers of their entries; those of claims with the texts of their attributions. */
async function textsOf(
  tx: Tx,
  noun: ResourceName,
  ids: readonly string[],
  attributionTexts: (doc: string) => Promise<string[]>,
): Promise<Map<number, string[]>> {
  const texts = new Map<number, string[]>();
  const byId = new Map<string, string[]>();
  const rows = await ownDocuments(tx, noun, { ids: JSON.stringify(ids) });
  for (const { id, entry, doc } of rows) {
    await tx.yield();
    const own = noun === 'attribution' ? await attributionTexts(doc) : textsIn(noun, doc);
    texts.set(entry, own);
    byId.set(id, own);
  }
  if (noun !== 'claim') return texts;
  for (const some of chunksWithin(
    rows,
    ids.length,
    ATTRIBUTIONS_AT_ONCE,
    ({ attributions }) => attributions,
  )) {
    await tx.yield();
    const meant = { ids: JSON.stringify(some.map(({ id }) => id)) };
    for (const { claim, doc } of await wordsOfClaims(tx, null, meant)) {
      await tx.yield();
      if (claim !== null) byId.get(claim)?.push(...(await attributionTexts(doc)));
    }
  }
  return texts;
}

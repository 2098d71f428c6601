import { tableOf } from '../db/schema/object-tables.js';
import type { Reader, Tx } from '../db/store/store.js';
import { pagesOf } from '../lib/collections.js';
import type { ResourceName } from '../lib/ids.js';
import { entryOf } from '../search/words/entry.js';
import { fieldsOf } from '../search/words/fields.js';
import { documentsOf, type OwnEntry } from './entries.store.js';
import { type Held, heldRows, ownersAfter } from './past.store.js';

/** Objects whose entries are made together. */
const PAGE = 50;

/** The entries that the objects of a noun make, those of the past included. */
export async function* entriesOf(reader: Reader, noun: ResourceName): AsyncGenerator<OwnEntry[], undefined> {
  const owners = (after = '') => reader.read((tx) => ownersAfter(tx, tableOf[noun], 'id', after, PAGE));
  for await (const ids of pagesOf(PAGE, owners))
    yield await reader.read((tx) => entriesOfObjects(tx, noun, ids));
}

async function entriesOfObjects(tx: Tx, noun: ResourceName, ids: string[]): Promise<OwnEntry[]> {
  const rows = firstOfEach(await heldRows(tx, tableOf[noun], 'id', ids));
  const said = noun === 'claim' ? await heldRows(tx, 'attributions', 'claim_id', ids) : [];
  const documents = await documentsOf(
    tx,
    [...rows, ...said].map(({ seq }) => Number(seq)),
  );
  const textsIn = (of: ResourceName, { seq }: Held) => readableTexts(of, documents.get(Number(seq)));
  const entries: OwnEntry[] = [];
  for (const row of rows) {
    const own = said
      .filter(({ claim_id, valid_from, valid_to }) => {
        const holds = valid_from <= row.valid_from && (valid_to === null || row.valid_from < valid_to);
        return claim_id === row.id && holds;
      })
      .sort((a, b) => (String(a.id) < String(b.id) ? -1 : 1));
    const texts = [
      ...textsIn(noun, row),
      ...own.flatMap((attribution) => textsIn('attribution', attribution)),
    ];
    const words = await entryOf(tx, noun, texts);
    entries.push({ noun, id: String(row.id), number: Number(row.entry), words });
  }
  return entries;
}

/** None of a document that is missing or damaged, which is told otherwise. */
function readableTexts(noun: ResourceName, doc: string | undefined): string[] {
  try {
    return fieldsOf(noun, doc ?? '')
      .map(({ text }) => text)
      .filter((text) => typeof text === 'string');
  } catch {
    return [];
  }
}

/** Of the rows with one entry the first: later ones differ in what is computed. */
function firstOfEach(rows: Held[]): Held[] {
  const first = new Map<unknown, Held>();
  for (const row of rows.sort((a, b) => a.valid_from - b.valid_from)) {
    if (!first.has(row.entry)) first.set(row.entry, row);
  }
  return [...first.values()];
}

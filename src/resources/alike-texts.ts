import { LRUCache } from 'lru-cache';
import { isMeant } from '../db/query/closures.js';
import { prepared } from '../db/query/prepared.js';
import { tableOf } from '../db/schema/object-tables.js';
import type { Tx } from '../db/store/store.js';
import { lookUp } from '../lib/collections.js';
import type { ResourceName } from '../lib/ids.js';
import { zip } from '../lib/zip.js';
import { letterOf } from '../search/words/entry.js';
import { knownWords, newestOfEach } from '../search/words/matching.store.js';
import { wordsInTurns } from '../search/words/split.js';
import { MOST_TOGETHER } from './work.js';

/** Objects whose texts are nearly the same, found by the index of words. */

/** Words that are looked for: the longest, since these are rare. */
const LOOKED_FOR = 8;
/** Objects that are compared. */
const COMPARED = 20;
/** Of all words of two texts, the part that they have in common. */
const SHARED = 0.85;

/** Words that turn a text into another one. */
const NEGATIONS = new Set(['no', 'not', 'never', 'without', 'none', 'neither', 'nor']);
const isTelling = (word: string): boolean => /\d/.test(word) || NEGATIONS.has(word);

/**
 * The part of all words of two texts that they share; 0 unless these are nearly the same: they have just the same numbers and
 * negations, too.
 */
export function likeness(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  const shared = [...one].filter((word) => other.has(word)).length;
  const part = shared === 0 ? 0 : shared / (one.size + other.size - shared);
  if (part < SHARED) return 0;
  const isSame = [...one, ...other].every((word) => !isTelling(word) || (one.has(word) && other.has(word)));
  return isSame ? Math.round(part * 1000) / 1000 : 0;
}

/** The column that has the text of each object. */
const columnOf = ({ tables }: Tx) => ({ claim: tables.claims.text, source: tables.sources.title });
type Texted = keyof ReturnType<typeof columnOf>;

const textsOf = prepared((tx, noun: Texted) => {
  const table = tx.tables[tableOf[noun]];
  return tx.db
    .select({ id: table.id, text: columnOf(tx)[noun] })
    .from(table)
    .where(isMeant(tx, table.id));
});

/** In place of the text of an object that is gone from the register. No text is empty. */
const GONE = '';

/** The texts of objects; a write reads with them those that will be asked for next. */
async function textsById(
  tx: Tx,
  noun: Texted,
  ids: readonly string[],
): Promise<[id: string, text: string][]> {
  const kept = tx.pending?.lookedUp(`texts of ${noun}`);
  const texts = new Map(ids.map((id) => [id, kept?.get(id)]));
  const missing = ids.filter((id) => texts.get(id) === undefined);
  if (missing.length > 0) {
    const ahead = (tx.pending && lookedFor.get(tx.pending.entries)?.ahead.get(noun)) ?? [];
    const asked = new Set([...missing, ...ahead.splice(0, tx.dialect.objectsAtOnce)]);
    const rows = await textsOf(tx, noun, { ids: JSON.stringify([...asked]) });
    const read = new Map(rows.map(({ id, text }) => [id, text]));
    for (const id of asked) kept?.set(id, read.get(id) ?? GONE);
    for (const id of missing) texts.set(id, read.get(id));
  }
  return ids.map((id) => [id, texts.get(id) ?? GONE]);
}

/** Other claims or sources that have nearly this text, by id, each with how like it is; those of the same write without the `later` ones. */
export async function othersAlike(
  tx: Tx,
  noun: Texted,
  id: string,
  text: string,
  later: ReadonlySet<string> = new Set(),
): Promise<Map<string, number>> {
  const words = await wordsInTurns(tx, text);
  const recorded = recordedAlike(tx, noun, id, words, later);
  const textsAlike = async (): Promise<{ all: boolean; others: [id: string, text: string][] }> => {
    const ids = new Set([...recorded, ...(await candidatesAlike(tx, noun, words))]);
    ids.delete(id);
    const texts = await textsById(tx, noun, [...ids].sort());
    const others = texts.filter(([, text]) => text !== GONE);
    return { all: others.length === ids.size, others };
  };
  let found = await textsAlike();
  // Some that were found before are gone since, and may have stood in the way of others.
  if (!found.all && forgetFound(tx)) found = await textsAlike();
  const own = new Set(words);
  keepWords(tx, text, own);
  const alike = new Map<string, number>();
  for (const [other, itsText] of found.others) {
    await tx.yield();
    const part = likeness(own, await wordsIn(tx, itsText));
    if (part > 0) alike.set(other, part);
  }
  return alike;
}

type Words = ReadonlySet<string>;

/** The words of texts that were compared in a transaction, by text: those of a batch are often compared with the same others. */
const compared = new WeakMap<object, LRUCache<string, Words>>();
/** Code units of texts, and words, that are kept. */
const MOST_KEPT = 4_000_000;

function comparedIn(tx: Tx): LRUCache<string, Words> {
  const transaction = tx.pending?.entries ?? tx;
  const known = compared.get(transaction) ?? new LRUCache({ maxSize: MOST_KEPT });
  compared.set(transaction, known);
  return known;
}

const keepWords = (tx: Tx, text: string, words: Words): unknown =>
  comparedIn(tx).set(text, words, { size: text.length + words.size + 1 });

/** Each word of a text once. */
async function wordsIn(tx: Tx, text: string): Promise<Words> {
  const words = comparedIn(tx).get(text) ?? new Set(await wordsInTurns(tx, text));
  keepWords(tx, text, words);
  return words;
}

/** Of the words of a text, those that are looked for. */
const searchedWords = (all: readonly string[]): string[] =>
  [...new Set(all)].sort((a, b) => b.length - a.length).slice(0, LOOKED_FOR);

/**
 * The ids of those that may have nearly these words. Half of the words is looked for, then the other half: where one word
 * differs, one half is still found.
 */
export async function candidatesAlike(tx: Tx, noun: ResourceName, all: readonly string[]): Promise<string[]> {
  return (await lookForOnce(tx, noun, await halvesOf(tx, noun, all))).flat();
}

/** Of the words that are looked for the halves of which all are known: to know a word takes far less than to look for it beside others. */
async function halvesOf(tx: Tx, noun: ResourceName, all: readonly string[]): Promise<string[][]> {
  const words = searchedWords(all);
  if (words.length === 0) return [];
  const known = await recordedWords(tx, noun, words);
  const halves = words.length < 4 ? [words] : [0, 1].map((half) => words.filter((_, i) => i % 2 === half));
  return halves.filter((half) => half.every((word) => known.has(word)));
}

/** What a write has found: what it records itself comes into the index at its end. */
interface Found {
  /** By noun and words. */
  ids: Map<string, string[]>;
  /** By noun, what was looked for before objects were written together: they are not found any more while they are. */
  foreseen: Map<ResourceName, ReadonlySet<string>>;
  /** By noun, what that found and will be compared, as far as its texts were not read. */
  ahead: Map<ResourceName, string[]>;
}
const lookedFor = new WeakMap<object, Found>();

/** Lets a write look again for what it found before; tells whether there was anything. */
const forgetFound = ({ pending }: Tx): boolean => pending !== null && lookedFor.delete(pending.entries);

const formOf = (noun: ResourceName, words: readonly string[]): string =>
  `${noun} ${[...words].sort().join(' ')}`;

/** For each of several sets of words the ids of objects that have all of them; a write looks for each set once. */
async function lookForOnce(
  tx: Tx,
  noun: ResourceName,
  sets: readonly string[][],
  most = COMPARED,
): Promise<string[][]> {
  if (tx.pending === null) return lookFor(tx, noun, sets, most);
  const { entries } = tx.pending;
  const all: Found = lookedFor.get(entries) ?? { ids: new Map(), foreseen: new Map(), ahead: new Map() };
  lookedFor.set(entries, all);
  const { ids, foreseen } = all;
  // One that was written since would not be found any more, and may have stood in the way of others.
  const isUsable = (form: string): boolean =>
    foreseen.get(noun)?.has(form) || ids.get(form)?.some((id) => entries.has(`${noun}:${id}`)) === false;
  const byForm = new Map(sets.map((words) => [formOf(noun, words), words]));
  const missing = [...byForm].filter(([form]) => !isUsable(form));
  const found = await lookFor(
    tx,
    noun,
    missing.map(([, words]) => words),
    most,
  );
  for (const [[form], its] of zip(missing, found)) ids.set(form, its);
  return sets.map((words) => lookUp(ids, formOf(noun, words)));
}

const lookFor = (tx: Tx, noun: ResourceName, sets: readonly string[][], most: number): Promise<string[][]> =>
  newestOfEach(
    tx,
    noun,
    sets.map((words) => ({ all: words.map((word) => [[letterOf[noun] + word]]), none: [] })),
    most,
  );

/** Words that a write has looked up, by noun, and whether they are known: those that it records itself come at its end. */
const lookedUp = new WeakMap<object, Map<string, boolean>>();

/** The words, among those given, that an object of the noun has or once had; a write looks each up once. */
async function recordedWords(tx: Tx, noun: ResourceName, words: readonly string[]): Promise<Set<string>> {
  if (tx.pending === null) return knownWords(tx, noun, words);
  const { entries } = tx.pending;
  const known = lookedUp.get(entries) ?? new Map<string, boolean>();
  lookedUp.set(entries, known);
  const nameOf = (word: string) => `${noun} ${word}`;
  const missing = words.filter((word) => !known.has(nameOf(word)));
  if (missing.length > 0) {
    const found = await knownWords(tx, noun, missing);
    for (const word of missing) known.set(nameOf(word), found.has(word));
  }
  return new Set(words.filter((word) => known.get(nameOf(word))));
}

/**
 * Looks up what texts will be compared with, one by one, once a write has recorded all of them. `changing`: how many objects will
 * not be what they are then; they may stand in the way of others.
 */
export async function foreseeTexts(
  tx: Tx,
  noun: ResourceName,
  texts: readonly string[],
  changing: number,
): Promise<void> {
  const searched: string[][] = [];
  for (const text of texts) searched.push(searchedWords(await wordsInTurns(tx, text)));
  await recordedWords(tx, noun, [...new Set(searched.flat())]);
  const before = tx.pending && lookedFor.get(tx.pending.entries);
  before?.foreseen.delete(noun);
  const halves: string[][] = [];
  for (const words of searched) {
    await tx.yield();
    halves.push(...(await halvesOf(tx, noun, words)));
  }
  const found = await lookForOnce(tx, noun, halves, COMPARED + changing);
  const forms = new Set(halves.map((words) => formOf(noun, words)));
  const now = tx.pending && lookedFor.get(tx.pending.entries);
  now?.foreseen.set(noun, forms);
  now?.ahead.set(noun, [...new Set(found.flat())]);
}

/** Lets go of what was looked for before objects were written together: they are, or nothing is left of them. */
export function forgetForeseen({ pending }: Tx): void {
  const all = pending && lookedFor.get(pending.entries);
  if (!all) return;
  for (const forms of all.foreseen.values()) {
    for (const form of forms) all.ids.set(form, lookUp(all.ids, form).slice(0, COMPARED));
  }
  all.foreseen.clear();
  all.ahead.clear();
}

/** The texts that a write has recorded so far, since their words are indexed at its end. */
const recorded = new WeakMap<object, Map<string, string[]>>();

/** The ids of objects that this write recorded before with the same words in the same order; records this one. In a read none. */
function recordedAlike(
  tx: Tx,
  noun: Texted,
  id: string,
  words: readonly string[],
  later: ReadonlySet<string>,
): string[] {
  if (tx.pending === null) return [];
  const { entries } = tx.pending;
  const known = recorded.get(entries) ?? new Map<string, string[]>();
  recorded.set(entries, known);
  const form = `${noun} ${words.join(' ')}`;
  // What was undone since has no entry any more.
  const before = (known.get(form) ?? []).filter((other) => entries.has(`${noun}:${other}`));
  // Those that are going to be undone are not to push others out.
  known.set(form, [...before.filter((other) => other !== id), id].slice(-COMPARED - MOST_TOGETHER));
  return before.filter((other) => !later.has(other)).slice(-COMPARED);
}

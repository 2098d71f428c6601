import { eq, inArray } from 'drizzle-orm';
import { LRUCache } from 'lru-cache';
import type { NounName } from '../lib/ids.js';
import { prepared } from './prepared.js';
import type { Tx } from './store.js';

/** How one object appears inside another. */
export interface Reference {
  id: string;
  key: string | null;
  name: string;
}

/**
 * In a stored document a reference is a string that begins with NUL, which no text of a client can hold.
 * So a rename never touches the documents that refer to the renamed thing.
 */
export const mark = (noun: NounName, id: string): string => `\0${noun}:${id}`;
export const unmark = (marker: string): string => marker.slice(marker.indexOf(':') + 1);

/** A marker as it stands in JSON text. */
const marker = /"\\u0000([a-z]+):([a-z0-9_-]+)"/g;

const newestWrite = prepared(({ db, tables: { recording: t } }) => db.select({ at: t.at }).from(t));
const epoch = prepared(({ db, tables: { reference_epoch: t } }) => db.select({ n: t.n }).from(t));

type Entries = LRUCache<string, string>;

/** Names shown in references, kept from one read to the next. */
export interface NameCache {
  /** Those that hold in this transaction; null where nothing can be kept. */
  entries(tx: Tx): Promise<Entries | null>;
}

/** Names as they were, by instant. What a later write has left behind cannot change any more. */
export class PastReferenceCache implements NameCache {
  private readonly instants = new LRUCache<string, Entries>({ max: 16 });

  async entries(tx: Tx): Promise<Entries | null> {
    const { asOf } = tx;
    const [row] = await newestWrite(tx, null);
    if (asOf === null || Date.parse(asOf) >= row!.at) return null;
    const known = this.instants.get(asOf) ?? new LRUCache<string, string>({ max: 5_000 });
    this.instants.set(asOf, known);
    return known;
  }
}

/** Names by object, valid for one reading of the `reference_epoch` row. */
export class ReferenceCache implements NameCache {
  private epoch = -1;
  private readonly names = new LRUCache<string, string>({ max: 50_000 });

  async entries(tx: Tx): Promise<Entries | null> {
    const [row] = await epoch(tx, null);
    return this.at(row!.n);
  }

  /** The entries to use in a snapshot of that epoch; none in one older than what is cached. */
  private at(epoch: number): Entries | null {
    if (epoch < this.epoch) return null;
    if (epoch > this.epoch) {
      this.names.clear();
      this.epoch = epoch;
    }
    return this.names;
  }
}

/** To be called by every write that changes how an existing object appears in references. */
export async function bumpReferenceEpoch(tx: Tx): Promise<void> {
  const { reference_epoch } = tx.tables;
  const [row] = await tx.db.select().from(reference_epoch);
  await tx.db.update(reference_epoch).set({ n: row!.n + 1 });
}

/** References to objects that are gone from the register, by `noun:id`, as JSON text. */
export type FindLost = (tx: Tx, lost: [noun: NounName, id: string][]) => Promise<Map<string, string>>;

/**
 * The documents with every marker replaced by `{id, key, name}` as JSON text. What is referred to always
 * exists, but for documents of the past, whose readers say how to name what is gone.
 */
export async function fillReferences(tx: Tx, documents: string[], findLost?: FindLost): Promise<string[]> {
  const wanted = new Map<NounName, Set<string>>();
  for (const document of documents) {
    for (const [, noun, id] of document.matchAll(marker)) {
      const ids = wanted.get(noun as NounName);
      if (ids) ids.add(id!);
      else wanted.set(noun as NounName, new Set([id!]));
    }
  }
  const found = await loadReferences(tx, wanted);
  if (findLost) for (const [name, text] of await findLost(tx, missing(wanted, found))) found.set(name, text);
  return documents.map((document) =>
    document.replace(marker, (_, noun: string, id: string) => {
      const reference = found.get(`${noun}:${id}`);
      if (reference === undefined) throw new Error(`${noun} ${id} is referred to but does not exist`);
      return reference;
    }),
  );
}

const missing = (wanted: Map<NounName, Set<string>>, found: Map<string, string>) =>
  [...wanted].flatMap(([noun, ids]) =>
    [...ids].filter((id) => !found.has(`${noun}:${id}`)).map((id): [NounName, string] => [noun, id]),
  );

/** References by `noun:id`, as JSON text. */
export async function loadReferences(
  tx: Tx,
  wanted: Map<NounName, Set<string>>,
): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  const cached = await tx.cache?.entries(tx);
  for (const [noun, ids] of wanted) {
    const missing: string[] = [];
    for (const id of ids) {
      const hit = cached?.get(`${noun}:${id}`);
      if (hit === undefined) missing.push(id);
      else found.set(`${noun}:${id}`, hit);
    }
    for (let start = 0; start < missing.length; start += 500) {
      for (const row of await nameQueries[noun]!(tx, missing.slice(start, start + 500))) {
        const text = JSON.stringify({ id: row.id, key: row.key, name: row.name });
        found.set(`${noun}:${row.id}`, text);
        // Claims are many and their texts long: they are looked up each time.
        if (noun !== 'claim') cached?.set(`${noun}:${row.id}`, text);
      }
    }
  }
  return found;
}

type NameQuery = (tx: Tx, ids: string[]) => Promise<Reference[]>;

/**
 * What stands for each noun's name in references. An attribution is named after its party; relations and
 * assessments are never referred to.
 */
const nameQueries: Partial<Record<NounName, NameQuery>> = {
  party: async ({ db, tables: { parties: t } }, ids) =>
    db.select({ id: t.id, key: t.key, name: t.name }).from(t).where(inArray(t.id, ids)),
  source: async ({ db, tables: { sources: t } }, ids) =>
    db.select({ id: t.id, key: t.key, name: t.title }).from(t).where(inArray(t.id, ids)),
  predicate: async ({ db, tables: { predicates: t } }, ids) =>
    db.select({ id: t.id, key: t.key, name: t.label }).from(t).where(inArray(t.id, ids)),
  claim: async ({ db, tables: { claims: t } }, ids) =>
    db.select({ id: t.id, key: t.key, name: t.text }).from(t).where(inArray(t.id, ids)),
  attribution: async ({ db, tables: { attributions: t, parties: p } }, ids) =>
    db
      .select({ id: t.id, key: t.key, name: p.name })
      .from(t)
      .innerJoin(p, eq(p.id, t.party_id))
      .where(inArray(t.id, ids)),
};

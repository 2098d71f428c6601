import { eq, type SQLWrapper, sql } from 'drizzle-orm';
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

/**
 * To be called by every write that changes how an existing object appears in references. The instant of the write
 * tells an epoch from one of the same number that was lost with a server.
 */
export async function bumpReferenceEpoch(tx: Tx): Promise<void> {
  const { reference_epoch } = tx.tables;
  const [row] = await tx.db.select().from(reference_epoch);
  const [write] = await newestWrite(tx, null);
  await tx.db.update(reference_epoch).set({ n: Math.max(row!.n + 1, write?.at ?? 0) });
}

/** References to objects that are gone from the register, by `noun:id`, as JSON text. */
export type FindLost = (tx: Tx, lost: [noun: NounName, id: string][]) => Promise<Map<string, string>>;

/**
 * The documents with every marker replaced by `{id, key, name}` as JSON text. What is referred to always
 * exists, but for documents of the past, whose readers say how to name what is gone.
 */
export async function fillReferences(tx: Tx, documents: string[], findLost?: FindLost): Promise<string[]> {
  // Text, noun, id, text, noun, id, …, text: what stands between markers, and what they name.
  const parts = documents.map((document) => document.split(marker));
  const wanted = new Map<NounName, Set<string>>();
  for (const all of parts) {
    for (let i = 1; i < all.length; i += 3) {
      const [noun, id] = [all[i] as NounName, all[i + 1]!];
      const ids = wanted.get(noun);
      if (ids) ids.add(id);
      else wanted.set(noun, new Set([id]));
    }
  }
  const found = await loadReferences(tx, wanted);
  if (findLost) for (const [name, text] of await findLost(tx, missing(wanted, found))) found.set(name, text);
  return parts.map((all) => {
    for (let i = 1; i < all.length; i += 3) {
      const reference = found.get(`${all[i]}:${all[i + 1]}`);
      if (reference === undefined)
        throw new Error(`${all[i]} ${all[i + 1]} is referred to but does not exist`);
      all[i] = reference;
      all[i + 1] = '';
    }
    return all.join('');
  });
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
    if (missing.length === 0) continue;
    for (const row of await namesById(tx, noun, { ids: JSON.stringify(missing) })) {
      const text = JSON.stringify({ id: row.id, key: row.key, name: row.name });
      found.set(`${noun}:${row.id}`, text);
      // Claims are many and their texts long: they are looked up each time.
      if (noun !== 'claim') cached?.set(`${noun}:${row.id}`, text);
    }
  }
  return found;
}

/** What stands for a noun's name in references. Relations and assessments are never referred to. */
const namesById = prepared((tx, noun: NounName) => {
  const { parties, sources, predicates, claims, attributions } = tx.tables;
  const meant = (id: SQLWrapper) => sql`${id} in ${tx.dialect.textsIn(sql.placeholder('ids'))}`;
  // An attribution is named after its party.
  if (noun === 'attribution') {
    return tx.db
      .select({ id: attributions.id, key: attributions.key, name: parties.name })
      .from(attributions)
      .innerJoin(parties, eq(parties.id, attributions.party_id))
      .where(meant(attributions.id));
  }
  const [table, name] = {
    party: [parties, parties.name] as const,
    source: [sources, sources.title] as const,
    predicate: [predicates, predicates.label] as const,
    claim: [claims, claims.text] as const,
  }[noun as 'party' | 'source' | 'predicate' | 'claim'];
  return tx.db.select({ id: table.id, key: table.key, name }).from(table).where(meant(table.id));
});

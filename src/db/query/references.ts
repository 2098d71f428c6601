import { eq } from 'drizzle-orm';
import { LRUCache } from 'lru-cache';
import type { ResourceName } from '../../lib/ids.js';
import type { NameCache, Tx } from '../store/store.js';
import { isMeant } from './closures.js';
import { prepared } from './prepared.js';
import { namesIn, replaced } from './reference-tokens.js';
import { snapshotOf } from './snapshot.js';

/** How one object appears inside another. */
export interface Reference {
  id: string;
  key: string | null;
  name: string;
}

/** An output form as it is stored: with a token in place of each reference. */
export type StoredForm<Output> = { [Member in keyof Output]: StoredValue<Output[Member]> };
type StoredValue<Value> = Value extends Reference
  ? string
  : Value extends readonly (infer Item)[]
    ? StoredValue<Item>[]
    : Value extends object
      ? StoredForm<Value>
      : Value;

/**
 * In a stored document a reference is a string that begins with NUL, which no text of a client can hold.
 * So a rename never touches the documents that refer to the renamed thing.
 */
export const encodeReference = (noun: ResourceName, id: string): string => `\0${noun}:${id}`;
export const isReferenceToken = (reference: string): boolean => reference.startsWith('\0');
export const decodeReference = (marker: string): string => marker.slice(marker.indexOf(':') + 1);

type Entries = LRUCache<string, string>;

/** Names as they were, by instant. What a later write has left behind cannot change any more. */
export class PastReferenceCache implements NameCache {
  private readonly instants = new LRUCache<string, Entries>({ max: 16 });

  async entries(tx: Tx): Promise<Entries | null> {
    const { asOf } = tx;
    const { newestWrite } = await snapshotOf(tx);
    if (asOf === null || newestWrite === null || Date.parse(asOf) >= newestWrite) return null;
    const known = this.instants.get(asOf) ?? new LRUCache<string, string>({ max: 5_000 });
    this.instants.set(asOf, known);
    return known;
  }
}

/** Names by object, and what else types cache with them, valid for one reading of the `reference_epoch` row. */
export class ReferenceCache implements NameCache {
  private epoch = -1;
  private readonly names = new LRUCache<string, string>({ max: 50_000 });

  async entries(tx: Tx): Promise<Entries | null> {
    return this.at((await snapshotOf(tx)).epoch);
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
 * To be called by every write that changes how an existing object appears in references, or what is cached with names.
 * The instant of the write tells an epoch from one of the same number that was lost with a server.
 */
export function bumpReferenceEpoch(tx: Tx): void {
  tx.pending?.beforeCommit('epoch', async () => {
    const { reference_epoch } = tx.tables;
    const { epoch, newestWrite } = await snapshotOf(tx);
    await tx.db.update(reference_epoch).set({ n: Math.max(epoch + 1, newestWrite ?? 0) });
  });
}

/** References to objects that are gone from the register, by `noun:id`, as JSON text. */
export type FindDeleted = (tx: Tx, lost: [noun: ResourceName, id: string][]) => Promise<Map<string, string>>;

/**
 * The documents with every marker replaced by `{id, key, name}` as JSON text. What is referred to always
 * exists, but for documents of the past, whose readers say how to name what is gone.
 */
export function fillReferences(tx: Tx, documents: [string], findLost?: FindDeleted): Promise<[string]>;
export function fillReferences(tx: Tx, documents: string[], findLost?: FindDeleted): Promise<string[]>;
export async function fillReferences(tx: Tx, documents: string[], findLost?: FindDeleted): Promise<string[]> {
  const cached = await keptNames(tx);
  const missing = new Set<string>();
  /** What stands for each marker, one document after the other. */
  const inOrder: (string | undefined)[] = [];
  const texts = documents.map((document) =>
    replaced(document, (name) => {
      const text = cached?.get(name);
      if (text === undefined) missing.add(name);
      inOrder.push(text);
      return text ?? '';
    }),
  );
  if (missing.size === 0) return texts;
  const found = new Map(await findReferences(tx, missing, cached));
  for (const name of found.keys()) missing.delete(name);
  if (findLost && missing.size > 0) {
    for (const [name, text] of await findLost(tx, Array.from(missing, split))) found.set(name, text);
  }
  let next = 0;
  return documents.map((document) => replaced(document, (name) => inOrder[next++] ?? known(found, name)));
}

/** Gives the reference that a marker stands for. */
export type Naming = (marker: string | null | undefined) => Reference | null;

/** The names that documents refer to, for readers of the stored documents: filling in the references costs more. */
export async function namingOf(tx: Tx, documents: readonly string[]): Promise<Naming> {
  const found = await loadReferences(tx, new Set(documents.flatMap(namesIn)));
  const parsed = new Map<string, Reference>();
  return (marker) => {
    if (!marker) return null;
    const name = marker.slice(1);
    const reference = parsed.get(name) ?? (JSON.parse(known(found, name)) as Reference);
    parsed.set(name, reference);
    return reference;
  };
}

function known(found: ReadonlyMap<string, string>, name: string): string {
  const reference = found.get(name);
  if (reference === undefined) throw new Error(`${name} is referred to but does not exist`);
  return reference;
}

function split(name: string): [noun: ResourceName, id: string] {
  const colon = name.indexOf(':');
  return [name.slice(0, colon) as ResourceName, name.slice(colon + 1)];
}

/** Ids by noun. */
export function byNoun(names: Iterable<string>): Map<ResourceName, Set<string>> {
  const found = new Map<ResourceName, Set<string>>();
  for (const [noun, id] of Array.from(names, split)) {
    const ids = found.get(noun) ?? new Set();
    found.set(noun, ids.add(id));
  }
  return found;
}

/** Gives the references to objects that exist, by `noun:id`. */
export async function referencesTo(tx: Tx, names: Iterable<string>): Promise<(name: string) => Reference> {
  const found = await loadReferences(tx, new Set(names));
  return (name) => JSON.parse(known(found, name)) as Reference;
}

/** References as JSON text, by `noun:id`; those of what does not exist are left out. */
export async function loadReferences(tx: Tx, names: ReadonlySet<string>): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  const missing: string[] = [];
  const cached = await keptNames(tx);
  for (const name of names) {
    const hit = cached?.get(name);
    if (hit === undefined) missing.push(name);
    else found.set(name, hit);
  }
  for (const [name, text] of await findReferences(tx, missing, cached)) found.set(name, text);
  return found;
}

/** Names that need not be read again: from one read to the next, or in a write. */
const keptNames = async (tx: Tx): Promise<Entries | undefined> =>
  tx.pending?.lookedUp('names') ?? (await tx.cache?.entries(tx)) ?? undefined;

/** Reads references from the database and keeps them in the cache. */
async function findReferences(
  tx: Tx,
  names: Iterable<string>,
  cached: Entries | undefined,
): Promise<[name: string, text: string][]> {
  const found: [string, string][] = [];
  for (const [noun, ids] of byNoun(names)) {
    for (const row of await namesById(tx, noun, { ids: JSON.stringify([...ids]) })) {
      const name = `${noun}:${row.id}`;
      const text = JSON.stringify({ id: row.id, key: row.key, name: row.name });
      found.push([name, text]);
      // Claims are many and their texts long: they are looked up each time.
      if (noun !== 'claim') cached?.set(name, text);
    }
  }
  return found;
}

/** What stands for a noun's name in references. Assessments are never referred to. */
const namesById = prepared((tx, noun: ResourceName) => {
  const { parties, sources, predicates, claims, attributions, relations, judgements } = tx.tables;
  // An attribution is named after its party.
  if (noun === 'attribution') {
    return tx.db
      .select({ id: attributions.id, key: attributions.key, name: parties.name })
      .from(attributions)
      .innerJoin(parties, eq(parties.id, attributions.party_id))
      .where(isMeant(tx, attributions.id));
  }
  // A relation is named after the claim at which it begins.
  if (noun === 'relation') {
    return tx.db
      .select({ id: relations.id, key: relations.key, name: claims.text })
      .from(relations)
      .innerJoin(claims, eq(claims.id, relations.from_id))
      .where(isMeant(tx, relations.id));
  }
  const [table, name] = {
    party: [parties, parties.name] as const,
    source: [sources, sources.title] as const,
    predicate: [predicates, predicates.label] as const,
    claim: [claims, claims.text] as const,
    judgement: [judgements, judgements.judgement] as const,
  }[noun as 'party' | 'source' | 'predicate' | 'claim' | 'judgement'];
  return tx.db.select({ id: table.id, key: table.key, name }).from(table).where(isMeant(tx, table.id));
});

import { LRUCache } from 'lru-cache';
import { decodeReference } from '../db/query/references.js';
import { once } from '../db/store/pending.js';
import type { Tx } from '../db/store/store.js';
import { chunksOf, lookUp } from '../lib/collections.js';
import { predicateType } from '../predicates/predicate.js';
import type { PredicateInput } from '../predicates/predicates.schemas.js';
import { othersAlike } from '../resources/alike-texts.js';
import { contentOf } from '../resources/documents.js';
import { type Duplicate, duplicates } from '../resources/duplicates.js';
import type { ResourceRow } from '../resources/resource-type.js';
import { findRows, rowById } from '../resources/resources.store.js';
import { type Comparable, canSayTheSame, comparable, saysTheSame, withEndsSwapped } from './alike.js';
import { type OtherClaim, othersOf } from './alike.store.js';
import { claimType } from './claim.js';
import type { ClaimInput } from './claims.schemas.js';

/** Other claims that say the same by their structure, or in nearly the same words. */
export async function claimDuplicates(
  tx: Tx,
  stored: ResourceRow,
  later: ReadonlySet<string> = new Set(),
): Promise<Duplicate[]> {
  const claim = contentOf(stored.doc) as ClaimInput;
  return [...(await sameStructure(tx, stored, claim, later)), ...(await sameText(tx, stored, claim, later))];
}

export async function predicateOf(tx: Tx, { predicate }: ClaimInput): Promise<PredicateInput | null> {
  if (predicate === null) return null;
  const id = decodeReference(predicate);
  return once(tx, 'predicate', `content of ${id}`, async () => {
    const row = await rowById(tx, predicateType, id);
    return contentOf(row.doc) as PredicateInput;
  });
}

const ADVICE = 'add an attribution to that one instead';

/** Of a predicate that holds in both directions, also with the ends swapped. */
async function sameStructure(
  tx: Tx,
  stored: ResourceRow,
  claim: ClaimInput,
  later: ReadonlySet<string>,
): Promise<Duplicate[]> {
  const predicate = await predicateOf(tx, claim);
  if (predicate === null) return [];
  const swapped = predicate.symmetric ? withEndsSwapped(claim) : null;
  const same = [
    ...(await sameAmong(tx, claim, predicate, await othersOf(tx, stored, claim, later))),
    ...(swapped ? await sameAmong(tx, swapped, predicate, await othersOf(tx, stored, swapped, later)) : []),
  ];
  const detail = `another claim says the same: subject, predicate, value and time are equal; ${ADVICE}`;
  return duplicates('claim', [...new Set(same)], 'same_claim', '', detail);
}

const COMPARED = ['value_type', 'value_key', 'value_party_id', 'occurred_from', 'occurred_to'] as const;

async function sameAmong(
  tx: Tx,
  claim: ClaimInput,
  { unit }: PredicateInput,
  others: OtherClaim[],
): Promise<string[]> {
  const columns = claimType.columns(claim);
  // Columns tell all but a few apart before any document is read.
  const near = others.filter((other) => COMPARED.every((column) => other[column] === columns[column]));
  if (near.length === 0) return [];
  const own = await comparable(tx, claim);
  const same: string[] = [];
  for (const ids of chunksOf(near.map(({ id }) => id).sort(), READ_AT_ONCE)) {
    for (const { id, doc } of await findRows(tx, claimType, ids)) {
      if (saysTheSame(own, await comparableIn(tx, doc), unit)) same.push(id);
    }
  }
  return same;
}

/** Others whose documents are read by one statement: each can be large. */
const READ_AT_ONCE = 20;

/** What was compared in a transaction, by document: the objects of a batch are often compared with the same others. */
const compared = new WeakMap<object, LRUCache<string, Comparable>>();
/** Code units of these documents. */
const MOST_KEPT = 16_000_000;

/** A claim as it is compared, from its document. */
async function comparableIn(tx: Tx, doc: string): Promise<Comparable> {
  const transaction = tx.pending?.entries ?? tx;
  const known = compared.get(transaction) ?? new LRUCache({ maxSize: MOST_KEPT });
  compared.set(transaction, known);
  const made = known.get(doc) ?? (await comparable(tx, contentOf(doc) as ClaimInput));
  known.set(doc, made, { size: doc.length });
  return made;
}

/** Claims in nearly the same words, unless their structure tells them apart. */
async function sameText(
  tx: Tx,
  { id, doc }: ResourceRow,
  { text }: ClaimInput,
  later: ReadonlySet<string>,
): Promise<Duplicate[]> {
  const alike = await othersAlike(tx, 'claim', id, text, later);
  const same: ResourceRow[] = [];
  for (const other of await findRows(tx, claimType, [...alike.keys()])) {
    if (canSayTheSame(await comparableIn(tx, doc), await comparableIn(tx, other.doc))) same.push(other);
  }
  const detail = `another claim is in nearly the same words; if it says the same, ${ADVICE}`;
  return same.map((other) => ({
    ...{ noun: 'claim', id: other.id, score: lookUp(alike, other.id) },
    reasons: [{ code: 'same_text', pointer: '/text', detail }],
  }));
}
